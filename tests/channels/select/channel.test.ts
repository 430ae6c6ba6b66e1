import { expect, test } from "vitest";
import type { CatalogEntry } from "../../../lambda/channels/catalog/catalog-entry.ts";
import type { Ledger } from "../../../lambda/channels/catalog/ledger/ledger.ts";
import { channelsOf } from "../../../lambda/channels/select/channel.ts";
import type { ChannelRule, Where } from "../../../lambda/channels/site/site.ts";
import { anEntryOf, inOrder } from "../../support/a-catalog.ts";
import { aByRule, aNamedRule, aSite } from "../../support/a-site.ts";

const made = (rules: readonly ChannelRule[], entries: readonly CatalogEntry[], values: Ledger["values"] = {}) =>
  channelsOf(aSite({ channels: rules }), rules, inOrder(entries), { entries: new Map(), values, feeds: {} });

/** The numbers of the articles that a rule picks, newest first. */
const taken = (where: Where, entries: readonly CatalogEntry[]) =>
  made([aNamedRule("some", { where })], entries).channels[0]?.members.map(({ meta }) => meta.slug);

const paths = (rules: readonly ChannelRule[], entries: readonly CatalogEntry[], values: Ledger["values"] = {}) =>
  made(rules, entries, values).channels.map(({ path }) => path);

const entries = [
  anEntryOf(1, { section: "World", tags: ["tea", "silk"], language: "ru", key: "ru/world/a.md", authors: [{ name: "Ann Lee" }] }),
  anEntryOf(2, {
    section: "sport",
    tags: ["tea"],
    language: "zh-Hans",
    key: "zh/sport/b.md",
    authors: [{ name: "Bo Li" }, { name: "Ann Lee" }],
  }),
  anEntryOf(3, { tags: [], language: "zh", key: "zh/c.md" }),
  anEntryOf(4, { section: "world", tags: ["Silk"], language: "en", key: "d.html" }),
];

test.each<[string, Where, readonly string[]]>([
  ["nothing: everything, newest first", {}, ["n4", "n3", "n2", "n1"]],
  ["a section, whatever its case", { section: ["WORLD"] }, ["n4", "n1"]],
  ["any section of a list", { section: ["world", "sport"] }, ["n4", "n2", "n1"]],
  ["any of an article's tags", { tag: ["silk"] }, ["n4", "n1"]],
  ["any of an article's authors", { author: ["ann lee"] }, ["n2", "n1"]],
  ["a language with all its variants (RFC 4647)", { language: ["zh"] }, ["n3", "n2"]],
  ["one variant of a language, and not the language in general", { language: ["zh-hans"] }, ["n2"]],
  ["a language, and none that only begins like it", { language: ["z"] }, []],
  ["a path", { path: ["zh/**"] }, ["n3", "n2"]],
  ["any of several paths", { path: ["*.html", "ru/**/*.md"] }, ["n4", "n1"]],
  ["several properties: all of them", { section: ["world"], tag: ["silk"], language: ["ru", "kk"] }, ["n1"]],
  ["a value that nobody has: nothing", { tag: ["none"] }, []],
])("a channel picks by %s", (_, where, numbers) => {
  expect(taken(where, entries)).toEqual(numbers);
});

test("a channel has its own name, its title or that of the site", () => {
  const rules = [aNamedRule("all"), aNamedRule("world"), aNamedRule("x", { title: "The X", description: "Of X" })];
  expect(made(rules, []).channels.map(({ path, title, description }) => [path, title, description])).toEqual([
    ["all", "The Wire", "The Wire"],
    ["world", "The Wire: world", "The Wire: world"],
    ["x", "The X", "Of X"],
  ]);
});

test("a named channel without articles still exists, in the site's language", () => {
  const site = aSite({ channels: [aNamedRule("all")], language: "kk" });
  expect(channelsOf(site, site.channels, [], { entries: new Map(), values: {}, feeds: {} }).channels).toMatchObject([
    { path: "all", members: [], language: "kk" },
  ]);
});

test("a channel in one language declares it, one in several does not", () => {
  expect(made([aNamedRule("all")], [entries[0]!]).channels[0]?.language).toBe("ru");
  expect(made([aNamedRule("all")], entries).channels[0]).not.toHaveProperty("language");
});

