import type { Newsroom } from "../articles/article.ts";
import { type Packed, packed } from "../articles/packed.ts";
import { type Hints, parse, type Source } from "../articles/parse.ts";
import { recordOf, type SourceRecord } from "./record.ts";

/** What one source comes to: its record, which does not know its version yet, and the article where it is one. */
export type Reading = { readonly record: SourceRecord; readonly article?: Packed };

/** Whoever parses sources: this thread, or several. Many sources may be under way at once. */
export type Parser = {
  readonly read: (source: Source, newsroom: Newsroom, hints: Hints) => Promise<Reading>;
  /** For the time being there is nothing more to parse. */
  readonly rest: () => void;
};

export function readingOf(source: Source, newsroom: Newsroom, hints: Hints): Reading {
  const parsed = parse(source, newsroom, hints);
  const record = recordOf(parsed, source.key, "", source.bytes);
  return parsed.kind === "article" ? { record, article: packed(parsed.article) } : { record };
}

export const parseHere: Parser = { read: async (...all) => readingOf(...all), rest: () => {} };
