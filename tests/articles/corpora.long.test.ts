import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Article } from "../../lambda/articles/model/article.ts";
import { parse } from "../../lambda/articles/parse.ts";
import { chooseSources } from "../../lambda/articles/source.ts";
import { aNewsroom } from "./a-newsroom.ts";
import { chance, shuffled } from "./sentences.ts";
import { offencesIn } from "./strict-html.ts";

const CORPUS = join(import.meta.dirname, "../../../shared/corpus");
const here = existsSync(CORPUS);
const missing = here ? "" : " (skipped: the shared corpus is not beside this checkout)";

const filesUnder = (folder: string): readonly string[] =>
  (readdirSync(folder, { recursive: true }) as string[]).filter((path) => statSync(join(folder, path)).isFile()).sort();

describe.skipIf(!here)(`the Node.js blog${missing}`, () => {
  const root = join(CORPUS, "nodejs-blog");
  const newsroom = aNewsroom({ url: "https://nodejs.org/en/blog/", languages: [], timezone: "UTC", articles: ["posts/**/*.md"] });
  const listing = here ? filesUnder(root).map((key) => ({ key, version: "1", size: 1, settled: true })) : [];
  const chosen = chooseSources(listing, newsroom);
  const results = chosen.articles.map(({ key }) =>
    parse({ key, bytes: readFileSync(join(root, key)) }, newsroom, { soleInFolder: chosen.soleInFolder.has(key) }),
  );
  const articles: readonly Article[] = results.flatMap((result) => (result.kind === "article" ? [result.article] : []));

  test("gives 1,042 articles, and says why it takes neither its index page nor its seven .mdx files", () => {
    expect(articles).toHaveLength(1042);
    expect(results.filter(({ kind }) => kind !== "article")).toEqual([
      { kind: "passed-over", key: "posts/index.md", reason: "It is an index page without a date and with at most 200 characters." },
    ]);
    expect(chosen.passedOver).toEqual({ ".mdx": 7 });
  });

  test("leaves only absolute addresses in bodies, and nothing that runs", () => {
    const counted = articles.flatMap(({ html }) => html.match(/ (?:href|src|srcset|poster|cite)="/g) ?? []);
    expect(counted.length).toBeGreaterThan(50_000);
    expect(articles.flatMap(({ key, html }) => offencesIn(html).map((offence) => `${key}: ${offence}`))).toEqual([]);
  });

  test("has the titles, dates and authors of a hundred random posts, as a plain reading finds them", () => {
    for (const article of shuffled(articles, chance(20261124)).slice(0, 100)) {
      const text = readFileSync(join(root, article.key), "utf8");
      const field = (name: string): string => new RegExp(`^${name}: (?:'(.*)'|"(.*)"|(.*))$`, "m").exec(text)?.slice(1).find(Boolean) ?? "";
      const names = field("author").replace(/ \([^)]*\)/g, "");
      expect(article.title).toBe(field("title"));
      expect(article.published).toEqual({ kind: "instant", at: new Date(field("date")).toISOString() });
      expect(article.authors.map(({ name }) => name).join(" ")).toBe(names.replace(/,? (?:and|&) |, /g, " "));
    }
  });

  test("has a section for every category, and English text throughout", () => {
    expect(articles.filter(({ section }) => section === undefined)).toHaveLength(2);
    expect(new Set(articles.map(({ language }) => language))).toEqual(new Set(["en"]));
  });
});

describe.skipIf(!here)(`the seed article${missing}`, () => {
  const key = "000_c7aa93d076d51594.txt";
  const result = here
    ? parse(
        { key, bytes: readFileSync(join(CORPUS, "seed", key)) },
        aNewsroom({ url: "https://example.kz/", language: "en", languages: [] }),
        { soleInFolder: false },
      )
    : undefined;

  test("loses the stray character of its title, with a notice", () => {
    expect(result).toMatchObject({
      kind: "article",
      article: { title: "Президент Казахстана: КНР и Казахстан совместно пишут новую", language: "ru" },
      findings: [{ kind: "notice", code: "title-mended", line: 1, key }],
    });
  });

  test("keeps every paragraph whole, and has no date, no author and no link", () => {
    const article = result?.kind === "article" ? result.article : undefined;
    const lines = readFileSync(join(CORPUS, "seed", key), "utf8")
      .trim()
      .split("\n")
      .slice(1);
    const paragraphs = [...(article?.html.matchAll(/<p>(.*?)<\/p>/gs) ?? [])].map((match) => match[1]);
    expect(paragraphs).toEqual(lines.map((line) => line.trim()));
    expect(article).not.toHaveProperty("published");
    expect(article).not.toHaveProperty("url");
    expect(article?.authors).toEqual([]);
  });

  test("has a summary that ends in a whole word, and a slug made from its title", () => {
    const article = result?.kind === "article" ? result.article : undefined;
    expect(article?.summary).toMatch(/^Президент Казахстана Касым-Жомарт Токаев .* Казахстану? в создании…$/u);
    expect(article?.slug).toBe("prezident-kazakhstana-knr-i-kazakhstan-sovmestno-pishut-novuyu");
  });
});
