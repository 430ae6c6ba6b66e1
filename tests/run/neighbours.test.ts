import { describe, expect, test } from "vitest";
import { aFile, aNewsroom } from "../support/a-newsroom.ts";

const noon = "2026-11-21T12:00:00Z";
const plain = aFile({ title: "Plain", date: "2026-11-19T09:00:00Z" });
const withHead = (head: string, body = "Text."): string => `---\ntitle: T\ndate: 2026-11-20T09:00:00Z\n${head}\n---\n${body}\n`;

type Item = { readonly id: string; readonly title: string; readonly content_html: string; readonly [field: string]: unknown };

/** What becomes of a hostile article and of the one beside it; nothing is held, and the neighbour is in every format. */
async function beside(files: Readonly<Record<string, string>>) {
  const newsroom = await aNewsroom({ ...files, "plain.md": plain });
  const { prepared } = await newsroom.publish(noon);
  const published = await newsroom.files();
  const { items } = JSON.parse(published["all/feed.json"] ?? '{"items":[]}') as { readonly items: readonly Item[] };
  expect(prepared.changes.plan.holds).toEqual([]);
  for (const format of ["rss.xml", "atom.xml", "feed.json"]) expect(published[`all/${format}`]).toContain("Plain");
  return { items, published, findings: prepared.catalog.findings, article: items.find(({ title }) => title !== "Plain") };
}

const codes = (findings: readonly { readonly code: string; readonly line?: number }[]) => findings.map(({ code, line }) => [code, line]);

describe("an address that some format cannot hold is left out, with a notice", () => {
  test.each([
    ["a lead image on a host that is a template", 'image: "https://{{site.cdn}}/x.png"'],
    ["a lead image on a host with a quotation mark", `image: 'https://a"b.example/x.png'`],
    ["a lead image on a host with a backtick", 'image: "https://a`b.example/x.png"'],
    ["a page of comments", 'comments: "https://{{site}}/c"'],
    ["a source", 'via: "https://{{site}}/v"'],
    ["a licence", 'license: "https://{site}/l"'],
    ["an enclosure", 'enclosure: "https://{{site.cdn}}/a.mp3"'],
    ["an author's page", 'author: { name: Ann, url: "https://{{site}}/ann" }'],
    ["an own address", `permalink: 'https://a"b.example/x/'`],
    ["an own address with a name in it that is no name", `permalink: 'https://%zz@b.example/x/'`],
  ])("%s", async (_, head) => {
    const { article, findings } = await beside({ "a.md": withHead(head) });
    expect(article?.title).toBe("T");
    expect(codes(findings)).toEqual([["address-invalid", 4]]);
  });

  test("a link and a picture in the text", async () => {
    const { article, findings } = await beside({
      "a.html": withHead("", '<p><a href="https://a^b/">one</a> <img src="https://a`b/c.png"></p>'),
    });
    expect(article?.content_html).toBe("<p><a>one</a> </p>");
    expect(codes(findings)).toEqual([
      ["link-dropped", 6],
      ["file-dropped", 6],
    ]);
  });
});

test.each([
  "mayor's.png",
  "mayor&#39;s.png",
  "a;b.png",
  "a&b.png",
  "a%27b.png",
  "(a)!*.png",
  "a`b.png",
  "100%25.png",
  "\u0434\u043e\u043c's.png",
])("a file called %s has a whole address, whether it exists or not", async (name) => {
  const html = `<p><img src="${name}"><a href="${name}">x</a><video poster="${name}"></video><img srcset="${name} 1x, ${name}?b=1&amp;c=2 2x"></p>`;
  const { article } = await beside({ "s/a.html": withHead("permalink: /t/", html) });
  const addresses = [...(article?.content_html ?? "").matchAll(/ (?:src|href|poster)="([^"]*)"/g)].map(([, address]) => address);
  const expected = new URL(name.replace("&#39;", "'"), "https://wire.example/t/").href.replaceAll("&", "&amp;").replaceAll("'", "&#x27;");
  expect(addresses).toEqual(Array(3).fill(expected.replaceAll("`", "&#x60;")));
  expect(article?.content_html).toContain(`${expected}?b=1&amp;c=2 2x`);
});

