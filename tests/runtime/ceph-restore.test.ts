import { afterAll, describe } from "vitest";
import { awsRuntime } from "../support/aws/a-function.ts";
import { cephClient, cephEndpoint, cephSkipped, emptyBucket } from "../support/s3/ceph.ts";
import { cephBuckets } from "./ceph-buckets.ts";
import { restoreDrill } from "./restore.ts";

describe.skipIf(cephEndpoint === undefined)(`on a real S3 server${cephSkipped}`, () => {
  const { make, remove } = cephBuckets();
  afterAll(remove, 120_000);
  restoreDrill("a run after a loss", {
    buckets: make,
    lose: (bucket) => emptyBucket(cephClient(), bucket),
    client: awsRuntime,
  });
});
