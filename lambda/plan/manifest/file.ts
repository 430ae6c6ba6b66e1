import type { Headers, Key } from "../../stores/store.ts";
import { hashOf } from "./manifest.ts";
import { compress } from "./variants.ts";

/** Files are written in this order, so that whatever a file leads to is there before it: feeds lead to articles' pages, the edge to all. */
export const orders = ["article", "archive", "window", "page", "edge"] as const;
export type Order = (typeof orders)[number];

/** A file that should be live, before anybody has rendered it. */
export type Wanted = {
  readonly key: Key;
  /** The path of its channel; "" for the site's own files. */
  readonly channel: string;
  readonly order: Order;
  readonly fingerprint: string;
  readonly entries: number;
  readonly headers: Headers;
  /** The id of the article whose own page it is. */
  readonly article?: string;
  /** Paths of channels whose entries it shows beside its own: while one is held, it stays as it is. */
  readonly shows?: readonly string[];
  /** Paths of channels to whose feeds it leads: it waits for one that is held before it was ever published. */
  readonly leadsTo?: readonly string[];
};

/** Finished bytes that wait to be written: as their gzip variant, a quarter of their size, since a run holds all of its files until then. */
export type Finished = {
  readonly gzip: Uint8Array;
  /** Of the plain file, bytes. */
  readonly size: number;
  /** As the manifest names it. */
  readonly hash: string;
};

export type Rendered = Wanted &
  Finished & {
    /** Why the gate refuses it; empty: it passed. */
    readonly defects: readonly string[];
  };

export function rendered(wanted: Wanted, text: string, defects: readonly string[]): Rendered {
  return { ...wanted, ...finished(Buffer.from(text, "utf8"), wanted.headers), defects };
}

export function finished(bytes: Uint8Array, headers: Headers): Finished {
  return { gzip: compress(bytes, "gzip"), size: bytes.length, hash: hashOf(bytes, headers) };
}
