import { expect, test, vi } from "vitest";
import { siteOf } from "../../../lambda/channels/site/site.ts";
import { parseSite, siteOfFlags, siteText } from "../../../lambda/channels/site/site-file.ts";
import { siteSchema } from "../../../lambda/channels/site/site-schema.ts";
import { Fault } from "../../../lambda/fault.ts";

const url = "url: https://wire.example\n";

/** The message about a wrong site.yaml. */
function refusal(text: string, flags: Parameters<typeof parseSite>[2] = {}): string {
  try {
    parseSite(text, "site.yaml", flags);
  } catch (fault) {
    expect(fault).toBeInstanceOf(Fault);
    expect((fault as Fault).kind).toBe("usage");
    return (fault as Fault).message;
  }
  return "accepted";
}

test("a site needs only a url: everything else has the defaults of the design", () => {
  expect(parseSite(url, "site.yaml")).toEqual({
    title: "wire.example",
    description: "wire.example",
    url: "https://wire.example/",
    feedUrl: "https://wire.example/",
    language: "en",
    languages: [],
    timezone: "UTC",
    articles: ["**/*.{md,markdown,mdx,html,htm,txt}"],
    ignore: ["**/_index.*", "**/README.*", "**/LICENSE.*", "**/node_modules/**"],
    limits: { article: 5_000_000 },
    mediaLimit: 500_000_000,
    author: { name: "wire.example" },
    channels: [
      {
        kind: "named",
        name: "all",
        where: {},
        limit: 50,
        bytes: 1_000_000,
        content: "full",
        formats: ["rss", "atom", "json"],
        archive: "none",
        split: "none",
      },
    ],
    partners: [],
    syndication: { articles: "allow", images: "allow", sources: {} },
    pages: false,
    staticFolders: [],
    guard: { lose: 0.5, atLeast: 5, quarantined: 0.1, grace: 3_600_000 },
    retain: 30 * 86_400_000,
    freshness: 86_400_000,
    encodings: ["gzip"],
    moves: { moved: {}, retired: [] },
  });
});

test("takes every key of the design that this version supports", () => {
  const site = parseSite(
    `title: The Wire
${url}feedUrl: https://feeds.wire.example
language: kk
languages: [ru, kk, zh-hans]
timezone: Asia/Almaty
description: News
image: /wire.png
icon: https://cdn.example/icon.png
copyright: (c) The Wire
license: https://licence.example/
author: { name: Ann Lee, email: ann@wire.example, url: https://wire.example/ann }
ids: { authority: wire.example, since: 2026-01-01 }
articles: "news/**"
ignore: [drafts/**]
permalink: "/{section}/{slug}/"
channels:
  - { name: world, title: World, description: Abroad, image: /world.png, where: { section: world, language: [ru, kk] },
      limit: 10, bytes: 500KB, content: summary, formats: [json], archive: monthly, split: language }
  - { by: tag, title: "Tagged {value}" }
hub: https://hub.example/
guard: { lose: 0.25, atLeast: 2, quarantined: 0.5, grace: 90s }
retain: 7d
limits: { article: 1.5MB, media: 1GB }
encodings: [gzip]
moved: { "/old/rss.xml": "/new/rss.xml" }
retired: [/gone/atom.xml]
`,
    "site.yaml",
  );
  expect(site).toMatchObject({
    feedUrl: "https://feeds.wire.example/",
    language: "kk",
    languages: ["ru", "kk", "zh-Hans"],
    image: "https://wire.example/wire.png",
    icon: "https://cdn.example/icon.png",
    license: "https://licence.example/",
    author: { name: "Ann Lee", email: "ann@wire.example", url: "https://wire.example/ann" },
    ids: { authority: "wire.example", since: "2026-01-01" },
    articles: ["news/**"],
    ignore: ["drafts/**"],
    permalink: "/{section}/{slug}/",
    hub: "https://hub.example/",
    guard: { lose: 0.25, atLeast: 2, quarantined: 0.5, grace: 90_000 },
    retain: 7 * 86_400_000,
    limits: { article: 1_500_000 },
    mediaLimit: 1_000_000_000,
    moves: { moved: { "/old/rss.xml": "/new/rss.xml" }, retired: ["/gone/atom.xml"] },
  });
  expect(site.channels[0]).toEqual({
    kind: "named",
    name: "world",
    title: "World",
    description: "Abroad",
    image: "/world.png",
    where: { section: ["world"], language: ["ru", "kk"] },
    limit: 10,
    bytes: 500_000,
    content: "summary",
    formats: ["json"],
    archive: "monthly",
    split: "language",
  });
  expect(site.channels[1]).toMatchObject({ kind: "by", by: "tag", title: "Tagged {value}", limit: 50 });
});

