import { expect, test } from "vitest";
import { slugOf } from "../../../lambda/articles/title/slug.ts";
import type { Metadata } from "../../../lambda/channels/catalog/ledger/record.ts";
import { permalinkOf } from "../../../lambda/channels/catalog/permalink.ts";
import { aMeta } from "../../support/a-catalog.ts";

const published = "2026-11-20T20:00:00.000Z";
const bare = { url: "https://wire.example/", timezone: "UTC", language: "en", languages: ["en", "ru", "pt-BR"], articles: ["**/*.md"] };
const url = (permalink: string, says: Partial<Metadata> = {}, site = bare) =>
  permalinkOf({ ...site, permalink }, { meta: aMeta(says), slug: "harvest", published });

test("a site without a template makes no address", () => {
  expect(permalinkOf(bare, { meta: aMeta(), slug: "harvest", published })).toBeUndefined();
});

test.each([
  ["/{section}/{slug}/", { section: "world" }, "https://wire.example/world/harvest/"],
  ["/{section}/{slug}/", {}, "https://wire.example/harvest/"],
  ["/{language}/{section}/{slug}.html", { language: "zh-Hans" }, "https://wire.example/zh-Hans/harvest.html"],
  ["/{language}/{slug}/", { language: "und-Arab" }, "https://wire.example/en/harvest/"], // an address is no statement
  ["/{slug}", {}, "https://wire.example/harvest"],
  ["/{section}/{slug}/", { section: "Far  East" }, "https://wire.example/far-east/harvest/"],
  ["/{section}/{slug}/", { section: "Мир" }, "https://wire.example/%D0%BC%D0%B8%D1%80/harvest/"],
  ["/{section}/{slug}/", { section: "e\u0301t\u00e9" }, "https://wire.example/%C3%A9t%C3%A9/harvest/"],
  ["/{section}/{slug}/", { section: "a/b?c#d" }, "https://wire.example/a%2Fb%3Fc%23d/harvest/"],
  ["/{section}/{slug}/", { section: ".." }, "https://wire.example/harvest/"],
  ["/{section}/{slug}/", { section: "$&" }, "https://wire.example/%24%26/harvest/"],
])("%s with %j is %s", (template, says, address) => {
  expect(url(template, says)).toBe(address);
});

test("dates are in the site's zone, not in UTC", () => {
  expect(url("/{year}/{month}/{day}/{slug}/")).toBe("https://wire.example/2026/11/20/harvest/");
  expect(url("/{year}/{month}/{day}/{slug}/", {}, { ...bare, timezone: "Asia/Almaty" })).toBe("https://wire.example/2026/11/21/harvest/");
});

test("a site in a folder keeps its folder", () => {
  expect(url("/{slug}/", {}, { ...bare, url: "https://wire.example/news/" })).toBe("https://wire.example/news/harvest/");
});

test.each([
  ["content/posts/2026-01-02-The Harvest.md", "the-harvest", ["content/**/*.md"], "posts/2026-01-02-the-harvest/"],
  ["content/posts/harvest/index.md", "harvest", ["content/**/*.md"], "posts/harvest/"],
  ["content/posts/harvest.md", "in-the-field", ["content/**/*.md"], "posts/in-the-field/"], // a slug of its own
  ["content/posts/harvest.md", "harvest", ["content/posts/*.md", "content/**/*.md"], "harvest/"], // the nearest folder
  ["posts/a b/c?d.md", "c-d", ["**/*.md"], "posts/a-b/c%3Fd/"],
  ["posts/../x.md", "x", ["**/*.md"], "posts/x/"],
  ["content/posts/harvest.ru.md", "harvest-ru", ["content/**/*.md"], "ru/posts/harvest/"],
  ["content/posts/harvest/index.pt-BR.md", "harvest-pt-br", ["content/**/*.md"], "pt-BR/posts/harvest/"],
  ["content/posts/harvest.en.md", "harvest-en", ["content/**/*.md"], "posts/harvest/"], // the site's own
  ["content/ru/harvest.md", "harvest", ["content/**/*.md"], "ru/harvest/"],
])("{path} of %s with the slug %s, of %j, is %s", (key, slug, articles, path) => {
  const article = { meta: aMeta({ key, title: "T", slug }), slug, published };
  expect(permalinkOf({ ...bare, articles, permalink: "/blog/{path}/" }, article)).toBe(`https://wire.example/blog/${path}`);
});

