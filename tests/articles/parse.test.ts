import { describe, expect, test } from "vitest";
import { contentHash } from "../../lambda/articles/content-hash.ts";
import { aNewsroom, articleOf, codesOf, findingsOf, parsed } from "./a-newsroom.ts";

const withFields = (...lines: string[]): string => `---\ntitle: T\n${lines.join("\n")}\n---\nText.`;
const fieldsOf = (...lines: string[]) => articleOf("a.md", withFields(...lines));

describe("every common field name", () => {
  const day = { kind: "day", day: "2026-11-23", zone: "Asia/Almaty" };
  test.each([
    ["date: 2026-11-23", { published: day }],
    ["published: 2026-11-23", { published: day }],
    ["pubDate: Nov 23 2026", { published: day }],
    ["published_at: 2026-11-23", { published: day }],
    ["updated: 2026-11-23", { updated: day }],
    ["lastmod: 2026-11-23", { updated: day }],
    ["modified: 2026-11-23", { updated: day }],
    ["embargo: 2026-11-23", { embargo: day }],
    ["expires: 2026-11-23", { expires: day }],
    ["expiryDate: 2026-11-23", { expires: day }],
    ["author: Ann Lee and Ivan Petrov", { authors: [{ name: "Ann Lee" }, { name: "Ivan Petrov" }] }],
    ["authors: [Ann Lee, Ivan Petrov]", { authors: [{ name: "Ann Lee" }, { name: "Ivan Petrov" }] }],
    [
      "author: { name: Ann, email: a@b.example, url: /ann }",
      { authors: [{ name: "Ann", email: "a@b.example", url: "https://wire.example/ann" }] },
    ],
    ["section: World", { section: "World" }],
    ["category: World", { section: "World" }],
    ["categories: [World, Trade]", { section: "World", tags: ["Trade"] }],
    ["tags: [a, b, a]", { tags: ["a", "b"] }],
    ["keywords: a, b，c、d", { tags: ["a", "b", "c", "d"] }],
    ["taxonomies: { tags: [a], authors: [Ann] }", { tags: ["a"], authors: [{ name: "Ann" }] }],
    ["summary: Short", { summary: "Short" }],
    ["description: Short", { summary: "Short" }],
    ["excerpt: Short", { summary: "Short" }],
    ["image: /i.jpg", { image: { url: "https://wire.example/i.jpg", type: "image/jpeg" } }],
    ["cover: { image: /i.jpg, alt: Snow }", { image: { url: "https://wire.example/i.jpg", type: "image/jpeg", alt: "Snow" } }],
    ["thumbnail: https://cdn.example/i", { image: { url: "https://cdn.example/i" } }],
    ["lang: zh-hans", { language: "zh-Hans" }],
    ["language: kk", { language: "kk" }],
    ["locale: en_US", { language: "en-US" }],
    ["slug: /old/path/My Story/", { slug: "my-story" }],
    ["permalink: /a/b/", { url: "https://wire.example/a/b/" }],
    ["url: https://other.example/a", { url: "https://other.example/a" }],
    ["path: a/b", { url: "https://wire.example/a/b" }],
    ["canonical: https://other.example/a", { url: "https://other.example/a" }],
    ["id: ' as GIVEN: 1 '", { id: "as GIVEN: 1" }],
    ["guid: 0042", { id: "0042" }],
    ["correction: The figure was wrong.", { correction: "The figure was wrong." }],
    ["canceled: true", { canceled: {} }],
    ["canceled: It was wrong.", { canceled: { reason: "It was wrong." } }],
    ["status: withdrawn\nreason: It was wrong.", { canceled: { reason: "It was wrong." } }],
    [
      "audio: { url: /a.mp3, length: 12, duration: '1:05' }",
      { attachments: [{ url: "https://wire.example/a.mp3", type: "audio/mpeg", bytes: 12, seconds: 65 }] },
    ],
    ["translationOf: ru/story.md", { translationOf: "ru/story.md" }],
    ["translation_of: story", { translationOf: "story" }],
    ["translationKey: 7", { translationOf: "7" }],
    ["Translation-Key: story", { translationOf: "story" }],
    ["comments: https://talk.example/7", { comments: "https://talk.example/7" }],
    ["discussion_url: /talk/7", { comments: "https://wire.example/talk/7" }],
    ["comments: { url: //talk.example/7 }", { comments: "https://talk.example/7" }],
    ["via: https://other.example/a", { via: { url: "https://other.example/a" } }],
    ["source: { title: The Other, url: https://other.example/a }", { via: { url: "https://other.example/a", title: "The Other" } }],
    ["license: https://creativecommons.org/licenses/by/4.0/", { license: "https://creativecommons.org/licenses/by/4.0/" }],
    ["licence: /rights/", { license: "https://wire.example/rights/" }],
    ["enclosure: /a.pdf", { attachments: [{ url: "https://wire.example/a.pdf", type: "application/pdf" }] }],
  ])("%s", (line, expected) => {
    expect(fieldsOf(line)).toMatchObject(expected);
    expect(codesOf("a.md", withFields(line))).toEqual([]);
  });

  test.each(["comments: true", "comments: false", "source: [a]", "translationOf: [a]", "license: { name: MIT }"])(
    "%s says nothing",
    (line) => {
      expect(fieldsOf(line)).toEqual(fieldsOf());
      expect(codesOf("a.md", withFields(line))).toEqual([]);
    },
  );

  test.each([
    ["license: MIT", 'The address of the licence is not usable and was left out: got "MIT".'],
    ["via: Reuters", 'The address of the source is not usable and was left out: got "Reuters".'],
    ["comments: javascript:alert(1)", 'The address of the comments is not usable and was left out: got "javascript:alert(1)".'],
  ])("%s is not an address: a notice with its line", (line, message) => {
    expect(fieldsOf(line)).toEqual(fieldsOf());
    expect(findingsOf(parsed("a.md", withFields(line)))).toMatchObject([{ kind: "notice", code: "address-invalid", line: 3, message }]);
  });

  test("an empty field is ignored", () => {
    expect(fieldsOf("date:", "author: ''", "tags: []", "image: null", "canonical:")).toEqual(fieldsOf());
  });
});

