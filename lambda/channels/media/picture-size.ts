import { imageSize } from "image-size";
import { isCount } from "../../articles/front-matter/fields/media-fields.ts";

/**
 * How much of a file the library may read. A hostile file can make it read all of that again for each of its parts: on drawings
 * its patterns take time with the square of the length; a photograph has its size after the data of cameras and editors (RFC
 * 2083, 11; JPEG, B.1: segments of 64 KB); AVIF and HEIC have it after few boxes.
 */
const most = { drawing: 16_384, boxed: 65_536, other: 1_000_000 } as const;

/**
 * Boxes that hold the size of a picture; for each, the library reads all boxes that follow. A picture has one, a burst has
 * dozens.
 */
const mostSizes = 200;

/**
 * Width and height in pixels, if the beginning of the file has them within these limits and a feed can express them (a drawing
 * may claim 1e20).
 */
export function pixelsOf(head: Uint8Array): { readonly width?: number; readonly height?: number } {
  const part = measurable(head);
  if (part === undefined) return {};
  try {
    const { width, height } = imageSize(part);
    return isCount(width) && isCount(height) ? { width, height } : {};
  } catch {
    return {};
  }
}

/** The part of a file's beginning that the library gets; undefined for a file made to keep it busy. */
export function measurable(head: Uint8Array): Uint8Array | undefined {
  const start = Buffer.from(head.subarray(0, 1000)).toString("latin1");
  if (start.includes("<svg")) return head.subarray(0, most.drawing);
  if (start.slice(4, 8) !== "ftyp") return head.subarray(0, most.other);
  const part = head.subarray(0, most.boxed);
  return Buffer.from(part).toString("latin1").split("ispe").length - 1 > mostSizes ? undefined : part;
}
