import { describe, expect, test } from "vitest";
import type { RunEvent } from "../../../lambda/run/ports.ts";
import { anImport } from "../../support/an-import.ts";

const wxr = (items: string, head = "") =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>The Wire</title><link>https://wire.example</link><description>News</description><language>ru-RU</language><wp:base_blog_url>https://wire.example</wp:base_blog_url><wp:author><wp:author_login>ann</wp:author_login><wp:author_display_name><![CDATA[Ann Lee]]></wp:author_display_name></wp:author>${head}${items}</channel></rss>`;

const ordinary = { id: 1, title: "A title", status: "publish", type: "post", body: "Some words.", date: "2020-05-04 09:30:00", more: "" };

function post(given: Partial<typeof ordinary> & { readonly guid?: string } = {}): string {
  const { id, title, status, type, body, date, more } = { ...ordinary, ...given };
  const guid = given.guid ?? `https://wire.example/?p=${id}`;
  return `<item><title><![CDATA[${title}]]></title><link>https://wire.example/2020/05/p${id}/</link><dc:creator><![CDATA[ann]]></dc:creator><guid isPermaLink="false">${guid}</guid><description></description><content:encoded><![CDATA[${body}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded><wp:post_id>${id}</wp:post_id><wp:post_date_gmt>${date}</wp:post_date_gmt><wp:post_name>p${id}</wp:post_name><wp:status>${status}</wp:status><wp:post_type>${type}</wp:post_type>${more}</item>`;
}

const imported = async (text: string | readonly string[], options = {}) => {
  const texts = typeof text === "string" ? [text] : text;
  const sources = Object.fromEntries(texts.map((one, index) => [`part${index}.xml`, one]));
  using work = anImport(sources);
  const report = await work.run(Object.keys(sources), options);
  const files = await work.files();
  const body = (name: string) =>
    Object.entries(files)
      .find(([key]) => key.endsWith(`-${name}.html`))?.[1]
      .split("\n---\n\n")[1]
      ?.trim();
  return { report, files, body, reasons: report.notTaken.map(({ where, reason }) => `${where}: ${reason}`) };
};

test("is watched: the megabytes that are read, then the files that are written, then their reading", async () => {
  const told: RunEvent[] = [];
  await imported(wxr(post() + post({ id: 2 })), { tell: (event: RunEvent) => told.push(event) });
  const stages = told.flatMap((event) => (event.kind === "stage" ? [event] : []));
  const [read, ...later] = stages;
  expect([read?.done, read?.unit]).toEqual([read?.of, "MB"]);
  expect(later.map(({ stage, done, of }) => `${stage} ${done} of ${of}`)).toEqual(
    expect.arrayContaining(["write 1 of 2", "write 2 of 2", "read 2 of 2"]),
  );
});

test("keeps a post's guid, address, dates, author's name, section, tags, summary, picture and episode", async () => {
  const more = `<wp:post_modified_gmt>2020-06-01 00:00:00</wp:post_modified_gmt><category domain="post_tag" nicename="w"><![CDATA[Water]]></category><category domain="category" nicename="t"><![CDATA[Trade]]></category><category domain="category" nicename="r"><![CDATA[Roads]]></category><wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>9</wp:meta_value></wp:postmeta><wp:postmeta><wp:meta_key>enclosure</wp:meta_key><wp:meta_value><![CDATA[https://wire.example/e.mp3\n77\naudio/mpeg\n]]></wp:meta_value></wp:postmeta>`;
  const text = post({ more }).replace("<excerpt:encoded><![CDATA[", "<excerpt:encoded><![CDATA[A <b>short</b> text");
  const picture = post({
    id: 9,
    type: "attachment",
    status: "inherit",
    more: "<wp:attachment_url>https://wire.example/a.jpg</wp:attachment_url><wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key><wp:meta_value>A river</wp:meta_value></wp:postmeta>",
  });
  const { files, report } = await imported(wxr(text + picture));
  expect(files["posts/2020/2020-05-04-p1.html"]).toBe(
    `---\ntitle: A title\nid: https://wire.example/?p=1\nurl: https://wire.example/2020/05/p1/\nslug: p1\ndate: 2020-05-04T09:30:00.000Z\nupdated: 2020-06-01T00:00:00.000Z\nauthors:\n  - Ann Lee\nsection: Trade\ntags:\n  - Roads\n  - Water\nsummary: A short text\nimage:\n  url: https://wire.example/a.jpg\n  alt: A river\nenclosures:\n  - url: https://wire.example/e.mp3\n    bytes: 77\n    type: audio/mpeg\n---\n\n<p>Some words.</p>\n`,
  );
  expect([report.entries, report.reappear, report.absent]).toEqual([1, [], []]);
  expect(files["site.yaml"]).toContain("permalink: /{year}/{month}/{slug}/\n");
  expect(files["site.yaml"]).toContain("moved:\n  /feed/: /all/rss.xml\n");
});

