import { stringify } from "yaml";
import { omitUndefined } from "../../../articles/model/json-value.ts";
import { withoutForbidden } from "../../../articles/model/xml-text.ts";
import type { ImportedArticle } from "../model/imported.ts";

/** An article as a file of the content: front matter in YAML, then its HTML as it was. */
export function articleFile(article: ImportedArticle): string {
  const front = stringify(fieldsOf(article), { lineWidth: 0 });
  return `---\n${front}---\n\n${literal(article.html).trim()}\n`;
}

function fieldsOf({ state, authors, tags, attachments, ...article }: ImportedArticle): Readonly<Record<string, unknown>> {
  const people = authors.map(({ name, url }) => (url === undefined ? words(name) : { name: words(name), url }));
  return omitUndefined({
    title: optional(article.title),
    id: article.id,
    url: article.url,
    slug: article.slug,
    date: article.published,
    updated: article.updated === article.published ? undefined : article.updated,
    draft: state === "draft" ? true : undefined,
    status: state === "private" ? "private" : undefined,
    authors: people.length === 0 ? undefined : people,
    section: optional(article.section),
    tags: tags.length === 0 ? undefined : tags.map(words),
    language: article.language,
    summary: optional(article.summary),
    image: article.image === undefined ? undefined : omitUndefined({ ...article.image }),
    enclosures: attachments.length === 0 ? undefined : attachments.map((one) => omitUndefined({ ...one })),
    comments: article.comments,
    license: article.license,
  });
}

/** Front matter has one line for each of these. */
const words = (text: string): string => withoutForbidden(text).replace(/\s+/gu, " ").trim();

function optional(text: string | undefined): string | undefined {
  const plain = words(text ?? "");
  return plain === "" ? undefined : plain;
}

/** Marks of template languages: readers saw them as text, and in a file they would be tags that cannot run. */
const MARKS = /\{(?=[{%#])|<(?=%)|(?<=%)>/g;
const LITERAL: Readonly<Record<string, string>> = { "{": "&#123;", "<": "&lt;", ">": "&gt;" };

const literal = (html: string): string => html.replace(MARKS, (mark) => LITERAL[mark] ?? mark);
