import type { Headers, Key } from "../stores/store.ts";
import { hashOf } from "./manifest.ts";

/** A file that should be live, before anybody has rendered it. */
export type Wanted = {
  readonly key: Key;
  /** The path of its channel; "" for the site's own files. */
  readonly channel: string;
  /** Files are written in this order, so that whatever a file leads to is there before it. */
  readonly order: "archive" | "window" | "page";
  readonly fingerprint: string;
  readonly entries: number;
  readonly headers: Headers;
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