test("names the publication of Google News, by the site's title where nobody says", () => {
  expect(
    parseSite(
      `${url}news: { name: Wire Daily }
`,
      "site.yaml",
    ).news,
  ).toEqual({ name: "Wire Daily" });
  expect(
    parseSite(
      `title: The Wire
${url}news: {}
`,
      "site.yaml",
    ).news,
  ).toEqual({ name: "The Wire" });
  expect(parseSite(url, "site.yaml").news).toBeUndefined();
});

test("takes the newsroom's rights, with the licence that feeds and pages link", () => {
  const text = `${url}rights:
  license: https://creativecommons.org/licenses/by/4.0/
  rsl: https://wire.example/license.xml
  ai: { search: true, train: false }
  robots: { disallow: [GPTBot] }
`;
  expect(parseSite(text, "site.yaml")).toMatchObject({
    license: "https://creativecommons.org/licenses/by/4.0/",
    rights: { rsl: "https://wire.example/license.xml", ai: { search: true, train: false }, disallow: ["GPTBot"] },
  });
});

test("writes the licence for machines itself, below feedUrl, if it has terms", () => {
  const text = `${url}feedUrl: https://feeds.wire.example/news\nrights: { ai: { train: false }, terms: { payment: attribution } }\n`;
  expect(parseSite(text, "site.yaml").rights).toEqual({
    ...{ ai: { train: false }, disallow: [] },
    ...{ rsl: "https://feeds.wire.example/news/rsl.xml", terms: { payment: "attribution" } },
  });
});