test("takes drafts as drafts, scheduled posts with their date, and leaves the trash with its reason", async () => {
  const { report, files, reasons } = await imported(
    wxr(
      post() +
        post({ id: 2, status: "draft", date: "0000-00-00 00:00:00" }) +
        post({ id: 3, status: "future", date: "2030-01-01 00:00:00" }) +
        post({ id: 4, status: "trash" }) +
        post({ id: 5, status: "private" }),
    ),
  );
  expect(report.articles).toEqual({ published: 1, scheduled: 1, drafts: 2, pages: 0 });
  expect(files["drafts/undated/undated-p2.html"]).toContain("draft: true\n");
  expect(files["drafts/2020/2020-05-04-p5.html"]).toContain("status: private\n");
  expect(files["posts/2030/2030-01-01-p3.html"]).toContain("date: 2030-01-01T00:00:00.000Z\n");
  expect([report.entries, reasons]).toEqual([1, ["post 4 (p4): It is in the trash."]]);
});

test("leaves pages out and says so; with --pages they are articles that no feed shows", async () => {
  const text = wxr(post() + post({ id: 2, type: "page" }));
  expect((await imported(text)).reasons).toEqual(["pages: 1 page was left out: add --pages to import pages."]);
  const { files, report } = await imported(text, { pages: true });
  expect([Object.keys(files), report.entries, report.notTaken]).toEqual([
    ["pages/2020/2020-05-04-p2.html", "posts/2020/2020-05-04-p1.html", "site.yaml"],
    1,
    [],
  ]);
  expect(files["site.yaml"]).toContain("path: posts/**\n");
});

test("counts what it has no place for", async () => {
  const { reasons } = await imported(
    wxr(
      post({ more: "<wp:comment><wp:comment_id>1</wp:comment_id></wp:comment>" }) +
        post({ id: 2, type: "nav_menu_item" }) +
        post({ id: 3, type: "nav_menu_item" }),
    ),
  );
  expect(reasons).toEqual([
    "nav_menu_item: 2 of the type nav_menu_item: only posts and pages are articles.",
    "comments: 1 comment of readers: Wireroom has no place for them.",
  ]);
});

test("reads the parts of an export as one, each post once", async () => {
  const { report, files } = await imported([wxr(post() + post({ id: 2 })), wxr(post({ id: 2 }) + post({ id: 3 }))]);
  expect([report.entries, Object.keys(files).length]).toEqual([3, 4]);
});

test("gives the second post of one guid an id of its own, and says so", async () => {
  const { report, reasons } = await imported(wxr(post({ guid: "same" }) + post({ id: 2, guid: "same" })));
  expect([report.entries, report.reappear, report.absent]).toEqual([1, [], []]);
  expect(reasons).toEqual([
    "post 2 (p2), after post 1 (p1): Two posts have one guid: the second gets an id of its own and appears as new.",
  ]);
});

test("keeps the entry of a post with a password, and its text from readers", async () => {
  const secret = post({ id: 2, body: "Secret words.", more: "<wp:post_password>secret</wp:post_password>" });
  const { files, report } = await imported(wxr(post() + secret));
  expect(files["posts/2020/2020-05-04-p2.html"]).toContain("id: https://wire.example/?p=2\n");
  expect(files["posts/2020/2020-05-04-p2.html"]).not.toContain("Secret");
  expect(files["drafts/2020/2020-05-04-p2.html"]).toMatch(/status: private\n[\s\S]*Secret words/);
  expect([report.entries, report.reappear, report.absent]).toEqual([2, [], []]);
  expect(report.notTaken).toEqual([
    { where: "post 2 (p2)", reason: "It has a password: its entry has no text, and the text is in a private article." },
  ]);
});