test("{stem} is {path} without the day of its last word", () => {
  const stem = (key: string) =>
    permalinkOf({ ...bare, permalink: "/{stem}/" }, { meta: aMeta({ key, title: "T" }), slug: slugOf(key, "T"), published });
  expect(["2026-01-02-posts/2026-01-02-Tea.md", "a/2026-01-02-tea/index.ru.md", "a/2026-01-02.md"].map(stem)).toEqual([
    "https://wire.example/2026-01-02-posts/tea/",
    "https://wire.example/ru/a/tea/",
    "https://wire.example/a/2026-01-02/",
  ]);
});

test("{dated} is the file's own day as folders, and its name as written", () => {
  const dated = (key: string, slug = slugOf(key, "T")) =>
    permalinkOf(
      { ...bare, articles: ["blog/**/*.md"], permalink: "/blog/{dated}/" },
      { meta: aMeta({ key, title: "T" }), slug, published },
    );
  const keys = ["blog/2016-08-26-Babili 7.0.md", "blog/2016-08-26/babili.md", "blog/2016/08/26/babili/index.md", "blog/tea.md"];
  expect(keys.map((key) => dated(key)?.slice("https://wire.example/blog/".length))).toEqual([
    "2016/08/26/Babili-7.0/",
    "2016/08/26/babili/",
    "2016/08/26/babili/",
    "tea/",
  ]);
  expect(dated("blog/2016-08-26-babili.md", "own")).toBe("https://wire.example/blog/own/");
});

test("a slug of its own counts, even if it is that of the title", () => {
  const article = { meta: aMeta({ key: "news/50/index.md", title: "Tea", slug: "tea", ownSlug: true }), slug: "tea", published };
  expect(permalinkOf({ ...bare, permalink: "/{path}/" }, article)).toBe("https://wire.example/news/tea/");
});

test.each([
  ["posts/2026-1-2-The Harvest.md", "The-Harvest"],
  ["posts/2026-01-02-6.0.0.md", "6.0.0"],
  ["posts/la-educación--rural/index.md", "la-educaci%C3%B3n--rural"],
  ["posts/2026-01-02.md", "2026-01-02"],
])("{name} of %s is %s", (key, name) => {
  const title = "T";
  const article = { meta: aMeta({ key, title }), slug: slugOf(key, title), published };
  expect(permalinkOf({ ...bare, permalink: "/{year}/{name}/" }, article)).toBe(`https://wire.example/2026/${name}/`);
  expect(permalinkOf({ ...bare, permalink: "/{name}" }, { ...article, slug: "own" })).toBe("https://wire.example/own");
});

test.each([
  ["Harvest 1.9.0: what is new?", "harvest-1.9.0-what-is-new"],
  ["Über die Felder – II", "%C3%BCber-die-felder-ii"],
  ["???", "harvest"],
])("{title} of %j is %s", (title, word) => {
  const key = "posts/harvest.md";
  const article = { meta: aMeta({ key, title }), slug: slugOf(key, title), published };
  expect(permalinkOf({ ...bare, permalink: "/{title}/" }, article)).toBe(`https://wire.example/${word}/`);
});

test("each folder may have a template, and the first that fits counts", () => {
  const site = {
    ...bare,
    permalink: "/{path}/",
    permalinks: [
      { path: "blog/**", template: "/{year}/{slug}/" },
      { path: "**/*.md", template: "/x/{slug}/" },
    ],
  };
  const of = (key: string) => permalinkOf(site, { meta: aMeta({ key }), slug: "harvest", published });
  expect(["blog/a.md", "docs/a.md", "docs/a.html"].map(of)).toEqual([
    "https://wire.example/2026/harvest/",
    "https://wire.example/x/harvest/",
    "https://wire.example/docs/harvest/",
  ]);
});
