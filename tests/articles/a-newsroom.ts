import type { Article, Finding, Newsroom, Parsed } from "../../lambda/articles/article.ts";
import { parse } from "../../lambda/articles/parse.ts";

/** The newsroom that the tests of this folder parse for. */
export const aNewsroom = (overrides: Partial<Newsroom> = {}): Newsroom => ({
  url: "https://wire.example/",
  language: "en",
  languages: ["ru", "kk", "zh-Hans", "zh-Hant", "en", "ar"],
  timezone: "Asia/Almaty",
  articles: ["**/*.{md,markdown,mdx,html,htm,txt}"],
  ignore: ["**/_index.*", "**/README.*", "**/LICENSE*"],
  limits: { article: 5_000_000 },
  ...overrides,
});

export const parsed = (key: string, text: string | Uint8Array, newsroom = aNewsroom(), soleInFolder = true): Parsed =>
  parse({ key, bytes: typeof text === "string" ? new TextEncoder().encode(text) : text }, newsroom, { soleInFolder });

/** The article that a file gives; anything else fails the test with what it was. */
export function articleOf(key: string, text: string | Uint8Array, newsroom = aNewsroom()): Article {
  const result = parsed(key, text, newsroom);
  if (result.kind !== "article") throw new Error(`${key} gave no article: ${JSON.stringify(result)}`);
  return result.article;
}

export const findingsOf = (result: Parsed): readonly Finding[] => ("findings" in result ? result.findings : []);

/** Codes of the findings, in their order. */
export const codesOf = (key: string, text: string | Uint8Array): readonly string[] => findingsOf(parsed(key, text)).map(({ code }) => code);
