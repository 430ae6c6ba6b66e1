import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Catalog } from "../../../lambda/channels/catalog/catalog.ts";
import type { Metadata, SourceRecord } from "../../../lambda/channels/catalog/ledger/record.ts";
import { withTranslations } from "../../../lambda/channels/catalog/translations.ts";
import { aBrokenRecord, aDraft, anEntryOf, aRecord, at, catalogOf } from "../../support/a-catalog.ts";
import { aSite } from "../../support/a-site.ts";

const now = "2026-11-23T09:00:00.000Z";
const site = aSite({ languages: ["ru", "kk", "en", "zh-Hans", "ar"] });

/** An article whose page has the name of its file. */
const story = (key: string, language: string, says: Partial<Metadata> = {}): SourceRecord =>
  aRecord({ key, language, content: key, url: `https://wire.example/${key}`, ...says });
const catalogued = (...records: readonly SourceRecord[]): Catalog => catalogOf(records, now, { site });

/** key -> the languages of its other versions, and the file of each. */
const tiesOf = ({ entries }: Catalog): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    entries.map(({ meta, translations = [] }) => [
      meta.key,
      translations.map(({ language, url }) => `${language} ${url.replace("https://wire.example/", "")}`),
    ]),
  );
const codesOf = ({ findings }: Catalog): readonly string[] => findings.map(({ code, key }) => `${code} ${key}`);
const says = (translationOf: string): Partial<Metadata> => ({ translationOf });

describe("translationOf ties an article to", () => {
  test.each([
    ["the article with that id", "guid-7"],
    ["the id made from its path", "tag:wire.example,2026-01-01:ru/news/story"],
    ["its key", "ru/news/story.md"],
    ["its key from the top", "/ru/news/story.md"],
    ["its key without the file extension", "ru/news/story"],
    ["its key from the article's folder", "../../ru/news/story.md"],
    ["the same without the file extension", "../../ru/news/story"],
  ])("%s: %s", (_, value) => {
    const original = story("ru/news/story.md", "ru", value.startsWith("guid") ? { id: value } : {});
    const catalog = catalogued(original, story("kk/news/basqa.md", "kk", says(value)));
    expect(tiesOf(catalog)).toEqual({ "ru/news/story.md": ["kk kk/news/basqa.md"], "kk/news/basqa.md": ["ru ru/news/story.md"] });
    expect(codesOf(catalog)).toEqual([]);
  });

  test("the one in the same folder, before the one at the top", () => {
    const catalog = catalogued(story("a/one.md", "ru"), story("one.md", "en"), story("a/two.md", "kk", says("one")));
    expect(tiesOf(catalog)["a/two.md"]).toEqual(["ru a/one.md"]);
  });

  test("an index page by its folder", () => {
    const catalog = catalogued(story("ru/aral/index.md", "ru"), story("kk/teniz.md", "kk", says("ru/aral")));
    expect(tiesOf(catalog)["kk/teniz.md"]).toEqual(["ru ru/aral/index.md"]);
  });

  test("all that share a word, including the one whose file has that name", () => {
    const catalog = catalogued(
      story("en/ferry.md", "en", says("ferry")),
      story("ru/parom.md", "ru", says("ferry")),
      story("kk/parom-2.md", "kk", says("ferry")),
    );
    expect(tiesOf(catalog)).toEqual({
      "en/ferry.md": ["kk kk/parom-2.md", "ru ru/parom.md"],
      "ru/parom.md": ["en en/ferry.md", "kk kk/parom-2.md"],
      "kk/parom-2.md": ["en en/ferry.md", "ru ru/parom.md"],
    });
    expect(codesOf(catalog)).toEqual([]);
  });

  test("each of two articles in different folders to its own, by the same relative path", () => {
    const both = ["a", "b"].flatMap((folder) => [
      story(`${folder}/index.ru.md`, "ru", { id: `${folder}-ru` }),
      story(`${folder}/kz.md`, "kk", says("index.ru.md")),
    ]);
    const ties = tiesOf(catalogued(...both));
    expect([ties["a/kz.md"], ties["b/kz.md"]]).toEqual([["ru a/index.ru.md"], ["ru b/index.ru.md"]]);
  });

  test("the whole chain that its original belongs to", () => {
    const catalog = catalogued(story("a.md", "en"), story("b.md", "ru", says("a")), story("c.md", "kk", says("b")));
    expect(tiesOf(catalog)["c.md"]).toEqual(["en a.md", "ru b.md"]);
  });

  test("nothing, with a notice that says what would be right", () => {
    const catalog = catalogued(story("a.md", "en", says("nowhere")), story("b.md", "ru"));
    expect(tiesOf(catalog)).toEqual({ "a.md": [], "b.md": [] });
    expect(catalog.findings).toEqual([
      {
        kind: "notice",
        code: "translation-unknown",
        key: "a.md",
        message: '"translationOf" names no article, and no other article has the same value: got "nowhere".',
        hint: "Write the id or the path of the article that this one translates, or the same word in all versions.",
      },
    ]);
  });

  test("a draft, without a notice; two translations of it are tied too", () => {
    const catalog = catalogued(aDraft("ru/s.md"), story("kk/x.md", "kk", says("ru/s")), story("en/y.md", "en", says("ru/s.md")));
    expect(tiesOf(catalog)).toEqual({ "kk/x.md": ["en en/y.md"], "en/y.md": ["kk kk/x.md"] });
    expect(codesOf(catalog)).toEqual([]);
  });
});

