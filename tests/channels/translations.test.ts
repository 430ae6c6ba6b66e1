import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Catalog } from "../../lambda/channels/catalog.ts";
import type { Metadata, SourceRecord } from "../../lambda/channels/record.ts";
import { withTranslations } from "../../lambda/channels/translations.ts";
import { aBrokenRecord, aDraft, anEntryOf, aRecord, at, catalogOf } from "../support/a-catalog.ts";
import { aSite } from "../support/a-site.ts";

const now = "2026-11-23T09:00:00.000Z";
const site = aSite({ languages: ["ru", "kk", "en", "zh-Hans", "ar"] });

/** An article whose page is named after its file. */
const story = (key: string, language: string, says: Partial<Metadata> = {}): SourceRecord =>
  aRecord({ key, language, content: key, url: `https://wire.example/${key}`, ...says });
const catalogued = (...records: readonly SourceRecord[]): Catalog => catalogOf(records, now, { site });

/** key -> the languages in which it has another version, and its file's key. */
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
    ["the article of that id", "guid-7"],
    ["the id that was made of its path", "tag:wire.example,2026-01-01:ru/news/story"],
    ["its key", "ru/news/story.md"],
    ["its key from the top", "/ru/news/story.md"],
    ["its key without the ending", "ru/news/story"],
    ["its key from the article's folder", "../../ru/news/story.md"],
    ["the same without the ending", "../../ru/news/story"],
  ])("%s: %s", (_, value) => {
    const original = story("ru/news/story.md", "ru", value.startsWith("guid") ? { id: value } : {});
    const catalog = catalogued(original, story("kk/news/basqa.md", "kk", says(value)));
    expect(tiesOf(catalog)).toEqual({ "ru/news/story.md": ["kk kk/news/basqa.md"], "kk/news/basqa.md": ["ru ru/news/story.md"] });
    expect(codesOf(catalog)).toEqual([]);
  });

  test("the one beside it, before the one at the top", () => {
    const catalog = catalogued(story("a/one.md", "ru"), story("one.md", "en"), story("a/two.md", "kk", says("one")));
    expect(tiesOf(catalog)["a/two.md"]).toEqual(["ru a/one.md"]);
  });

  test("an index page by its folder", () => {
    const catalog = catalogued(story("ru/aral/index.md", "ru"), story("kk/teniz.md", "kk", says("ru/aral")));
    expect(tiesOf(catalog)["kk/teniz.md"]).toEqual(["ru ru/aral/index.md"]);
  });

  test("all that share a word, also the one whose file has it for a name", () => {
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

  test("two articles in folders of their own by the same relative path, each to its own", () => {
    const both = ["a", "b"].flatMap((folder) => [
      story(`${folder}/index.ru.md`, "ru", { id: `${folder}-ru` }),
      story(`${folder}/kz.md`, "kk", says("index.ru.md")),
    ]);
    const ties = tiesOf(catalogued(...both));
    expect([ties["a/kz.md"], ties["b/kz.md"]]).toEqual([["ru a/index.ru.md"], ["ru b/index.ru.md"]]);
  });

  test("what its original is tied to, in a chain", () => {
    const catalog = catalogued(story("a.md", "en"), story("b.md", "ru", says("a")), story("c.md", "kk", says("b")));
    expect(tiesOf(catalog)["c.md"]).toEqual(["en a.md", "ru b.md"]);
  });

  test("nothing, which is a notice that says what would be right", () => {
    const catalog = catalogued(story("a.md", "en", says("nowhere")), story("b.md", "ru"));
    expect(tiesOf(catalog)).toEqual({ "a.md": [], "b.md": [] });
    expect(catalog.findings).toEqual([
      {
        kind: "notice",
        code: "translation-unknown",
        key: "a.md",
        message: '"translationOf" leads to no article, and no other has it: got "nowhere".',
        hint: "Write the id or the path of the article that this one translates, or one word in all versions.",
      },
    ]);
  });

  test("a draft, which nobody sees and which is no mistake; two translations of it are tied all the same", () => {
    const catalog = catalogued(aDraft("ru/s.md"), story("kk/x.md", "kk", says("ru/s")), story("en/y.md", "en", says("ru/s.md")));
    expect(tiesOf(catalog)).toEqual({ "kk/x.md": ["en en/y.md"], "en/y.md": ["kk kk/x.md"] });
    expect(codesOf(catalog)).toEqual([]);
  });
});

