import { createHash } from "node:crypto";
import type { S3Client } from "@aws-sdk/client-s3";
import { Fault } from "../../fault.ts";
import { byBytes, merged } from "../scan.ts";
import type { Key, Listed, ScanPage } from "../store.ts";
import type { ListedPage, PageFacts } from "./s3-page.ts";
import type { AnsweredPage } from "./s3-requests.ts";

/** Where in a bucket to list: keys that begin with `root` + `prefix`, without `root` in the result. */
export type Place = { readonly bucket: string; readonly root: string; readonly prefix: string };

/** Keys after the first one, up to and including the second, in the order of S3. */
type Range = { readonly after?: Key; readonly until?: Key };

/**
 * Every object of a place, page by page; the ranges between the points at once. An incomplete page of a listing is a Fault, because
 * half a listing would look like deletions.
 */
export const pagesOfBucket = (client: S3Client, place: Place, points: readonly Key[]): AsyncIterable<ScanPage> => {
  const inside = [...new Set(points)].filter((key) => key.startsWith(place.prefix)).sort(byBytes);
  const ranges = [...inside, undefined].map((until, at): Range => {
    const after = inside[at - 1];
    return { ...(after !== undefined && { after }), ...(until !== undefined && { until }) };
  });
  return merged(ranges.map((range) => pagesOfRange(client, place, range)));
};

async function* pagesOfRange(client: S3Client, place: Place, range: Range): AsyncGenerator<ScanPage> {
  const { bucket, root, prefix } = place;
  const { listObjects } = await import("./s3-requests.ts");
  const seen = new Set<string>();
  for (let [token, from]: (string | undefined)[] = [undefined, range.after]; ; ) {
    const answered: AnsweredPage = await listObjects(client, {
      Bucket: bucket,
      Prefix: root + prefix,
      ...(range.after !== undefined && { StartAfter: root + range.after }),
      ContinuationToken: token,
    });
    const { page, facts, last } = await pageOf(answered, place, range, from);
    yield page;
    if ((range.until !== undefined && last !== undefined && byBytes(last, range.until) >= 0) || facts.IsTruncated === false) return;
    token = facts.NextContinuationToken;
    if (token === undefined || token === "" || seen.has(token)) throw broken(bucket, "it is truncated, but has no token for the next page");
    seen.add(token);
    from = last ?? from;
  }
}

type Found = { readonly page: ScanPage; readonly facts: PageFacts; readonly last: Key | undefined };

/** `from`: the last key of the page before. */
const pageOf = async (answered: AnsweredPage, place: Place, { after, until }: Range, from: Key | undefined): Promise<Found> => {
  // Some servers list the key after which they were to start, too; and the next range lists what is beyond this one.
  const within = (all: readonly Listed[]) =>
    all.filter(({ key }) => (after === undefined || byBytes(key, after) > 0) && (until === undefined || byBytes(key, until) <= 0));
  const { open } = answered;
  if (open === undefined) {
    const facts = await answered.read();
    const all = objectsOf(facts, place);
    return { page: { listed: async () => within(all) }, facts, last: all.at(-1)?.key };
  }
  const { facts, objects } = open;
  const last = open.last === undefined ? undefined : keyIn(open.last, facts, place);
  const listed = async () => {
    const whole = await answered.read();
    if (whole.IsTruncated !== facts.IsTruncated || whole.NextContinuationToken !== facts.NextContinuationToken)
      throw broken(place.bucket, "a page says two things of what follows");
    return within(objectsOf(whole, place));
  };
  // Without keys it does not say how far it goes.
  if (facts.KeyCount === undefined || last === undefined) return { page: { listed }, facts, last };
  const isOver = until !== undefined && byBytes(last, until) >= 0;
  const to = isOver || facts.IsTruncated === false ? until : last;
  const about = JSON.stringify([place.root, facts.EncodingType, facts.KeyCount]);
  const hash = createHash("sha256").update(about).update(objects).digest("hex").slice(0, 32);
  const hashed = { ...(from !== undefined && { from }), ...(to !== undefined && { to }), hash, keys: facts.KeyCount };
  return { page: { listed, hashed }, facts, last };
};

const broken = (bucket: string, why: string): Fault =>
  new Fault(`The listing of s3://${bucket} is incomplete: ${why}. Nothing was changed; run again.`);

const objectsOf = (page: ListedPage, place: Place): readonly Listed[] => {
  const [objects, { bucket }] = [page.Contents ?? [], place];
  if (page.IsTruncated === undefined) throw broken(bucket, "the answer is not a listing");
  if (page.KeyCount !== undefined && page.KeyCount !== objects.length)
    throw broken(bucket, `it has ${objects.length} of ${page.KeyCount} objects`);
  const listed: Listed[] = [];
  for (const { Key, ETag, Size } of objects) {
    if (Key === undefined || ETag === undefined || Size === undefined) throw broken(bucket, "an object has no key, ETag or size");
    const key = keyIn(Key, page, place);
    // The S3 console makes a folder as an empty object whose key ends in a slash.
    if (key !== "" && !key.endsWith("/")) listed.push({ key, version: quotedEtag(ETag), size: Size, settled: true });
  }
  return listed;
};

/** A key of the store, as a page with these facts writes it. */
const keyIn = (written: string, { EncodingType }: PageFacts, { bucket, root, prefix }: Place): Key => {
  const key = EncodingType === "url" ? decodeKey(written) : written;
  if (key.startsWith(root + prefix)) return key.slice(root.length);
  throw broken(bucket, `it contains ${JSON.stringify(key)}, which is outside the requested prefix`);
};

export const decodeKey = (encoded: string): string => (/[%+]/.test(encoded) ? decodeURIComponent(encoded.replaceAll("+", " ")) : encoded);

/** An ETag in the form of `If-Match`; some servers leave out the quotes in XML. */
export const quotedEtag = (etag: string): string => (etag.startsWith('"') ? etag : `"${etag}"`);
