import { escapeValue } from "../../lambda/articles/html/serialize.ts";
import { type ArticleReference, withArticles } from "../../lambda/articles/links/article-link.ts";
import { placedAt, withMedia } from "../../lambda/articles/links/media-mark.ts";
import { fromHome, htmlFromHome } from "../../lambda/articles/links/relative-mark.ts";
import { type Article, type Finding, type Newsroom, type Parsed, SELF } from "../../lambda/articles/model/article.ts";
import { parse } from "../../lambda/articles/parse.ts";

/** The newsroom that the tests of this folder parse for. */
export const aNewsroom = (overrides: Partial<Newsroom> = {}): Newsroom => ({
  url: "https://wire.example/",
  language: "en",
  languages: ["ru", "kk", "zh-Hans", "zh-Hant", "en", "ar"],
  timezone: "Asia/Almaty",
  articles: ["**/*.{md,markdown,mdx,html,htm,txt}"],
  ignore: ["**/_index.*", "**/README.*", "**/LICENSE.*", "**/node_modules/**"],
  limits: { article: 5_000_000 },
  ...overrides,
});

export const parsed = (key: string, text: string | Uint8Array, newsroom = aNewsroom(), soleInFolder = true): Parsed =>
  parse({ key, bytes: typeof text === "string" ? new TextEncoder().encode(text) : text }, newsroom, { soleInFolder });

/** The article in a file; any other outcome fails the test and is named. */
export function articleOf(key: string, text: string | Uint8Array, newsroom = aNewsroom()): Article {
  const result = parsed(key, text, newsroom);
  if (result.kind !== "article") throw new Error(`${key} gave no article: ${JSON.stringify(result)}`);
  return placed(result.article, newsroom.url);
}

/** The article as published if none of its files is in the content folder and the site gives it no address. */
export function placed(article: Article, base = aNewsroom().url): Article {
  // Links to places in the article itself stay marked.
  const home = { url: SELF, base };
  const otherwiseOf = (reference: ArticleReference) => fromHome(reference.otherwise, home);
  const otherwise = <T extends { readonly url: string }>(file: T): T => ({
    ...file,
    url: fromHome(
      placedAt(file.url, (reference) => reference.otherwise),
      home,
    ),
  });
  const { image } = article;
  return {
    ...article,
    html: withMedia(htmlFromHome(withArticles(article.html, otherwiseOf), home), (reference) =>
      escapeValue(fromHome(reference.otherwise, home).replaceAll(",", "%2C")),
    ),
    ...(image === undefined ? {} : { image: otherwise(image) }),
    attachments: article.attachments.map(otherwise),
  };
}

export const findingsOf = (result: Parsed): readonly Finding[] => ("findings" in result ? result.findings : []);

/** The codes of the findings, in order. */
export const codesOf = (key: string, text: string | Uint8Array): readonly string[] => findingsOf(parsed(key, text)).map(({ code }) => code);
