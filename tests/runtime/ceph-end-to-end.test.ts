import { afterAll, describe } from "vitest";
import { awsRuntime } from "../support/aws/a-function.ts";
import { cephEndpoint, cephSkipped } from "../support/s3/ceph.ts";
import { cephBuckets } from "./ceph-buckets.ts";
import { endToEnd } from "./end-to-end.ts";

describe.skipIf(cephEndpoint === undefined)(`on a real S3 server${cephSkipped}`, () => {
  const { make, remove } = cephBuckets();
  afterAll(remove, 120_000);
  endToEnd("from the content bucket to a reader", { buckets: make, client: awsRuntime });
});
