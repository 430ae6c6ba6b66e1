import type { ListObjectsV2CommandOutput, S3Client } from "@aws-sdk/client-s3";
import { Fault } from "../../fault.ts";
import { byKey } from "../key.ts";
import type { Listed } from "../store.ts";

/**
 * Every object of a bucket whose key begins with `root` + `prefix`, by key without `root`. Whatever does not look like a whole page of a
 * listing is a Fault: half a listing would look like deletions.
 */
export const listBucket = async (client: S3Client, bucket: string, root: string, prefix: string): Promise<readonly Listed[]> => {
  const { listObjects } = await import("./s3-requests.ts");
  const listed: Listed[] = [];
  const seen = new Set<string>();
  for (let token: string | undefined; ; ) {
    // Encoded, because a key may hold what XML cannot.
    const page: ListObjectsV2CommandOutput = await listObjects(client, {
      Bucket: bucket,
      Prefix: root + prefix,
      EncodingType: "url",
      ContinuationToken: token,
    });
    listed.push(...objectsOf(page, bucket, root, prefix));
    if (page.IsTruncated === false) return listed.sort(byKey);
    token = page.NextContinuationToken;
    if (token === undefined || token === "" || seen.has(token)) throw broken(bucket, "it says that it goes on, but not where");
    seen.add(token);
  }
};

const broken = (bucket: string, why: string): Fault =>
  new Fault(`The listing of s3://${bucket} is not whole: ${why}. Nothing was changed; run again.`);

const objectsOf = (page: ListObjectsV2CommandOutput, bucket: string, root: string, prefix: string): readonly Listed[] => {
  const objects = page.Contents ?? [];
  if (page.IsTruncated === undefined) throw broken(bucket, "what came is not a listing");
  if (page.KeyCount !== undefined && page.KeyCount !== objects.length)
    throw broken(bucket, `${objects.length} of ${page.KeyCount} objects came`);
  return objects.flatMap(({ Key, ETag, Size }) => {
    if (Key === undefined || ETag === undefined || Size === undefined) throw broken(bucket, "an object has no key, ETag or size");
    const key = page.EncodingType === "url" ? decodeKey(Key) : Key;
    if (!key.startsWith(root + prefix)) throw broken(bucket, `${JSON.stringify(key)} was not asked for`);
    // The console makes a folder by an empty object whose key ends in a slash.
    return key.endsWith("/") ? [] : [{ key: key.slice(root.length), version: quoted(ETag), size: Size, settled: true }];
  });
};

export const decodeKey = (encoded: string): string => decodeURIComponent(encoded.replaceAll("+", " "));

/** An ETag as `If-Match` wants it; some servers leave the quotes out in XML. */
export const quoted = (etag: string): string => (etag.startsWith('"') ? etag : `"${etag}"`);
