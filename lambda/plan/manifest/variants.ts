import { brotliCompressSync, brotliDecompressSync, constants, gunzipSync, gzipSync } from "node:zlib";
import type { Encoding } from "../../channels/site/site.ts";

/** Levels past these cost many times as much for a few percent. */
const gzipLevel = 6;
const brotliQuality = 5;

const endings: Readonly<Record<Encoding, string>> = { gzip: ".gz", br: ".br" };

/** The key of a file's variant. CloudFront compresses neither Atom nor JSON Feed, and weakens ETags where it does: so we do it. */
export function variantKey(key: string, encoding: Encoding): string {
  return key + endings[encoding];
}

/** Of which file a key is the variant: the key itself where it is of none. */
export function plainOf(key: string): string {
  const encoding = encodingOf(key);
  return encoding === undefined ? key : key.slice(0, -endings[encoding].length);
}

/** The encoding that a key's ending names. */
export function encodingOf(key: string): Encoding | undefined {
  return (["gzip", "br"] as const).find((encoding) => key.endsWith(endings[encoding]));
}

/** Whether a published file has variants: text that we render, not media, nor an edge table, this wire's or one in a folder. The edge function tells by the same endings. */
export function isText(key: string): boolean {
  return /\.(xml|json|html|opml|txt)$/.test(key) && !key.startsWith("media/") && !/(?:^|\/)edge\.json$/.test(key);
}

/** Whether a key has no ending: the page of an article whose address has neither one nor a slash. */
export function isBare(key: string): boolean {
  return !/\.[^/]*$/.test(key) && !key.startsWith("media/");
}

/** In memory of its own size: what zlib gives back of a small file lies in a larger one. */
export function compress(bytes: Uint8Array, encoding: Encoding): Uint8Array {
  switch (encoding) {
    case "gzip":
      return new Uint8Array(gzipSync(bytes, { level: gzipLevel }));
    case "br":
      return brotliCompressSync(bytes, {
        params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
      });
  }
}

/** What a variant of which only the beginning is at hand begins with; undefined where that is nothing, or far too much. */
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

/** What a reader of the variant gets; undefined where that is nothing. */
export function decompress(bytes: Uint8Array, encoding: Encoding): Uint8Array | undefined {
  try {
    return encoding === "gzip" ? gunzipSync(bytes) : brotliDecompressSync(bytes);
  } catch {
    return undefined;
  }
}