test("one of two drafts, which are two articles", () => {
  const catalog = catalogued(aDraft("a.md"), aDraft("b.md"), story("c.md", "ru", says("a")), story("d.md", "kk", says("b")));
  expect([tiesOf(catalog), codesOf(catalog)]).toEqual([{ "c.md": [], "d.md": [] }, []]);
});

describe("the names of files", () => {
  test.each([
    ["with a language part", "a/story.ru.md", "a/story.kk.md"],
    ["one of them without a language part", "a/story.md", "a/story.kk.html"],
    ["in language folders", "ru/a/story.md", "kk/a/story.html"],
    ["in deeper language folders", "news/ru/story.md", "news/kk/story.md"],
    ["as index pages", "a/index.ru.md", "a/index.kk.md"],
  ])("tie them: %s", (_, one, other) => {
    expect(tiesOf(catalogued(story(one, "ru"), story(other, "kk")))).toEqual({ [one]: [`kk ${other}`], [other]: [`ru ${one}`] });
  });

  test.each([
    ["a language that the site does not have", "de/story.md", "fr/story.md"],
    ["different paths", "ru/a/story.md", "kk/b/story.md"],
    ["no language in either", "story.md", "story.html"],
    ["a language folder and none", "ru/story.md", "story.md"],
  ])("do not tie: %s", (_, one, other) => {
    const catalog = catalogued(story(one, "ru"), story(other, "kk"));
    expect(tiesOf(catalog)).toEqual({ [one]: [], [other]: [] });
    expect(codesOf(catalog)).toEqual([]);
  });

  test("give way to the article's own translationOf", () => {
    const catalog = catalogued(story("a.ru.md", "ru"), story("a.kk.md", "kk", says("b.en.md")), story("b.en.md", "en"));
    expect(tiesOf(catalog)).toEqual({ "a.ru.md": [], "a.kk.md": ["en b.en.md"], "b.en.md": ["kk a.kk.md"] });
  });

  test("apply if its translationOf names no article", () => {
    const catalog = catalogued(story("a.ru.md", "ru"), story("a.kk.md", "kk", says("lost")));
    expect(tiesOf(catalog)["a.ru.md"]).toEqual(["kk a.kk.md"]);
    expect(codesOf(catalog)).toEqual(["translation-unknown a.kk.md"]);
  });
});