describe("the text of a post", () => {
  const bodyOf = async (body: string, more = "") => {
    const { body: of, reasons } = await imported(wxr(post({ body }) + more));
    return [of("p1"), reasons] as const;
  };

  test("becomes paragraphs at blank lines, and code keeps its own", async () => {
    const [html] = await bodyOf(
      "One\ntwo\n\n<ul>\n<li>a</li>\n</ul>\nThree <b>x</b>\n\n<pre>a\n\nb [x y=1]</pre>\n<blockquote>Q</blockquote>",
    );
    expect(html).toBe(
      "<p>One<br>\ntwo</p>\n<ul>\n<li>\na\n</li>\n</ul>\n<p>Three <b>x</b></p>\n<pre>a\n\nb [x y=1]</pre>\n<blockquote>\n<p>Q</p>\n</blockquote>",
    );
  });

  test("of blocks loses their marks alone; a block that only WordPress can make is named", async () => {
    const [html, reasons] = await bodyOf(
      '<!-- wp:paragraph {"a":{"b":1}} -->\n<p>One</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:latest-posts {"n":5} /-->',
    );
    expect([html, reasons]).toEqual([
      "<p>One</p>",
      ["post 1 (p1): latest-posts: Blocks or shortcodes that only WordPress can run were left out."],
    ]);
  });

  test("shows WordPress's own shortcodes as HTML", async () => {
    const files = [11, 12].map((id) =>
      post({ id, type: "attachment", status: "inherit", more: `<wp:attachment_url>https://wire.example/${id}.jpg</wp:attachment_url>` }),
    );
    const [html, reasons] = await bodyOf(
      'A\n\n[caption id="x" width="3"]<img src="a.jpg"> Words[/caption]\n\n[gallery ids="12,11"]\n\n[embed]https://video.example/1[/embed]\n\n[audio mp3="https://wire.example/a.mp3"][/audio]',
      files.join(""),
    );
    expect(html?.replace(/\n/g, "")).toBe(
      '<p>A</p><figure><img src="a.jpg"><figcaption>Words</figcaption></figure><figure><img src="https://wire.example/12.jpg" alt=""></figure><figure><img src="https://wire.example/11.jpg" alt=""></figure><p><a href="https://video.example/1">https://video.example/1</a></p><audio controls src="https://wire.example/a.mp3"></audio>',
    );
    expect(reasons).toEqual([]);
  });

  test("loses a plugin's shortcode, which is named; words in brackets stay", async () => {
    const [html, reasons] = await bodyOf('[box color="red"]In[/box] He said [sic] it. [contact-form id=3]');
    expect(html).toBe("<p>In He said [sic] it.</p>");
    expect(reasons).toEqual(["post 1 (p1): [box], [contact-form]: Blocks or shortcodes that only WordPress can run were left out."]);
  });
});

test("takes control characters out of an export, which XML forbids", async () => {
  const { body } = await imported(wxr(post({ body: "a\u000bb\u0000c" })));
  expect(body("p1")).toBe("<p>abc</p>");
});

test("refuses an export that is broken, with its line, and one that declares entities", async () => {
  const broken = imported(wxr(`${post()}\n<item><title>x</item>`));
  await expect(broken).rejects.toThrow(/part0\.xml:3 {2}The export is not well-formed XML: .*Nothing was written\.$/);
  const bomb = wxr(post({ body: "x" })).replace("?>\n", '?>\n<!DOCTYPE rss [<!ENTITY a "b">]>\n');
  await expect(imported(bomb)).rejects.toThrow("it declares a document type");
});

test("a text that never closes what it opens keeps its words", async () => {
  const { body } = await imported(wxr(post({ body: `<pre>a [caption]b [box x="1"c <!-- wp:more {"d" e` })));
  expect(body("p1")).toBe(`<pre>a [caption]b [box x="1"c <!-- wp:more {"d" e`);
});
