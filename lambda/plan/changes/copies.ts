import type { MediaReference } from "../../articles/links/media-mark.ts";
import { omitUndefined } from "../../articles/model/json-value.ts";
import type { CatalogEntry } from "../../channels/catalog/catalog-entry.ts";
import { type Media, type Medium, mediumKey, referencesIn } from "../../channels/media/media.ts";
import type { Selection } from "../../channels/select/documents.ts";
import type { ShownEntry } from "../../channels/select/window.ts";
import type { Headers, Key, Version } from "../../stores/store.ts";
import { cacheForever, headersOf } from "../manifest/headers.ts";
import type { Manifest, ManifestFile } from "../manifest/manifest.ts";
import type { Target } from "../manifest/target.ts";

/** What shows articles: the documents of the feeds, the articles' own pages, and files of partners. Only the first two show media to everybody. */
export type Shows = {
  readonly selections: readonly Selection[];
  readonly paged: readonly CatalogEntry[];
  readonly shared: readonly ShownEntry[];
};

/** A medium to copy from the content to the target; its bytes do not pass through memory. */
export type Copy = {
  readonly key: Key;
  readonly why: "new" | "restored";
  readonly medium: Medium;
  readonly headers: Headers;
  readonly over?: Version;
  /** Another copy of it in the target, should its file be gone from the content. */
  readonly spare?: Key;
};

export type Copying = { readonly copies: readonly Copy[]; readonly keeps: number; readonly files: Readonly<Record<Key, ManifestFile>> };

/** The media that published documents and pages show, and the pictures of the site, by the keys at which everybody finds them. */
export function openMedia(
  { selections, paged }: Pick<Shows, "selections" | "paged">,
  ofSite: readonly MediaReference[],
  media: Media,
): ReadonlyMap<Key, Medium> {
  const documents = selections.flatMap((selection) => selection.documents);
  const shown = referencesIn([...documents.flatMap((document) => document.shown.map(({ entry }) => entry)), ...paged]);
  return new Map(
    [...shown, ...ofSite]
      .flatMap(({ key }) => (media.get(key) === undefined ? [] : [media.get(key) as Medium]))
      .map((medium) => [mediumKey(medium), medium]),
  );
}

/**
 * Copies media unless they are live: those that everybody may have, and those of partners. Removes none of the former, since readers may
 * still show them.
 */
export function copiesOf(open: ReadonlyMap<Key, Medium>, ofPartners: readonly Wanted[], manifest: Manifest, target: Target): Copying {
  const wanted = [...[...open].map(([key, medium]) => ({ key, medium, channel: "" })), ...ofPartners];
  const decided = wanted.sort((a, b) => (a.key < b.key ? -1 : 1)).map((one) => diffMedium(one, manifest, target));
  const missing = decided.flatMap(({ copy }) => (copy === undefined ? [] : [copy]));
  const live = missing.length === 0 ? new Map<Key, Key>() : copiesIn(target.listing.keys(), (key) => isAsWritten(key, manifest, target));
  const copies = missing.map((copy) => ({ ...copy, ...omitUndefined({ spare: live.get(mediumKey(copy.medium)) }) }));
  return { copies, keeps: decided.length - copies.length, files: Object.fromEntries(decided.map(({ file, key }) => [key, file])) };
}

/** Where copies of media are, by the key at which everybody would find each: there, or in the folder of a partner. */
export function copiesIn(keys: Iterable<Key>, isGood: (key: Key) => boolean = () => true): ReadonlyMap<Key, Key> {
  const found = new Map<Key, Key>();
  for (const key of keys) {
    const open = key.startsWith("partners/") ? key.replace(/^partners\/[^/]+\//, "") : key;
    if (open.startsWith("media/") && (open === key || !found.has(open)) && isGood(key)) found.set(open, key);
  }
  return found;
}

/** Whether a copy is the one that we wrote, or one of the same bytes. Where no manifest tells, its name (a hash) says so. */
function isAsWritten(key: Key, { files }: Manifest, { listing, same }: Target): boolean {
  return !Object.hasOwn(files, key) || files[key]?.version === listing.get(key) || same?.has(key) === true;
}

type Wanted = { readonly key: Key; readonly medium: Medium; readonly channel: string };

function diffMedium({ key, medium, channel }: Wanted, manifest: Manifest, target: Target) {
  const live = target.listing.get(key);
  const known = Object.hasOwn(manifest.files, key) ? manifest.files[key] : undefined;
  const file: ManifestFile = {
    hash: medium.hash,
    version: live ?? "",
    fingerprint: medium.hash,
    size: medium.bytes,
    entries: 0,
    channel,
  };
  // Without a manifest, the name (a hash) and the size are proof enough.
  const isGood = known === undefined ? target.sizes.get(key) === medium.bytes : isAsWritten(key, manifest, target);
  if (live !== undefined && isGood) return { key, file };
  const headers = channel === "" ? { contentType: medium.type, cacheControl: cacheForever } : headersOf("partner", medium.type);
  const copy: Copy = { key, why: known === undefined ? "new" : "restored", medium, headers, ...(live === undefined ? {} : { over: live }) };
  return { key, file: { ...file, version: "" }, copy };
}
