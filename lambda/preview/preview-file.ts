import { hash } from "node:crypto";
import { Fault } from "../fault.ts";
import { headersByKey } from "../plan/manifest/headers.ts";
import { isMedium } from "../plan/manifest/variants.ts";
import { flawOfKey } from "../stores/key.ts";
import type { Headers, Key, Range, Store } from "../stores/store.ts";
import type { Validators } from "./preview-answer.ts";

/** The policy that CloudFront sends with media (lib/delivery.ts): scripts in an SVG do not run, even if somebody opens it directly. */
export const mediaPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** How many bytes of a file are read and sent at a time. */
const piece = 1_000_000;

/** A published file before any of it is sent. */
export type File = Validators & { readonly version: string; readonly headers: Headers };

/** Describes a file, and as a rule reads only its first byte; undefined if nothing is published there. */
export async function fileAt(target: Store, key: Key): Promise<File | undefined> {
  // Names that begin with a dot belong to the store, except .well-known/ (RFC 8615).
  if (flawOfKey(key) !== undefined || (key.startsWith(".") && !key.startsWith(".well-known/"))) return undefined;
  const found = await target.read(key, { first: 0, last: 0 });
  if (found === undefined) return undefined;
  const present = (await target.history(key))[0];
  const size = present?.size ?? (await target.read(key))?.bytes.length ?? 0;
  const etag = `"${hash("sha256", `${found.version} ${size}`).slice(0, 32)}"`;
  const modified = present === undefined ? undefined : new Date(present.modified).toUTCString();
  return { version: found.version, size, etag, modified, headers: found.headers ?? storedBy(key) };
}

/** Reads one version piece by piece. Throws if another version replaces it meanwhile. */
export async function* bytesOf(target: Store, key: Key, version: string, { first, last }: Range): AsyncGenerator<Uint8Array> {
  for (let from = first; from <= last; from += piece) {
    const found = await target.read(key, { first: from, last: Math.min(last, from + piece - 1) });
    if (found?.version !== version) throw new Fault(`${key} was replaced while it was sent.`);
    yield found.bytes;
  }
}

/** Media get no CORS headers: pages can show them without, and then scripts of other sites cannot read them. */
export function headersFor(key: Key, { headers, etag, modified }: File): Readonly<Record<string, string>> {
  const shared = { "access-control-allow-origin": "*", "access-control-expose-headers": "ETag, Last-Modified, Link" };
  return {
    ...asStored(headers),
    etag,
    ...(modified === undefined ? {} : { "last-modified": modified }),
    "accept-ranges": "bytes",
    "x-content-type-options": "nosniff",
    ...(isMedium(key) ? { "content-security-policy": mediaPolicy } : shared),
  };
}

/** The headers of a key; for a compressed variant, those of its plain file with `contentEncoding`. */
function storedBy(key: string): Headers {
  const [, plain = key, ending] = /^(.*)\.(gz|br)$/.exec(key) ?? [];
  return { ...headersByKey(plain), ...(ending === undefined ? {} : { contentEncoding: ending === "gz" ? "gzip" : "br" }) };
}

function asStored({ contentType, cacheControl, contentEncoding }: Headers): Readonly<Record<string, string>> {
  const named = { "content-type": contentType, "cache-control": cacheControl, "content-encoding": contentEncoding };
  return Object.fromEntries(Object.entries(named).filter((pair): pair is [string, string] => pair[1] !== undefined));
}
