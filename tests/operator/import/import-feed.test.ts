import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { importLines } from "../../../lambda/terminal/imports.ts";
import { aServer } from "../../support/a-server.ts";
import { anImport } from "../../support/an-import.ts";

const rss = (items: string, head = "") =>
  `<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Wire</title><link>https://wire.example/</link><description>News.</description>${head}${items}</channel></rss>`;

const item = ({ id = "a", title = "T", link = "https://wire.example/2020/05/t/", body = "<p>Some words.</p>", more = "" } = {}) =>
  `<item><title>${title}</title><link>${link}</link><guid isPermaLink="false">${id}</guid><pubDate>Mon, 04 May 2020 09:30:00 +0500</pubDate><description>Short.</description><content:encoded><![CDATA[${body}]]></content:encoded>${more}</item>`;

const imported = async (text: string | Uint8Array, name = "feed.xml") => {
  using work = anImport({ [name]: text });
  const report = await work.run([name]);
  const files = await work.files();
  const [article = ""] = Object.entries(files).flatMap(([key, file]) => (key === "site.yaml" ? [] : [file]));
  return { report, files, article, site: files["site.yaml"] ?? "" };
};

describe("an item of RSS", () => {
  test("keeps id, address, date, authors, tags, summary, attachments and body", async () => {
    const more = `<dc:creator>Ann Lee</dc:creator><category>Trade</category><enclosure url="https://wire.example/a.mp3" length="9" type="audio/mpeg"/>`;
    const { article, files } = await imported(rss(item({ id: "https://wire.example/?p=1&amp;x=2", more })));
    expect(Object.keys(files)).toEqual(["posts/2020/2020-05-04-t.html", "site.yaml"]);
    expect(article).toBe(
      `---\ntitle: T\nid: https://wire.example/?p=1&x=2\nurl: https://wire.example/2020/05/t/\ndate: 2020-05-04T04:30:00.000Z\nauthors:\n  - Ann Lee\ntags:\n  - Trade\nsummary: Short.\nenclosures:\n  - url: https://wire.example/a.mp3\n    bytes: 9\n    type: audio/mpeg\n---\n\n<p>Some words.</p>\n`,
    );
  });

  test("without a guid is known by its link", async () => {
    const { report, article } = await imported(rss(item().replace(/<guid.*<\/guid>/, "")));
    expect([report.reappear, article]).toEqual([[], expect.stringContaining("id: https://wire.example/2020/05/t/\n")]);
  });

  test("without guid and link would reappear, and is named", async () => {
    const { report } = await imported(
      rss(
        item()
          .replace(/<guid.*<\/guid>/, "")
          .replace(/<link>.*?<\/link>/, ""),
      ),
    );
    expect(report.reappear.map(({ where }) => where)).toEqual([expect.stringMatching(/^item 1 of .*feed\.xml$/)]);
    expect(importLines(report).join("\n")).toContain("Of the 1 entry that readers have, 1 will reappear:");
  });

  test("keeps signs of template languages as text", async () => {
    const { article } = await imported(rss(item({ body: "<p>Write {{ name }}, {% if %} and <% x %>.</p>" })));
    expect(article).toContain("<p>Write &#123;{ name }}, &#123;% if %} and &lt;% x %&gt;.</p>");
  });

  test("names a file by its address, whatever that contains", async () => {
    const { files } = await imported(rss(item({ title: "../../etc/passwd", link: "https://wire.example/..%2f..%2fetc%2fpasswd" })));
    expect(Object.keys(files)).toEqual(["posts/2020/2020-05-04-etc-passwd.html", "site.yaml"]);
  });

  test("cannot write fields of front matter with its title", async () => {
    const { article } = await imported(rss(item({ title: "x\n---\ndraft: true\nid: other" })));
    expect(article).toContain('title: "x --- draft: true id: other"\nid: a\n');
  });
});

