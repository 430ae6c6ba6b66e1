import { randomUUID } from "node:crypto";
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  ListObjectVersionsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  S3Client,
} from "@aws-sdk/client-s3";

/** The real S3 server for the tests named ceph*; if undefined, they are skipped. */
export const cephEndpoint = process.env["WIREROOM_TEST_S3_ENDPOINT"];

export const cephSkipped = cephEndpoint === undefined ? " (skipped: WIREROOM_TEST_S3_ENDPOINT names no server)" : "";

// Credentials and region come from the environment, as they do for the program.
export const cephClient = (): S3Client => new S3Client(cephEndpoint === undefined ? {} : { endpoint: cephEndpoint });

export async function cephBucket(s3: S3Client, options: { readonly versioned: boolean }): Promise<string> {
  const Bucket = `wireroom-${randomUUID()}`;
  await s3.send(new CreateBucketCommand({ Bucket }));
  if (options.versioned) await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
  return Bucket;
}

/** A right on buckets and objects, as in an IAM policy: `arn:aws:s3:::BUCKET` and the rest. */
export type Right = { readonly Action: readonly string[]; readonly Resource: readonly string[] };

/**
 * Gives a user exactly these rights, through the bucket's policy: Ceph's S3 interface cannot set user policies. Also names the tests' own
 * user, because on Ceph an object belongs to the user who wrote it.
 */
export async function allow(s3: S3Client, Bucket: string, user: string, rights: readonly Right[]): Promise<void> {
  const arn = `arn:aws:s3:::${Bucket}`;
  const on = (resource: string) => resource === arn || resource.startsWith(`${arn}/`);
  const allowed = (to: string, Action: readonly string[], Resource: readonly string[]) => {
    return { Effect: "Allow", Principal: { AWS: [`arn:aws:iam:::user/${to}`] }, Action, Resource };
  };
  const given = rights
    .map(({ Action, Resource }) => allowed(user, Action, Resource.filter(on)))
    .filter(({ Resource }) => Resource.length > 0);
  const Statement = [allowed("test", ["s3:*"], [arn, `${arn}/*`]), ...given];
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: "2012-10-17", Statement }) }));
}

/** Empties a bucket, including old versions. */
export async function emptyBucket(s3: S3Client, Bucket: string): Promise<void> {
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    const all = [...Versions, ...DeleteMarkers];
    if (all.length === 0) return;
    for (let at = 0; at < all.length; at += 32)
      await Promise.all(all.slice(at, at + 32).map(({ Key, VersionId }) => s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId }))));
  }
}

export async function removeBucket(s3: S3Client, Bucket: string): Promise<void> {
  await emptyBucket(s3, Bucket);
  await s3.send(new DeleteBucketCommand({ Bucket }));
}