test.each([
  [
    "rights:\n  rsl: https://a.example/\n  terms: { payment: free }",
    'site.yaml:4  "rights.terms" has Wireroom write the licence that "rights.rsl" already names; write only one of the two.',
  ],
  [
    "rights:\n  terms: { payment: free }",
    'site.yaml:3  "rights.terms" says nothing about any use without "rights.ai"; write, for example, ai: { search: true, train: false } beside it.',
  ],
  [
    "license: https://a.example/\nrights:\n  license: https://b.example/",
    'site.yaml:4  "rights.license" differs from "license", which means the same; write only one of the two.',
  ],
  [
    "rights: { robots: { disallow: ['*'] } }",
    'site.yaml:2  "rights.robots.disallow.0" is not the name of a crawler, such as GPTBot; "*" would mean every crawler.',
  ],
  [
    "author: { name: Ann, fediverse: '@ann' }",
    'site.yaml:2  "author.fediverse" is not an account in the Fediverse; write it as "@ann@social.example".',
  ],
  ["titel: x", 'site.yaml:2  "titel" is not a key of site.yaml. Did you mean "title"?'],
  ["colour: red", 'site.yaml:2  "colour" is not a key of site.yaml.'],
  ["guard:\n  loose: 1", 'site.yaml:3  "loose" is not a key of guard. Did you mean "lose"?'],
  ["channels:\n  - name: a\n    limt: 3", 'site.yaml:4  "limt" is not a key of channels.0. Did you mean "limit"?'],
  [
    "channels:\n  - name: a\n  - { name: b, where: { secton: x } }",
    'site.yaml:4  "secton" is not a key of channels.1.where. Did you mean "section"?',
  ],
  ["title: 5", 'site.yaml:2  "title" must be text, not 5.'],
  ["title: ''", 'site.yaml:2  "title" must not be empty.'],
  ['title: "\\u0085\\u007F"', 'site.yaml:2  "title" must not be empty.'],
  ["title:", 'site.yaml:2  "title" must be text, not empty.'],
  ["author: Bob", 'site.yaml:2  "author" must be a mapping of keys to values, not "Bob".'],
  ["pages: maybe", 'site.yaml:2  "pages" must be true or false, not "maybe".'],
  ["ignore: 5", 'site.yaml:2  "ignore" must be text, or a list of texts.'],
  ["language: english?", 'site.yaml:2  "language" is not a BCP 47 language tag, such as ru, kk or zh-Hans.'],
  ["languages: [ru, xx-]", 'site.yaml:2  "languages.1" is not a BCP 47 language tag, such as ru, kk or zh-Hans.'],
  ["timezone: Mars/Crater", 'site.yaml:2  "timezone" is not an IANA time zone, such as Asia/Almaty.'],
  ["encodings: [gzip, gzip]", 'site.yaml:2  "encodings" names the same encoding twice.'],
  ["title: x\nencodings:\n  - br\n  - gzip\n  - br", 'site.yaml:3  "encodings" names the same encoding twice.'],
  ...["index.html.gz", "a.BR"].map((name) => [
    `channels: [{ name: ${name} }]`,
    'site.yaml:2  "channels.0.name" ends like a compressed file; choose another name.',
  ]),
  ...["a".repeat(300), "ж".repeat(51)].map((name) => [
    `channels:\n  - name: ${name}`,
    'site.yaml:3  "channels.0.name" has more than 100 bytes, which is too long for a folder that is part of every address.',
  ]),
  ...["feedUrl", "hub", "license"].map((key) => [
    `${key}: https://ann:secret@wire.example/`,
    `site.yaml:2  "${key}" contains a user name or a password, but feeds are public; remove it.`,
  ]),
  ["image: https://ann@wire.example/x.png", 'site.yaml:2  "image" contains a user name or a password, but feeds are public; remove it.'],
  [
    "moved: { /old/: 'https://ann:secret@new.example/' }",
    'site.yaml:2  "moved./old/" contains a user name or a password, but feeds are public; remove it.',
  ],
  [
    "moved: { 'https://ann:secret@old.example/': / }",
    'site.yaml:2  "moved.https://ann:secret@old.example/" is not a former address of the wire: write only a host, as in "https://old.example/".',
  ],
  ["feedUrl: 'https://a`b.example/'", 'site.yaml:2  "feedUrl" has a host that no feed can hold.'],
  ["moved: { /old/: 'https://a`b.example/' }", 'site.yaml:2  "moved./old/" has a host that no feed can hold.'],
  [
    "feedUrl: 'https://wire.example/a|b/'",
    'site.yaml:2  "feedUrl" contains a character that an address cannot have; percent-encode it, as in https://wire.example/a%7Cb/.',
  ],
  ['"a\\n\\e[1mb": x', 'site.yaml:2  "a\\u{a}\\u{1b}[1mb" is not a key of site.yaml.'],
  ["image: 'javascript:alert(1)'", 'site.yaml:2  "image" is not an address.'],
  ["icon: 'data:image/png;base64,AA=='", 'site.yaml:2  "icon" is not an address.'],
  [
    "channels: [{ name: a, bytes: 9MB }]",
    'site.yaml:2  "channels.0.bytes" must be at most 4MB: a feed file may have at most 5 MB, and text grows in each format.',
  ],
  ['articles: "**/*.{md"', 'site.yaml:2  "articles" has an unmatched bracket; write \\[ for the bracket itself.'],
  ['title: x\nignore:\n  - a\n  - "[b"', 'site.yaml:5  "ignore.1" has an unmatched bracket; write \\[ for the bracket itself.'],
  ["retain: 999999999d", 'site.yaml:2  "retain" is longer than ten years; write at most 3650d.'],
  [`title: ${"x".repeat(5001)}`, 'site.yaml:2  "title" must have at most 5000 characters.'],
  [`language: zh-${"a-".repeat(40)}a`, 'site.yaml:2  "language" is not a BCP 47 language tag, such as ru, kk or zh-Hans.'],
  ["image: 'http://['", 'site.yaml:2  "image" is not an address.'],
  ["hub: http://hub.example/", 'site.yaml:2  "hub" must begin with https:// (http only on this machine).'],
  ["hub: hub.example", 'site.yaml:2  "hub" is not an absolute http or https URL.'],
  ["retain: 3 weeks", 'site.yaml:2  "retain" is not a duration; write 90s, 15m, 24h or 30d.'],
  ["guard: { grace: 60 }", 'site.yaml:2  "guard.grace" is not a duration; write 90s, 15m, 24h or 30d.'],
  ["guard: { lose: 2 }", 'site.yaml:2  "guard.lose" must be at most 1.'],
  ["guard: { atLeast: 0 }", 'site.yaml:2  "guard.atLeast" must be at least 1.'],
  ["limits: { article: big }", 'site.yaml:2  "limits.article" is not a size; write a number of bytes, or 500KB, 1MB.'],
  ["limits: { article: -5 }", 'site.yaml:2  "limits.article" is not a size; write a number of bytes, or 500KB, 1MB.'],
  ["ids: { since: 2026-13-01 }", 'site.yaml:2  "ids.since" is not a day, such as 2026-01-01.'],
  ["ids: { since: 2026-02-30 }", 'site.yaml:2  "ids.since" is not a day, such as 2026-01-01.'],
  [
    "ids: { authority: Wire Example }",
    'site.yaml:2  "ids.authority" is not a domain name or an e-mail address in lower case, such as wire.example.',
  ],
  ["permalink: news/{slug}", 'site.yaml:2  "permalink" must begin with "/", such as "/{section}/{slug}/".'],
  [
    "permalink: /{titel}/{slug}/",
    'site.yaml:2  "permalink" may use only {section}, {language}, {slug}, {name}, {title}, {path}, {stem}, {dated}, {year}, {month}, {day} in braces.',
  ],
  [
    "permalink: /{section}/",
    'site.yaml:2  "permalink" must contain {slug}, {name}, {title}, {path}, {stem} or {dated}, or all articles would have the same address.',
  ],
  ["channels: []", 'site.yaml:2  "channels" must not be empty.'],
  ["channels: { name: a }", 'site.yaml:2  "channels" must be a list, not a mapping.'],
  ["channels: [{ limit: 3 }]", 'site.yaml:2  "channels.0" needs "name" or "by", but not both.'],
  ["channels: [{ name: a, by: tag }]", 'site.yaml:2  "channels.0" needs "name" or "by", but not both.'],
  ["channels: [{ by: colour }]", 'site.yaml:2  "channels.0.by" must be one of section, tag, author, language.'],
  ["channels: [{ name: a, limit: ten }]", 'site.yaml:2  "channels.0.limit" must be a number, not "ten".'],
  ["channels: [{ name: a, limit: 0 }]", 'site.yaml:2  "channels.0.limit" must be at least 1.'],
  ["channels: [{ name: a, content: half }]", 'site.yaml:2  "channels.0.content" must be one of full, summary.'],
  ["channels: [{ name: a, formats: [xml] }]", 'site.yaml:2  "channels.0.formats.0" must be one of rss, atom, json.'],
  ["channels: [{ name: a, formats: [] }]", 'site.yaml:2  "channels.0.formats" must not be empty.'],
  ["channels: [{ name: a }, { name: A }]", 'site.yaml:2  "channels" has two channels with the same name.'],
  ["channels: [{ by: tag }, { by: tag, limit: 3 }]", 'site.yaml:2  "channels" has two channels with the same name.'],
  [
    "channels: [{ name: a/b }]",
    `site.yaml:2  "channels.0.name" is not a name: letters, digits, '-', '_' and '.' only, because it becomes a folder.`,
  ],
])("reports the mistake in %j", (line, message) => {
  expect(refusal(`${url}${line}\n`)).toBe(message);
});

