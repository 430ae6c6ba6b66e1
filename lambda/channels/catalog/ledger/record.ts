import { hash } from "node:crypto";
import { contentHash } from "../../../articles/content-hash.ts";
import { type MediaReference, referencesOf } from "../../../articles/links/media-mark.ts";
import type { Article, Finding, Instant, Parsed } from "../../../articles/model/article.ts";
import { omitUndefined } from "../../../articles/model/json-value.ts";
import type { Key, Version } from "../../../stores/store.ts";

/** An article without its body: the part that a catalog holds and select needs. */
export type Metadata = Omit<Article, "html"> & {
  /** Bytes of the body in UTF-8. */
  readonly size: number;
  /** Hash of title, body, summary and lead image. */
  readonly content: string;
  /** Files that it refers to and that may be in the content. */
  readonly media: readonly MediaReference[];
  /** Hash of the whole article: its name in state. */
  readonly digest: string;
};

/** The facts about one source from the last time it was read. */
export type SourceRecord = {
  readonly key: Key;
  /** As listed when it was read; "" if the listing could not confirm it, so that it is read again. */
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

/** `json`: the article as JSON, if the caller already has it. */
export function recordOf(parsed: Parsed, key: Key, version: Version, bytes: Uint8Array, json?: string): SourceRecord {
  const base = { key, version, findings: parsed.kind === "passed-over" ? [] : parsed.findings };
  switch (parsed.kind) {
    case "article": {
      const { article, idLine } = parsed;
      return { ...base, kind: "article", meta: metadataOf(article, json), source: hash("sha256", bytes), ...omitUndefined({ idLine }) };
    }
    case "withheld":
      return { ...base, kind: "withheld", reason: parsed.reason };
    case "passed-over":
      return { ...base, kind: "passed-over", reason: parsed.reason };
    case "quarantined":
      return { ...base, kind: "quarantined" };
  }
}

export function metadataOf(article: Article, json = JSON.stringify(article)): Metadata {
  const { html, ...rest } = article;
  const digest = hash("sha256", json);
  return { ...rest, size: Buffer.byteLength(html), content: contentHash(article), media: referencesOf(article), digest };
}
