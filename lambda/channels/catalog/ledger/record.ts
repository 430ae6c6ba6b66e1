import { hash } from "node:crypto";
import type { ArticleReference } from "../../../articles/links/article-link.ts";
import { type MediaReference, referencesOf } from "../../../articles/links/media-mark.ts";
import type { Finding, Instant } from "../../../articles/model/article.ts";
import { hashOfValue, omitUndefined, sortedRecord } from "../../../articles/model/json-value.ts";
import type { ParsedBody } from "../../../articles/parse-body.ts";
import type { Head, ParsedHead } from "../../../articles/parse-head.ts";
import type { Key, Version } from "../../../stores/store.ts";

/**
 * What became known when a document showed the article. Absent: no document shows it. `summary`: made from the text, if nobody wrote one;
 * `findings`: about its body; `links`: articles that it links to; `isWhole`: its body was made, so `media` of the article are exactly
 * those that it shows.
 */
export type Shown = {
  readonly summary?: string;
  readonly findings?: readonly Finding[];
  readonly links?: readonly ArticleReference[];
  readonly isWhole?: true;
};

/** An article without its body: the part that a catalog holds and select needs. */
export type Metadata = Head & {
  /** Files that it shows and that may be in the content; before its body is made, only those that front matter names. */
  readonly media: readonly MediaReference[];
  /** Hash of all that its body is made from: its name in state. */
  readonly digest: string;
  readonly shown?: Shown;
};

/** The facts about one source from the last time it was read. */
export type SourceRecord = {
  readonly key: Key;
  /** As listed when it was read; "" if it must be read again: the listing could not confirm it, or another program has read it. */
  readonly version: Version;
  readonly findings: readonly Finding[];
  /** The date of the oldest version of an undated article, if the store knows it. */
  readonly oldest?: Instant;
  /** An `index.*` that was the only article of its folder when it was read, which decides whether it is an article itself. */
  readonly sole?: true;
} /** `source`: hash of the file's bytes, which only an edit of the article changes. */ & (
  | { readonly kind: "article"; readonly meta: Metadata; readonly source: string; readonly idLine?: number }
  | { readonly kind: "withheld"; readonly reason: "draft" }
  | { readonly kind: "passed-over"; readonly reason: string }
  | { readonly kind: "quarantined" }
);

/** Lists of records that somebody has looked into by key. */
const maps = new WeakMap<readonly SourceRecord[], ReadonlyMap<Key, SourceRecord>>();

/** The records by key. Most stages of a run ask for those of the same two lists, which nobody changes. */
export function recordsByKey(records: readonly SourceRecord[]): ReadonlyMap<Key, SourceRecord> {
  const known = maps.get(records) ?? new Map(records.map((record) => [record.key, record]));
  maps.set(records, known);
  return known;
}

/** `bodies`: the fingerprint of all that decides how a body is made. */
export function recordOf(parsed: ParsedHead, key: Key, version: Version, bytes: Uint8Array, bodies: string): SourceRecord {
  const base = { key, version, findings: parsed.kind === "passed-over" ? [] : parsed.findings };
  switch (parsed.kind) {
    case "article": {
      const { head, idLine } = parsed;
      const source = sourceHash(bytes);
      return { ...base, kind: "article", meta: metadataOf(head, source, bodies), source, ...omitUndefined({ idLine }) };
    }
    case "withheld":
      return { ...base, kind: "withheld", reason: parsed.reason };
    case "passed-over":
      return { ...base, kind: "passed-over", reason: parsed.reason };
    case "quarantined":
      return { ...base, kind: "quarantined" };
  }
}

/** What identifies the bytes of an article's file: 128 bits of their SHA-256, in hexadecimal. */
export function sourceHash(bytes: Uint8Array): string {
  return hash("sha256", bytes).slice(0, 32);
}

function metadataOf(head: Head, source: string, bodies: string): Metadata {
  return { ...head, media: referencesOf({ ...head, html: "" }), digest: hashOfValue([bodies, source, sortedRecord(head)]) };
}

/** The record after a change of the program or the settings that make bodies: its head stays, its body must be made again. */
export function withBodiesAnew(record: SourceRecord, bodies: string): SourceRecord {
  if (record.kind !== "article") return record;
  const { media: _media, digest: _digest, shown: _shown, ...head } = record.meta;
  return { ...record, meta: metadataOf(head, record.source, bodies) };
}

/** The article with what its body tells. */
export function withBody(meta: Metadata, { summary, findings, media, links }: ParsedBody): Metadata {
  const made = meta.summary === undefined ? { summary } : {};
  return { ...meta, media, shown: { ...made, findings, ...(links.length === 0 ? {} : { links }), isWhole: true } };
}

/** The article as before any document showed it. */
export function withoutShown({ shown: _, ...meta }: Metadata): Metadata {
  return { ...meta, media: referencesOf({ ...meta, html: "" }) };
}

/** The summary that documents show: as written, else made from the text. */
export const shownSummary = ({ summary, shown }: Metadata): string => summary ?? shown?.summary ?? "";

/** What an article shows; if nobody has read its text, also what it mentions. */
export function mayShow({ media, mentioned, shown }: Metadata): readonly MediaReference[] {
  return shown?.isWhole === true ? media : [...media, ...mentioned.map((key) => ({ key, rooted: true, otherwise: "" }))];
}
