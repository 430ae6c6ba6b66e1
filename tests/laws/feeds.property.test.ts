import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderFormats } from "../../lambda/feeds/formats/formats.ts";
import { gate } from "../../lambda/feeds/gate/gate.ts";
import { isUri } from "../../lambda/feeds/gate/gate-values.ts";
import { readXml } from "../../lambda/feeds/gate/gate-xml.ts";
import type { Entry, FeedDocument } from "../../lambda/feeds/model/feed.ts";
import { cleanText } from "../../lambda/feeds/model/text.ts";
import { rendered } from "../feeds/rendered.ts";
import { ATOM, all, CONTENT, channelOf, DC, entriesOf, hrefs, itemsOf, MEDIA, strictly, textOf, texts } from "../feeds/strict-reader.ts";
import { aFeed } from "../support/a-feed.ts";
import { TRAP_NAMES, trapTexts } from "../support/histories/trap-texts.ts";
import { countTraps } from "../support/histories/traps.ts";

const settings = { numRuns: Number(process.env.WIREROOM_LAW_RUNS ?? 60) };

const traps = countTraps();
const { piece, text, said } = trapTexts(traps);

/** Safe HTML with any text, escaped, and ends of CDATA sections. */
const html = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "<p>",
        "]]>",
        "&amp;amp;",
        '<a title="it&#x27;s" href="https://a.example/?b=1&amp;c=2">',
        "<img src='https://a.example/x' alt='<script>'>",
      ),
      text.map(escaped),
    ),
  )
  .map((pieces) => pieces.join(""));

function escaped(plain: string): string {
  return plain.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

const instant = fc
  .date({ min: new Date("0001-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:59Z"), noInvalidDate: true })
  .map((date) => date.toISOString());
const address = fc.webUrl({ withQueryParameters: true, withFragments: true });
const language = fc.constantFrom("ru", "kk", "zh-Hans", "en", "ar");
const optional = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });
const amount = optional(fc.nat());

const image = fc.record({
  url: address,
  type: optional(fc.constantFrom("image/png", "image/svg+xml")),
  alt: optional(text),
  width: amount,
  height: amount,
  bytes: amount,
});
const attachment = fc.record({
  url: address,
  type: fc.constantFrom("audio/mpeg", "application/pdf"),
  bytes: amount,
  seconds: amount,
  title: optional(text),
});

const entry: fc.Arbitrary<Entry> = fc
  .record({
    id: said,
    url: optional(address),
    title: said,
    summary: text,
    html: optional(html),
    published: instant,
    updated: instant,
    language,
    authors: fc.array(fc.record({ name: text, url: optional(address) }), { maxLength: 3 }),
    section: optional(text),
    tags: fc.array(text, { maxLength: 4 }),
    image: optional(image),
    attachments: fc.array(attachment, { maxLength: 3 }),
    translations: optional(fc.array(fc.record({ language, url: address }), { maxLength: 3 })),
    comments: optional(address),
    via: optional(fc.record({ url: address, title: optional(text) })),
    license: optional(address),
  })
  .map((made) => withoutUndefined({ ...made, uri: "" }) as Entry);

const document: fc.Arbitrary<FeedDocument> = fc
  .record({
    kind: fc.constantFrom("window", "archive"),
    title: said,
    description: text,
    site: address,
    language: optional(language),
    updated: instant,
    author: fc.record({ name: said, url: optional(address), email: optional(fc.oneof(fc.emailAddress(), text)) }),
    copyright: optional(text),
    image: optional(address),
    icon: optional(address),
    license: optional(address),
    hub: optional(address),
    entries: fc.uniqueArray(entry, { maxLength: 4, selector: ({ id }) => cleanText(id).trim() }),
  })
  .map((made) => {
    const entries = made.entries.map((one, index) => ({ ...one, uri: `tag:wire.example,2026:${index}` }));
    return aFeed(
      withoutUndefined({ ...made, path: "all/part", urls: at("all/part"), entries, current: at("all") }) as Partial<FeedDocument>,
    );
  });

function at(path: string): Required<FeedDocument["urls"]> {
  const url = `https://feeds.wire.example/${path}/`;
  return { rss: `${url}rss.xml`, atom: `${url}atom.xml`, json: `${url}feed.json` };
}