test("two drafts are two articles", () => {
  const catalog = catalogued(aDraft("a.md"), aDraft("b.md"), story("c.md", "ru", says("a")), story("d.md", "kk", says("b")));
  expect([tiesOf(catalog), codesOf(catalog)]).toEqual([{ "c.md": [], "d.md": [] }, []]);
});

describe("the names of files", () => {
  test.each([
    ["with a part for the language", "a/story.ru.md", "a/story.kk.md"],
    ["one of them without a part", "a/story.md", "a/story.kk.html"],
    ["in folders of languages", "ru/a/story.md", "kk/a/story.html"],
    ["in folders of languages further down", "news/ru/story.md", "news/kk/story.md"],
    ["as index pages", "a/index.ru.md", "a/index.kk.md"],
  ])("tie them: %s", (_, one, other) => {
    expect(tiesOf(catalogued(story(one, "ru"), story(other, "kk")))).toEqual({ [one]: [`kk ${other}`], [other]: [`ru ${one}`] });
  });

  test.each([
    ["a language that is not the site's", "de/story.md", "fr/story.md"],
    ["different paths", "ru/a/story.md", "kk/b/story.md"],
    ["no language in either", "story.md", "story.html"],
    ["a folder of a language and none", "ru/story.md", "story.md"],
  ])("do not tie: %s", (_, one, other) => {
    const catalog = catalogued(story(one, "ru"), story(other, "kk"));
    expect(tiesOf(catalog)).toEqual({ [one]: [], [other]: [] });
    expect(codesOf(catalog)).toEqual([]);
  });

  test("give way to what an article says itself", () => {
    const catalog = catalogued(story("a.ru.md", "ru"), story("a.kk.md", "kk", says("b.en.md")), story("b.en.md", "en"));
    expect(tiesOf(catalog)).toEqual({ "a.ru.md": [], "a.kk.md": ["en b.en.md"], "b.en.md": ["kk a.kk.md"] });
  });

  test("hold where what it says leads nowhere", () => {
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
        message: "The story has an older version in ru, old.md: the other languages name that one.",
      },
    ]);
  });

  test("one that waits for its time is not offered", () => {
    const later = story("a.kk.md", "kk", { published: at("2026-12-01T00:00:00Z") });
    expect(tiesOf(catalogued(story("a.ru.md", "ru"), later))).toEqual({ "a.ru.md": [] });
  });

  test("those whose file is broken or gone still count, as they last were", () => {
    const before = catalogued(story("a.md", "ru"), story("b.md", "kk", says("a")), story("c.md", "en", says("a")));
    const after = catalogOf([story("a.md", "ru"), aBrokenRecord("b.md")], "2026-11-23T09:01:00.000Z", { catalog: before, site });
    expect(after.entries.map(({ meta, state }) => [meta.key, state]).sort()).toEqual([
      ["a.md", "live"],
      ["b.md", "kept"],
      ["c.md", "missing"],
    ]);
    expect(tiesOf(after)).toEqual(tiesOf(before));
  });

  test("one that translates what was withdrawn is told nothing", () => {
    const catalog = catalogued(story("a.md", "ru"), story("b.md", "kk", says("a")));
    const records = [story("a.md", "ru", { canceled: {} }), story("b.md", "kk", says("a"))];
    const after = catalogOf(records, "2026-11-23T09:01:00.000Z", { catalog, site });
    expect(after.entries.map(({ meta, state }) => [meta.key, state]).sort()).toEqual([
      ["a.md", "canceled"],
      ["b.md", "live"],
    ]);
    expect([tiesOf(after), codesOf(after)]).toEqual([{ "a.md": [], "b.md": [] }, []]);
  });

  test("one that was withdrawn is neither offered nor offers", () => {
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
  ["unreadable, of the name of others", aBrokenRecord("a.kk.md")],
  ["under an id of another", story("kk/word.md", "en", { id: "taken" })],
])("a newcomer that is %s changes nothing of others", (_, broken) => {
  const good = [
    story("a.md", "ru"),
    story("a.html", "en"),
    story("kk/x.md", "kk", says("word")),
    story("y.md", "ru", says("word")),
    story("aa.md", "en", { id: "taken" }),
  ];
  expect(tiesOf(catalogued(...good, broken))).toEqual(tiesOf(catalogued(...good)));
});

test("the order of the files changes nothing", () => {
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