test.each([
  ...["archive", "media", "partners", "articles", "section", "tag", "author", "language", "Media"],
  ...["index.html", "feeds.opml", "status.json", "robots.txt", "run", "constructor"],
])("no channel can have the name %s", (name) => {
  expect(refusal(`${url}channels: [{ name: ${name} }]\n`)).toBe(
    'site.yaml:2  "channels.0.name" is reserved for the wire itself; choose another name.',
  );
});

test("no channel can have the name of one of the site's languages", () => {
  const text = (name: string) => `${url}language: ru\nlanguages: [zh-Hans]\nchannels:\n  - name: ${name}\n`;
  expect(refusal(text("ru"))).toContain('site.yaml:5  "channels.0.name" is a language of this site');
  expect(refusal(text("ZH-Hans"))).toContain("is a language of this site");
  expect(refusal(text("kk"))).toBe("accepted");
});

test("a channel's name may be in any script", () => {
  expect(refusal(`${url}channels: [{ name: мир }, { name: 世界 }, { name: v1.2_x-y }]\n`)).toBe("accepted");
});

test("reports every mistake at once, each with its line", () => {
  expect(refusal("titel: x\nlanguage: 5\nguard: { lose: 2 }\n").split("\n")).toEqual([
    'site.yaml:1  "url" is missing.',
    'site.yaml:2  "language" must be text, not 5.',
    'site.yaml:3  "guard.lose" must be at most 1.',
    'site.yaml:1  "titel" is not a key of site.yaml. Did you mean "title"?',
  ]);
});

