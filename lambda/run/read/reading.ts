import type { Newsroom } from "../../articles/model/article.ts";
import type { Hints, Source } from "../../articles/opened.ts";
import { type Packed, packed } from "../../articles/packed.ts";
import { parseBody, parseSummary } from "../../articles/parse-body.ts";
import { parseHead } from "../../articles/parse-head.ts";
import { type Metadata, recordOf, type SourceRecord, sourceHash, withBody } from "../../channels/catalog/ledger/record.ts";

/** An article as state keeps it: its facts, and its body if that does not swell beyond the limits. */
export type KeptArticle = { readonly meta: Metadata; readonly html?: string };

/** What to parse of a source: its head, the body of an article, or only the summary of one. */
export type Task =
  | { readonly what: "head"; readonly hints: Hints; readonly bodies: string }
  | { readonly what: "body" | "summary"; readonly meta: Metadata; readonly source: string };

/** `head`: without a version. Undefined: the source has changed since its head was read. */
export type Reading =
  | { readonly what: "head"; readonly record: SourceRecord }
  | { readonly what: "body"; readonly meta: Metadata; readonly article: Packed }
  | { readonly what: "summary"; readonly meta: Metadata }
  | undefined;

/** Parses sources in this thread or in several. Many sources may be in progress at once. */
export type Parser = { readonly read: (source: Source, newsroom: Newsroom, task: Task) => Promise<Reading> };

export function readingOf(source: Source, newsroom: Newsroom, task: Task): Reading {
  if (task.what === "head") {
    const parsed = parseHead(source, newsroom, task.hints);
    return { what: "head", record: recordOf(parsed, source.key, "", source.bytes, task.bodies) };
  }
  if (sourceHash(source.bytes) !== task.source) return undefined;
  const { meta } = task;
  if (task.what === "summary") {
    const summary = parseSummary(source, newsroom);
    return summary === undefined ? undefined : { what: "summary", meta: { ...meta, shown: { ...meta.shown, summary } } };
  }
  const body = parseBody(source, newsroom, meta);
  if (body === undefined) return undefined;
  const whole = withBody(meta, body);
  const kept: KeptArticle = { meta: whole, ...(body.html === undefined ? {} : { html: body.html }) };
  return { what: "body", meta: whole, article: packed(kept) };
}

export const parseHere: Parser = { read: async (...all) => readingOf(...all) };
