import { utf8Of } from "../../articles/model/utf8.ts";
import type { Decision } from "../../partners/model/judgement.ts";
import type { JudgedArticle } from "../../partners/model/partner-feed.ts";
import type { Headers, Key } from "../../stores/store.ts";
import { hashOf } from "./manifest.ts";
import { compress } from "./variants.ts";

/** Files are written in this order, link targets first: feeds link to article pages, and the edge table points to everything. */
export const orders = ["article", "archive", "window", "page", "edge"] as const;
export type WriteOrder = (typeof orders)[number];

/** A file that should be live, not yet rendered. */
export type DesiredFile = {
  readonly key: Key;
  /** The path of its channel; "" for the site's own files. */
  readonly channel: string;
  readonly order: WriteOrder;
  readonly fingerprint: string;
  readonly entries: number;
  readonly headers: Headers;
  /** For an article's own page: the article's id. */
  readonly article?: string;
  /** The paths of other channels whose entries it shows: while one is held, this file stays as it is. */
  readonly shows?: readonly string[];
  /** The paths of channels whose feeds it links to: it waits for a held feed that was never published. */
  readonly leadsTo?: readonly string[];
};

/** Rendered bytes that wait to be written: gzipped, which takes a quarter of the memory. */
export type Finished = {
  readonly gzip: Uint8Array;
  /** The size of the plain file, in bytes. */
  readonly size: number;
  /** The hash in the manifest. */
  readonly hash: string;
};

/** Without `gzip`, if a run could not hold all its files: `apply` then makes the bytes again. */
export type Rendered = DesiredFile &
  Omit<Finished, "gzip"> & {
    readonly gzip?: Uint8Array;
    /** Why the gate refuses it; empty if it passed. */
    readonly defects: readonly string[];
    /** For a partner's file: what its profile decided about its articles. */
    readonly judged?: readonly JudgedArticle[];
    /** The same about the file as a whole. */
    readonly ofFile?: readonly Decision[];
  };

export function rendered(wanted: DesiredFile, text: string, defects: readonly string[]): Rendered {
  return { ...wanted, ...finished(utf8Of(text), wanted.headers), defects };
}

export function finished(bytes: Uint8Array, headers: Headers, fetched?: "seldom"): Finished {
  return { gzip: compress(bytes, "gzip", fetched), size: bytes.length, hash: hashOf(bytes, headers) };
}
