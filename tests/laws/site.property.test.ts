import fc from "fast-check";
import { expect, test } from "vitest";
import { parseSite } from "../../lambda/channels/site/site-file.ts";
import { siteSchema } from "../../lambda/channels/site/site-schema.ts";
import { Fault } from "../../lambda/fault.ts";
import { aNewsroom, someArticles } from "../support/a-newsroom.ts";
import { countTraps } from "../support/histories/traps.ts";

const settings = { numRuns: Number(process.env.WIREROOM_LAW_RUNS ?? 100) };
const { reach, trap, missed } = countTraps();

/** Every key of site.yaml, with "_" for a value, or for a key with a free name. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  url: ["_"],
  title: ["_"],
  feedUrl: ["_"],
  language: ["_"],
  languages: ["_", "[_]", "[en, _]"],
  timezone: ["_"],
  description: ["_"],
  image: ["_"],
  icon: ["_"],
  copyright: ["_"],
  license: ["_"],
  author: ["_", "{ name: _ }", "{ name: N, email: _ }", "{ name: N, url: _ }", "{ name: N, fediverse: _ }"],
  ids: ["_", "{ authority: _ }", "{ authority: wire.example, since: _ }"],
  articles: ["_", "[_]"],
  ignore: ["_", "[_]"],
  static: ["_", "[_]"],
  permalink: ["_"],
  pages: ["_"],
  markdown: ["_"],
  channels: [
    "_",
    "[_]",
    "[{ name: _ }]",
    "[{ by: _ }]",
    ...["title", "description", "image", "where", "limit", "bytes", "content", "formats", "archive", "split"].map(
      (key) => `[{ name: all, ${key}: _ }]`,
    ),
    ...["section", "tag", "author", "language", "path"].map((key) => `[{ name: all, where: { ${key}: _ } }]`),
    "[{ by: tag, title: _ }]",
  ],
  hub: ["_"],
  guard: ["_", ...["lose", "atLeast", "quarantined", "grace"].map((key) => `{ ${key}: _ }`)],
  retain: ["_"],
  limits: ["_", "{ article: _ }", "{ media: _ }"],
  encodings: ["_", "[_]", "[gzip, _]"],
  freshness: ["_"],
  moved: ["_", "{ /old/: _ }", "{ _: /new/ }"],
  retired: ["_", "[_]"],
  news: ["_", "{ name: _ }"],
  rights: [
    "_",
    ...["license", "rsl", "terms", "policy", "ai", "robots"].map((key) => `{ ${key}: _ }`),
    ...["search", "input", "train"].map((key) => `{ ai: { ${key}: _ } }`),
    "{ ai: { train: false }, terms: { payment: _ } }",
    "{ robots: { disallow: _ } }",
    "{ robots: { disallow: [_] } }",
  ],
  theme: ["_", "{ accent: _ }", "{ stylesheet: _ }"],
  fields: ["_", "{ title: _ }", "{ title: [_] }", "{ _: title }"],
  people: ["_"],
  partners: ["_", "[_]"],
};

const oneOf = (...texts: readonly string[]) => fc.constantFrom(...texts);
const quoted = (...texts: readonly string[]) => fc.constantFrom(...texts.map((text) => JSON.stringify(text)));

/** Values as YAML, by their kind. */
const VALUES = {
  shapes: oneOf(
    ...["[]", "{}", "[[]]", "[{}]", "{ a: b }", "[a, a]", "null", "~", "!!binary aGk=", "!!set { a }", "!odd x", "<<", "&a [*a]", "? a"],
  ),
  numbers: oneOf("0", "-1", "3", "1.5", "1e308", "1e999", ".nan", ".inf", "0x7f", "true", "2020-01-01", "2026-02-30"),
  addresses: quoted(
    ...[
      "https://x",
      "https://",
      "https:x",
      "https://[::1]/",
      "http://1.2.3.4.5/",
      "https://0/",
      "https://a..b/",
      "https://a_b/",
      "https://xn--/",
    ],
    ...[
      "https://мир.рф/",
      "https://a.example:0/",
      "https://a.example:99999/",
      "https://a.example/ b/",
      "https://a.example/|{}^`/",
      "urn:x:y",
    ],
    ...[
      'https://a.example/"/',
      "https://a.example/%zz/",
      "https://u:p@a.example/",
      "HTTPS://A.EXAMPLE",
      "https://a.example/a/../b",
      "ftp://x/",
    ],
    ...["mailto:a@b", "a@b.example", "javascript:1", "data:,x", "//a.example/", "https://a.example/"],
  ),
  paths: quoted(
    ...["", "/", "//", "/..", ".", "../..", "%", "/%00", "/%2f", "*", "**/*", "!**", "**/{a,b", "[a-", "+(+(+(a)))", "a.png", "CON", "a."],
    ...[
      "/{slug}",
      "/{slug}/",
      "/%zz/{slug}",
      "/{slug}?a",
      "//{slug}",
      "/../{slug}",
      "/ /{slug}",
      "/\n{slug}",
      "/{slug}/{slug}",
      "/all/{slug}/",
    ],
    ...["index.html", "all.gz", "constructor", "__proto__", "toString", "x".repeat(101), "ж".repeat(300)],
  ),
  choices: quoted("gzip", "br", "rss", "json", "monthly", "language", "tag", "all", "none", "summary"),
  tags: quoted("en", "und", "zz", "zh-Hans", "x-a", "i-klingon", "a".repeat(40), "UTC", "Etc/GMT+12", "+05:00", "GPTBot"),
  amounts: quoted("10d", "0d", "1e9d", "4000d", "999999999999999999999d", "1KB", "4MB", "5MB", "999999GB", "0B"),
  letters: quoted("\0", "\ud800", "\u202e", "\t", " x ", "a\nb", "e\u0301", "İ", "ﬃ", "𝒳", "]]>", "<b>", "&", "x".repeat(4000)),
};
type Kind = keyof typeof VALUES;

