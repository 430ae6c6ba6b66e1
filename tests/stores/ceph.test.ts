import { S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { s3Store } from "../../lambda/stores/s3/s3.ts";
import { cephBucket, cephSkipped, cephClient as client, cephEndpoint as endpoint, removeBucket } from "../support/s3/ceph.ts";
import { storeContract } from "./contract.ts";

describe.skipIf(endpoint === undefined)(`a real S3 server${cephSkipped}`, () => {
  let versioned = "";
  let plain = "";
  let stores = 0;
  beforeAll(async () => {
    const s3 = client();
    versioned = await cephBucket(s3, { versioned: true });
    plain = await cephBucket(s3, { versioned: false });
    // A new Ceph makes its pools at the first write, which takes seconds.
    await s3Store({ bucket: plain, client: s3 }).write("warm", new Uint8Array(1));
  });
  afterAll(async () => {
    for (const bucket of [versioned, plain]) await removeBucket(client(), bucket);
  });

  const make = (bucket: () => string) => async () => ({
    store: s3Store({ bucket: bucket(), prefix: `store ${stores++}`, client: client() }),
  });
  // In a bucket with versions, Ceph RGW 20.2 accepts all twenty writes, and keeps twenty versions. Amazon's S3 accepts one.
  storeContract(
    "a versioned bucket",
    make(() => versioned),
    { headers: true, history: true, noRaces: true },
  );
  storeContract(
    "a bucket without versions",
    make(() => plain),
    { headers: true, history: false },
  );

  test("lists over more than one page", async () => {
    const { store } = await make(() => plain)();
    const keys = Array.from({ length: 1010 }, (_, i) => `новость ${i}`);
    for (let at = 0; at < keys.length; at += 50)
      await Promise.all(keys.slice(at, at + 50).map((key) => store.write(key, new Uint8Array(1))));
    expect((await store.list()).map(({ key }) => key)).toEqual([...keys].sort());
  });

  test("a wrong secret is a Fault", async () => {
    const wrong = new S3Client({
      ...(endpoint !== undefined && { endpoint }),
      credentials: { accessKeyId: "WRONG", secretAccessKey: "WRONG" },
    });
    await expect(s3Store({ bucket: plain, client: wrong }).read("warm")).rejects.toThrow(/403/);
  });
});
