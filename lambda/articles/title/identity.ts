import { createHash } from "node:crypto";
import type { Key } from "../../stores/store.ts";

/** Who makes ids: an authority with the day since which it is ours (RFC 4151), or the newsroom's address. */
export type Minting = { readonly authority: string; readonly since: string } | { readonly url: string };

/** RFC 9562, 6.6: names in this space are URLs. */
const URL_SPACE = "6ba7b811-9dad-11d1-80b4-00c04fd430c8";
/** Names in this space are ids that articles gave themselves and that are no URIs. Never changed: feeds carry what it made. */
const GIVEN_ID_SPACE = "2c1f0bd6-64a7-5f0e-9d0c-7a9e2b8f4c31";

/**
 * The path by which an article is known: its key in NFC without its ending. An `index.*` has its folder's path, because the
 * folder is the article; `index.ru.md` is `folder.ru`.
 */
export function pathOf(key: Key): string {
  const path = key.normalize("NFC").replace(/(?<=[^/])\.[^./]*$/, "");
  return path.replace(/(?<=[^/])\/index(?=$|\.)/, "");
}

/** An id that stays the same whatever is edited in the article, and that `new URL(id).toString()` leaves as it is. */
export function madeId(key: Key, minting: Minting): string {
  const path = pathOf(key).split("/").map(encodeSegment).join("/");
  return "authority" in minting ? `tag:${minting.authority},${minting.since}:${path}` : uuidUrn(URL_SPACE, `${minting.url}${path}`);
}

/**
 * `encodeURIComponent` leaves nothing that an opaque path would change (":" and "@" are encoded). "~" is encoded as well: an id
 * that would be dealt twice gets `~2`, which no path can then look like.
 */
const encodeSegment = (segment: string): string => encodeURIComponent(segment.toWellFormed()).replaceAll("~", "%7E");

/** What Atom and JSON Feed write for an id: itself where it is an absolute URI that survives `new URL`, else a URN made of it. */
export const uriOf = (id: string): string => (isAbsoluteUri(id) ? id : uuidUrn(GIVEN_ID_SPACE, id));

/** What runs or reads something where a reader takes it for an address, and our own marks: no reader is given that as a name. */
const UNSAFE = /^(?:javascript|vbscript|data|file|blob|about|wireroom-self|wireroom-media):/i;

/** Of a scheme that no reader is given: its article is named otherwise in Atom and JSON Feed. */
export const isUnsafeId = (id: string): boolean => UNSAFE.test(id);

/** RFC 3986's characters only, a scheme, and the same again after `new URL(id).toString()`, which the `feed` library applies. */
export function isAbsoluteUri(id: string): boolean {
  if (UNSAFE.test(id)) return false;
  if (!/^[a-z][a-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+$/.test(id)) return false;
  return URL.canParse(id) && new URL(id).toString() === id;
}

/** `urn:uuid:` of version 5: SHA-1 over the space's bytes and the name (RFC 9562, 5.5). */
export function uuidUrn(space: string, name: string): string {
  const hash = createHash("sha1")
    .update(Buffer.from(space.replaceAll("-", ""), "hex"))
    .update(name, "utf8")
    .digest()
    .subarray(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString("hex");
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
