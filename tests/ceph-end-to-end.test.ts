import { afterAll, describe } from "vitest";
import { cephBuckets } from "./runtime/ceph-buckets.ts";
import { endToEnd } from "./runtime/end-to-end.ts";
import { awsRuntime } from "./support/a-function.ts";
import { cephEndpoint, cephSkipped } from "./support/ceph.ts";

describe.skipIf(cephEndpoint === undefined)(`on a real S3 server${cephSkipped}`, () => {
  const { make, remove } = cephBuckets();
  afterAll(remove, 120_000);
  endToEnd("from the content bucket to a reader", { buckets: make, client: awsRuntime });
});