describe("a feed", () => {
  test("gives the site.yaml its title, address, pattern of addresses and the addresses of its old feeds", async () => {
    const { site } = await imported(rss(item(), "<generator>https://wordpress.org/?v=6.5</generator><language>ru-RU</language>"));
    expect(site).toContain("title: The Wire\n");
    expect(site).toContain("url: https://wire.example/\n");
    expect(site).toContain("language: ru-RU\n");
    expect(site).toContain("permalink: /{year}/{month}/{slug}/\n");
    expect(site).toContain("moved:\n  /feed/: /all/rss.xml\n");
  });

  test("on a host of its own below the site's keeps its address without a redirect", async () => {
    const { site } = await imported(rss(item(), '<atom:link rel="self" href="https://feeds.wire.example/world/rss.xml"/>'));
    expect(site).toContain("feedUrl: https://feeds.wire.example/\n");
    expect(site).toContain("- name: world\n");
    expect(site).not.toContain("moved");
  });

  test("on a foreign host is named with the redirect that it needs", async () => {
    const { report } = await imported(rss(item(), '<atom:link rel="self" href="https://feedburner.example/wire"/>'));
    expect(report.elsewhere).toEqual([{ from: "https://feedburner.example/wire", to: "https://wire.example/all/rss.xml" }]);
  });

  test("is read in the encoding that it declares", async () => {
    const bytes = Buffer.from(rss(item({ title: "@@@" })).replace("utf-8", "windows-1251"), "latin1");
    const title = Buffer.from([0xcf, 0xf0, 0xe8]);
    const at = bytes.indexOf("@@@");
    const { article } = await imported(Buffer.concat([bytes.subarray(0, at), title, bytes.subarray(at + 3)]));
    expect(article).toContain("title: При\n");
  });

  test("with two entries of one id gives readers the first, and says so", async () => {
    const { report } = await imported(rss(item({ id: "same" }) + item({ id: "same", link: "https://wire.example/2020/05/u/" })));
    expect([report.entries, report.notTaken.map(({ reason }) => reason)]).toEqual([
      1,
      [expect.stringContaining("It has the id of item 1")],
    ]);
  });

  test("that is broken is read as far as it goes, with the line", async () => {
    const { report } = await imported(rss(`${item()}<item><title>A & B</title></item>`));
    expect(report.notTaken).toContainEqual(
      expect.objectContaining({ grave: true, reason: expect.stringContaining("not well-formed XML (line 1") }),
    );
  });

  test("never expands entities that it declares itself", async () => {
    const bomb = `<!DOCTYPE rss [<!ENTITY a "${"ha".repeat(500)}"><!ENTITY b "${"&a;".repeat(500)}"><!ENTITY c "${"&b;".repeat(500)}">]>`;
    const { article } = await imported(rss(item({ title: "&c;" })).replace("?><rss", `?>${bomb}<rss`));
    expect(article).toContain('title: "&c;"\n');
  });
});

test("keeps an Atom entry's id, both dates and its text", async () => {
  const atom = `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="kk"><title>The Wire</title><id>urn:w</id><link href="https://wire.example/"/><updated>2021-01-01T00:00:00Z</updated><entry><id>tag:wire.example,2020:x</id><title type="html">A &amp;lt;b&amp;gt; &amp;amp; c</title><link href="https://wire.example/x.html"/><published>2020-01-01T00:00:00Z</published><updated>2020-02-01T00:00:00Z</updated><author><name>Ann</name></author><content type="text">1 &lt; 2\n\nTwo</content></entry></feed>`;
  const { article, report, site } = await imported(atom);
  expect(report.reappear).toEqual([]);
  expect(article).toContain("title: A <b> & c\nid: tag:wire.example,2020:x\n");
  expect(article).toContain("date: 2020-01-01T00:00:00.000Z\nupdated: 2020-02-01T00:00:00.000Z\n");
  expect(article).toContain("<p>1 &lt; 2</p>\n<p>Two</p>");
  expect(site).toContain("permalink: /{slug}.html\n");
});

test("leads readers of a JSON Feed whose ids are no URIs to RSS, which carries them to the letter", async () => {
  const feed = {
    version: "https://jsonfeed.org/version/1.1",
    title: "W",
    home_page_url: "https://wire.example/",
    feed_url: "https://wire.example/feed.json",
  };
  const items = [{ id: 7, content_text: "Seven", url: "https://wire.example/7", date_published: "2020-01-01T00:00:00Z" }];
  const { report, site, article } = await imported(JSON.stringify({ ...feed, items }), "feed.json");
  expect([report.entries, report.reappear]).toEqual([1, []]);
  expect(article).toContain('id: "7"\n');
  expect(site).toContain("moved:\n  /feed.json: /all/rss.xml\n");
});

test("reads RSS 1.0 and 0.91", async () => {
  const rdf = `<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://wire.example/index.rdf"><title>W</title><link>https://wire.example/</link><description>d</description></channel><item rdf:about="https://wire.example/1"><title>t</title><link>https://wire.example/1</link><description>d</description><dc:date>2002-01-01</dc:date></item></rdf:RDF>`;
  const old = `<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><title>W</title><link>https://wire.example/</link><item><title>x</title><link>https://wire.example/1</link></item></channel></rss>`;
  expect([(await imported(rdf)).article, (await imported(old)).article]).toEqual([
    expect.stringContaining("id: https://wire.example/1\nurl: https://wire.example/1\ndate: 2002-01-01\n"),
    expect.stringContaining("id: https://wire.example/1\n"),
  ]);
});