describe("a wrong field is a problem with its line", () => {
  test.each([
    ["date: tomorrow", "date-invalid", '"date" is not a date: got "tomorrow".'],
    ["updated: [1]", "date-invalid", '"updated" is not a date: got a list.'],
    ["expires: 2026-02-30", "date-invalid", '"expires" is not a date: got "2026-02-30".'],
    ["summary: [a]", "field-not-text", '"summary" is not text: got a list.'],
    ["tags: { a: { b: c } }", "field-not-list", '"tags" is not a list of texts: got a table.'],
    ["author: [[Ann]]", "authors-invalid", '"author" is not a name or a list of names: got a list as item 1.'],
    ["status: finished", "status-unknown", '"status" is not a known state: got "finished".'],
    ["draft: perhaps", "field-not-boolean", '"draft" is not true or false: got "perhaps".'],
    ["status: scheduled", "scheduled-undated", "The article is scheduled but has no date."],
  ])("%s", (line, code, message) => {
    expect(parsed("a.md", withFields("x: y", line))).toEqual({
      kind: "quarantined",
      key: "a.md",
      findings: [{ kind: "problem", code, key: "a.md", line: 4, message, hint: expect.stringMatching(/^Write .*\.$|^Write .*[\]…"]\.?/) }],
    });
  });

  test("reports all of them at once", () => {
    expect(codesOf("a.md", withFields("date: tomorrow", "updated: never"))).toEqual(["date-invalid", "date-invalid"]);
  });

  test("has the fixed hint for a date", () => {
    expect(parsed("a.md", withFields("date: tomorrow"))).toMatchObject({
      findings: [{ hint: "Write 2026-11-23 or 2026-11-23T09:00:00+05:00." }],
    });
  });
});

describe("a list whose items are not all texts", () => {
  test("keeps booleans and numbers as words", () => {
    expect(fieldsOf("tags: [true, AI, 5]").tags).toEqual(["true", "AI", "5"]);
  });

  test.each([
    ["tags:\n  - a\n  -\n  - b", { tags: ["a", "b"] }],
    ["author:\n  - Ann Lee\n  -", { authors: [{ name: "Ann Lee" }] }],
  ])("drops empty items, with a notice: %j", (line, expected) => {
    expect(fieldsOf(line)).toMatchObject(expected);
    expect(findingsOf(parsed("a.md", withFields(line)))).toMatchObject([{ kind: "notice", code: "list-item-empty", line: 3 }]);
  });

  test("is a problem that names the item if that is a list or table", () => {
    expect(findingsOf(parsed("a.md", withFields("tags: [a, [[b]]]")))).toMatchObject([
      { code: "field-not-list", message: '"tags" is not a list of texts: got a list as item 2.' },
    ]);
  });
});

describe("drops an author who is only a web address, with a notice:", () => {
  test.each([
    ["author: https://wire.example/ann", []],
    ["author: www.wire.example/ann", []],
    ["author: <//wire.example/ann>", []],
    ["author: { name: github.com/ann, url: x }", []],
    ["authors: [Ann Lee, 'https://wire.example/ann']", [{ name: "Ann Lee" }]],
  ])("%s", (line, authors) => {
    expect(fieldsOf(line).authors).toEqual(authors);
    expect(findingsOf(parsed("a.md", withFields(line)))).toMatchObject([{ kind: "notice", code: "author-unnamed", line: 3 }]);
  });

  test("keeps a name with an address, a name that looks like part of one, and a mail address", () => {
    const line = 'authors: ["Ann Lee https://wire.example/ann", Next.js, AP/Reuters, bob@wire.example]';
    expect(fieldsOf(line).authors.map(({ name }) => name)).toEqual(["Ann Lee https://wire.example/ann", "Next.js", "AP/Reuters", "bob"]);
    expect(codesOf("a.md", withFields(line))).toEqual([]);
  });
});

describe("authors in a list", () => {
  test("merge if the name is the same, unless their addresses differ", () => {
    const line = "authors: [Ann Lee, { name: Ann Lee, email: a@x.example }, { name: Ann Lee, email: b@x.example }, Johnson & Johnson]";
    expect(fieldsOf(line).authors).toEqual([
      { name: "Ann Lee", email: "a@x.example" },
      { name: "Ann Lee", email: "b@x.example" },
      { name: "Johnson & Johnson" },
    ]);
  });

  test("have no web address as the name in a table either", () => {
    expect(fieldsOf('author: { name: "Ann Lee <ann@x.example>" }').authors).toEqual([{ name: "Ann Lee", email: "ann@x.example" }]);
  });
});

describe("withholds a draft, whatever is still wrong in it", () => {
  test.each(["draft: true", "draft: yes", "status: draft", "published: false", "draft: true\ndate: tomorrow"])("%s", (line) => {
    expect(parsed("a.md", withFields(line))).toEqual({ kind: "withheld", key: "a.md", reason: "draft", findings: [] });
  });

  test("withholds a file in a folder for drafts", () => {
    expect(parsed("_drafts/a.md", "# T\n\nText.").kind).toBe("withheld");
  });

  test("a scheduled article with its date is an article", () => {
    expect(fieldsOf("status: scheduled", "date: 2030-01-01").published).toBeDefined();
    expect(fieldsOf("draft: false", "published: true")).not.toHaveProperty("published");
  });
});

describe("an index page", () => {
  const long = "Words and more words. ".repeat(20);
  test.each([
    ["with a date is an article", "# T\n\nText.\n", "date: 2026-11-23", true, "article"],
    ["with a long text is an article", long, "x: y", true, "article"],
    ["with neither is passed over", "Text.", "x: y", true, "passed-over"],
    ["next to other articles is passed over", long, "date: 2026-11-23", false, "passed-over"],
  ])("%s", (_, body, line, sole, kind) => {
    expect(parsed("a/index.md", `---\ntitle: T\n${line}\n---\n${body}`, aNewsroom(), sole).kind).toBe(kind);
  });

  test("has its folder's name as its slug", () => {
    expect(articleOf("a/big-story/index.md", withFields("date: 2026-11-23")).slug).toBe("big-story");
  });
});

describe("the publication date", () => {
  test.each([
    ["comes from front matter", "2020-06-10-a.md", withFields("date: 2026-11-23", "permalink: /2021/01/02/a/"), "2026-11-23"],
    ["else from the permalink", "2020-06-10-a.md", withFields("permalink: /2021/01/02/a/"), "2021-01-02"],
    ["else from the path", "2020-06-10-a.md", withFields("x: y"), "2020-06-10"],
  ])("%s", (_, key, text, day) => {
    expect(articleOf(key, text).published).toEqual({ kind: "day", day, zone: "Asia/Almaty" });
  });

  test("is absent if nothing states it", () => {
    expect(articleOf("a.md", withFields("x: y"))).not.toHaveProperty("published");
  });
});

describe("an HTML page", () => {
  const page = `<!doctype html><html lang="ru"><head><title>Заголовок — Сайт</title><meta name="description" content="Кратко">
    <meta property="article:published_time" content="2026-01-02T03:04:05Z"><meta name="author" content="Анна Ли">
    <meta name="date" content="soon"><link rel="canonical" href="https://wire.example/x/"></head>
    <body><nav>Меню</nav><article><h1>Заголовок</h1><p>Текст <a href="y">тут</a>.</p></article><footer>Конец</footer></body></html>`;

  test("yields its article, and fields of its head that front matter lacks", () => {
    expect(articleOf("a.html", page)).toMatchObject({
      title: "Заголовок",
      html: '<p>Текст <a href="https://wire.example/x/y">тут</a>.</p>',
      summary: "Кратко",
      language: "ru",
      authors: [{ name: "Анна Ли" }],
      url: "https://wire.example/x/",
    });
    expect(articleOf("a.html", `---\ntitle: Own\nauthor: Ann Lee\n---\n${page}`)).toMatchObject({
      title: "Own",
      authors: [{ name: "Ann Lee" }],
    });
  });

  test("ignores an invalid date in its head", () => {
    expect(parsed("a.html", page).kind).toBe("article");
  });
});

describe("plain text", () => {
  test("splits paragraphs at blank lines, if there are any", () => {
    expect(articleOf("a.txt", "T\n\nOne\nline.\n\n\nTwo <b> & more.").html).toBe("<p>One\nline.</p>\n<p>Two &lt;b> &amp; more.</p>");
  });

  test("has one paragraph per line if there are none", () => {
    expect(articleOf("a.txt", "T\nOne.\nTwo https://wire.example/.").html).toBe("<p>One.</p>\n<p>Two https://wire.example/.</p>");
  });

  test("may have front matter", () => {
    expect(articleOf("a.txt", "---\ntitle: T\n---\nOne.\nTwo.").html).toBe("<p>One.</p>\n<p>Two.</p>");
  });
});

describe("Markdown", () => {
  test("has tables with their alignment, strikethrough and code with its language", () => {
    const { html } = articleOf("a.md", withFields().replace("Text.", "| a | b |\n|--:|---|\n| 1 | 2 |\n\n~~x~~\n\n```js\n1 < 2\n```"));
    expect(html).toContain('<td align="right">1</td>\n<td>2</td>');
    expect(html).toContain("<s>x</s>");
    expect(html).toContain('<pre><code class="language-js">1 &lt; 2\n</code></pre>');
  });
});

describe("missing parts", () => {
  test("an article without a text is an article, with a notice", () => {
    expect(parsed("a.md", "---\ntitle: T\n---\n")).toMatchObject({
      kind: "article",
      article: { html: "", summary: "" },
      findings: [{ code: "body-empty" }],
    });
  });

  test("a file without title and text is a problem", () => {
    expect(codesOf("a.md", "---\ndate: 2026-11-23\n---\n")).toEqual(["article-empty"]);
    expect(codesOf("a.html", "<!-- nothing -->")).toEqual(["article-empty"]);
  });

  test("an invalid address is left out, with a notice", () => {
    expect(fieldsOf("permalink: /:year/:title/")).not.toHaveProperty("url");
    expect(codesOf("a.md", withFields("permalink: /:year/:title/", "image: 'https://'", "audio: 'x:y'"))).toEqual([
      "address-invalid",
      "address-invalid",
      "address-invalid",
    ]);
    expect(fieldsOf("permalink: false")).not.toHaveProperty("url");
  });
});

test("no part of an article holds characters that XML cannot hold", () => {
  const text = '---\ntitle: "a\\u0001b"\ntags: ["c\\uFFFEd"]\n---\ne\u0002f <b title="g&#3;h">i&#4;j</b>';
  expect(JSON.stringify(articleOf("a.html", text))).not.toMatch(/\\u00(?:0[0-8]|1)|\uFFFE/);
});

describe("the content hash", () => {
  test("changes only with title, body, summary, lead image, correction and withdrawal", () => {
    const content = { title: "A", summary: undefined, text: "Text.\n\nMore." };
    const hash = contentHash(content);
    expect(hash).toMatch(/^[0-9a-f]{32}$/);
    expect(contentHash({ ...content, text: "\nText. \n\t\nMore.\n\n" })).toBe(hash);
    const image = { url: "https://wire.example/i.png" };
    const edits = [{ title: "B" }, { text: "B" }, { summary: "B" }, { image }, { correction: "B" }, { canceled: {} }];
    const others = edits.map((edit) => contentHash({ ...content, ...edit }));
    expect(new Set([hash, ...others]).size).toBe(7);
  });
});
