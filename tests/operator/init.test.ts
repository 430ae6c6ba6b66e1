import { describe, expect, test } from "vitest";
import { parseSite } from "../../lambda/channels/site/site-file.ts";
import { init, planInit } from "../../lambda/operator/init/init.ts";
import { aFile } from "../support/a-newsroom.ts";
import { memoryStore } from "../support/stores/memory-store.ts";

const now = "2026-11-28T12:00:00.000Z";
const order = { name: "the-wire", now };

const aSite = async (files: Readonly<Record<string, string>>) => {
  const content = memoryStore("content");
  for (const [key, text] of Object.entries(files)) await content.write(key, Buffer.from(text), {});
  return content;
};
const posts = (folder: string, more: Readonly<Record<string, string>> = {}) =>
  Object.fromEntries(
    ["one", "two", "three"].map((name) => [
      `${folder}/${name}.md`,
      aFile(
        { title: name, date: "2026-03-01T09:00:00Z", ...more },
        `The harvest is in, and the wheat stands dry in every barn of the valley: ${name}.`,
      ),
    ]),
  );
const siteOf = async (files: Readonly<Record<string, string>>) => {
  const { files: written, found } = await planInit(order, await aSite(files));
  return { site: parseSite(written["site.yaml"] ?? "", "site.yaml"), text: written["site.yaml"] ?? "", found };
};

describe("a site of a generator", () => {
  test("Hugo: its names, its content folder, and addresses by path", async () => {
    const { site, found } = await siteOf({
      ...posts("content/posts"),
      "hugo.toml": 'baseURL = "https://wire.example/"\ntitle = "The Wire"\nlanguageCode = "en-gb"\n[params]\ndescription = "News."\n',
    });
    expect(found?.generator).toBe("Hugo");
    expect(site).toMatchObject({
      title: "The Wire",
      url: "https://wire.example/",
      language: "en-GB",
      description: "News.",
      permalink: "/{path}/",
      staticFolders: ["static", "assets"],
    });
    expect(site.articles).toEqual(["content/**/*.{md,markdown,mdown,mkd,mdx,html,htm}"]);
  });

  test("Hugo: a pattern of its own, with the name of its section", async () => {
    const config = 'baseURL: https://wire.example/news\npermalinks:\n  posts: "/:section/:year/:month/:slug/"\n';
    const { site } = await siteOf({ ...posts("content/posts"), "config/_default/hugo.yaml": config });
    expect([site.url, site.permalink]).toEqual(["https://wire.example/news/", "/posts/{year}/{month}/{title}/"]);
  });

  test.each([
    ["permalink: pretty", "/{section}/{year}/{month}/{day}/{name}/"],
    ["title: The Wire", "/{section}/{year}/{month}/{day}/{name}.html"],
    ["permalink: /:year/:title:output_ext", "/{year}/{name}.html"],
  ])("Jekyll: %s", async (line, permalink) => {
    const { site } = await siteOf({ ...posts("_posts"), "_config.yml": `url: https://wire.example\nbaseurl: /news\nlang: kk\n${line}\n` });
    expect(site).toMatchObject({
      url: "https://wire.example/news/",
      language: "kk",
      permalink,
      articles: ["**/_posts/**/*.{md,markdown,html}"],
    });
  });

  test("a pattern that has no equivalent is named, and no permalink is written", async () => {
    const { site, text } = await siteOf({ ...posts("_posts"), "_config.yml": "url: https://wire.example\npermalink: ordinal\n" });
    expect(site.permalink).toBeUndefined();
    expect(text).toContain('# The addresses follow "/:categories/:year/:y_day/:title.html", which has no equivalent here.');
  });

  test.each([
    ["Hexo", { "_config.yml": "url: https://wire.example\nroot: /\npermalink: :year/:title/\n" }, "source/_posts", "/{year}/{name}/"],
    ["Zola", { "config.toml": 'base_url = "https://wire.example"\ndefault_language = "ru"\n' }, "content/blog", "/{path}/"],
    ["Docusaurus", { "docusaurus.config.js": "module.exports = { url: 'https://wire.example', baseUrl: '/' };" }, "blog", "/blog/{dated}/"],
    [
      "Astro",
      { "astro.config.mjs": 'export default { site: "https://wire.example" };', "src/pages/posts/[...slug].astro": "" },
      "src/content/blog",
      "/posts/{path}/",
    ],
    [
      "Eleventy",
      {
        "eleventy.config.js": 'export default () => ({ dir: { input: "src" } });',
        "src/_data/site.json": '{"url":"https://wire.example"}',
      },
      "src/blog",
      "/blog/{path}/",
    ],
  ])("%s", async (generator, files, folder, permalink) => {
    const { site, found } = await siteOf({ ...files, ...posts(folder) });
    expect([found?.generator, site.url, site.permalink, found?.survey.files]).toEqual([generator, "https://wire.example/", permalink, 3]);
  });

  test("its configuration is read and never run", async () => {
    const files = { "eleventy.config.js": "throw new Error('it ran');", ...posts("blog") };
    expect((await siteOf(files)).found?.generator).toBe("Eleventy");
  });

  test("only the folders with dated articles are taken where most files are pages", async () => {
    const page = (name: string) => [`content/docs/${name}.md`, aFile({ title: name }, "How to do it.")];
    const pages = Object.fromEntries(Array.from({ length: 9 }, (_, index) => page(`page-${index}`)));
    const { site, found } = await siteOf({ "hugo.toml": 'baseURL = "https://wire.example/"', ...pages, ...posts("content/news") });
    expect(found?.survey).toMatchObject({ files: 3, undated: 0 });
    expect(site.articles).toEqual(["content/@(news)/**/*.{md,markdown,mdown,mkd,mdx,html,htm}"]);
  });
});