test("a channel split by language is published whole and once per language, with links between them", () => {
  const { channels } = made([aNamedRule("all", { split: "language" })], [entries[0]!, entries[1]!, anEntryOf(9, { language: "ru" })]);
  expect(channels.map(({ path, title, language, members }) => [path, title, language, members.map(({ meta }) => meta.slug)])).toEqual([
    ["all", "The Wire", undefined, ["n9", "n2", "n1"]],
    ["all/ru", "The Wire (ru)", "ru", ["n9", "n1"]],
    ["all/zh-Hans", "The Wire (zh-Hans)", "zh-Hans", ["n2"]],
  ]);
  const alternates = [
    { language: "ru", path: "all/ru" },
    { language: "zh-Hans", path: "all/zh-Hans" },
  ];
  for (const channel of channels) expect(channel.alternates).toEqual(alternates);
});

test("an article in an unknown language is in the whole channel, and in none of a language", () => {
  const unknown = anEntryOf(9, { language: "und-Arab" });
  const { channels } = made([aNamedRule("all", { split: "language" }), aByRule("language")], [entries[0]!, unknown]);
  expect(channels.map(({ path, members }) => [path, members.length])).toEqual([
    ["all", 2],
    ["all/ru", 1],
    ["language/ru", 1],
  ]);
  expect(made([aNamedRule("all")], [unknown]).channels[0]).not.toHaveProperty("language");
});

test("a `by` rule makes one channel for each value, and none for articles without a value", () => {
  expect(paths([aByRule("section")], entries)).toEqual(["section/sport", "section/world"]);
  expect(paths([aByRule("language")], entries)).toEqual(["language/en", "language/ru", "language/zh", "language/zh-Hans"]);
  expect(paths([aByRule("author")], entries)).toEqual(["author/ann-lee", "author/bo-li"]);
  expect(paths([aByRule("tag", { where: { language: ["ru"] } })], entries)).toEqual(["tag/silk", "tag/tea"]);
});

test("an article with two values is in both channels, and with one value twice in one channel once", () => {
  const { channels } = made([aByRule("tag")], [anEntryOf(1, { tags: ["tea", "silk", "Tea", " tea "] })]);
  expect(channels.map(({ path, members }) => [path, members.length])).toEqual([
    ["tag/silk", 1],
    ["tag/tea", 1],
  ]);
});

test("spellings of one value are one channel, with the oldest as its title", () => {
  const spelled = ["Cafe\u0301", "CAFÉ", " café "].map((section, index) => anEntryOf(index + 1, { section }));
  const { channels } = made([aByRule("section", { title: "On {value}", description: "All of {value}" })], spelled);
  expect(channels.map(({ title, description, members }) => [title, description, members.length])).toEqual([
    ["On Cafe\u0301", "All of Cafe\u0301", 3],
  ]);
});

test("the title of a feed stays while an article uses that spelling, whatever the date of a new article", () => {
  const values = { tag: { tea: { slug: "tea", title: "Tea" } } };
  const [newcomer, reader] = [anEntryOf(1, { tags: ["TEA"] }), anEntryOf(2, { tags: ["Tea"] })];
  expect(made([aByRule("tag", { title: "{value}" })], [newcomer, reader], values).channels[0]?.title).toBe("Tea");
  expect(made([aByRule("tag", { title: "{value}" })], [newcomer], values).channels[0]?.title).toBe("TEA");
});

test("one article introduces at most twenty feeds, joins all existing ones, and reports the rest", () => {
  const many = Array.from({ length: 30 }, (_, index) => `t${index}`);
  const { channels, notices } = made([aByRule("tag")], [anEntryOf(1, { tags: [...many, "tea"] }), anEntryOf(2, { tags: ["tea", "t29"] })]);
  expect(channels).toHaveLength(22);
  expect(channels.filter(({ members }) => members.length === 2).map(({ path }) => path)).toEqual(["tag/t29", "tag/tea"]);
  expect(notices).toMatchObject([{ kind: "notice", code: "value-without-feed", key: "n1.md" }]);
  expect(notices[0]?.message).toBe('The tags "t20" and 8 more get no feed: one article may introduce at most 20 feeds.');
});

