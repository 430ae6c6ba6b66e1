import type { Article } from "../../lambda/articles/model/article.ts";

/** An ordinary article, with the values that the test gives. */
export const anArticle = (overrides: Partial<Article> = {}): Article => ({
  key: "articles/story.md",
  title: "A story",
  html: "<p>Something happened.</p>",
  summary: "Something happened.",
  published: { kind: "instant", at: "2026-11-20T06:00:00.000Z" },
  language: "en",
  authors: [{ name: "Ann Lee" }],
  section: "world",
  tags: [],
  slug: "story",
  attachments: [],
  ...overrides,
});
