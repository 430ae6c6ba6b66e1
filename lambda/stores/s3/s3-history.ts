import type { DeleteMarkerEntry, ListObjectVersionsCommandOutput, ObjectVersion, S3Client } from "@aws-sdk/client-s3";
import { Fault } from "../../fault.ts";
import { inParallel } from "../parallel.ts";
import type { Past } from "../store.ts";
import { decodeKey, quoted } from "./s3-listing.ts";

type Reader = (versionId: string | undefined) => Promise<Uint8Array>;

/**
 * What an object held over time, newest first, deletions left out; only the present where the bucket keeps no versions.
 * Needs the rights s3:ListBucketVersions and s3:GetObjectVersion.
 */
export const versionsOf = async (client: S3Client, bucket: string, objectKey: string, read: Reader): Promise<readonly Past[]> =>
  (await allOf(client, bucket, objectKey)).versions.map((version) => pastOf(bucket, objectKey, version, read));

/**
 * Deletes every version of an object but the present, and the marks of its deletions: for good. Needs the rights
 * s3:ListBucketVersions and s3:DeleteObjectVersion.
 */
export const forgetVersions = async (client: S3Client, bucket: string, objectKey: string): Promise<void> => {
  const { deleteObject } = await import("./s3-requests.ts");
  const { versions, markers } = await allOf(client, bucket, objectKey);
  const remove = ({ VersionId }: { readonly VersionId?: string | undefined }) =>
    deleteObject(client, { Bucket: bucket, Key: objectKey, VersionId });
  // The marks last: with the newest of them gone an older version would be the present again.
  await inParallel(
    versions.filter(({ IsLatest }) => IsLatest !== true),
    remove,
  );
  await inParallel(markers, remove);
};

/** More than any text of ours is long: a film is not read. */
const most = 64_000_000;

/** Deletes every version but the present ones that `isMeant` means, page by page, and gives the keys. Needs the rights of `forgetVersions`, and s3:GetObjectVersion. */
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

/** Every version of this very object and every mark of a deletion, newest first. */
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
    // The key itself comes before all that only begin with it.
    const passed = [...rows.versions, ...rows.markers].some(({ Key }) => plain(Key) !== objectKey);
    if (!page.IsTruncated || passed) return { versions, markers };
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