test("two addresses of one missing file stay two", async () => {
  const { article } = await beside({
    "a.html": withHead('permalink: /t/\nimage: "x.png?lead&b"', '<p><img src="x.png?v=1&amp;w"><img src="x.png?v=2"></p>'),
  });
  expect([...(article?.content_html ?? "").matchAll(/src="[^"]*\?([^"]*)"/g)].map(([, query]) => query)).toEqual([
    "lead&amp;b",
    "v=1&amp;w",
    "v=2",
  ]);
  expect(article?.["image"]).toBe("https://wire.example/t/x.png?lead&b");
});

test("a file's name with half a surrogate pair names no file", async () => {
  const { article } = await beside({ "a.md": withHead('image: "\\ud800.png"') });
  expect(article?.title).toBe("T");
});

describe("an id", () => {
  test.each(["javascript:alert(1)", "vbscript:x", "data:text/html,x", "file:///etc/passwd", "blob:https://a.example/1", "about:blank"])(
    "of a scheme that runs or reads something (%s) is written as it is in RSS, and Atom and JSON Feed name it by a URN, with a notice",
    async (id) => {
      const { article, findings, published } = await beside({ "a.md": withHead(`id: "${id}"`) });
      expect(article?.id).toMatch(/^urn:uuid:/);
      expect(published["all/rss.xml"]).toContain(`<guid isPermaLink="false">${id}</guid>`);
      expect(codes(findings)).toEqual([["id-scheme", 4]]);
    },
  );

  test("equal to another article's id from its path is refused in the file that names it", async () => {
    const { items, findings } = await beside({ "b.md": withHead("id: tag:wire.example,2026-01-01:plain") });
    expect(items.map(({ id, title }) => [id, title])).toEqual([["tag:wire.example,2026-01-01:plain", "Plain"]]);
    expect(findings).toMatchObject([{ kind: "problem", code: "id-used-twice", key: "b.md", line: 4 }]);
  });

  test("equal to the URN of another article's id is refused in the file that names it", async () => {
    const first = await beside({ "a.md": withHead("id: hello") });
    const { items, findings } = await beside({ "a.md": withHead("id: hello"), "b.md": withHead(`id: "${first.article?.id}"`) });
    expect(items).toHaveLength(2);
    expect(findings).toMatchObject([{ kind: "problem", code: "id-used-twice", key: "b.md", line: 4 }]);
  });

  test("whose URN is a published article's id is refused, whichever file comes first", async () => {
    const first = await beside({ "a.md": withHead("id: hello") });
    const newsroom = await aNewsroom({ "z.md": withHead(`id: "${first.article?.id}"`) });
    await newsroom.publish(noon);
    await newsroom.write("a.md", withHead("id: hello"));
    const { prepared } = await newsroom.publish("2026-11-22T12:00:00Z");
    expect(prepared.changes.plan.holds).toEqual([]);
    expect(prepared.catalog.findings).toMatchObject([{ kind: "problem", code: "id-used-twice", key: "a.md" }]);
  });

  test("that differs from another only in line ends is the same id", async () => {
    const { findings } = await beside({ "a.md": withHead('id: "x\\ry"'), "b.md": withHead('id: "x\\ny"') });
    expect(findings).toMatchObject([{ code: "id-used-twice", key: "b.md" }]);
  });
});

test.each([
  ["bytes", "enclosure: { url: a.mp3, bytes: 1000000000000000 }"],
  ["bytes as text", 'enclosure: { url: a.mp3, bytes: "9999999999999999" }'],
  ["seconds", "enclosure: { url: a.mp3, duration: 1e15 }"],
  ["no number", "enclosure: { url: a.mp3, length: many }"],
  ["width", "image: { src: a.png, width: 1e15 }"],
  ["height", "image: { src: a.png, height: 9007199254740991 }"],
])("a number that a format cannot hold is left out, with a notice: %s", async (_, head) => {
  const { article, findings } = await beside({ "a.md": withHead(head) });
  expect(article?.title).toBe("T");
  expect(codes(findings)).toEqual([["number-invalid", 4]]);
});

test("an invalid media type is replaced by the one of the file extension", async () => {
  const { article } = await beside({ "a.md": withHead('enclosure: { url: "https://a.example/a.mp3", type: "-/-" }') });
  expect(article?.["attachments"]).toEqual([{ url: "https://a.example/a.mp3", mime_type: "audio/mpeg" }]);
});

test("a picture wider than a feed can state has no width", async () => {
  const newsroom = await aNewsroom({ "a.md": withHead("image: a.svg"), "plain.md": plain });
  await newsroom.write("a.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="1e20" height="10.5"/>');
  const { prepared } = await newsroom.publish(noon);
  expect(prepared.changes.plan.holds).toEqual([]);
  expect((await newsroom.files())["all/rss.xml"]).toMatch(/media:content[^>]*\.svg/);
});