describe("a folder of articles", () => {
  test("gets the languages, sections and tags that are in it", async () => {
    const russian = Object.fromEntries(
      Object.entries(posts("ru", { section: "Мир" })).map(([key, text]) => [
        key,
        text.replace(/The harvest.*$/m, "Урожай собран, и пшеница стоит сухой в каждом амбаре этой долины."),
      ]),
    );
    const { site, found } = await siteOf({ ...posts("en", { section: "World" }), ...russian });
    expect(found?.survey).toMatchObject({ languages: ["en", "ru"], sections: ["World", "Мир"] });
    expect(site.channels.map((rule) => [rule.kind === "by" ? rule.by : rule.name, rule.split])).toEqual([
      ["all", "language"],
      ["section", "none"],
    ]);
  });

  test("each line of it has a comment or speaks for itself, and the address to change is named", async () => {
    const { text } = await siteOf(posts("a"));
    expect(text).toContain("# The address of the site: PLEASE CHANGE IT.\nurl: ");
  });
});

test("nothing but site.yaml is written, and no file is replaced", async () => {
  const content = await aSite(posts("a"));
  const before = await content.list();
  const plan = await planInit(order, content);
  expect(await content.list()).toEqual(before);
  await init(plan, content);
  expect((await content.list()).map(({ key }) => key)).toEqual(["a/one.md", "a/three.md", "a/two.md", "site.yaml"]);
  await expect(init(plan, content)).rejects.toThrow("site.yaml exists by now. Nothing was changed.");
});

test("a folder with what npm and Git leave in it, and our package, counts as empty", async () => {
  const plan = await planInit(order, await aSite({ "package.json": "{}", "README.md": "# Ours", "wireroom-0.1.0.tgz": "x" }));
  expect([plan.found, Object.keys(plan.files)]).toEqual([undefined, ["site.yaml", "first-story.md", "a-note.txt"]]);
});

test.each([
  [{ "site.yaml": "url: https://wire.example/" }, /already has a site\.yaml/],
  [
    { "a.png": "x", "b.css": "y" },
    /There are no articles in content \(a\.png, b\.css\)\. Name the folder of the articles with --content\./,
  ],
  [{ "wordpress.2026-11-28.xml": "<rss/>" }, /Run: wireroom import wordpress\.2026-11-28\.xml/],
])("refuses %j", async (files, message) => {
  await expect(planInit(order, await aSite(files))).rejects.toThrow(message);
});

