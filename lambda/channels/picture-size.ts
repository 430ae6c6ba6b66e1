import { imageSize } from "image-size";
import { isCount } from "../articles/media-fields.ts";

/**
 * How much of a file the library may look at, which a file can make to look at all of it again for each of its parts. Drawings are looked
 * through with patterns that take the square of the length; a photograph has its size behind what cameras and editors write (RFC 2083,
 * 11; JPEG, B.1: segments of 64 KB), the AVIF and HEIC formats behind few boxes.
 */
const most = { drawing: 16_384, boxed: 65_536, other: 1_000_000 } as const;

/** Boxes with the size of a picture, each of which makes the library look through all that follow: a picture has one, a burst some dozens. */
const mostSizes = 200;

/** Width and height in pixels, as far as the beginning of the file tells them within bounds, and a feed can say them (a drawing of 1e20). */
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

/** What of a file's beginning is given to the library; nothing of one that is made to keep it busy. */
export function measurable(head: Uint8Array): Uint8Array | undefined {
  const start = Buffer.from(head.subarray(0, 1000)).toString("latin1");
  if (start.includes("<svg")) return head.subarray(0, most.drawing);
  if (start.slice(4, 8) !== "ftyp") return head.subarray(0, most.other);
  const part = head.subarray(0, most.boxed);
  return Buffer.from(part).toString("latin1").split("ispe").length - 1 > mostSizes ? undefined : part;
}
