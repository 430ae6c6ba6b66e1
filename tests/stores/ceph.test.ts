import { randomUUID } from "node:crypto";
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { s3Store } from "../../lambda/stores/s3.ts";
import { storeContract } from "./contract.ts";

const endpoint = process.env["WIREROOM_TEST_S3_ENDPOINT"];
const reason = endpoint === undefined ? " (skipped: WIREROOM_TEST_S3_ENDPOINT names no server)" : "";

// Credentials and region come from the environment, as they do for the program.
const client = (): S3Client => new S3Client(endpoint === undefined ? {} : { endpoint });

/** Empties a versioned bucket and removes it. */
const removeBucket = async (s3: S3Client, Bucket: string): Promise<void> => {
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    if (Versions.length + DeleteMarkers.length === 0) break;
    for (const { Key, VersionId } of [...Versions, ...DeleteMarkers]) await s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
  }
  await s3.send(new DeleteBucketCommand({ Bucket }));
};

describe.skipIf(endpoint === undefined)(`a real S3 server${reason}`, () => {
  const versioned = `wireroom-${randomUUID()}`;
  const plain = `wireroom-${randomUUID()}`;
  let stores = 0;
  beforeAll(async () => {
    const s3 = client();
    for (const Bucket of [versioned, plain]) await s3.send(new CreateBucketCommand({ Bucket }));
    await s3.send(new PutBucketVersioningCommand({ Bucket: versioned, VersioningConfiguration: { Status: "Enabled" } }));
    // A fresh Ceph makes its pools at the first write, which takes seconds.
    await s3Store({ bucket: plain, client: s3 }).write("warm", new Uint8Array(1));
  });
  afterAll(async () => {
    for (const bucket of [versioned, plain]) await removeBucket(client(), bucket);
  });

  const make = (bucket: string) => async () => ({ store: s3Store({ bucket, prefix: `store ${stores++}`, client: client() }) });
  // Where a bucket keeps versions, Ceph RGW 20.2 lets all twenty through, and keeps twenty versions. Amazon's S3 lets one.
  storeContract("a versioned bucket", make(versioned), { headers: true, history: true, noRaces: true });
  storeContract("a bucket without versions", make(plain), { headers: true, history: false });

  test("lists over more than one page", async () => {
    const { store } = await make(plain)();
    const keys = Array.from({ length: 1010 }, (_, i) => `новость ${i}`);
    for (let at = 0; at < keys.length; at += 50)
      await Promise.all(keys.slice(at, at + 50).map((key) => store.write(key, new Uint8Array(1))));
    expect((await store.list()).map(({ key }) => key)).toEqual([...keys].sort());
  });

  test("refuses a wrong secret, which is a Fault", async () => {
    const wrong = new S3Client({
      ...(endpoint !== undefined && { endpoint }),
      credentials: { accessKeyId: "WRONG", secretAccessKey: "WRONG" },
    });
    await expect(s3Store({ bucket: plain, client: wrong }).read("warm")).rejects.toThrow(/403/);
  });
});