function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([name, inner]) => [name, withoutUndefined(inner)]),
  );
}

const clean = (says: string | undefined): string | undefined => (says === undefined ? undefined : cleanText(says));
const names = (one: Entry): readonly string[] => one.authors.map(({ name }) => cleanText(name)).filter((name) => name.trim() !== "");
const terms = (one: Entry): readonly string[] => [
  ...new Set([one.section ?? "", ...one.tags].map(cleanText).filter((term) => term.trim() !== "")),
];
const htmlOf = (plain: string): string =>
  plain.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
const said1 = (one: Entry): string => (cleanText(one.summary).trim() === "" ? cleanText(one.title) : cleanText(one.summary));

describe("any document", () => {
  test("reaches a strict reader of RSS with every text unchanged, except characters that XML cannot hold", () => {
    fc.assert(
      fc.property(document, (feed) => {
        const { rss } = rendered(feed);
        const channel = channelOf(rss);
        expect([textOf(channel, "title"), textOf(channel, "copyright")]).toEqual([cleanText(feed.title), clean(feed.copyright)]);
        expect(
          itemsOf(rss).map((item) => ({
            id: textOf(item, "guid"),
            title: textOf(item, "title"),
            hasLink: all(item, "link").length === 1,
            summary: textOf(item, "description"),
            html: textOf(item, `${CONTENT}encoded`),
            authors: texts(item, `${DC}creator`),
            terms: texts(item, "category"),
            alt: all(item, `${MEDIA}content`).flatMap((media) => texts(media, `${MEDIA}description`))[0],
          })),
        ).toEqual(
          feed.entries.map((one) => ({
            id: cleanText(one.id),
            title: cleanText(one.title),
            hasLink: one.url !== undefined,
            summary: htmlOf(said1(one)),
            html: clean(one.html),
            authors: names(one),
            terms: terms(one),
            alt: clean(one.image?.alt) === "" ? undefined : clean(one.image?.alt),
          })),
        );
      }),
      settings,
    );
  });

  test("reaches a strict reader of Atom", () => {
    fc.assert(
      fc.property(document, (feed) => {
        const { atom } = rendered(feed);
        const root = strictly(atom);
        expect([textOf(root, `${ATOM}title`), textOf(root, `${ATOM}rights`)]).toEqual([cleanText(feed.title), clean(feed.copyright)]);
        expect(
          entriesOf(atom).map((one) => ({
            id: textOf(one, `${ATOM}id`),
            title: textOf(one, `${ATOM}title`),
            hasLink: hrefs(one, "alternate").length > 0,
            says: [textOf(one, `${ATOM}summary`), textOf(one, `${ATOM}content`)].filter((part) => part !== undefined),
            published: textOf(one, `${ATOM}published`),
            updated: textOf(one, `${ATOM}updated`),
            authors: all(one, `${ATOM}author`).map((author) => textOf(author, `${ATOM}name`)),
            terms: all(one, `${ATOM}category`).map(({ attributes }) => attributes.term),
            files: all(one, `${ATOM}link`)
              .filter(({ attributes }) => attributes.rel === "enclosure")
              .map(({ attributes }) => attributes.title),
          })),
        ).toEqual(
          feed.entries.map((one) => ({
            id: one.uri,
            title: cleanText(one.title),
            hasLink: one.url !== undefined,
            says: one.html === undefined ? [said1(one)] : [said1(one), cleanText(one.html)],
            published: one.published,
            updated: one.updated,
            authors: names(one),
            terms: terms(one),
            files: one.attachments.map(({ title }) => clean(title)),
          })),
        );
      }),
      settings,
    );
  });

  test("reaches a reader of JSON Feed, and agrees with RSS and Atom to the letter", () => {
    fc.assert(
      fc.property(document, (feed) => {
        const { read } = rendered(feed);
        expect(read.title).toBe(cleanText(feed.title));
        expect(
          // biome-ignore lint/suspicious/noExplicitAny: a test reads JSON as it comes
          read.items.map((item: any) => [
            item.title,
            item.content_html ?? item.content_text,
            item.summary,
            (item.authors ?? []).map(({ name }: Entry["authors"][0]) => name),
            item.tags ?? [],
          ]),
        ).toEqual(feed.entries.map((one) => [cleanText(one.title), clean(one.html) ?? said1(one), said1(one), names(one), terms(one)]));
      }),
      settings,
    );
  });

  test("passes the gate as the renderers write it", () => {
    fc.assert(
      fc.property(document, (feed) => {
        for (const { format, text: file } of renderFormats(feed)) {
          const ids = feed.entries.map(({ id, uri }) => (format === "rss" ? cleanText(id) : uri));
          expect(gate({ format, text: file, expected: { entries: ids.length, ids, self: feed.urls[format]! } })).toEqual([]);
        }
      }),
      settings,
    );
  });

  test("gives the same bytes twice, and is not changed by rendering", () => {
    fc.assert(
      fc.property(document, (feed) => {
        const before = structuredClone(feed);
        expect(renderFormats(feed)).toEqual(renderFormats(structuredClone(feed)));
        expect(feed).toEqual(before);
      }),
      settings,
    );
  });

  test("clean text stays clean: a second cleaning changes nothing", () => {
    fc.assert(
      fc.property(text, (says) => {
        const once = cleanText(says);
        expect(cleanText(once)).toBe(once);
        expect(once.isWellFormed()).toBe(true);
      }),
      settings,
    );
  });

  test("the gate's fast reading of XML and its strict one agree, however a file is damaged", () => {
    const wound = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      cut: fc.nat({ max: 12 }),
      add: fc.oneof(piece, fc.constantFrom(...WOUNDS)),
    });
    fc.assert(
      fc.property(document, fc.constantFrom("rss", "atom"), fc.array(wound, { maxLength: 3 }), (feed, format, wounds) => {
        const whole = rendered(feed)[format];
        const file = wounds.reduce((text, { at, cut, add }) => {
          const place = Math.floor(at * text.length);
          return text.slice(0, place) + add + text.slice(place + cut);
        }, whole);
        const read = readXml(file);
        const strict = attempt(() => strictly(file));
        expect(read.kind).toBe(strict === undefined ? "ill-formed" : "read");
        if (read.kind === "read" && strict !== undefined) expect(textsIn(read.root)).toEqual(textsIn(strict));
      }),
      settings,
    );
  });
});