const anyValue = fc.oneof(
  ...Object.entries(VALUES).map(([kind, values]) => trap(kind, values)),
  trap(
    "any text",
    fc.string({ unit: "binary", maxLength: 12 }).map((text) => JSON.stringify(text)),
  ),
  trap("anything", fc.json({ maxDepth: 2 })),
);

/** By the last key before a place: a nearly right value does more harm than an impossible one. */
const FITTING: readonly (readonly [RegExp, readonly Kind[]])[] = [
  [/^(?:url|feedUrl|image|icon|license|hub|rsl|policy|moved|authority|retired)$/, ["addresses"]],
  [/^(?:articles|ignore|permalink|name|path|moved|retired)$/, ["paths"]],
  [/^(?:by|content|formats|archive|split|encodings)$/, ["choices"]],
  [/^(?:language|languages|timezone|disallow)$/, ["tags"]],
  [/^(?:bytes|grace|retain|article|media|freshness)$/, ["amounts"]],
  [/^(?:limit|lose|atLeast|quarantined|since)$/, ["numbers"]],
  [/^(?:title|description|copyright|section|tag|author|name)$/, ["letters"]],
];

function valueAt(place: string): fc.Arbitrary<string> {
  const key = /([a-zA-Z]+)\W*: *[^:]*_/.exec(place)?.[1] ?? "";
  const kinds = FITTING.flatMap(([keys, fitting]) => (keys.test(key) ? fitting : []));
  if (kinds.length === 0) return anyValue;
  return fc.oneof({ weight: 3, arbitrary: fc.oneof(...kinds.map((kind) => trap(kind, VALUES[kind]))) }, { weight: 1, arbitrary: anyValue });
}

const aSetting = fc
  .constantFrom(...Object.entries(PLACES).flatMap(([key, forms]) => forms.map((form) => [key, form] as const)))
  .chain(([key, form]) => valueAt(`${key}: ${form}`).map((value) => [key, form.replace("_", () => value)] as const));
const USUAL = { url: "https://wire.example/", permalink: "'/{section}/{slug}/'", pages: "true" };
/** Mostly one odd setting, so that the file is not refused for another. */
const someSettings = fc
  .oneof({ weight: 4, arbitrary: fc.tuple(aSetting) }, { weight: 1, arbitrary: fc.array(aSetting, { minLength: 2, maxLength: 3 }) })
  .map((odd) =>
    Object.entries({ ...USUAL, ...Object.fromEntries(odd) })
      .map(([key, value]) => `${key}: ${value}\n`)
      .join(""),
  );

const articles = someArticles(2);

/** The reason of a refusal. Any failure other than a refusal of site.yaml is a mistake in Wireroom. */
function refusalOf(site: string): string | undefined {
  try {
    parseSite(site, "site.yaml");
    return undefined;
  } catch (error) {
    if (error instanceof Fault && error.kind === "usage") return error.message;
    throw error;
  }
}

test("settings are refused with a line for each mistake, or publish: they never cause a fault or a hold", async () => {
  await fc.assert(
    fc.asyncProperty(someSettings, async (site) => {
      const refusal = refusalOf(site);
      reach(refusal === undefined ? "taken" : "refused");
      if (refusal !== undefined) {
        expect(refusal.split("\n").filter((line) => !/^site\.yaml:\d+ {2}\S/.test(line))).toEqual([]);
        return;
      }
      const { prepared } = await (await aNewsroom(articles)).publish("2026-11-20T12:00:00Z", { site });
      expect(prepared.changes.plan.holds).toEqual([]);
    }),
    settings,
  );
  expect(missed(["taken", "refused"], settings.numRuns / 20)).toEqual([]);
});

test("the law knows every key of site.yaml", () => {
  expect(Object.keys(PLACES)).toEqual(Object.keys(siteSchema.shape));
});
