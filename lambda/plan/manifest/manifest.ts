import { createHash } from "node:crypto";
import type { Instant } from "../../articles/model/article.ts";
import type { Encoding } from "../../channels/site/site.ts";
import type { ChannelStatus } from "../../feeds/formats/status.ts";
import type { Headers, Key, Version } from "../../stores/store.ts";

/** What is live under one key. Variants (".gz") have no place of their own: they follow their plain file. */
export type ManifestFile = {
  /** Hash of the plain bytes and the headers. */
  readonly hash: string;
  /** As the target names it; "" where this is not known and must be looked up. */
  readonly version: Version;
  /** Its variants, as the target names them: nearly all readers are served one of those. Absent where this is not known. */
  readonly variants?: Readonly<Partial<Record<Encoding, Version>>>;
  /** Of everything that rendered it: equal fingerprints mean equal bytes. */
  readonly fingerprint: string;
  /** Bytes. */
  readonly size: number;
  readonly entries: number;
  /** The path of its channel; "" for what belongs to the site as a whole. */
  readonly channel: string;
  /** The id of the article whose own page it is: it goes when nobody wants it any longer. */
  readonly article?: string;
};

/** To a WebSub hub, of a feed whose bytes changed. `due`: when no cache can still hand the hub the old bytes (absent: at once). */
export type Ping = { readonly kind: "ping"; readonly hub: string; readonly topic: string; readonly since: Instant; readonly due?: Instant };

/** To the CDN, of what must not wait for the end of its time there: `paths` as CloudFront takes them. */
export type Invalidation = {
  readonly kind: "invalidation";
  readonly distribution: string;
  readonly paths: readonly string[];
  /** The same for the same paths and run: what was asked twice is done once. */
  readonly reference: string;
  readonly since: Instant;
};

/** What is still to be told to the world; struck off when it has been. */
export type Announcement = Ping | Invalidation;

export type Manifest = {
  readonly files: Readonly<Record<Key, ManifestFile>>;
  /** By a channel's path: the ids of all its articles, newest first: what the guard compares with. */
  readonly members: Readonly<Record<string, readonly string[]>>;
  /** By a channel's path and an entry's id: its `updated` and a hash of what readers see of it: what tells a flood. */
  readonly shown: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** By a channel's path, what status.json says of it. Absent in a manifest of before there was one. */
  readonly status?: Readonly<Record<string, ChannelStatus>>;
  /** Digests of the articles kept in state, ordered. */
  readonly kept: readonly string[];
  readonly outbox: readonly Announcement[];
  /** What lies in the target and is somebody else's, by key, and the version in which that was seen. */
  readonly strangers: Readonly<Record<Key, Version>>;
  /** A hash of the table that the edge was last brought to, and of its address. */
  readonly edge?: string;
};

export const emptyManifest: Manifest = { files: {}, members: {}, shown: {}, kept: [], outbox: [], strangers: {} };

/** Signals of rights, which site.yaml may stop asking for: what nobody says any more must not be read. */
export const signals: ReadonlySet<Key> = new Set(["robots.txt", ".well-known/tdmrep.json"]);

/** The hash that the manifest, the plan and the guard speak of. */
export function hashOf(bytes: Uint8Array, headers: Headers): string {
  return createHash("sha256")
    .update(JSON.stringify([headers.contentType, headers.cacheControl]))
    .update(bytes)
    .digest("hex");
}
