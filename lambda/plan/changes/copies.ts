import type { MediaReference } from "../../articles/links/media-mark.ts";
import type { CatalogEntry } from "../../channels/catalog/catalog-entry.ts";
import { type Media, type Medium, mediumKey, referencesIn } from "../../channels/media/media.ts";
import type { Selection } from "../../channels/select/documents.ts";
import type { ShownEntry } from "../../channels/select/window.ts";
import type { Headers, Key, Version } from "../../stores/store.ts";
import { cacheForever } from "../manifest/headers.ts";
import type { Manifest, ManifestFile } from "../manifest/manifest.ts";
import type { Target } from "../manifest/target.ts";

/** What shows articles: the documents of the feeds, the articles' own pages, and files of partners. */
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
};

export type Copying = { readonly copies: readonly Copy[]; readonly keeps: number; readonly files: Readonly<Record<Key, ManifestFile>> };

/** Copies the media of published documents and pages, and the pictures of the site, unless they are live. Removes none: readers may still show them. */
export function copiesOf(
  { selections, paged, shared }: Shows,
  ofSite: readonly MediaReference[],
  media: Media,
  manifest: Manifest,
  target: Target,
): Copying {
  const documents = selections.flatMap((selection) => selection.documents);
  const shown = referencesIn([...[...documents.flatMap((document) => document.shown), ...shared].map(({ entry }) => entry), ...paged]);
  const wanted = new Map(
    [...shown, ...ofSite]
      .flatMap(({ key }) => (media.get(key) === undefined ? [] : [media.get(key) as Medium]))
      .map((medium) => [mediumKey(medium), medium]),
  );
  const decided = [...wanted].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, medium]) => diffMedium(key, medium, manifest, target));
  const copies = decided.flatMap(({ copy }) => (copy === undefined ? [] : [copy]));
  return { copies, keeps: decided.length - copies.length, files: Object.fromEntries(decided.map(({ file, key }) => [key, file])) };
}

function diffMedium(key: Key, medium: Medium, manifest: Manifest, target: Target) {
  const live = target.listing.get(key);
  const known = Object.hasOwn(manifest.files, key) ? manifest.files[key] : undefined;
  const file: ManifestFile = {
    hash: medium.hash,
    version: live ?? "",
    fingerprint: medium.hash,
    size: medium.bytes,
    entries: 0,
    channel: "",
  };
  // Without a manifest, the name (a hash) and the size are proof enough.
  if (live !== undefined && (known === undefined ? target.sizes.get(key) === medium.bytes : known.version === live)) return { key, file };
  const headers = { contentType: medium.type, cacheControl: cacheForever };
  const copy: Copy = { key, why: known === undefined ? "new" : "restored", medium, headers, ...(live === undefined ? {} : { over: live }) };
  return { key, file: { ...file, version: "" }, copy };
}