test.each([
  ["", 'site.yaml:1  "url" is missing.'],
  ["- a\n- b\n", "site.yaml:1  site.yaml must be a mapping of keys to values, not a list."],
  ["just words\n", 'site.yaml:1  site.yaml must be a mapping of keys to values, not "just words".'],
  ["url: ftp://wire.example\n", 'site.yaml:1  "url" is not an absolute http or https URL.'],
  ["url: wire.example\n", 'site.yaml:1  "url" is not an absolute http or https URL.'],
  ["url: https://wire.example/?a=1\n", 'site.yaml:1  "url" must not contain ? or #, because addresses are made by adding to it.'],
])("is not a site: %j", (text, message) => {
  expect(refusal(text)).toBe(message);
});

test.each([
  [`${url}title: [a\n`, /^site\.yaml:3 {2}.+\.$/],
  [`title: a: b\n`, /^site\.yaml:1 {2}.+\.$/],
  [`${url}${url}`, /^site\.yaml:2 {2}"url" is written twice; keep one of the two\.$/],
  [`${url}title: *nobody\n`, /^site\.yaml:2 {2}.*alias.*nobody\.$/i],
  [`${url}guard: { lose: 1, lose: 2 }\n`, /^site\.yaml:2 {2}"lose" is written twice; keep one of the two\.$/],
  [`${url}news: &a { a: *a }\n`, /^site\.yaml:2 {2}\*a contains itself\.$/],
  [`${url}news: ${"[".repeat(5000)}\n`, /^site\.yaml:1 {2}It is nested too deeply to be read\.$/],
  [`${url}${"#\n".repeat(20_000)}`, /^site\.yaml:1 {2}It has more than 20000 lines\.$/],
])("broken YAML is reported with its line: %j", (text, message) => {
  expect(refusal(text)).toMatch(message);
});

test("aliases that would fill the memory are refused", () => {
  const bomb = ["a: &a [x, x, x, x, x, x, x, x, x]"];
  for (const [before, name] of ["ab", "bc", "cd", "de", "ef"]) bomb.push(`${name}: &${name} [${`*${before}, `.repeat(9)}]`);
  expect(refusal(`${bomb.join("\n")}\n`)).toMatch(/^site\.yaml:2 {2}.*alias/i);
});

test("an alias has the value of its anchor", () => {
  const text = `${url}channels:\n  - { name: a, formats: &formats [rss] }\n  - { name: b, formats: *formats }\n`;
  expect(parseSite(text, "site.yaml").channels.map(({ formats }) => formats)).toEqual([["rss"], ["rss"]]);
});

