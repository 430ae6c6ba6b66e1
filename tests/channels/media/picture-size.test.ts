import { describe, expect, test } from "vitest";
import { measurable, pixelsOf } from "../../../lambda/channels/media/picture-size.ts";

const box = (name: string, ...inner: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(inner);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length);
  head.write(name, 4, "latin1");
  return Buffer.concat([head, body]);
};
const size = (width: number, height: number): Buffer => {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(width, 4);
  bytes.writeUInt32BE(height, 8);
  return box("ispe", bytes);
};
/** An AVIF file with these sizes, and the bytes after its head. */
const anAvif = (sizes: readonly Buffer[], behind = Buffer.alloc(0)): Uint8Array =>
  Buffer.concat([
    box("ftyp", Buffer.from("avif\0\0\0\0avifmif1", "latin1")),
    box("meta", Buffer.alloc(4), box("iprp", box("ipco", ...sizes))),
    behind,
  ]);

describe("the size of a picture", () => {
  test("is read from AVIF, from a drawing, and from a photograph after the data of cameras", () => {
    const segment = Buffer.concat([Buffer.from([0xff, 0xe2, 0xff, 0xfe]), Buffer.alloc(0xfffc)]);
    const frame = Buffer.from([0xff, 0xc0, 0, 17, 8, 0, 40, 0, 60, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(pixelsOf(anAvif([size(60, 40)]))).toEqual({ width: 60, height: 40 });
    expect(pixelsOf(anAvif([size(60, 40), size(10, 10)]))).toEqual({ width: 60, height: 40 });
    expect(pixelsOf(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"/>'))).toEqual({ width: 60, height: 40 });
    expect(pixelsOf(Buffer.concat([Buffer.from([0xff, 0xd8]), ...Array.from({ length: 8 }, () => segment), frame]))).toEqual({
      width: 60,
      height: 40,
    });
  });

  test.each([
    ["AVIF with many boxes", anAvif(Array.from({ length: 80_000 }, () => size(60, 40)))],
    [
      "AVIF with few boxes of its own and many after them",
      anAvif(
        Array.from({ length: 201 }, () => size(1, 1)),
        Buffer.concat(Array.from({ length: 50_000 }, () => box("free"))),
      ),
    ],
  ])("is unknown for an %s, which is not searched", (_, bytes) => {
    expect(measurable(bytes)).toBeUndefined();
    expect(pixelsOf(bytes)).toEqual({});
  });

  test.each([
    ["a drawing", `<svg ${" width='".repeat(200_000)}`, 16_384],
    ["a drawing under another name, after other bytes", `\u0001 <svg ${"<svg ".repeat(200_000)}`, 16_384],
    ["AVIF", Buffer.from(anAvif([size(1, 1)], Buffer.alloc(2_000_000))).toString("latin1"), 65_536],
    ["a photograph", `\u00ff\u00d8${"\0".repeat(2_000_000)}`, 1_000_000],
  ])("of %s is searched only in its first bytes", (_, text, most) => expect(measurable(Buffer.from(text, "latin1"))?.length).toBe(most));
});