describe("of a group", () => {
  test("the others are ordered by language, whichever is the oldest", () => {
    const day = (number: number) => ({ ...says("s"), published: at(`2026-11-0${number}T00:00:00Z`) });
    const catalog = catalogued(
      story("r.md", "ru", day(1)),
      story("e.md", "en", day(2)),
      story("a.md", "ar", day(3)),
      story("k.md", "kk", day(4)),
    );
    expect(tiesOf(catalog)["k.md"]).toEqual(["ar a.md", "en e.md", "ru r.md"]);
  });

  test("an article without a page is not offered", () => {
    const { url: _, ...pageless } = (story("a.kk.md", "kk") as { meta: Metadata }).meta;
    const catalog = catalogued(story("a.ru.md", "ru"), aRecord(pageless));
    expect(tiesOf(catalog)).toEqual({ "a.ru.md": [], "a.kk.md": ["ru a.ru.md"] });
  });

  test("the older of two in one language counts, and a notice names the other", () => {
    const catalog = catalogued(
      story("new.md", "ru", { ...says("s"), published: at("2026-11-21T00:00:00Z") }),
      story("old.md", "ru", { ...says("s"), published: at("2026-11-01T00:00:00Z") }),
      story("kk.md", "kk", says("s")),
    );
    expect(tiesOf(catalog)).toEqual({ "kk.md": ["ru old.md"], "new.md": ["kk kk.md"], "old.md": ["kk kk.md"] });
    expect(catalog.findings).toMatchObject([
      {
        kind: "notice",
        code: "translation-twice",
        key: "new.md",
        message: "The story has an older version in ru, old.md. The other languages link to that version.",
      },
    ]);
  });

  test("a withheld version is not offered", () => {
    const later = story("a.kk.md", "kk", { published: at("2026-12-01T00:00:00Z") });
    expect(tiesOf(catalogued(story("a.ru.md", "ru"), later))).toEqual({ "a.ru.md": [] });
  });

  test("versions with a broken or missing file count as last published", () => {
    const before = catalogued(story("a.md", "ru"), story("b.md", "kk", says("a")), story("c.md", "en", says("a")));
    const after = catalogOf([story("a.md", "ru"), aBrokenRecord("b.md")], "2026-11-23T09:01:00.000Z", { catalog: before, site });
    expect(after.entries.map(({ meta, state }) => [meta.key, state]).sort()).toEqual([
      ["a.md", "live"],
      ["b.md", "kept"],
      ["c.md", "missing"],
    ]);
    expect(tiesOf(after)).toEqual(tiesOf(before));
  });

  test("a translation of a withdrawn article gets no notice", () => {
    const catalog = catalogued(story("a.md", "ru"), story("b.md", "kk", says("a")));
    const records = [story("a.md", "ru", { canceled: {} }), story("b.md", "kk", says("a"))];
    const after = catalogOf(records, "2026-11-23T09:01:00.000Z", { catalog, site });
    expect(after.entries.map(({ meta, state }) => [meta.key, state]).sort()).toEqual([
      ["a.md", "canceled"],
      ["b.md", "live"],
    ]);
    expect([tiesOf(after), codesOf(after)]).toEqual([{ "a.md": [], "b.md": [] }, []]);
  });

  test("a withdrawn version is neither offered nor offers others", () => {
    const entries = [
      anEntryOf(1, { key: "a.ru.md", language: "ru" }, { url: "https://wire.example/1" }),
      anEntryOf(2, { key: "a.kk.md", language: "kk" }, { url: "https://wire.example/2", state: "canceled" }),
    ];
    const tied = withTranslations(entries, { records: [], ids: new Map(), languages: ["ru", "kk"] });
    expect(tied.entries).toEqual(entries);
  });
});

test.each([
  ["unreadable", aBrokenRecord("kk/word.md")],
  ["unreadable, with the name of others", aBrokenRecord("a.kk.md")],
  ["under an id of another", story("kk/word.md", "en", { id: "taken" })],
])("a new file that is %s changes nothing for others", (_, broken) => {
  const good = [
    story("a.md", "ru"),
    story("a.html", "en"),
    story("kk/x.md", "kk", says("word")),
    story("y.md", "ru", says("word")),
    story("aa.md", "en", { id: "taken" }),
  ];
  expect(tiesOf(catalogued(...good, broken))).toEqual(tiesOf(catalogued(...good)));
});

test("the order of the files does not matter", () => {
  const values = fc.constantFrom(undefined, "a", "b", "ru/a", "/b.md", "word", "a.kk.md", "../kk/b");
  const keys = ["a.md", "a.html", "b.md", "a.ru.md", "a.kk.md", "ru/a.md", "kk/a.md", "kk/b.md", "ru/b.html"];
  const files = fc.tuple(
    ...keys.map((key) => fc.record({ key: fc.constant(key), value: values, language: fc.constantFrom("ru", "kk", "en") })),
  );
  const mixed = fc.shuffledSubarray(
    keys.map((_, at) => at),
    { minLength: keys.length },
  );
  fc.assert(
    fc.property(files, mixed, (all, order) => {
      const records = all.map(({ key, value, language }) => story(key, language, value === undefined ? {} : says(value)));
      const catalog = catalogued(...records);
      const shuffled = order.flatMap((at) => records[at] ?? []);
      expect(catalogued(...shuffled)).toEqual(catalog);
      const ids = new Map(catalog.entries.map(({ id, meta }) => [meta.key, id]));
      const tied = withTranslations(
        shuffled.flatMap(({ key }) => catalog.entries.find(({ meta }) => meta.key === key) ?? []),
        { records: shuffled, ids, languages: site.languages },
      );
      expect(tied.entries).toEqual(expect.arrayContaining([...catalog.entries]));
    }),
  );
});
