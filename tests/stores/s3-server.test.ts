import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { crc32Of } from "../support/s3/s3-body.ts";
import { type S3Server, startS3 } from "../support/s3/s3-server.ts";

/** The facts that the other tests rely on when they say that S3 would have refused. */
describe("the tests' own S3 server", () => {
  let server: S3Server;
  let client: S3Client;
  beforeEach(async () => {
    server = await startS3({ buckets: ["b"] });
    client = server.client();
  });
  afterEach(() => server.close());
  const put = (headers: Record<string, string>, body = "abc") => fetch(`${server.endpoint}/b/key`, { method: "PUT", headers, body });

  test.each([
    ["Content-MD5", { "content-md5": createHash("md5").update("other").digest("base64") }, "BadDigest"],
    ["CRC32", { "x-amz-checksum-crc32": "AAAAAA==" }, "BadDigest"],
    ["SHA-256 of the payload", { "x-amz-content-sha256": "0".repeat(64) }, "XAmzContentSHA256Mismatch"],
    ["checksum that it cannot check", { "x-amz-checksum-crc64nvme": "AAAAAAAAAAA=" }, "NotImplemented"],
  ])("refuses a body with a wrong %s", async (_, headers, code) => {
    const answer = await put(headers as Record<string, string>);
    expect(answer.ok).toBe(false);
    expect(await answer.text()).toContain(`<Code>${code}</Code>`);
    expect(server.objects("b").size).toBe(0);
  });

  test("decodes a body sent in chunks, and checks its trailer", async () => {
    const framed = (sum: string) => `3\r\nabc\r\n2\r\nde\r\n0\r\nx-amz-checksum-crc32:${sum}\r\n\r\n`;
    const headers = {
      "content-encoding": "gzip,aws-chunked",
      "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
      "x-amz-decoded-content-length": "5",
      "x-amz-trailer": "x-amz-checksum-crc32",
    };
    const right = crc32Of(new TextEncoder().encode("abcde"));
    expect((await put(headers, framed("AAAAAA=="))).status).toBe(400);
    expect((await put(headers, framed(right).replace("2\r\nde", "1\r\nd"))).status).toBe(400);
    expect((await put(headers, framed(right))).status).toBe(200);
    expect(server.objects("b").get("key")).toMatchObject({
      bytes: new TextEncoder().encode("abcde"),
      headers: { "content-encoding": "gzip" },
    });
  });

  test("takes a stream as the SDK sends it", async () => {
    await client.send(
      new PutObjectCommand({
        Bucket: "b",
        Key: "s",
        Body: Readable.from([Buffer.from("streamed")]),
        ContentLength: 8,
        ContentEncoding: "gzip",
      }),
    );
    expect(server.objects("b").get("s")).toMatchObject({
      bytes: new TextEncoder().encode("streamed"),
      headers: { "content-encoding": "gzip" },
    });
  });

  test("answers 304 for the present version or time", async () => {
    const { ETag } = await client.send(new PutObjectCommand({ Bucket: "b", Key: "a", Body: "x", CacheControl: "max-age=300" }));
    const head = await client.send(new HeadObjectCommand({ Bucket: "b", Key: "a" }));
    const get = (headers: Record<string, string>) => fetch(`${server.endpoint}/b/a`, { headers });
    const fresh = await get({ "if-none-match": ETag ?? "" });
    expect([fresh.status, fresh.headers.get("etag"), fresh.headers.get("cache-control"), await fresh.text()]).toEqual([
      304,
      ETag,
      "max-age=300",
      "",
    ]);
    expect((await get({ "if-none-match": `W/${ETag}` })).status).toBe(304);
    expect((await get({ "if-modified-since": head.LastModified?.toUTCString() ?? "" })).status).toBe(304);
    expect((await get({ "if-none-match": '"other"', "if-modified-since": head.LastModified?.toUTCString() ?? "" })).status).toBe(200);
  });

  test.each([
    ["bytes=1-2", 206, "12"],
    ["bytes=7-", 206, "789"],
    ["bytes=-2", 206, "89"],
    ["bytes=8-99", 206, "89"],
    ["bytes=5-4", 200, "0123456789"],
    ["bytes=10-11", 416, undefined],
  ])("answers the range %s with %i", async (range, status, text) => {
    await client.send(new PutObjectCommand({ Bucket: "b", Key: "a", Body: "0123456789" }));
    const answer = await fetch(`${server.endpoint}/b/a`, { headers: { range } });
    expect(answer.status).toBe(status);
    if (text !== undefined) expect(await answer.text()).toBe(text);
  });

  test("distinguishes a missing key, bucket and version", async () => {
    const code = async (name: { Bucket: string; Key: string; VersionId?: string }) =>
      client.send(new GetObjectCommand(name)).then(
        () => "found",
        (error: unknown) => (error as Error).name,
      );
    expect(await code({ Bucket: "b", Key: "a" })).toBe("NoSuchKey");
    expect(await code({ Bucket: "c", Key: "a" })).toBe("NoSuchBucket");
    expect(await code({ Bucket: "b", Key: "a", VersionId: "none" })).toBe("NoSuchVersion");
  });

  test("lists in the order of UTF-8, page by page, with each key unchanged", async () => {
    for (const Key of ["😀", "\uFF21", "a b+c%/&<", "z"]) await client.send(new PutObjectCommand({ Bucket: "b", Key, Body: "x" }));
    const first = await client.send(new ListObjectsV2Command({ Bucket: "b", MaxKeys: 3 }));
    expect([first.IsTruncated, first.KeyCount, first.Contents?.map(({ Key }) => Key)]).toEqual([true, 3, ["a b+c%/&<", "z", "\uFF21"]]);
    const second = await client.send(new ListObjectsV2Command({ Bucket: "b", MaxKeys: 3, ContinuationToken: first.NextContinuationToken }));
    expect([second.IsTruncated, second.Contents?.map(({ Key }) => Key)]).toEqual([false, ["😀"]]);
  });

  test("reports what it does not support instead of guessing", async () => {
    expect((await fetch(`${server.endpoint}/b/key?tagging`, { method: "PUT", body: "x" })).status).toBe(501);
    expect((await fetch(`${server.endpoint}/b?list-type=2&delimiter=/`)).status).toBe(501);
    expect(server.requests.map(({ operation }) => operation)).toEqual(["Unknown", "ListObjectsV2"]);
  });
});
