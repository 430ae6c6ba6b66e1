import fc from "fast-check";
import { expect, test } from "vitest";
import { uriOf } from "../../lambda/articles/title/identity.ts";
import { aNewsroom, aSiteFile } from "../support/a-newsroom.ts";
import { newsroomRuns } from "../support/histories/newsroom-runs.ts";
import { countTraps } from "../support/histories/traps.ts";
import { aStrictStore } from "../support/stores/a-strict-store.ts";

const runs = { numRuns: newsroomRuns(40) };
const traps = countTraps();

type Fields = Readonly<Record<string, unknown>>;
const named = (name: string, ...values: readonly string[]) => traps.trap(name, fc.constantFrom(...values));

const text = fc.string({ unit: "grapheme", maxLength: 12 });
const odd = fc.string({ unit: fc.constantFrom(..."'\"`{}<>|\\^;,&%#?/()[]!*~ .:@\u0000\r\n\tя𐌰\ud800é"), maxLength: 8 });

const host = named("a host of a template", "{{site.cdn}}", "{{ cdn }}", "{host}");
const quotedHost = named("a host with quotation marks", 'a"b.example', "a`b.example", "a'b.example", "“a”.example");
const user = named("a user that is no user", "%zz@a.example", "a%b:c@a.example", "it's@a.example", "{u}@a.example");
const scheme = named("a scheme that runs", "javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///x", "blob:x", "about:blank");
const file = named(
  "a file with a mark in its name",
  "mayor's.png",
  "a;b.png",
  "a&b.png",
  "(a)!*.mp3",
  "100%.png",
  "%27.png",
  "a,b.png",
  "a`b.mp4",
  'a"b.png',
);
const address = fc.oneof(
  { weight: 3, arbitrary: fc.oneof(host, quotedHost, user).map((one) => `https://${one}/x.png`) },
  { weight: 2, arbitrary: file },
  scheme,
  odd,
  odd.map((end) => `https://wire.example/${end}.png`),
  odd.map((one) => `https://${one}.example/x.mp3`),
  named("a long address", `https://a.example/${"a".repeat(3000)}.png`, `/${"я".repeat(200)}.png`),
);
const number = fc.oneof(
  named("a number that no format holds", "1e15", "9007199254740991", "1e308", "-1", "1.5", "1000000000000000", "9".repeat(20), "many").map(
    (written) => (/^\d+e/.test(written) ? Number(written) : written),
  ),
  fc.nat(),
);
const id = fc.oneof(
  scheme,
  named("the id that the neighbour has of its path", "tag:wire.example,2026-01-01:plain"),
  named("the id that the neighbour names", "hello"),
  named("the URN of the neighbour's id", uriOf("hello")),
  named("a mark as an id", "wireroom-self:#a", "wireroom-media:a.png;b"),
  odd,
  text,
);
const path = fc.oneof(
  named(
    "the neighbour's address, with its slash or without",
    "/plain/",
    "/plain",
    "/plain/x/",
    "/PLAIN/",
    "/plain/index.html",
    "/plain.gz/x",
  ),
  named("the place of a feed", "/tag/tea", "/tag/tea/", "/all", "/all/", "/all/rss.xml", "/all/ru/", "/index.html", "/edge.json", "/tag"),
  named(
    "a name that no store holds",
    `/${"a".repeat(300)}/`,
    `/${"я".repeat(130)}/`,
    `/${Array(12).fill("b".repeat(100)).join("/")}/`,
    `/${"a".repeat(254)}`,
  ),
  named("a folder of the store's own", "/.history/x/", "/.writing/x", "/media/x", "/.well-known/x"),
  named("an address that no file answers", "/?p=5", "/a//b/", "/%00/", "/%2e%2e/x/", "/a%2Fb/"),
  odd.map((end) => `/${end}`),
  address,
);
const word = fc.oneof(
  named("a word of a long name in a script of four bytes", "𐌰𐌱𐌲".repeat(30), "𠮷".repeat(99)),
  named("a word that is somebody's folder", "tea", "index.html", "..", ".", "archive", "rss.xml", "-", "__proto__"),
  odd,
  text,
);
const language = fc.oneof(
  fc.constantFrom("ru", "en", "ar"),
  named("a long language", `en-x-${Array(60).fill("abcdefg").join("-")}`, "x".repeat(400)),
);

