import { createHash } from "node:crypto";
import type { Key } from "../../stores/store.ts";

/** Who mints ids: an authority with the day from which it is ours (RFC 4151), or the newsroom's address. */
export type Minting = { readonly authority: string; readonly since: string } | { readonly url: string };

/** RFC 9562, 6.6: names in this space are URLs. */
const URL_SPACE = "6ba7b811-9dad-11d1-80b4-00c04fd430c8";
/** Names in this space are ids that articles state and that are not URIs. Never changed: feeds carry its results. */
const GIVEN_ID_SPACE = "2c1f0bd6-64a7-5f0e-9d0c-7a9e2b8f4c31";

/**
 * The path that identifies an article: its key in NFC without extension. An `index.*` has its folder's path, because the folder is the
 * article; `index.ru.md` is `folder.ru`.
 */
export function pathOf(key: Key): string {
  const path = key.normalize("NFC").replace(/(?<=[^/])\.[^./]*$/, "");
  return path.replace(/(?<=[^/])\/index(?=$|\.)/, "");
}

/** An id that survives any edit of the article and that `new URL(id).toString()` does not change. */
export function madeId(key: Key, minting: Minting): string {
  const path = pathOf(key).split("/").map(encodeSegment).join("/");
  return "authority" in minting ? `tag:${minting.authority},${minting.since}:${path}` : uuidUrn(URL_SPACE, `${minting.url}${path}`);
}

/**
 * `encodeURIComponent` leaves nothing that an opaque path would change (it encodes ":" and "@"). "~" is encoded too: a second use of an id
 * gets `~2`, which no path can then look like.
 */
const encodeSegment = (segment: string): string => encodeURIComponent(segment.toWellFormed()).replaceAll("~", "%7E");

/** The id in Atom and JSON Feed: unchanged if it is an absolute URI that survives `new URL`, else a URN made from it. */
export const uriOf = (id: string): string => (isAbsoluteUri(id) ? id : uuidUrn(GIVEN_ID_SPACE, id));

/** Schemes that run or read something if a reader follows them, and our own marks: no reader gets these as an id. */
const UNSAFE = /^(?:javascript|vbscript|data|file|blob|about|wireroom-self|wireroom-media|wireroom-article):/i;

/** Whether Atom and JSON Feed must replace the id. */
export const isUnsafeId = (id: string): boolean => UNSAFE.test(id);

/** Only characters of RFC 3986, with a scheme, and unchanged by `new URL(id).toString()`, which the `feed` library applies. */
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