describe("what the files of a site show", () => {
  test("folders of pictures that no configuration names are static", async () => {
    const shown = (name: string) =>
      aFile({ title: name, date: "2026-03-01" }, `![River](/img/${name}.png)\n\n![Cover](${name}-cover.png)\n\nThe river is high.`);
    const { site } = await siteOf({
      ...Object.fromEntries(
        ["one", "two", "three"].flatMap((name) => [
          [`posts/${name}.md`, shown(name)],
          [`web/root/img/${name}.png`, "x"],
        ]),
      ),
      ...Object.fromEntries(["one", "two"].map((name) => [`theme/covers/${name}-cover.png`, "x"])),
    });
    expect(site.staticFolders).toEqual(["web/root", "theme/covers"]);
  });

  test("languages in the names of files are languages of the site, and days in names leave Zola's addresses", async () => {
    const text = aFile({ title: "One", date: "2026-03-01" }, "The harvest is in.");
    const { site } = await siteOf({
      "config.toml": 'base_url = "https://wire.example"\ndefault_language = "en"\n',
      ...Object.fromEntries(["index.md", "index.tr.md", "index.pt-BR.md"].map((name) => [`content/blog/2026-03-01-tea/${name}`, text])),
      "content/blog/story.min.md": text,
    });
    expect([site.languages, site.permalink]).toEqual([["en", "pt-BR", "tr"], "/{stem}/"]);
  });

  test("the file that knows the authors is found by their names in the articles", async () => {
    const { site } = await siteOf({
      ...posts("posts", { author: "mreyes" }),
      "data/team.json": '{ "other": { "name": "Somebody Else" } }',
      "data/members.json": '{ "mreyes": { "number": 7 } }',
      "web/_data/all_authors.json": '{ "mreyes": { "name": "Marta Reyes" } }',
    });
    expect(site.people?.file).toBe("web/_data/all_authors.json");
  });

  test.each([
    ["_authors/mreyes.md", "---\nname: Marta Reyes\n---\n", "_authors"],
    ["data/authors/mreyes.yml", "name: Marta Reyes\n", "data/authors"],
    ["src/content/authors/mreyes.json", '{ "name": "Marta Reyes" }', "src/content/authors"],
    ["content/authors/mreyes/_index.md", "---\ntitle: Marta Reyes\n---\n", "content/authors"],
  ])("a folder of authors is found: %s", async (key, text, folder) => {
    const { site } = await siteOf({ ...posts("posts", { author: "mreyes" }), [key]: text });
    expect([site.people?.file, site.articles]).toEqual([folder, ["**/*.{md,markdown,mdx,html,htm,txt}"]]);
  });

  test("its address stands in CNAME or package.json", async () => {
    expect((await siteOf({ ...posts("posts"), "static/CNAME": "wire.example\n" })).site.url).toBe("https://wire.example/");
    const homepage = '{ "homepage": "https://wire.example/news" }';
    expect((await siteOf({ ...posts("posts"), "package.json": homepage })).site.url).toBe("https://wire.example/news/");
    expect((await siteOf({ ...posts("posts"), "package.json": '{ "homepage": "https://github.com/a/b" }' })).text).toContain(
      "PLEASE CHANGE IT",
    );
  });

  test("articles are taken from the folder that holds nearly all of those with a date", async () => {
    const many = Object.fromEntries(
      ["a", "b", "c", "d", "e"].map((name) => [`public/${name}/index.md`, aFile({ title: name, date: "2026-03-01" }, "Text.")]),
    );
    const { site } = await siteOf({ ...many, "AGENTS.md": "# How to work here\n\nText.\n" });
    expect(site.articles).toEqual(["public/**/*.{md,markdown,mdx,html,htm,txt}"]);
  });

  test("where articles are index pages of folders, what lies beside them is none", async () => {
    const many = Object.fromEntries(
      ["a", "b", "c", "d", "e", "f"].map((name) => [`public/${name}/index.md`, aFile({ title: name, date: "2026-03-01" }, "Text.")]),
    );
    const { site } = await siteOf({ ...many, "public/a/demo/1.html": "<p>Try it.</p>", "public/a/colour.md": "# A colour\n\nText.\n" });
    expect(site.articles).toEqual(["public/*/index.{md,markdown,mdx,html,htm,txt}"]);
  });

  test.each([
    ["blog/{{ page.date | date: '%Y/%m' }}/{{ page.fileSlug }}/index.html", "/blog/{year}/{month}/{name}/"],
    ["/news/{{ title | slugify }}/", "/news/{title}/"],
  ])("Eleventy: the pattern of a folder's data, %s", async (written, permalink) => {
    const { site } = await siteOf({ ...posts("blog"), "eleventy.config.js": "", "blog/blog.json": JSON.stringify({ permalink: written }) });
    expect(site.permalink).toBe(permalink);
  });

  test("Eleventy: a pattern with a filter of the site's own is named", async () => {
    const data = '{ "permalink": "blog/{{ page.date | shortDate }}/{{ page.fileSlug }}/" }';
    const { site, text } = await siteOf({ ...posts("blog"), "eleventy.config.js": "", "blog/blog.11tydata.json": data });
    expect(site.permalink).toBeUndefined();
    expect(text).toContain('# The addresses follow "blog/{{ page.date | shortDate }}/{{ page.fileSlug }}/", which has no equivalent here.');
  });

  test("a folder of nothing but data is left out", async () => {
    const data = Object.fromEntries(["a", "b", "c"].map((name) => [`content/partners/${name}.md`, `---\nlogo: /${name}.png\n---\n`]));
    const { site, found } = await siteOf({ ...posts("content/news"), ...data, "hugo.toml": 'baseURL = "https://wire.example/"\n' });
    expect(site.ignore).toContain("content/partners/**");
    expect(found?.survey.quarantined).toBe(3);
  });

  test("the sections of Hugo have the patterns of their own, and others the path", async () => {
    const { site } = await siteOf({
      ...posts("content/blog"),
      ...posts("content/plugins"),
      "hugo.toml": 'baseURL = "https://wire.example/"\n[permalinks]\nblog = "/:year/:title/"\nevents = "/e/:slug/"\n',
    });
    expect(site).toMatchObject({ permalink: "/{path}/", permalinks: [{ path: "content/blog/**", template: "/{year}/{title}/" }] });
  });

  test("Jekyll's defaults for posts come before the pattern of the site", async () => {
    const config =
      'url: https://wire.example\npermalink: pretty\ndefaults:\n  - scope: { path: "", type: posts }\n    values: { permalink: "/blog/:title/" }\n';
    expect((await siteOf({ ...posts("_posts"), "_config.yml": config })).site.permalink).toBe("/blog/{name}/");
  });

  test("Jekyll takes the folders above the posts as categories, and those below not", async () => {
    const config = "url: https://wire.example\nsource: ./src\npermalink: pretty\n";
    const files = {
      ...posts("src/_posts/old"),
      ...posts("src/News/_posts"),
      ...posts("src/a/b/_posts", { category: "B" }),
      ...posts("src/c/d"),
    };
    const { site, text } = await siteOf({ ...files, "_config.yml": config });
    expect([site.permalinks, site.permalink]).toEqual([
      [
        { path: "src/News/_posts/**", template: "/news/{section}/{year}/{month}/{day}/{name}/" },
        { path: "src/a/b/_posts/**", template: "/a/b/{year}/{month}/{day}/{name}/" },
      ],
      "/{section}/{year}/{month}/{day}/{name}/",
    ]);
    expect(text).toContain("# {section} is the first category of an article; Jekyll may write all of them.");
    const { site: one } = await siteOf({ ...posts("en/_posts"), "_config.yml": "url: https://wire.example\n" });
    expect(one.permalink).toBe("/en/{section}/{year}/{month}/{day}/{name}.html");
  });

  test("Astro: only the address of the site itself, and the blog of Starlight", async () => {
    const config =
      'export default defineConfig({\n  site: "https://wire.example",\n  plugins: [\n    x({ site: "none", base: "/changes", title: "The Wire" }),\n  ],\n});\n';
    const { site } = await siteOf({
      ...posts("src/content/docs/blog"),
      "src/content/docs/guide.md": "# Guide\n\nText.\n",
      "astro.config.mjs": config,
    });
    expect(site).toMatchObject({ url: "https://wire.example/", title: "The Wire", permalink: "/blog/{path}/" });
    expect(site.articles).toEqual(["src/content/docs/blog/**/*.{md,markdown,mdown,mkd,mdx,html,htm}"]);
  });

  test("where articles have no date, their folders are named before anything is published", async () => {
    const notes = Object.fromEntries(["a", "b"].map((name) => [`notes/${name}.md`, `# ${name}\n\nThe river is high today.\n`]));
    const { text } = await siteOf({ ...posts("news"), ...notes });
    expect(text).toContain("# 2 of 5 articles have no date: the first run that publishes them gives them its own. They are in notes (2).");
  });
});
