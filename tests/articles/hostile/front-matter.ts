import { type Row, withFields } from "./row.ts";

const toml = (...lines: readonly string[]): string => ["+++", 'title = "T"', ...lines, "+++", "Text."].join("\n");
const bomb = [
  "a: &a [x, x, x, x, x, x, x, x, x, x]",
  ..."bcdefghi".split("").map((name, index) => `${name}: &${name} [${Array(10).fill(`*${"abcdefgh"[index]}`).join(", ")}]`),
];

// Mutation: front-matter-yaml.ts, MOST_VALUES to 5,000,000: the bomb outlasts the watchdog, or is no problem.
export const frontMatters: readonly Row[] = [
  { what: "aliases that multiply to a billion", file: withFields(...bomb), is: "quarantined", says: ["front-matter-invalid"] },
  { what: "an alias of itself", file: withFields("tags: &a [*a]"), is: "quarantined", says: ["field-not-list"] },
  { what: "a circular merge key", file: withFields("a: &a", "  <<: *a"), has: { title: "T" } },
  {
    what: "a merge key",
    file: withFields("x: &x { author: Ann Lee, summary: Theirs }", "<<: *x", "summary: Own"),
    has: { authors: [{ name: "Ann Lee" }], summary: "Own" },
  },
  {
    what: "a merge key below a field",
    file: withFields("x: &x { name: Ann Lee }", "author:", "  <<: *x", "  email: ann@wire.example"),
    has: { authors: [{ name: "Ann Lee", email: "ann@wire.example" }] },
  },
  {
    what: "a list of merge keys, of which the first counts",
    file: withFields("x: &x { summary: First }", "y: &y { summary: Second, slug: y }", "<<: [*x, *y]"),
    has: { summary: "First", slug: "y" },
  },
  { what: "a merge key with a text", file: withFields("<<: words"), has: { title: "T" } },
  { what: "a merge key in quotes, which is a name", file: withFields('"<<": { draft: true }'), has: { title: "T" } },
  {
    what: "merge keys that multiply",
    file: withFields(
      "a: &a { k: x }",
      ...bomb.slice(1).map((line, at) => line.replace(/\[.*\]/, `{ <<: [${Array(10).fill(`*${"abcdefgh"[at]}`).join(", ")}] }`)),
    ),
    is: "quarantined",
    says: ["front-matter-invalid"],
  },
  {
    what: "a Chinese colon",
    file: "---\ntitle：T\ndate：2026-11-23\n---\nText.",
    is: "quarantined",
    says: ["front-matter-invalid"],
  },
  { what: "a Chinese colon among other fields", file: withFields("date：2026-11-23"), is: "quarantined", says: ["front-matter-invalid"] },
  { what: "Chinese prose between two lines", file: "---\n注意：这是正文。\n---\nText.", has: { title: "注意：这是正文。" } },
  {
    what: "fields that are all indented",
    file: "---\n  title: T\n  date: 2026-11-23\n---\nText.",
    has: { title: "T", html: "<p>Text.</p>" },
  },
  { what: "a tab before the first field", file: "---\n\ttitle: T\n---\nText.", is: "quarantined", says: ["front-matter-invalid"] },
  { what: "a heading between two lines", file: "---\n# T\n\nText.\n\n---\nMore.", has: { title: "T" } },
  { what: "nothing but comments", file: "---\n# nothing yet\n---\n# T\n\nText.", has: { title: "T", html: "<p>Text.</p>" } },
  {
    what: "dates as TOML keys and inside TOML texts",
    file: toml(
      "2026-01-01 = 1",
      'summary = """a \\""" 2026-02-30"""',
      "x = { d = 2026-01-01 }",
      "[a.2026-02-02]",
      "y = [2026-01-01]",
      "[2026-03-03]",
    ),
    has: { title: "T", summary: 'a """ 2026-02-30' },
  },
  { what: "a country instead of a language", file: withFields("lang: kz"), says: ["language-invalid"], has: { language: "en" } },
  { what: "the name of a language", file: withFields("lang: Russian"), says: ["language-invalid"], has: { language: "en" } },
  { what: "an undetermined language", file: withFields("lang: und"), has: { language: "en" } },
  { what: "a language of three letters", file: withFields("lang: kaz"), has: { language: "kk" } },
  {
    what: "a JavaScript function",
    file: withFields('summary: !!js/function "function () { throw 1 }"'),
    has: { summary: "function () { throw 1 }" },
  },
  {
    what: "a Python object",
    file: withFields('summary: !!python/object/apply:os.system ["id"]'),
    is: "quarantined",
    says: ["field-not-text"],
  },
  {
    what: "an engine that some splitters run",
    file: "---js\n{ title: process.exit(1) }\n---\n# T\n\nText.",
    is: "quarantined",
    says: ["front-matter-unread"],
  },
  {
    what: "a name that every object has",
    file: withFields("__proto__: { draft: true }", "constructor: x", "toString: y", "hasOwnProperty: z"),
    has: { title: "T" },
  },
  {
    what: "the same in JSON",
    file: '{ "title": "T", "__proto__": { "draft": true }, "constructor": { "prototype": {} } }\nText.',
    has: { title: "T", html: "<p>Text.</p>" },
  },
  { what: "the same in TOML", file: toml("[__proto__]", "draft = true"), has: { title: "T" } },
  {
    what: "comment lines of the first kind",
    file: '[title]: # "T"\n[date]: # (2026-11-23)\n\nText.',
    has: { title: "T", published: { kind: "day", day: "2026-11-23", zone: "Asia/Almaty" } },
  },
  {
    what: "comment lines of the second kind",
    file: '[#]: title: "T"\n[#]: author: (Ann Lee)\n[#]: draft: "no"\n\nText.',
    has: { title: "T", authors: [{ name: "Ann Lee" }] },
  },
  {
    what: "a comment line with a broken date",
    file: '[title]: # "T"\n[date]: # "soon"\n\nText.',
    is: "quarantined",
    says: ["date-invalid"],
  },
  {
    what: "a title of a thousand lines",
    file: `---\ntitle: |\n${"  a line\n".repeat(1000)}---\nText.`,
    has: { html: "<p>Text.</p>" },
    says: ["field-too-long"],
  },
  { what: "a key that is a list", file: withFields("? [a, b]", ": c"), has: { title: "T" } },
  { what: "several documents", file: "---\ntitle: T\n--- \nText.\n---\ndraft: true\n---\n", has: { title: "T" } },
  { what: "a directive", file: "---\n%YAML 1.2\ntitle: T\n---\nText.", is: "article", has: {} },
  { what: "tabs", file: "---\ntitle:\tT\ntags:\n\t- a\n---\nText.", is: "quarantined", says: ["front-matter-invalid"] },
  { what: "a name twice in TOML", file: toml('title = "U"'), is: "quarantined", says: ["front-matter-invalid"] },
  { what: "a name twice in JSON, of which the last counts", file: '{ "title": "S", "title": "T" }\nText.', has: { title: "T" } },
  { what: "comments in JSON", file: '{ // a comment\n "title": "T" }\nText.', is: "article", has: {} },
  {
    what: "numbers, booleans and null as texts",
    file: "---\ntitle: 2026\nauthor: 42\nslug: true\nsummary: ~\n---\nText.",
    has: { title: "2026", slug: "true", summary: "Text." },
  },
  { what: "a fence in the middle of a text", file: withFields("summary: >", "  one", "  --- two"), has: { summary: "one --- two" } },
  {
    what: "a hundred thousand fields",
    file: `---\ntitle: T\n${Array.from({ length: 15_000 }, (_, index) => `f${index}: x`).join("\n")}\n---\nText.`,
    has: { title: "T" },
  },
  {
    what: "unclosed quotation marks",
    file: `---\ntitle: "T\n${"x\n".repeat(5000)}---\nText.`,
    is: "quarantined",
    says: ["front-matter-invalid"],
  },
  {
    what: "Hexo's subcategories",
    file: withFields("categories:", "  - [Sports, Baseball]", "  - [World]", "  - Play"),
    has: { section: "Sports", tags: ["Baseball", "World", "Play"] },
  },
  {
    what: "lists in lists, on one line",
    file: withFields("categories: [[a, b]]", "tags: [[x, y], z]"),
    has: { section: "a", tags: ["x", "y", "z", "b"] },
  },
  { what: "lists in lists in lists", file: withFields("tags: [[[a]]]"), is: "quarantined", says: ["field-not-list"] },
  {
    what: "YAML tags for times and sets",
    file: withFields("date: !!timestamp 2001-12-14T21:59:43.10-05:00", "tags: !!set {a, b}", "draft: !!bool no"),
    has: { published: { kind: "instant", at: "2001-12-15T02:59:43.100Z" }, tags: ["a", "b"] },
  },
  {
    what: "Eleventy's words for a file's date, and its patterns",
    file: withFields("date: git Last Modified", "permalink: false", "eleventyNavigation:", "  key: x"),
    has: { published: undefined, url: undefined },
  },
  {
    what: "Docusaurus's authors and last update",
    file: withFields(
      "authors: [slorber, { name: Ann Lee, title: Chief, url: 'https://a.example/', image_url: /i.png }]",
      "last_update: { date: 2021-10-01, author: x }",
    ),
    has: {
      authors: [{ name: "slorber" }, { name: "Ann Lee", url: "https://a.example/" }],
      updated: { kind: "day", day: "2021-10-01", zone: "Asia/Almaty" },
    },
  },
  {
    what: "an export of Ghost",
    file: withFields(
      "published_at: 2021-09-13T10:00:00.000Z",
      "feature_image: __GHOST_URL__/content/images/a.png",
      "feature_image_alt: Alt",
      "authors: [{ id: 1, name: Ann Lee, slug: ann }]",
      "tags: [{ id: 1, name: News, slug: news }]",
      "canonical_url: null",
    ),
    has: {
      published: { kind: "instant", at: "2021-09-13T10:00:00.000Z" },
      image: { url: "https://wire.example/content/images/a.png", alt: "Alt", type: "image/png" },
      authors: [{ name: "Ann Lee" }],
      tags: ["News"],
    },
  },
  {
    what: "Zola's tables",
    file: toml(
      "date = 2021-09-13",
      'authors = ["Ann Lee"]',
      "[taxonomies]",
      'categories = ["News"]',
      'tags = ["x"]',
      "[extra]",
      'lang = "ru"',
      "[extra.more]",
      "a = 1",
    ),
    has: { section: "News", tags: ["x"], language: "ru", authors: [{ name: "Ann Lee" }] },
  },
  {
    what: "Hugo's tables",
    file: toml("lastmod = 2021-09-14", "[params]", 'author = "Ann Lee"', "[cover]", 'image = "/img.png"', "[[resources]]", 'src = "x.png"'),
    has: { authors: [{ name: "Ann Lee" }], image: { url: "https://wire.example/img.png", type: "image/png" } },
  },
  {
    what: "Astro's names",
    file: withFields("pubDate: 'Jul 08 2022'", "updatedDate: Jul 09 2022", "heroImage: { src: /a.jpg, alt: Alt }"),
    has: {
      published: { kind: "day", day: "2022-07-08", zone: "Asia/Almaty" },
      image: { url: "https://wire.example/a.jpg", alt: "Alt", type: "image/jpeg" },
    },
  },
  {
    what: "Jekyll's customs",
    file: withFields(
      "layout: post",
      "date:   2016-01-19 15:33:52 -0500",
      "published: true",
      "image: { path: /a.png }",
      "redirect_from: [/old/]",
    ),
    has: {
      published: { kind: "instant", at: "2016-01-19T20:33:52.000Z" },
      image: { url: "https://wire.example/a.png", type: "image/png" },
    },
  },
  {
    what: "an enclosure on three lines, as in WordPress",
    file: withFields('enclosure: ["https://w.example/a.mp3\\n123\\naudio/mpeg\\n"]'),
    has: { attachments: [{ url: "https://w.example/a.mp3", bytes: 123, type: "audio/mpeg" }] },
  },
  { what: "an unclosed brace", file: `{"title": "T", ${'"a": {'.repeat(5000)}`, is: "quarantined", says: ["front-matter-unclosed"] },
];