test("the parts of a language tag that BCP 47 allows get their short form", () => {
  const site = parseSite(`${url}language: zh-cmn-Hans-CN\nlanguages: [zh-yue-HK, ar-arb]\n`, "site.yaml");
  expect([site.language, ...site.languages]).toEqual(["zh-Hans-CN", "yue-HK", "ar"]);
});

test.each([
  ["UTF-16", Buffer.from(`\uFEFF${url}title: Мир\n`, "utf16le"), "Мир"],
  ["UTF-8 with a byte order mark", Buffer.from(`\uFEFF${url}title: Мир\n`), "Мир"],
])("a file in %s is read", (_, bytes, title) => {
  expect(parseSite(siteText(bytes, "site.yaml"), "site.yaml").title).toBe(title);
});

test("a file in an old encoding is refused at the byte that is not UTF-8", () => {
  const bytes = Buffer.concat([Buffer.from(url), Buffer.from("title: \u00cc\u00e8\u00f0\n", "latin1")]);
  expect(() => siteText(bytes, "site.yaml")).toThrow(
    "site.yaml:2  The file is not UTF-8: this line holds an invalid byte. Save the file as UTF-8.",
  );
});

test("flags override the file", () => {
  const site = parseSite("url: https://wire.example\nlanguage: en\n", "site.yaml", { siteUrl: "https://other.example", language: "kk" });
  expect([site.url, site.language]).toEqual(["https://other.example/", "kk"]);
  expect(refusal("title: x\n", { siteUrl: "https://other.example" })).toBe("accepted");
});

test("a site from flags equals a minimal site file", () => {
  const site = siteOfFlags({ siteUrl: "https://example.kz/", language: "ru" });
  expect(site).toEqual(siteOf(siteSchema.parse({ url: "https://example.kz/", language: "ru" })));
  expect(() => siteOfFlags({ siteUrl: "example.kz" })).toThrow("--site-url is not an absolute http or https URL.");
  expect(() => siteOfFlags({ siteUrl: "https://example.kz/", language: "?" })).toThrow("--language is not a BCP 47 language tag");
});

test.each([
  ["5", 5],
  ["500B", 500],
  ["500KB", 500_000],
  ["500 kb", 500_000],
  ["1.5MB", 1_500_000],
  ["2GB", 2_000_000_000],
])("%s is a size of %i bytes", (written, bytes) => {
  expect(parseSite(`${url}limits: { article: ${written} }\n`, "site.yaml").limits.article).toBe(bytes);
});

test.each([
  ["90s", 90_000],
  ["15m", 900_000],
  ["1.5h", 5_400_000],
  ["30d", 2_592_000_000],
  ["0s", 0],
])("%s is a duration of %i milliseconds", (written, milliseconds) => {
  expect(parseSite(`${url}guard: { grace: ${written} }\n`, "site.yaml").guard.grace).toBe(milliseconds);
});

test.each([
  ["{ since: 2026-01-01 }", { authority: "wire.example", since: "2026-01-01" }],
  ["{ since: 2026-01 }", { authority: "wire.example", since: "2026-01" }],
  ["{ since: 2026 }", { authority: "wire.example", since: "2026" }],
  ["{ authority: desk@wire.example, since: 2026 }", { authority: "desk@wire.example", since: "2026" }],
  ["{ authority: wire.example }", undefined],
])("ids %s come from %j", (written, ids) => {
  expect(parseSite(`${url}ids: ${written}\n`, "site.yaml").ids).toEqual(ids);
});

test("a list as a key is refused, without a warning from Node", () => {
  const warned = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
  expect(refusal("url: https://wire.example/\n[a, b]: c\n")).toContain("is not a key");
  expect(warned).not.toHaveBeenCalled();
  warned.mockRestore();
});

test("permalink may be a table of globs; ** stands for the others", () => {
  const { permalink, permalinks } = parseSite(
    'url: https://wire.example/\npermalink: { "**": "/{path}/", "blog/**": "/{year}/{name}/" }\n',
    "site.yaml",
  );
  expect({ permalink, permalinks }).toEqual({ permalink: "/{path}/", permalinks: [{ path: "blog/**", template: "/{year}/{name}/" }] });
});
