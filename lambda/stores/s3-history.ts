import type { ListObjectVersionsCommandOutput, ObjectVersion, S3Client } from "@aws-sdk/client-s3";
import { Fault } from "../fault.ts";
import { decodeKey, quoted } from "./s3-listing.ts";
import type { Past } from "./store.ts";

type Reader = (versionId: string | undefined) => Promise<Uint8Array>;

/**
 * What an object held over time, newest first, deletions left out; only the present where the bucket keeps no versions.
 * Needs the rights s3:ListBucketVersions and s3:GetObjectVersion.
 */
export const versionsOf = async (client: S3Client, bucket: string, objectKey: string, read: Reader): Promise<readonly Past[]> => {
  const { listVersions } = await import("./s3-requests.ts");
  const past: Past[] = [];
  let from: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
  for (;;) {
    const page: ListObjectVersionsCommandOutput = await listVersions(client, {
      Bucket: bucket,
      Prefix: objectKey,
      EncodingType: "url",
      ...from,
    });
    if (page.IsTruncated === undefined) throw broken(bucket, objectKey);
    const plain = (key: string | undefined) => (key !== undefined && page.EncodingType === "url" ? decodeKey(key) : key);
    const versions = page.Versions ?? [];
    past.push(...versions.filter(({ Key }) => plain(Key) === objectKey).map((version) => pastOf(bucket, objectKey, version, read)));
    // The key itself comes before all that only begin with it.
    const passed = [...versions, ...(page.DeleteMarkers ?? [])].some(({ Key }) => plain(Key) !== objectKey);
    if (!page.IsTruncated || passed) return past;
    const next = { KeyMarker: plain(page.NextKeyMarker), VersionIdMarker: page.NextVersionIdMarker };
    const stays = next.KeyMarker === from.KeyMarker && next.VersionIdMarker === from.VersionIdMarker;
    if (next.KeyMarker === undefined || stays) throw broken(bucket, objectKey);
    from = next;
  }
};

const broken = (bucket: string, objectKey: string): Fault => new Fault(`The list of versions of s3://${bucket}/${objectKey} is not whole.`);

const pastOf = (bucket: string, objectKey: string, version: ObjectVersion, read: Reader): Past => {
  const { ETag, Size, LastModified, VersionId } = version;
  if (ETag === undefined || Size === undefined || LastModified === undefined) throw broken(bucket, objectKey);
  // "null" is what S3 calls the only version in a bucket without versioning, and what an object had before versioning began.
  const versioned = VersionId === undefined || VersionId === "null" ? {} : { versioned: true as const };
  return { version: quoted(ETag), size: Size, modified: LastModified.toISOString(), ...versioned, read: () => read(VersionId) };
};
