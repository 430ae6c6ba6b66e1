import type { ListObjectsV2CommandOutput, S3Client } from "@aws-sdk/client-s3";
import { Fault } from "../../fault.ts";
import { byKey } from "../key.ts";
import type { Listed } from "../store.ts";

/**
 * Every object of a bucket whose key begins with `root` + `prefix`, by its key without `root`. An incomplete page of a listing is
 * a Fault, because half a listing would look like deletions.
 */
export const listBucket = async (client: S3Client, bucket: string, root: string, prefix: string): Promise<readonly Listed[]> => {
  const { listObjects } = await import("./s3-requests.ts");
  const listed: Listed[] = [];
  const seen = new Set<string>();
  for (let token: string | undefined; ; ) {
    // Encoded, because a key may contain characters that XML cannot.
    const page: ListObjectsV2CommandOutput = await listObjects(client, {
      Bucket: bucket,
      Prefix: root + prefix,
      EncodingType: "url",
      ContinuationToken: token,
    });
    listed.push(...objectsOf(page, bucket, root, prefix));
    if (page.IsTruncated === false) return listed.sort(byKey);
    token = page.NextContinuationToken;
    if (token === undefined || token === "" || seen.has(token)) throw broken(bucket, "it is truncated, but has no token for the next page");
    seen.add(token);
  }
};

const broken = (bucket: string, why: string): Fault =>
  new Fault(`The listing of s3://${bucket} is incomplete: ${why}. Nothing was changed; run again.`);

const objectsOf = (page: ListObjectsV2CommandOutput, bucket: string, root: string, prefix: string): readonly Listed[] => {
  const objects = page.Contents ?? [];
  if (page.IsTruncated === undefined) throw broken(bucket, "the answer is not a listing");
  if (page.KeyCount !== undefined && page.KeyCount !== objects.length)
    throw broken(bucket, `it has ${objects.length} of ${page.KeyCount} objects`);
  return objects.flatMap(({ Key, ETag, Size }) => {
    if (Key === undefined || ETag === undefined || Size === undefined) throw broken(bucket, "an object has no key, ETag or size");
    const key = page.EncodingType === "url" ? decodeKey(Key) : Key;
    if (!key.startsWith(root + prefix)) throw broken(bucket, `it contains ${JSON.stringify(key)}, which is outside the requested prefix`);
    // The S3 console makes a folder as an empty object whose key ends in a slash.
    return key.endsWith("/") ? [] : [{ key: key.slice(root.length), version: quotedEtag(ETag), size: Size, settled: true }];
  });
};

export const decodeKey = (encoded: string): string => decodeURIComponent(encoded.replaceAll("+", " "));

/** An ETag in the form of `If-Match`; some servers leave out the quotes in XML. */
export const quotedEtag = (etag: string): string => (etag.startsWith('"') ? etag : `"${etag}"`);
