import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "../../lambda/articles/parse.ts";
import type { Store } from "../../lambda/stores/store.ts";
import { aNewsroom as aRoom } from "../articles/a-newsroom.ts";
import { offencesIn } from "../articles/strict-html.ts";
import { aFile, aNewsroom, aSiteFile } from "../support/a-newsroom.ts";
import { newsroomRuns } from "../support/histories/newsroom-runs.ts";
import { countTraps } from "../support/histories/traps.ts";
import { memoryStore } from "../support/stores/memory-store.ts";

const runs = { numRuns: Number(process.env.WIREROOM_LAW_RUNS ?? 100) };

const { reach, trap, missed } = countTraps();

const oneOf = (...texts: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...texts);

const HEADS = oneOf(
  "---\ntitle: T\n---\n",
  "---\n",
  "---\ntitle: [\n---\n",
  "---\ndraft: true\n---\n",
  "---\ndate: tomorrow\n---\n",
  "---\na: &a [*a]\n---\n",
  "+++\ntitle = 'T'\n+++\n",
  "+++\n",
  '{"title": "T"}\n',
  "{",
  '[title]: # "T"\n',
  "\uFEFF\uFEFF---\ntitle: T\n---\n",
);
const MARKUP = oneOf(
  "<script>alert(1)</script>",
  "<script ",
  "<style>",
  "<svg onload=alert(1)>",
  "<math><mtext>",
  "<template>",
  "<noscript>",
  '<img src=x onerror="alert(1)">',
  '<img srcset="javascript:a 1x, b 2x">',
  "<a href=javascript:alert(1)>",
  '<a href=" jAvA\tscript&colon;alert(1)">x</a>',
  '<a href="#x&quot;onclick=a">',
  '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ">',
  "<iframe src=//x.example>",
  "<object data=x>",
  "<form action=/x><input type=checkbox onclick=a>",
  "<base href=javascript:/>",
  "<table><tr><td>",
  "</table></p></div>",
  "<b><i></b></i>",
  "<p title='\"><script>'>",
  "<!--",
  "-->",
  "<![CDATA[",
  "]]>",
  "<div>".repeat(300),
  "<video poster=x src=data:a>",
  "<blockquote cite=../x>",
  "<p class=a style=b id=c lang=d dir=rtl>",
  "wireroom-self:#x",
  "wireroom-media:x;y",
);
const MARKS = oneOf(
  "# a",
  "\n\n",
  "- [ ] x\n",
  "- [x] y\n",
  "x[^1]",
  "\n\n[^1]: n\n",
  "> ",
  "```js\n",
  "|a|b|\n|-|-|\n",
  "[a](b)",
  "![a](b.png)",
  "<http://a.example>",
  "*_~~",
  "\\",
  "&#x0;",
  "&lt;script&gt;",
);
const LETTERS = oneOf(
  "\0",
  "\u0001",
  "\uFFFE",
  "\uD800",
  "\uDFFF",
  "\u2028",
  "\u0085",
  "\u202E",
  "é".normalize("NFD"),
  "ё",
  "қ",
  "漢",
  "ع",
  "👩‍🚀",
  "\r",
  "\r\n",
  "\t",
);
const WORDS = oneOf("words ", "слова ", "сөздер ", "文字", "كلمات ");

const aText: fc.Arbitrary<string> = fc
  .tuple(
    fc.option(trap("front matter", HEADS), { nil: "" }),
    fc.array(
      fc.oneof(
        { weight: 4, arbitrary: trap("markup", MARKUP) },
        { weight: 3, arbitrary: trap("Markdown", MARKS) },
        { weight: 2, arbitrary: trap("odd letters", LETTERS) },
        { weight: 2, arbitrary: WORDS },
        { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 8 }) },
      ),
      { maxLength: 12 },
    ),
  )
  .map(([head, parts]) => head + parts.join(""));