const WOUNDS = ["<![CDATA[", "]]>", "<!--", "-->", "<?x ", "?>", "<![CDATA[x]]>", ' a="<![CDATA[x]]>"', "<b>", "</b>", "]]"];

const attempt = <Value>(make: () => Value): Value | undefined => {
  try {
    return make();
  } catch {
    return undefined;
  }
};

type Tree = { readonly text: string; readonly children?: readonly Tree[]; readonly nodes?: readonly Tree[] };

const textsIn = (tree: Tree): readonly string[] => [tree.text, ...(tree.children ?? tree.nodes ?? []).flatMap(textsIn)];

describe("the gate's fast test of addresses", () => {
  const host = fc.constantFrom(
    "a",
    "wire.example",
    "xn--e1afmkfd.xn--p1ai",
    "xn--a",
    "a.xn--a",
    "1.2.3.4",
    "999.1.1.1",
    "0x7f.1",
    "a.1",
    "-",
    "a..b",
    "[::1]",
    "a_b",
  );
  const rest = fc.stringMatching(/^[ -~]{0,12}$/);
  const port = fc.constantFrom("", ":", ":80", ":65536", ":99999", ":x");
  const parts = fc.tuple(
    fc.constantFrom("http://", "https://", "HTTPS://", "http:/", "tag:", "javascript:"),
    host,
    port,
    fc.constantFrom("", "/", "?", "#"),
    rest,
  );

  test("accepts no address that the full test refuses", () => {
    fc.assert(
      fc.property(parts, (made) => {
        const text = made.join("");
        if (isUri(text)) expect([text, URL.canParse(text) && !/["<>\\^`{|}\s]/.test(text)]).toEqual([text, true]);
      }),
      { numRuns: settings.numRuns * 10 },
    );
  });
});

test("the generators reach every trap", () => expect(traps.missed(TRAP_NAMES, 3)).toEqual([]));
