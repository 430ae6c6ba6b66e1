import { afterAll, describe } from "vitest";
import { awsRuntime } from "../support/aws/a-function.ts";
import { cephEndpoint, cephSkipped } from "../support/s3/ceph.ts";
import { cephBuckets, functionUser } from "./ceph-buckets.ts";
import { runtimeContract } from "./contract.ts";

const under = awsRuntime === undefined ? "the tests' own runtime client" : "aws-lambda-ric";
const as = functionUser === undefined ? "" : ", as a user with the function's rights alone";

describe.skipIf(cephEndpoint === undefined)(`on a real S3 server${cephSkipped}`, () => {
  const { make, remove } = cephBuckets();
  afterAll(remove, 120_000);
  runtimeContract(`the bundle, under ${under}${as}`, { client: awsRuntime, blog: true, buckets: make });
});