const utf16 = (text: string): Uint8Array => Uint8Array.from([0xff, 0xfe, ...Buffer.from(text, "utf16le")]);
const MAGIC: readonly (readonly number[])[] = [
  [0xef, 0xbb, 0xbf],
  [0xff, 0xfe],
  [0xfe, 0xff],
  [0xff, 0xfe, 0, 0],
  [0x89, 0x50, 0x4e, 0x47],
  [0x50, 0x4b, 3, 4],
  [0xed, 0xa0, 0x80],
  [0xc0, 0xaf],
  [0],
];

const someBytes: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 6, arbitrary: aText.map((text) => new TextEncoder().encode(text)) },
  { weight: 1, arbitrary: trap("UTF-16", aText.map(utf16)) },
  {
    weight: 1,
    arbitrary: trap(
      "single bytes",
      aText.map((text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 255)),
    ),
  },
  { weight: 1, arbitrary: trap("any bytes", fc.uint8Array({ maxLength: 300 })) },
  {
    weight: 1,
    arbitrary: trap(
      "marks and magic",
      fc.tuple(fc.constantFrom(...MAGIC), aText).map(([magic, text]) => Uint8Array.from([...magic, ...Buffer.from(text)])),
    ),
  },
  {
    weight: 1,
    arbitrary: trap(
      "cut anywhere",
      fc.tuple(aText, fc.nat({ max: 200 })).map(([text, at]) => new TextEncoder().encode(text).slice(0, at)),
    ),
  },
);
const aKey = oneOf("a.md", "a.html", "a.txt", "2026/01/02/a.md", "ru/index.md", "_drafts/a.md", "a.mdx", "новости/é.md");

describe("any bytes at all", () => {
  test("are an article, withheld, passed over or quarantined with a problem, and never an exception", () => {
    fc.assert(
      fc.property(aKey, someBytes, fc.boolean(), (key, bytes, soleInFolder) => {
        const parsed = parse({ key, bytes }, aRoom(), { soleInFolder });
        reach(`is ${parsed.kind}`);
        expect(parsed.kind === "quarantined" && !parsed.findings.some(({ kind }) => kind === "problem")).toBe(false);
        if (parsed.kind !== "article") return;
        const { title, slug, html, summary } = parsed.article;
        expect(title.trim() === "" || slug === "" || /\n/.test(title)).toBe(false);
        expect([title, slug, html, summary].every((text) => text.isWellFormed())).toBe(true);
      }),
      runs,
    );
  });

  test("give HTML without scripts, events, styles, javascript: and relative addresses", () => {
    fc.assert(
      fc.property(oneOf("a.md", "a.html", "a.txt"), aText, (key, text) => {
        const parsed = parse({ key, bytes: new TextEncoder().encode(text) }, aRoom(), { soleInFolder: true });
        if (parsed.kind !== "article") return;
        reach("html read strictly");
        expect(offencesIn(parsed.article.html)).toEqual([]);
      }),
      runs,
    );
  });

  test("give the same article twice, with any line ends", () => {
    fc.assert(
      fc.property(aText, (text) => {
        const of = (written: string) => parse({ key: "a.md", bytes: new TextEncoder().encode(written) }, aRoom(), { soleInFolder: true });
        const plain = text.replace(/\r\n?/g, "\n");
        expect(of(plain)).toEqual(of(plain));
        expect(of(plain.replaceAll("\n", "\r\n"))).toEqual(of(plain));
      }),
      runs,
    );
  });
});

/** Through the whole pipeline. */
const few = { numRuns: newsroomRuns(8) };
const NOW = "2026-11-20T12:00:00Z";
const names = ["a.md", "b.md", "c/d.md", "e.txt", "ж.md"] as const;
const aStory = fc.record({
  title: oneOf("One", "Two", "Три", "四"),
  day: fc.integer({ min: 1, max: 19 }),
  body: oneOf("Some words.", "Слова.", "<b>x</b>"),
});
const someFiles = fc
  .subarray([...names], { minLength: 2 })
  .chain((keys) => fc.tuple(...keys.map((key) => aStory.map((story) => [key, story] as const))));
const written = (files: readonly (readonly [string, { readonly title: string; readonly day: number; readonly body: string }])[]) =>
  Object.fromEntries(
    files.map(([key, { title, day, body }]) => [
      key,
      aFile({ title: `${title} ${key}`, date: `2026-11-${String(day).padStart(2, "0")}` }, body),
    ]),
  );

