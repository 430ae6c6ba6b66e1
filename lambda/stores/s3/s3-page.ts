import type { _Object, ListObjectsV2CommandOutput } from "@aws-sdk/client-s3";

/** What a page says besides its objects. */
export type PageFacts = Pick<ListObjectsV2CommandOutput, "IsTruncated" | "KeyCount" | "NextContinuationToken" | "EncodingType">;

/** What a listing reads of a page. */
export type ListedPage = PageFacts & { readonly Contents?: readonly Pick<_Object, "Key" | "ETag" | "Size">[] | undefined };

/** A page whose objects nobody has read yet. `last`: the key of the last one, as it is written in `Contents`; absent if there is none. */
export type OpenPage = { readonly facts: PageFacts; readonly last?: string; readonly objects: Buffer };

/** Whole fields and nothing else, so that what follows is a child of the root. */
const fields = String.raw`(?:<(\w+)(?:/>|>[^<]*</\1>))*`;
const beginning = new RegExp(String.raw`^<\?xml [^<>]*\?>\n?<ListBucketResult(?: xmlns="[^"<>&]*")?>${fields}$`);
const ending = new RegExp(String.raw`^${fields}</ListBucketResult>\n?$`);
const field = /<(\w+)(?:\/>|>([^<]*)<\/\1>)/g;

const owner = `<Owner>(?:<ID>[^<]*</ID>)?(?:<DisplayName(?:/>|>[^<]*</DisplayName>))?</Owner>`;

/** An object as S3, Ceph and MinIO write it: nothing but these fields, in this order. A key without line breaks, which the SDK may change. */
const object = new RegExp(
  [
    String.raw`<Contents><Key>([^<\r\n]*)</Key>(?:<LastModified>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z</LastModified>)?`,
    String.raw`<ETag>(?:(?:"|&quot;|&#34;)([^<>&"\s]*)(?:"|&quot;|&#34;)|([^<>&"\s]*))</ETag>`,
    String.raw`(?:<ChecksumAlgorithm>\w*</ChecksumAlgorithm>)?(?:<ChecksumType>\w*</ChecksumType>)?<Size>(\d{1,15})</Size>`,
    String.raw`(?:${owner})?(?:<StorageClass>\w*</StorageClass>)?(?:${owner})?(?:<Type>\w*</Type>)?</Contents>`,
  ].join(""),
  "y",
);

const [opening, closing, end] = ["<Contents>", "</Contents>", "</ListBucketResult>"] as const;

/**
 * Finds what a listing needs to go on, the facts and the last key. Undefined if one of them has a form other than the usual one, for
 * the SDK to read. What is between is for `objectsIn`.
 */
export const openPage = (page: Buffer): OpenPage | undefined => {
  const start = page.indexOf(opening);
  const stop = start === -1 ? page.lastIndexOf(end) : page.lastIndexOf(closing) + closing.length;
  const objects = start === -1 ? page.subarray(0, 0) : page.subarray(start, stop);
  const facts = stop === -1 ? undefined : factsOf(page.toString("utf8", 0, start === -1 ? stop : start), page.toString("utf8", stop));
  if (facts === undefined || objects.length === 0) return facts && { facts, objects };
  const last = objectsIn(objects, objects.lastIndexOf(opening))?.[0]?.Key;
  return last === undefined ? undefined : { facts, last, objects };
};

/**
 * Reads the objects of a page in one pass: the SDK's parser needs eighty times as long. Undefined if anything has another form, for the SDK to
 * read: a key that is misread is an article that vanishes. `from`: the byte where the first one begins.
 */
export const objectsIn = (
  written: Buffer,
  from = 0,
): readonly { readonly Key: string; readonly ETag: string; readonly Size: number }[] | undefined => {
  const text = written.toString("utf8", from);
  const objects: { readonly Key: string; readonly ETag: string; readonly Size: number }[] = [];
  let at = 0;
  while (at < text.length) {
    object.lastIndex = at;
    const found = object.exec(text);
    if (found === null) return undefined;
    const [, escaped = "", quoted, bare = "", size] = found;
    const Key = textOf(escaped);
    if (Key === undefined) return undefined;
    objects.push({ Key, ETag: quoted === undefined ? bare : `"${quoted}"`, Size: Number(size) });
    at = object.lastIndex;
  }
  return objects;
};

/** The facts that stand before and after the objects. */
const factsOf = (before: string, after: string): PageFacts | undefined => {
  if (!beginning.test(before) || !ending.test(after)) return undefined;
  const found = new Map<string, string | undefined>();
  for (const [, name = "", written = ""] of `${before}${after}`.matchAll(field)) {
    if (found.has(name)) return undefined;
    found.set(name, textOf(written));
  }
  const { IsTruncated, KeyCount, NextContinuationToken, EncodingType, ...others } = Object.fromEntries(found);
  const known = (name: string, value: string | undefined, form: RegExp) => !found.has(name) || (value !== undefined && form.test(value));
  if (others["CommonPrefixes"] !== undefined || !found.has("IsTruncated")) return undefined;
  if (!known("IsTruncated", IsTruncated, /^(?:true|false)$/) || !known("KeyCount", KeyCount, /^\d{1,15}$/)) return undefined;
  if (!known("NextContinuationToken", NextContinuationToken, /^\S+$/) || !known("EncodingType", EncodingType, /^url$/)) return undefined;
  return {
    IsTruncated: IsTruncated === "true",
    ...(KeyCount !== undefined && { KeyCount: Number(KeyCount) }),
    ...(NextContinuationToken !== undefined && { NextContinuationToken }),
    ...(EncodingType === "url" && { EncodingType }),
  };
};

const entities: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'" };

/** Undefined if it has a reference that only a whole parser knows. */
const textOf = (written: string): string | undefined => {
  if (!written.includes("&")) return written;
  return /&(?!(?:amp|lt|gt|quot|apos);)/.test(written) ? undefined : written.replace(/&\w+;/g, (entity) => entities[entity] ?? entity);
};
