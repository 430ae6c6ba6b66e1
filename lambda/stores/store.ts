import type { Readable } from "node:stream";

/** A path in a store: segments joined by "/", without a leading slash, as the store holds it (not normalized). */
export type Key = string;

/** Bytes of UTF-8: a segment as long as disks allow (ext4, XFS, APFS), a key as long as S3 allows with its prefix. */
export const longest = { segment: 255, key: 1024 } as const;
/** Bytes reserved for others: the ending of a compressed variant, and the prefix of a bucket. */
const spare = { segment: ".gz".length, key: 124 } as const;

/** Whether every store, with a prefix of the usual length, can hold a key and its compressed variants. */
export const fitsEveryStore = (key: Key): boolean =>
  Buffer.byteLength(key) <= longest.key - spare.key &&
  key.split("/").every((segment) => Buffer.byteLength(segment) <= longest.segment - spare.segment);

/** Identifies the bytes under a key: equal versions mean equal bytes. Opaque; compare only with `===`. */
export type Version = string;

export type Listed = {
  readonly key: Key;
  readonly version: Version;
  /** Bytes. */
  readonly size: number;
  /** False while the version does not yet prove that the bytes stay (a file younger than two seconds): read it again next time. */
  readonly settled: boolean;
};

/** The keys after `from` (absent: from the first) up to `to` (absent: to the last), in the order of S3. While the hash is the same, so are these keys and their versions. */
export type PageHash = { readonly from?: Key; readonly to?: Key; readonly hash: string; readonly keys: number };

/** A part of a scan that is read when somebody asks. `hashed`: its hash, known without reading it; absent if it can only be read. */
export type ScanPage = { readonly listed: () => Promise<readonly Listed[]>; readonly hashed?: PageHash };

export type Headers = {
  readonly contentType?: string;
  readonly cacheControl?: string;
  readonly contentEncoding?: string;
};

export type Found = {
  readonly bytes: Uint8Array;
  readonly version: Version;
  /** Absent if the store cannot keep headers (a folder). */
  readonly headers?: Headers;
};

/** The content of a key in pieces. `size`: bytes. */
export type Streamed = { readonly stream: Readable; readonly size: number; readonly headers?: Headers };

/** First and last byte, both inclusive, as in HTTP `Range: bytes=0-99`. */
export type Range = { readonly first: number; readonly last: number };

/**
 * What to write: bytes, or the content of a key in another store (copied without loading it into memory). `sha256` (hexadecimal):
 * the expected hash; if the content has changed meanwhile, that is a Fault, and nothing is written. (Copies within S3 go by
 * version; see the callers.)
 */
export type Content = Uint8Array | { readonly copyFrom: Store; readonly key: Key; readonly sha256?: string };

export type Condition = { readonly ifVersion: Version } | { readonly ifAbsent: true };

/** "refused": the condition did not hold, and nothing was changed. */
export type Written = { readonly kind: "written"; readonly version: Version } | { readonly kind: "refused" };
export type Removed = { readonly kind: "removed" } | { readonly kind: "refused" };

/** A present or older state of a key. */
export type Past = {
  readonly version: Version;
  readonly size: number;
  /** The time of writing, ISO 8601 in UTC. */
  readonly modified: string;
  /** The store itself keeps every version (a versioned bucket), so the oldest one shows when the key first existed. */
  readonly versioned?: true;
  readonly read: () => Promise<Uint8Array>;
};

/**
 * Holds articles, feeds or state. A listing is complete or a Fault; an absent key is a value (`undefined`, or nothing to remove);
 * a denied request is a Fault; a write is visible completely or not at all; a failed condition is a value.
 */
export type Store = {
  /** For messages: the path of a folder or `s3://bucket/prefix`. */
  readonly address: string;
  /** True for a disk: no key can be the folder of another. */
  readonly tree?: true;
  /**
   * Every key that begins with `prefix` (default: all), once, in batches of some hundreds and in no order; a listing that cannot be
   * completed throws a Fault, perhaps after some batches. `points`: of an earlier scan (`pointsOf`), if known: S3 lists the ranges between them
   * at once. They change only the time it takes.
   */
  readonly scan: (prefix?: string, points?: readonly Key[]) => AsyncIterable<readonly Listed[]>;
  /** The same unread, of a store that can tell that a part of it is still the same before it has read it. */
  readonly pages?: (prefix?: string, points?: readonly Key[]) => AsyncIterable<ScanPage>;
  /** The same all at once, ordered by code unit. */
  readonly list: (prefix?: string, points?: readonly Key[]) => Promise<readonly Listed[]>;
  /** One key as a listing shows it, without one; undefined if there is no such key. */
  readonly find: (key: Key) => Promise<Listed | undefined>;
  readonly read: (key: Key, range?: Range) => Promise<Found | undefined>;
  /** The same without loading everything into memory, for copies. The caller reads the stream to its end or destroys it. */
  readonly stream: (key: Key) => Promise<Streamed | undefined>;
  readonly write: (key: Key, content: Content, headers?: Headers, condition?: Condition) => Promise<Written>;
  /** Removing a missing key is "removed" without a condition, and "refused" with `ifVersion`. */
  readonly remove: (key: Key, condition?: { readonly ifVersion: Version }) => Promise<Removed>;
  /** The contents of the key over time, newest first, including the present one; only that one if nothing else is kept. */
  readonly history: (key: Key) => Promise<readonly Past[]>;
  /** Deletes all of them for good except the present one, which does not change; of a removed key nothing stays. */
  readonly dropHistory: (key: Key) => Promise<void>;
  /**
   * Deletes older contents for good, also those of removed keys, if `holds` is true for their bytes; returns their keys. `which`
   * chooses the keys to examine ("" if the store no longer knows the name of a key). The present content of a key stays.
   */
  readonly purge: (which: (key: Key) => boolean, holds: (bytes: Uint8Array, key: Key) => boolean) => Promise<readonly Key[]>;
};

/** Keys and values as the edge function looks them up. */
export type Rows = Readonly<Record<string, string>>;

/** The difference between two states of a table; rows are set in this order, and then others are dropped. */
export type RowChange = { readonly set: readonly (readonly [key: string, value: string])[]; readonly drop: readonly string[] };

/**
 * A small table that the edge function can read. A change is visible completely or not at all, and happens only if the table
 * still has the version that was read.
 */
export type Table = {
  readonly address: string;
  readonly read: () => Promise<{ readonly rows: Rows; readonly version: Version }>;
  readonly change: (change: RowChange, ifVersion: Version) => Promise<Written>;
};