const fields: fc.Arbitrary<Fields> = fc.record(
  {
    title: fc.oneof(text, odd),
    id,
    permalink: path,
    slug: word,
    section: word,
    tags: fc.array(word, { maxLength: 3 }),
    lang: language,
    authors: fc.array(fc.record({ name: word, url: address }), { maxLength: 2 }),
    image: fc.oneof(address, fc.record({ src: address, width: number, height: number, alt: odd })),
    enclosure: fc.oneof(
      address,
      fc.record({ url: address, bytes: number, duration: number, type: fc.oneof(odd, fc.constantFrom("-/-", "audio/mpeg")), title: odd }),
    ),
    comments: address,
    via: fc.oneof(address, fc.record({ url: address, title: odd })),
    license: address,
    correction: odd,
    translationKey: fc.oneof(odd, fc.constant("story")),
    status: fc.constantFrom("published", "published", "canceled"),
    reason: odd,
  },
  { requiredKeys: [] },
);
const body = fc.array(
  fc.oneof(
    address.map((one) => `![a](<${one}>)`),
    address.map((one) => `<img src="${one.replaceAll('"', "&quot;")}" srcset="${one.replaceAll('"', "&quot;")} 2x">`),
    address.map((one) => `[a](${one})`),
    file.map((name) => `<video poster="${name.replaceAll('"', "&quot;")}"></video>`),
    odd,
    text,
  ),
  { maxLength: 4 },
);

/** As JSON, which is YAML. */
const fileOf = (head: Fields, text: string): string =>
  `---\n${Object.entries(head)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`)
    .join("")}---\n${text.toWellFormed()}\n`;

const site = fc
  .record({ permalink: fc.constantFrom("/{slug}/", "/{slug}", "/{section}/{slug}/", "/{slug}.html"), pages: fc.boolean() })
  .map(({ permalink, pages }) => `${aSiteFile.replace("/{slug}/", permalink)}pages: ${pages}\n`);
const channels =
  "channels: [{ name: all, archive: monthly, split: language }, { by: tag }, { by: author }, { by: section }, { by: language }]\n";

type Item = { readonly title: string; readonly url?: string };

test("of any two articles, whatever one of them contains, the other is published in every format, with the page at its address", async () => {
  await fc.assert(
    fc.asyncProperty(fields, fields, body, site, site, fc.boolean(), async (one, other, text, before, after, isNamed) => {
      const plain = fileOf(
        { title: "Plain", date: "2026-11-19T09:00:00Z", tags: ["tea"], ...(isNamed ? { id: "hello" } : {}) },
        "Its text.",
      );
      const newsroom = await aNewsroom({ "plain.md": plain }, { target: aStrictStore() });
      // If two new files name one id, the first by path gets it; a published article keeps its own.
      if (isNamed) await newsroom.publish("2026-11-20T12:00:00Z", { site: before + channels });
      const versions = [
        { says: one, site: before, now: "2026-11-21T00:00:00Z" },
        { says: other, site: after, now: "2026-11-22T00:00:00Z" },
      ];
      for (const { says, site, now } of versions) {
        await newsroom.write("hostile.md", fileOf({ date: "2026-11-20T09:00:00Z", ...says }, `Words. ${text.join("\n\n")}`));
        const { prepared } = await newsroom.publish(now, { site: site + channels });
        // If an article leaves a feed of its own, that concerns the guard and not its neighbour.
        const shared = ["run", "all", "all/en", "tag/tea", "language/en"];
        expect(prepared.changes.plan.holds.filter(({ name, defective }) => defective || shared.includes(name))).toEqual([]);
        const files = await newsroom.files();
        for (const name of ["rss.xml", "atom.xml", "feed.json"]) {
          expect(files[`all/${name}`]).toContain("Plain");
          expect(files[`tag/tea/${name}`]).toContain("Plain");
        }
        const { items } = JSON.parse(files["all/feed.json"] ?? "") as { readonly items: readonly Item[] };
        const { url } = items.find(({ title }) => title === "Plain") ?? {};
        // An article with a page at an address keeps it, even if site.yaml gives the address to another.
        const occupied = prepared.notices.some(({ code, key }) => code === "page-occupied" && key === "plain.md");
        if (url === undefined && occupied) continue;
        const key = new URL(url ?? "").pathname.slice(1).replace(/(^|\/)$/, "$1index.html");
        if (site.includes("pages: true")) expect(files[key]).toContain("<title>Plain");
        // No article disappears without a message.
        const told = prepared.catalog.findings.some(({ kind, key }) => kind === "problem" && key === "hostile.md");
        expect(items.length === 2 || told || prepared.catalog.withheldCount > 0).toBe(true);
      }
    }),
    runs,
  );
});

test("the generators reach every trap", () =>
  expect(
    traps.missed(
      [
        ...[
          "a host of a template",
          "a host with quotation marks",
          "a user that is no user",
          "a scheme that runs",
          "a file with a mark in its name",
        ],
        ...[
          "a long address",
          "a number that no format holds",
          "the id that the neighbour has of its path",
          "the id that the neighbour names",
        ],
        ...[
          "the URN of the neighbour's id",
          "the neighbour's address, with its slash or without",
          "the place of a feed",
          "a name that no store holds",
        ],
        ...["a folder of the store's own", "an address that no file answers", "a word of a long name in a script of four bytes"],
      ],
      1,
    ),
  ).toEqual([]));
