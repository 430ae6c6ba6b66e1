import { afterAll, describe } from "vitest";
import { awsRuntime } from "../support/aws/a-function.ts";
import { cephEndpoint, cephSkipped } from "../support/s3/ceph.ts";
import { cephBuckets } from "./ceph-buckets.ts";
import { sideBySide } from "./side-by-side.ts";

/** Five minutes show more; `.ci/run` has one. */
const seconds = Number(process.env["WIREROOM_TEST_SIDE_BY_SIDE"] ?? 60);

describe.skipIf(cephEndpoint === undefined)(`on a real S3 server${cephSkipped}`, () => {
  const { make, remove } = cephBuckets();
  afterAll(remove, 120_000);
  sideBySide("the bundle side by side", { buckets: make, client: awsRuntime, seconds });
});
