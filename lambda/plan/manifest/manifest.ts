import { createHash } from "node:crypto";
import type { Instant } from "../../articles/model/article.ts";
import type { Encoding } from "../../channels/site/site.ts";
import type { ChannelStatus } from "../../feeds/formats/status.ts";
import type { Decision } from "../../partners/model/judgement.ts";
import type { JudgedArticle } from "../../partners/model/partner-feed.ts";
import type { Headers, Key, Version } from "../../stores/store.ts";

/** What is live under one key. Variants (".gz") have no record of their own: they belong to their plain file. */
export type ManifestFile = {
  /** The hash of the plain bytes and the headers. */
  readonly hash: string;
  /** The version in the target; "" if it is unknown and must be looked up. */
  readonly version: Version;
  /** The versions of its variants in the target, which nearly all readers get. Absent if unknown. */
  readonly variants?: Readonly<Partial<Record<Encoding, Version>>>;
  /** Identifies everything that the render depends on: equal fingerprints mean equal bytes. */
  readonly fingerprint: string;
  /** The size in bytes. */
  readonly size: number;
  readonly entries: number;
  /** The path of its channel; "" for the site's own files. */
  readonly channel: string;
  /** For an article's own page: the article's id. Such a page is removed when it is no longer wanted. */
  readonly article?: string;
  /** For a partner's file: what its profile decided about articles that are not in it as they are. */
  readonly judged?: readonly JudgedArticle[];
  /** The same about the file as a whole, such as too few articles. */
  readonly ofFile?: readonly Decision[];
};

/** Tells a WebSub hub that a feed changed. `due`: when no cache can give the hub the old bytes any more (absent: now). */
export type Ping = { readonly kind: "ping"; readonly hub: string; readonly topic: string; readonly since: Instant; readonly due?: Instant };

/** Tells the CDN to drop files before they expire; `paths` are in CloudFront's format. */
export type Invalidation = {
  readonly kind: "invalidation";
  readonly distribution: string;
  readonly paths: readonly string[];
  /** The same for the same paths and run, so that CloudFront does a repeated request once. */
  readonly reference: string;
  readonly since: Instant;
};

/** An announcement in the outbox, which is removed once it is delivered. */
export type Announcement = Ping | Invalidation;

export type Manifest = {
  readonly files: Readonly<Record<Key, ManifestFile>>;
  /** The ids of all articles of each channel, by its path, newest first. The guard compares with these. */
  readonly members: Readonly<Record<string, readonly string[]>>;
  /** By a channel's path and an entry's id: its `updated`, and a hash of what readers see. The guard detects silent changes by these. */
  readonly shown: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** By a channel's path, its status in status.json. Absent in manifests older than status.json. */
  readonly status?: Readonly<Record<string, ChannelStatus>>;
  /** The digests of the articles kept in state, ordered. */
  readonly kept: readonly string[];
  readonly outbox: readonly Announcement[];
  /** The files of others in the target, by key, each with the version that was last seen. */
  readonly strangers: Readonly<Record<Key, Version>>;
  /** A hash of the last table sent to the edge, and of its address. */
  readonly edge?: string;
};

export const emptyManifest: Manifest = { files: {}, members: {}, shown: {}, kept: [], outbox: [], strangers: {} };

const signals: ReadonlySet<Key> = new Set(["robots.txt", ".well-known/tdmrep.json", "rsl.xml"]);

/** Whether a file is a signal for machines: rights, or a sitemap of news. It is removed if site.yaml no longer asks for it. */
export function isSignal(key: Key): boolean {
  return signals.has(key) || /^sitemap-news(?:-\d+)?\.xml$/.test(key);
}

/** The hash that the manifest, the plan and the guard use: 128 bits. */
export function hashOf(bytes: Uint8Array, headers: Headers): string {
  return createHash("sha256")
    .update(JSON.stringify([headers.contentType, headers.cacheControl]))
    .update(bytes)
    .digest("hex")
    .slice(0, 32);
}
