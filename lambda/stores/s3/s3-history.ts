import type { DeleteMarkerEntry, ListObjectVersionsCommandOutput, ObjectVersion, S3Client } from "@aws-sdk/client-s3";
import { Fault } from "../../fault.ts";
import { inParallel } from "../parallel.ts";
import type { Past } from "../store.ts";
import { decodeKey, quotedEtag } from "./s3-listing.ts";

type Reader = (versionId: string | undefined) => Promise<Uint8Array>;

/**
 * The contents of an object over time, newest first, without deletions; only the present one if the bucket keeps no versions.
 * Needs the permissions s3:ListBucketVersions and s3:GetObjectVersion.
 */
export const versionsOf = async (client: S3Client, bucket: string, objectKey: string, read: Reader): Promise<readonly Past[]> =>
  (await allOf(client, bucket, objectKey)).versions.map((version) => pastOf(bucket, objectKey, version, read));

/**
 * Deletes for good every version of an object except the present one, and its delete markers. Needs the permissions
 * s3:ListBucketVersions and s3:DeleteObjectVersion.
 */
export const dropVersions = async (client: S3Client, bucket: string, objectKey: string): Promise<void> => {
  const { deleteObject } = await import("./s3-requests.ts");
  const { versions, markers } = await allOf(client, bucket, objectKey);
  const remove = ({ VersionId }: { readonly VersionId?: string | undefined }) =>
    deleteObject(client, { Bucket: bucket, Key: objectKey, VersionId });
  // The delete markers last: without the newest of them, an older version would be present again.
  await inParallel(
    versions.filter(({ IsLatest }) => IsLatest !== true),
    remove,
  );
  await inParallel(markers, remove);
};

/** Longer than any text of ours; a video is not read. */
const most = 64_000_000;

/**
 * Deletes every version for which `isMeant` is true, except present ones, page by page, and returns the keys. Needs the
 * permissions of `dropVersions`, and s3:GetObjectVersion.
 */
export const purgeVersions = async (
  client: S3Client,
  { bucket, root }: { readonly bucket: string; readonly root: string },
  which: (key: string) => boolean,
  isMeant: (key: string, versionId: string | undefined) => Promise<boolean>,
): Promise<readonly string[]> => {
  const { deleteObject, listVersions } = await import("./s3-requests.ts");
  const purged = new Set<string>();
  let from: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
  for (;;) {
    const page: ListObjectVersionsCommandOutput = await listVersions(client, {
      Bucket: bucket,
      Prefix: root,
      EncodingType: "url",
      ...from,
    });
    if (page.IsTruncated === undefined) throw broken(bucket, root);
    const plain = (key: string | undefined) => (key !== undefined && page.EncodingType === "url" ? decodeKey(key) : (key ?? ""));
    const older = (page.Versions ?? []).filter(({ IsLatest, Size }) => IsLatest !== true && (Size ?? 0) <= most);
    await inParallel(older, async ({ Key, VersionId }) => {
      const key = plain(Key).slice(root.length);
      if (!which(key) || !(await isMeant(key, VersionId))) return;
      await deleteObject(client, { Bucket: bucket, Key: plain(Key), VersionId });
      purged.add(key);
    });
    if (!page.IsTruncated) return [...purged].sort();
    const next = { KeyMarker: plain(page.NextKeyMarker), VersionIdMarker: page.NextVersionIdMarker };
    if (next.KeyMarker === "" || (next.KeyMarker === from.KeyMarker && next.VersionIdMarker === from.VersionIdMarker))
      throw broken(bucket, root);
    from = next;
  }
};

/** Every version and every delete marker of exactly this object, newest first. */
const allOf = async (client: S3Client, bucket: string, objectKey: string) => {
  const { listVersions } = await import("./s3-requests.ts");
  const versions: ObjectVersion[] = [];
  const markers: DeleteMarkerEntry[] = [];
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
    const rows = { versions: page.Versions ?? [], markers: page.DeleteMarkers ?? [] };
    versions.push(...rows.versions.filter(({ Key }) => plain(Key) === objectKey));
    markers.push(...rows.markers.filter(({ Key }) => plain(Key) === objectKey));
    // The key itself comes before all longer keys that begin with it.
    const passed = [...rows.versions, ...rows.markers].some(({ Key }) => plain(Key) !== objectKey);
    if (!page.IsTruncated || passed) return { versions, markers };
    const next = { KeyMarker: plain(page.NextKeyMarker), VersionIdMarker: page.NextVersionIdMarker };
    const stays = next.KeyMarker === from.KeyMarker && next.VersionIdMarker === from.VersionIdMarker;
    if (next.KeyMarker === undefined || stays) throw broken(bucket, objectKey);
    from = next;
  }
};

const broken = (bucket: string, objectKey: string): Fault =>
  new Fault(`The list of versions of s3://${bucket}/${objectKey} is incomplete; run again.`);

const pastOf = (bucket: string, objectKey: string, version: ObjectVersion, read: Reader): Past => {
  const { ETag, Size, LastModified, VersionId } = version;
  if (ETag === undefined || Size === undefined || LastModified === undefined) throw broken(bucket, objectKey);
  // "null" is S3's name for the only version in a bucket without versioning, and for an object from before versioning was
  // enabled.
  const versioned = VersionId === undefined || VersionId === "null" ? {} : { versioned: true as const };
  return { version: quotedEtag(ETag), size: Size, modified: LastModified.toISOString(), ...versioned, read: () => read(VersionId) };
};
