import type { S3Client } from "@aws-sdk/client-s3";
import { Fault } from "../../fault.ts";
import { byBytes, merged } from "../scan.ts";
import type { Key, Listed } from "../store.ts";
import type { ListedPage } from "./s3-page.ts";

/** Where in a bucket to list: keys that begin with `root` + `prefix`, without `root` in the result. */
export type Place = { readonly bucket: string; readonly root: string; readonly prefix: string };

/** Keys after the first one, up to and including the second, in the order of S3. */
type Range = { readonly after?: Key; readonly until?: Key };

/**
 * Every object of a place, page by page; the ranges between the points at once. An incomplete page of a listing is a Fault, because
 * half a listing would look like deletions.
 */
export const scanBucket = (client: S3Client, place: Place, points: readonly Key[]): AsyncIterable<readonly Listed[]> => {
  const inside = [...new Set(points)].filter((key) => key.startsWith(place.prefix)).sort(byBytes);
  const ranges = [...inside, undefined].map((until, at): Range => {
    const after = inside[at - 1];
    return { ...(after !== undefined && { after }), ...(until !== undefined && { until }) };
  });
  return merged(ranges.map((range) => scanRange(client, place, range)));
};

async function* scanRange(client: S3Client, place: Place, { after, until }: Range): AsyncGenerator<readonly Listed[]> {
  const { bucket, root, prefix } = place;
  const { listObjects } = await import("./s3-requests.ts");
  const seen = new Set<string>();
  for (let token: string | undefined; ; ) {
    const page: ListedPage = await listObjects(client, {
      Bucket: bucket,
      Prefix: root + prefix,
      ...(after !== undefined && { StartAfter: root + after }),
      ContinuationToken: token,
    });
    const listed = objectsOf(page, place);
    const last = listed.at(-1)?.key;
    const over = until !== undefined && last !== undefined && byBytes(last, until) >= 0;
    // Some servers list the key after which they were to start, too; and the next range lists what is beyond this one.
    yield listed.filter(({ key }) => (after === undefined || byBytes(key, after) > 0) && (!over || byBytes(key, until) <= 0));
    if (over || page.IsTruncated === false) return;
    token = page.NextContinuationToken;
    if (token === undefined || token === "" || seen.has(token)) throw broken(bucket, "it is truncated, but has no token for the next page");
    seen.add(token);
  }
}

const broken = (bucket: string, why: string): Fault =>
  new Fault(`The listing of s3://${bucket} is incomplete: ${why}. Nothing was changed; run again.`);

const objectsOf = (page: ListedPage, { bucket, root, prefix }: Place): readonly Listed[] => {
  const [objects, start] = [page.Contents ?? [], root + prefix];
  if (page.IsTruncated === undefined) throw broken(bucket, "the answer is not a listing");
  if (page.KeyCount !== undefined && page.KeyCount !== objects.length)
    throw broken(bucket, `it has ${objects.length} of ${page.KeyCount} objects`);
  const listed: Listed[] = [];
  for (const { Key, ETag, Size } of objects) {
    if (Key === undefined || ETag === undefined || Size === undefined) throw broken(bucket, "an object has no key, ETag or size");
    const key = page.EncodingType === "url" ? decodeKey(Key) : Key;
    if (!key.startsWith(start)) throw broken(bucket, `it contains ${JSON.stringify(key)}, which is outside the requested prefix`);
    // The S3 console makes a folder as an empty object whose key ends in a slash.
    if (!key.endsWith("/")) listed.push({ key: key.slice(root.length), version: quotedEtag(ETag), size: Size, settled: true });
  }
  return listed;
};

export const decodeKey = (encoded: string): string => (/[%+]/.test(encoded) ? decodeURIComponent(encoded.replaceAll("+", " ")) : encoded);

/** An ETag in the form of `If-Match`; some servers leave out the quotes in XML. */
export const quotedEtag = (etag: string): string => (etag.startsWith('"') ? etag : `"${etag}"`);
