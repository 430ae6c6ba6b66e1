import type { Headers, Key } from "../stores/store.ts";
import { hashOf } from "./manifest.ts";

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

export type Rendered = Wanted & {
  readonly bytes: Uint8Array;
  readonly hash: string /** Why the gate refuses it; empty: it passed. */;
  readonly defects: readonly string[];
};

export function rendered(wanted: Wanted, text: string, defects: readonly string[]): Rendered {
  const bytes = Buffer.from(text, "utf8");
  return { ...wanted, bytes, hash: hashOf(bytes, wanted.headers), defects };
}