/** The same store, listed in another order. */
const listedOtherwise = (store: Store, numbers: Iterator<number>): Store => ({
  ...store,
  list: async (prefix) =>
    (await store.list(prefix))
      .map((listed) => [Number(numbers.next().value), listed] as const)
      .sort(([a], [b]) => a - b)
      .map(([, listed]) => listed),
});

type Entries = { readonly items: readonly { readonly id: string; readonly title: string }[] };
const itemsOf = (files: Readonly<Record<string, string>>): Entries["items"] =>
  (JSON.parse(files["all/feed.json"] ?? '{"items":[]}') as Entries).items;

describe("a newsroom", () => {
  test("publishes the same bytes for any order of its files", async () => {
    await fc.assert(
      fc.asyncProperty(someFiles, fc.infiniteStream(fc.nat()), async (files, numbers) => {
        const given = await aNewsroom(written(files));
        const content = memoryStore("content");
        const other = await aNewsroom(written(files), { content });
        await given.publish(NOW);
        await other.publish(NOW, { ports: { content: listedOtherwise(content, numbers) } });
        reach("another order");
        expect(await other.files()).toEqual(await given.files());
      }),
      few,
    );
  });

  test("with one more broken file has the same entries as without it", async () => {
    const broken = oneOf(
      "",
      "---\ntitle: [\n---\nx",
      "---\ntitle: T\ndate: soon\n---\nx",
      "\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000B",
      "---\nt: x",
      "+++\na\n+++\n",
    );
    await fc.assert(
      fc.asyncProperty(someFiles, broken, oneOf("0.md", "b/x.md", "z.md"), async (files, text, key) => {
        const [given, other] = [await aNewsroom(written(files)), await aNewsroom({ ...written(files), [key]: text })];
        const site = `${aSiteFile}guard: { quarantined: 1 }\n`;
        await given.publish(NOW, { site });
        const { prepared } = await other.publish(NOW, { site });
        reach("a broken file");
        expect(prepared.catalog.findings.filter(({ kind }) => kind === "problem").map((finding) => finding.key)).toEqual([key]);
        expect(itemsOf(await other.files())).toEqual(itemsOf(await given.files()));
      }),
      few,
    );
  });

  test("keeps the id of a file that moves unchanged, and gives a new file at its old path another", async () => {
    await fc.assert(
      fc.asyncProperty(someFiles, fc.nat(), oneOf("moved", "x/y", "2026/moved"), fc.boolean(), async (files, which, folder, newcomer) => {
        const texts = written(files);
        const from = Object.keys(texts)[which % files.length] ?? "";
        const to = folder + from.slice(from.lastIndexOf(".")); // another file extension would be another text
        const newsroom = await aNewsroom(texts);
        await newsroom.publish(NOW);
        const before = new Map(itemsOf(await newsroom.files()).map(({ title, id }) => [title, id]));
        await newsroom.remove(from);
        await newsroom.write(to, texts[from] ?? "");
        await newsroom.publish("2026-11-20T13:00:00Z");
        if (newcomer) await newsroom.write(from, aFile({ title: "Newcomer", date: "2026-11-19" }, "Other words than before."));
        await newsroom.publish("2026-11-20T14:00:00Z");
        reach(newcomer ? "a move with a newcomer" : "a move");
        const after = new Map(itemsOf(await newsroom.files()).map(({ title, id }) => [title, id]));
        for (const [title, id] of before) expect(after.get(title)).toBe(id);
        expect([...before.values()]).not.toContain(after.get("Newcomer"));
        expect(after.size).toBe(before.size + (newcomer ? 1 : 0));
      }),
      few,
    );
  });
});

test("the generators reach their traps", () => {
  const traps = [
    "front matter",
    "markup",
    "Markdown",
    "odd letters",
    "UTF-16",
    "single bytes",
    "any bytes",
    "marks and magic",
    "cut anywhere",
  ];
  expect(missed([...traps, "is article", "is quarantined", "is withheld", "html read strictly"], 1)).toEqual([]);
});