describe("a feed with further documents", () => {
  const page = (id: string, next: string) =>
    rss(item({ id, link: `https://wire.example/${id}/` }), `<atom:link rel="next" href="${next}"/>`);

  test("is followed by its links, each document once", async () => {
    await using server = await aServer(({ path }) => {
      const next = { "/1": "2", "/2": "3", "/3": "1" }[path];
      return next === undefined ? { status: 404 } : { status: 200, body: page(`e${path.slice(1)}`, next) };
    });
    using work = anImport();
    const report = await work.run([`${server.url}/1`]);
    expect([report.entries, server.asked.map(({ path }) => path)]).toEqual([3, ["/1", "/2", "/3"]]);
    expect(server.asked[0]?.headers["user-agent"]).toContain("Wireroom-Import");
  });

  test("of which one is gone says that older entries are missing", async () => {
    await using server = await aServer(({ path }) => (path === "/1" ? { status: 200, body: page("e1", "2") } : { status: 500 }));
    using work = anImport();
    const { notTaken } = await work.run([`${server.url}/1`]);
    expect(notTaken).toEqual([
      {
        where: `${server.url}/2`,
        reason: "The document cannot be read, so older entries are missing: the server answers 500.",
        grave: true,
      },
    ]);
  });

  test("follows no link to a file", async () => {
    await using server = await aServer(() => ({ status: 200, body: page("e1", "file:///etc/passwd") }));
    using work = anImport();
    expect((await work.run([`${server.url}/1`])).notTaken).toEqual([]);
  });
});

describe("import refuses, and writes nothing,", () => {
  const refusal = async (name: string, text: string, options: object = {}) => {
    using work = anImport({ [name]: text });
    const error = await work.run([name], options).catch((cause: unknown) => cause);
    expect(existsSync(join(work.folder, "content"))).toBe(false);
    return { kind: (error as { kind?: string }).kind, message: String(error) };
  };

  test("a web page", async () => {
    expect(await refusal("a.html", "<!doctype html><title>x</title>")).toEqual({
      kind: "usage",
      message: expect.stringContaining(
        "It is an HTML page, not a feed. Name a feed, a WordPress export or a Ghost export. Nothing was written.",
      ),
    });
  });

  test("a feed without entries", async () => {
    expect((await refusal("a.xml", rss(""))).message).toContain("has no entry that can be imported. Nothing was written.");
  });

  test("a ZIP archive", async () => {
    expect((await refusal("a.zip", "PK\u0003\u0004 and so on")).message).toContain("is a ZIP archive. Unpack it, and name the file in it.");
  });
});

test("names the files in the way, and overwrites nothing", async () => {
  using work = anImport({ "feed.xml": rss(item()) });
  await work.content.write("Site.yaml", Buffer.from("mine"));
  await expect(work.run(["feed.xml"])).rejects.toThrow(
    "already has Site.yaml, and import overwrites nothing. Name a new folder with --content. Nothing was written.",
  );
  expect(await work.files()).toEqual({ "Site.yaml": "mine" });
});

test("fetches the pictures of the site with --media, and leaves all others where they are", async () => {
  const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
  await using server = await aServer(({ path }) =>
    path === "/a.png" ? { status: 200, headers: { "content-type": "image/png" }, body: png } : { status: 404 },
  );
  const body = `<p><img src="/a.png"><img src="/b.png"><img src="https://other.example/c.png"></p>`;
  using work = anImport({ "feed.xml": rss(item({ body, link: `${server.url}/t/` })) });
  const report = await work.run(["feed.xml"], { media: true, siteUrl: `${server.url}/` });
  const files = await work.files();
  const picture = Object.keys(files).find((key) => key.startsWith("media/"));
  expect(picture).toMatch(/^media\/a-[0-9a-f]{16}\.png$/);
  expect(files["posts/2020/2020-05-04-t.html"]).toContain(
    `<img src="/${picture}"><img src="/b.png"><img src="https://other.example/c.png">`,
  );
  expect([report.media, report.notTaken.map(({ reason }) => reason)]).toEqual([
    1,
    ["The server answers 404: a picture keeps its old address."],
  ]);
});

test("takes an old feed's address with http for the same as with https", async () => {
  const { site, report } = await imported(rss(item(), '<atom:link rel="self" href="http://wire.example/old.xml"/>'));
  expect([site.slice(site.indexOf("moved:")), report.elsewhere]).toEqual(["moved:\n  /old.xml: /all/rss.xml\n", []]);
});

test("follows a relative link of a file from the feed's own address", async () => {
  await using server = await aServer(({ path }) =>
    path === "/old/2.xml" ? { status: 200, body: rss(item({ id: "b" })) } : { status: 404 },
  );
  const links = `<atom:link rel="self" href="${server.url}/old/1.xml"/><atom:link rel="prev-archive" href="2.xml"/>`;
  const { report } = await imported(rss(item({ id: "a" }), links));
  expect([report.entries, report.notTaken]).toEqual([2, []]);
});
