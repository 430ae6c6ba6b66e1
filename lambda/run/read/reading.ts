import type { Newsroom } from "../../articles/model/article.ts";
import { hashOfValue } from "../../articles/model/json-value.ts";
import { type Packed, packed } from "../../articles/packed.ts";
import { type Hints, parse, type Source } from "../../articles/parse.ts";
import { recordOf, type SourceRecord } from "../../channels/catalog/ledger/record.ts";
import type { Site } from "../../channels/site/site.ts";

/** The result of one source: its record without a version, and the article if it is one. */
export type Reading = { readonly record: SourceRecord; readonly article?: Packed };

/** Parses sources in this thread or in several. Many sources may be in progress at once. */
export type Parser = {
  readonly read: (source: Source, newsroom: Newsroom, hints: Hints) => Promise<Reading>;
  /** Called when there is nothing more to parse for now. */
  readonly rest: () => void;
};

export function readingOf(source: Source, newsroom: Newsroom, hints: Hints): Reading {
  const parsed = parse(source, newsroom, hints);
  if (parsed.kind !== "article") return { record: recordOf(parsed, source.key, "", source.bytes) };
  const json = JSON.stringify(parsed.article);
  return { record: recordOf(parsed, source.key, "", source.bytes, json), article: packed(json) };
}

export const parseHere: Parser = { read: async (...all) => readingOf(...all), rest: () => {} };

/** Everything that decides how a source is parsed: if this fingerprint changes, every source is read again. */
export function parsedBy(site: Site, program: string): string {
  const { url, language, languages, timezone, articles, ignore, limits } = site;
  return hashOfValue([program, url, language, languages, timezone, articles, ignore, limits]);
}