test("values of older articles do not count against an article, and a second run adds no further feeds", () => {
  const old = Array.from({ length: 2 }, (_, at) => Array.from({ length: 15 }, (_, index) => `o${at}-${index}`));
  const entries = [...old.map((tags, at) => anEntryOf(at + 1, { tags })), anEntryOf(3, { tags: [...old.flat(), "flood"] })];
  expect(made([aByRule("tag")], entries)).toMatchObject({ channels: { length: 31 }, notices: [] });
  const greedy = [anEntryOf(1, { tags: Array.from({ length: 21 }, (_, index) => `t${index}`) })];
  const first = made([aByRule("tag")], greedy);
  const second = made([aByRule("tag")], greedy, first.values);
  for (const { channels, notices } of [first, second]) {
    expect(channels).toHaveLength(20);
    expect(notices[0]?.message).toBe('The tag "t20" gets no feed: one article may introduce at most 20 feeds.');
  }
});

test("only a value without room in its rule is reported", () => {
  const tag = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`t${index}`, { slug: `t${index}`, title: `t${index}` }]));
  const { notices } = made([aByRule("tag")], [anEntryOf(1, { tags: ["flood"] })], { tag });
  expect(notices[0]?.message).toBe('The tag "flood" gets no feed: "by: tag" already has 5000 feeds, and the limit is 5000.');
});

test("an existing feed stays if its article names too many values", () => {
  const values = { tag: { t25: { slug: "t25", title: "t25" } } };
  const { channels } = made([aByRule("tag")], [anEntryOf(1, { tags: Array.from({ length: 30 }, (_, index) => `t${index}`) })], values);
  expect(channels.find(({ path }) => path === "tag/t25")?.members).toHaveLength(1);
});

test("a value appears in its title exactly as it is written", () => {
  expect(made([aByRule("tag", { title: "{value}!" })], [anEntryOf(1, { tags: ["$& {value} $1"] })]).channels[0]?.title).toBe(
    "$& {value} $1!",
  );
  expect(made([aByRule("tag")], [anEntryOf(1, { tags: ["tea"] })]).channels[0]?.title).toBe("The Wire: tea");
});

test("equal slugs are numbered in order of first publication", () => {
  const meeting = [anEntryOf(1, { tags: ["C#"] }), anEntryOf(2, { tags: ["C"] }), anEntryOf(3, { tags: ["c++"] })];
  const { channels, values } = made([aByRule("tag")], meeting);
  expect(channels.map(({ path, title }) => [path, title])).toEqual([
    ["tag/c", "The Wire: C#"],
    ["tag/c-2", "The Wire: C"],
    ["tag/c-3", "The Wire: c++"],
  ]);
  expect(values).toEqual({
    tag: { "c#": { slug: "c", title: "C#" }, c: { slug: "c-2", title: "C" }, "c++": { slug: "c-3", title: "c++" } },
  });
});

test("a promised feed stays, empty after its last article, and keeps its slug whatever comes later or is older", () => {
  const { values } = made([aByRule("tag")], [anEntryOf(5, { tags: ["C"] })]);
  const both = made([aByRule("tag")], [anEntryOf(1, { tags: ["C#"] }), anEntryOf(5, { tags: ["C"] })], values);
  expect(both.values).toEqual({ tag: { c: { slug: "c", title: "C" }, "c#": { slug: "c-2", title: "C#" } } });
  const alone = made([aByRule("tag")], [anEntryOf(1, { tags: ["C#"] })], both.values);
  expect(alone.channels.map(({ path, title, members }) => [path, title, members.length])).toEqual([
    ["tag/c", "The Wire: C", 0],
    ["tag/c-2", "The Wire: C#", 1],
  ]);
  expect(alone.values).toEqual(both.values);
});

test("a value without a letter or digit still has a slug", () => {
  expect(paths([aByRule("tag")], [anEntryOf(1, { tags: ["!!!"] })])).toEqual(["tag/other"]);
});

test.each(["constructor", "__proto__"])("an article may have the tag %s", (word) => {
  const { channels, values } = made([aByRule("tag")], [anEntryOf(1, { tags: [word] })]);
  expect(channels.map(({ path }) => path)).toEqual([`tag/${word.replaceAll("_", "")}`]);
  const stored = JSON.parse(JSON.stringify(values)) as Ledger["values"];
  const again = made([aByRule("tag")], [anEntryOf(1, { tags: [word] })], stored);
  expect(JSON.stringify(again.values)).toBe(JSON.stringify(values));
});

test("channels come in the order of site.yaml, those of one rule by their path", () => {
  expect(paths([aNamedRule("z"), aByRule("section"), aNamedRule("a")], entries)).toEqual(["z", "section/sport", "section/world", "a"]);
});
