import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderStore } from "../../../lambda/stores/folder/folder.ts";
import { s3Store } from "../../../lambda/stores/s3/s3.ts";
import { newS3Client } from "../../../lambda/stores/s3/s3-requests.ts";
import type { Store } from "../../../lambda/stores/store.ts";
import { aFile, aNewsroom } from "../../support/a-newsroom.ts";
import { startS3 } from "../../support/s3/s3-server.ts";
import { memoryStore } from "../../support/stores/memory-store.ts";

/** A box of JUMBF (ISO/IEC 19566-5): its length, its type and its content. */
function box(type: string, ...content: readonly Buffer[]): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(8 + content.reduce((sum, { length: bytes }) => sum + bytes, 0));
  return Buffer.concat([length, Buffer.from(type, "latin1"), ...content]);
}

/** A segment of JPEG: its marker, its length and its content. */
function segment(marker: number, ...content: readonly Buffer[]): Buffer {
  const whole = Buffer.concat(content);
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(whole.length + 2, 2);
  return Buffer.concat([head, whole]);
}

/** The manifest store of C2PA ("c2pa"), in two segments APP11 (ISO/IEC 19566-5, annex D: "JP", box instance, number of the packet). */
const description = box("jumd", Buffer.from("6332706100110010800000aa00389b71", "hex"), Buffer.from([3]), Buffer.from("c2pa\0"));
const claim = box("cbor", Buffer.from(Array.from({ length: 90_000 }, (_, at) => (at * 131) % 256)));
const manifest = box("jumb", description, claim);
const packet = (number: number, part: Buffer) =>
  segment(0xeb, Buffer.from("JP"), Buffer.from([0, 1, 0, 0, 0, number]), ...(number === 1 ? [] : [manifest.subarray(0, 8)]), part);

const signed = Buffer.concat([
  Buffer.from([0xff, 0xd8]),
  segment(0xe0, Buffer.from("JFIF\0\x01\x02\0\0\x01\0\x01\0\0", "latin1")),
  packet(1, manifest.subarray(0, 60_000)),
  packet(2, manifest.subarray(60_000)),
  segment(0xc0, Buffer.from([8, 0, 9, 0, 16, 1, 1, 0x11, 0])),
  segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
  Buffer.from([0x7f, 0xff, 0xd9]),
]);

/** The newsroom publishes an article that shows the picture, and its lead image; the bytes of what arrives. */
async function arrived(content: Store, target: Store): Promise<readonly Buffer[]> {
  const newsroom = await aNewsroom({}, { content, target });
  await content.write("story/signed.jpg", signed);
  await newsroom.write("story/a.md", aFile({ title: "A picture", date: "2026-03-01", image: "signed.jpg" }, "![A harbour](signed.jpg)"));
  await newsroom.publish("2026-11-20T12:00:00Z");
  expect((await newsroom.files())["all/rss.xml"]).toMatch(/<media:content url="[^"]*media\/[^"]*\.jpg"[^>]* width="16" height="9"/);
  const media = await target.list("media/");
  return Promise.all(media.map(async ({ key }) => Buffer.from((await target.read(key))?.bytes ?? [])));
}

test("a picture's C2PA manifest survives publication into a folder, byte for byte", async () => {
  const folder = await mkdtemp(join(tmpdir(), "provenance-"));
  try {
    const [picture, ...more] = await arrived(folderStore(join(folder, "content")), folderStore(join(folder, "target")));
    expect([picture?.equals(signed), more]).toEqual([true, []]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("and into a bucket, from a bucket and from elsewhere", async () => {
  const server = await startS3({ buckets: ["content", "target", "other"] });
  const credentials = { accessKeyId: "t", secretAccessKey: "t" };
  const client = newS3Client({ left: () => 60_000, config: { endpoint: server.endpoint, region: "us-east-1", credentials } });
  try {
    for (const [content, bucket] of [
      [s3Store({ bucket: "content", client }), "target"],
      [memoryStore("content"), "other"],
    ] as const) {
      const [picture, ...more] = await arrived(content, s3Store({ bucket, client }));
      expect([picture?.equals(signed), more]).toEqual([true, []]);
    }
  } finally {
    client.destroy();
    await server.close();
  }
});
