import { expect, test } from "vitest";
import { anImport } from "../../support/an-import.ts";

const first = {
  id: "5ac1",
  title: "A title",
  slug: "a-title",
  html: '<p>See <a href="__GHOST_URL__/other/">it</a>.</p>',
  status: "published",
  type: "post",
  visibility: "public",
  published_at: "2020-05-04T09:30:00.000Z",
  updated_at: "2020-06-01T00:00:00.000Z",
  feature_image: "__GHOST_URL__/content/images/a.jpg",
  custom_excerpt: "Short.",
};

const anExport = (posts: readonly object[], more: object = {}) =>
  JSON.stringify({
    db: [
      {
        meta: { version: "5.0.0" },
        data: {
          posts,
          users: [
            { id: "u1", name: "Ann Lee" },
            { id: "u2", name: "Ivan" },
          ],
          posts_authors: [
            { post_id: "5ac1", author_id: "u2", sort_order: 1 },
            { post_id: "5ac1", author_id: "u1", sort_order: 0 },
          ],
          tags: [
            { id: "t1", name: "Trade" },
            { id: "t2", name: "Water" },
            { id: "t3", name: "#hidden", visibility: "internal" },
          ],
          posts_tags: [
            { post_id: "5ac1", tag_id: "t2", sort_order: 1 },
            { post_id: "5ac1", tag_id: "t1", sort_order: 0 },
            { post_id: "5ac1", tag_id: "t3", sort_order: 2 },
          ],
          posts_meta: [{ post_id: "5ac1", feature_image_alt: "A river" }],
          settings: [
            { key: "title", value: "The Wire" },
            { key: "lang", value: "kk" },
            { key: "timezone", value: "Asia/Almaty" },
          ],
          ...more,
        },
      },
    ],
  });

const imported = async (text: string, options = {}) => {
  using work = anImport({ "ghost.json": text });
  const report = await work.run(["ghost.json"], { siteUrl: "https://wire.example", ...options });
  return { report, files: await work.files() };
};

test("keeps a post's id, address, dates, authors, tags, summary, picture and HTML", async () => {
  const { report, files } = await imported(anExport([first]));
  expect(files["posts/2020/2020-05-04-a-title.html"]).toBe(
    `---\ntitle: A title\nid: 5ac1\nurl: https://wire.example/a-title/\nslug: a-title\ndate: 2020-05-04T09:30:00.000Z\nupdated: 2020-06-01T00:00:00.000Z\nauthors:\n  - Ann Lee\n  - Ivan\nsection: Trade\ntags:\n  - Water\nsummary: Short.\nimage:\n  url: https://wire.example/content/images/a.jpg\n  alt: A river\n---\n\n<p>See <a href="https://wire.example/other/">it</a>.</p>\n`,
  );
  expect([report.entries, report.reappear, report.absent, report.notTaken]).toEqual([1, [], [], []]);
  for (const line of ["title: The Wire", "language: kk", "timezone: Asia/Almaty", "permalink: /{slug}/", "  /rss/: /all/rss.xml"])
    expect(files["site.yaml"]).toContain(`${line}\n`);
});

test("takes drafts and scheduled posts as such, and pages if asked", async () => {
  const posts = [
    first,
    { ...first, id: "2", slug: "b", status: "draft", published_at: null },
    { ...first, id: "3", slug: "c", status: "scheduled", published_at: "2030-01-01T00:00:00.000Z" },
    { ...first, id: "4", slug: "d", type: "page" },
  ];
  const { report, files } = await imported(anExport(posts), { pages: true });
  expect(report.articles).toEqual({ published: 1, scheduled: 1, drafts: 1, pages: 1 });
  expect(Object.keys(files)).toEqual([
    "drafts/undated/undated-b.html",
    "pages/2020/2020-05-04-d.html",
    "posts/2020/2020-05-04-a-title.html",
    "posts/2030/2030-01-01-c.html",
    "site.yaml",
  ]);
  expect(report.entries).toBe(1);
});

test("takes only the public part of a post for members", async () => {
  const html = "<p>Open.</p><!--members-only--><p>Paid.</p>";
  const { report, files } = await imported(anExport([{ ...first, visibility: "paid", html }]));
  expect(files["posts/2020/2020-05-04-a-title.html"]).toContain("\n<p>Open.</p>\n");
  expect(files["posts/2020/2020-05-04-a-title.html"]).not.toContain("Paid");
  expect(report.notTaken).toEqual([
    { where: "post 5ac1 (a-title)", reason: "It is for members only: the part that everybody may read was taken over." },
  ]);
});

test("takes a post without HTML as a draft, names it, and counts members", async () => {
  const { report, files } = await imported(anExport([{ ...first, html: null, lexical: "{}" }], { members: [{ id: 1 }, { id: 2 }] }));
  expect(report.notTaken).toEqual([
    { where: "post 5ac1 (a-title)", reason: expect.stringContaining("the article is an empty draft"), grave: true },
    { where: "members", reason: "2 members (subscribers by e-mail): Wireroom has no place for them." },
  ]);
  expect(Object.keys(files)).toEqual(["drafts/2020/2020-05-04-a-title.html", "site.yaml"]);
});

test("needs the site's address, which no export names", async () => {
  await expect(imported(anExport([first]), { siteUrl: undefined })).rejects.toThrow(
    "A Ghost export does not name the site's address. Add it: --site-url https://news.example/. Nothing was written.",
  );
});

test("refuses other JSON", async () => {
  await expect(imported('{"a":1}')).rejects.toThrow(
    "is neither a JSON Feed nor a Ghost export: it has no list of posts. Nothing was written.",
  );
});

test("reads an export of Ghost 0.x: moments as numbers, and the uuid as the guid of its feed", async () => {
  const old = {
    ...first,
    id: 1,
    uuid: "8492fbba-1102-4b53-8e3e-abe207952f0c",
    page: 0,
    published_at: 1388318310783,
    updated_at: 1388318310782,
  };
  const { type: _, visibility: __, ...post } = old;
  const data = { posts: [post], users: [], settings: [] };
  const { report, files } = await imported(JSON.stringify({ meta: { version: "003" }, data }));
  expect(files["posts/2013/2013-12-29-a-title.html"]).toContain(
    "id: 8492fbba-1102-4b53-8e3e-abe207952f0c\nurl: https://wire.example/a-title/\nslug: a-title\ndate: 2013-12-29T11:58:30.783Z\n",
  );
  expect([report.entries, report.reappear]).toEqual([1, []]);
});
