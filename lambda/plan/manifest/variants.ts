import { brotliCompressSync, brotliDecompressSync, constants, gunzipSync, gzipSync } from "node:zlib";
import type { Encoding } from "../../channels/site/site.ts";

/**
 * Higher levels take many times as long and save a few percent. Archives are seldom fetched, and much of what a first run writes: their level
 * takes less than half of the time, for 8 percent more bytes.
 */
const gzipLevels = { often: { level: 6 }, seldom: { level: 2, memLevel: 9 } };
const brotliQuality = 5;

const endings: Readonly<Record<Encoding, string>> = { gzip: ".gz", br: ".br" };

/** The key of a file's variant. We compress, because CloudFront compresses neither Atom nor JSON Feed, and weakens the ETags of what it compresses. */
export function variantKey(key: string, encoding: Encoding): string {
  return key + endings[encoding];
}

/** The plain file of a variant's key; the key itself if it is not a variant. */
export function plainOf(key: string): string {
  const encoding = encodingOf(key);
  return encoding === undefined ? key : key.slice(0, -endings[encoding].length);
}

/** The encoding that a key's extension names. */
export function encodingOf(key: string): Encoding | undefined {
  return (["gzip", "br"] as const).find((encoding) => key.endsWith(endings[encoding]));
}

/** Whether a file is a medium: one that everybody may have, or a partner's own. */
export function isMedium(key: string): boolean {
  return /^(?:partners\/[^/]+\/)?media\//.test(key);
}

/** Whether a published file has variants: text that we render, but not media or an edge table, in whatever folder. The edge function uses the same extensions. */
export function isText(key: string): boolean {
  return /\.(xml|json|html|opml|txt)$/.test(key) && !isMedium(key) && !/(?:^|\/)edge\.json$/.test(key);
}

/** Whether a key has no extension: the page of an article whose address has neither an extension nor a trailing slash. */
export function isBare(key: string): boolean {
  return !/\.[^/]*$/.test(key) && !isMedium(key);
}

/** Copies the result, because zlib returns a small file inside a larger buffer, which would stay in memory. */
export function compress(bytes: Uint8Array, encoding: Encoding, fetched: keyof typeof gzipLevels = "often"): Uint8Array {
  switch (encoding) {
    case "gzip":
      return new Uint8Array(gzipSync(bytes, gzipLevels[fetched]));
    case "br":
      return brotliCompressSync(bytes, {
        params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
      });
  }
}

/** Decompresses the beginning of a variant; undefined if that fails or gives far too much. */
export function decompressStart(bytes: Uint8Array, encoding: Encoding): Uint8Array | undefined {
  const { Z_SYNC_FLUSH, BROTLI_OPERATION_FLUSH } = constants;
  const maxOutputLength = 64_000_000;
  try {
    return encoding === "gzip"
      ? gunzipSync(bytes, { finishFlush: Z_SYNC_FLUSH, maxOutputLength })
      : brotliDecompressSync(bytes, { finishFlush: BROTLI_OPERATION_FLUSH, maxOutputLength });
  } catch {
    return undefined;
  }
}

/** Decompresses a variant; undefined if it is damaged. */
export function decompress(bytes: Uint8Array, encoding: Encoding): Uint8Array | undefined {
  try {
    return encoding === "gzip" ? gunzipSync(bytes) : brotliDecompressSync(bytes);
  } catch {
    return undefined;
  }
}
