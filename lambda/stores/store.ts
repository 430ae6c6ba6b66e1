import type { Readable } from "node:stream";

/** A path in a store: segments joined by "/", no leading slash, as the store holds it (not normalised). */
export type Key = string;

/** Bytes of UTF-8: between two slashes what disks hold (ext4, XFS, APFS), in all what S3 holds, its prefix included. */
export const longest = { segment: 255, key: 1024 } as const;
/** What is left for others: the ending of a compressed variant, and the prefix of a bucket. */
const spare = { segment: ".gz".length, key: 124 } as const;

/** Whether every store, under a prefix of usual length, can hold a key and its compressed variants. */
export const fitsEveryStore = (key: Key): boolean =>
  Buffer.byteLength(key) <= longest.key - spare.key &&
  key.split("/").every((segment) => Buffer.byteLength(segment) <= longest.segment - spare.segment);

/** What a store says of the bytes under a key: equal versions mean equal bytes. Opaque; only compared with `===`. */
export type Version = string;

export type Listed = {
  readonly key: Key;
  readonly version: Version;
  /** Bytes. */
  readonly size: number;
  /** False while the version cannot yet prove that the bytes stay (a file younger than two seconds): read it again next time. */
  readonly settled: boolean;
};

export type Headers = {
  readonly contentType?: string;
  readonly cacheControl?: string;
  readonly contentEncoding?: string;
};

export type Found = {
  readonly bytes: Uint8Array;
  readonly version: Version;
  /** Absent where the store cannot hold headers (a folder). */
  readonly headers?: Headers;
};

/** The content of a key, piece by piece. `size`: bytes. */
export type Streamed = { readonly stream: Readable; readonly size: number; readonly headers?: Headers };

/** First and last byte, both inclusive, as in HTTP `Range: bytes=0-99`. */
export type Range = { readonly first: number; readonly last: number };

/**
 * What is written: bytes, or what another store holds under a key (copied without passing through memory). `sha256` (hexadecimal): what that must
 * be; other bytes, which somebody put there meanwhile, are a Fault, and nothing is written. (Copies within S3 are by version: see who asks for them.)
 */
export type Content = Uint8Array | { readonly copyFrom: Store; readonly key: Key; readonly sha256?: string };

export type Condition = { readonly ifVersion: Version } | { readonly ifAbsent: true };

/** "refused": the condition did not hold, and nothing was changed. */
export type Written = { readonly kind: "written"; readonly version: Version } | { readonly kind: "refused" };
export type Removed = { readonly kind: "removed" } | { readonly kind: "refused" };

/** An older or present state of a key. */
export type Past = {
  readonly version: Version;
  readonly size: number;
  /** When it was written, ISO 8601 in UTC. */
  readonly modified: string;
  /** The store keeps every version of its own accord (a versioned bucket), so that the oldest tells when the key first came to be. */
  readonly versioned?: true;
  readonly read: () => Promise<Uint8Array>;
};

/**
 * Where articles, feeds and state live. A listing is complete or it is a Fault; absent is a value (`undefined`, or nothing to
 * remove), denied is a Fault; a write is seen whole or not at all; a condition that fails is a value.
 */
export type Store = {
  /** For messages: a folder's path or `s3://bucket/prefix`. */
  readonly address: string;
  /** It is a disk: no key is another one's folder. */
  readonly tree?: true;
  /** Every key that begins with `prefix` (default: all), ordered by code unit. */
  readonly list: (prefix?: string) => Promise<readonly Listed[]>;
  readonly read: (key: Key, range?: Range) => Promise<Found | undefined>;
  /** The same without holding it all in memory, as a copy needs it. The caller reads the stream to its end or destroys it. */
  readonly stream: (key: Key) => Promise<Streamed | undefined>;
  readonly write: (key: Key, content: Content, headers?: Headers, condition?: Condition) => Promise<Written>;
  /** Removing what is not there is "removed" without a condition, "refused" with `ifVersion`. */
  readonly remove: (key: Key, condition?: { readonly ifVersion: Version }) => Promise<Removed>;
  /** What the key held over time, newest first, the present state included; only the present where nothing else is kept. */
  readonly history: (key: Key) => Promise<readonly Past[]>;
  /** Takes all of that away for good but the present state, which stays as it is; what has been removed leaves nothing. */
  readonly forget: (key: Key) => Promise<void>;
  /**
   * Takes older contents away for good, also of keys that are not there any more, where `holds` says so of their bytes; answers of which
   * keys. `which` chooses the keys that are looked at ("" where the store no longer knows a key's name). The present content of a key stays.
   */
  readonly purge: (which: (key: Key) => boolean, holds: (bytes: Uint8Array, key: Key) => boolean) => Promise<readonly Key[]>;
};

/** Words under words, as the edge function looks them up. */
export type Rows = Readonly<Record<string, string>>;

/** What turns one state of a table into the next; rows are set in this order, and dropped after that. */
export type RowChange = { readonly set: readonly (readonly [key: string, value: string])[]; readonly drop: readonly string[] };

/** A small table where the edge function can read it. A change is seen whole, and made only while the table is of the version that was read. */
export type Table = {
  readonly address: string;
  readonly read: () => Promise<{ readonly rows: Rows; readonly version: Version }>;
  readonly change: (change: RowChange, ifVersion: Version) => Promise<Written>;
};
