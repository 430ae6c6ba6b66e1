import { hash } from "node:crypto";
import { Fault } from "../fault.ts";
import { headersByKey } from "../plan/manifest/headers.ts";
import { flawOfKey } from "../stores/key.ts";
import type { Headers, Key, Range, Store } from "../stores/store.ts";
import type { Validators } from "./preview-answer.ts";

/** As CloudFront sends it with media (lib/delivery.ts): a drawing that somebody opens by itself runs nothing. */
export const mediaPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** A film passes in pieces of so many bytes. */
const piece = 1_000_000;

/** A published file before any of it is sent. */
export type File = Validators & { readonly version: string; readonly headers: Headers };

/** What is told of a file, of which one byte is read at most; undefined where nothing is published. */
export async function fileAt(target: Store, key: Key): Promise<File | undefined> {
  // What begins with a dot is the store's own, but for one folder (RFC 8615).
  if (flawOfKey(key) !== undefined || (key.startsWith(".") && !key.startsWith(".well-known/"))) return undefined;
  const found = await target.read(key, { first: 0, last: 0 });
  if (found === undefined) return undefined;
  const present = (await target.history(key))[0];
  const size = present?.size ?? (await target.read(key))?.bytes.length ?? 0;
  const etag = `"${hash("sha256", `${found.version} ${size}`).slice(0, 32)}"`;
  const modified = present === undefined ? undefined : new Date(present.modified).toUTCString();
  return { version: found.version, size, etag, modified, headers: found.headers ?? storedBy(key) };
}

/** The bytes of one version, piece by piece: what takes its place meanwhile ends the answer. */
export async function* bytesOf(target: Store, key: Key, version: string, { first, last }: Range): AsyncGenerator<Uint8Array> {
  for (let from = first; from <= last; from += piece) {
    const found = await target.read(key, { first: from, last: Math.min(last, from + piece - 1) });
    if (found?.version !== version) throw new Fault(`${key} was replaced while it was sent.`);
    yield found.bytes;
  }
}

/** Media need no leave to be shown in a page, so no page of somebody else's reads them. */
export function headersFor(key: Key, { headers, etag, modified }: File): Readonly<Record<string, string>> {
  const shared = { "access-control-allow-origin": "*", "access-control-expose-headers": "ETag, Last-Modified, Link" };
  return {
    ...asStored(headers),
    etag,
    ...(modified === undefined ? {} : { "last-modified": modified }),
    "accept-ranges": "bytes",
    "x-content-type-options": "nosniff",
    ...(key.startsWith("media/") ? { "content-security-policy": mediaPolicy } : shared),
  };
}

/** The headers of a key or, where it is a variant, of its file. */
function storedBy(key: string): Headers {
  const [, plain = key, ending] = /^(.*)\.(gz|br)$/.exec(key) ?? [];
  return { ...headersByKey(plain), ...(ending === undefined ? {} : { contentEncoding: ending === "gz" ? "gzip" : "br" }) };
}

function asStored({ contentType, cacheControl, contentEncoding }: Headers): Readonly<Record<string, string>> {
  const named = { "content-type": contentType, "cache-control": cacheControl, "content-encoding": contentEncoding };
  return Object.fromEntries(Object.entries(named).filter((pair): pair is [string, string] => pair[1] !== undefined));
}
