import type { Bucket, Version } from "./s3-bucket.ts";
import { S3Failure } from "./s3-failure.ts";
import { document, type Tag, written } from "./s3-xml.ts";

/** The most entries on a page: as many as the request asks for, but at most the server's limit. */
const pageSizeOf = (query: URLSearchParams, most: number): number => {
  const asked = query.get("max-keys");
  if (asked !== null && !/^\d+$/.test(asked)) throw new S3Failure(400, "InvalidArgument", "max-keys is not a number.");
  return Math.min(Number(asked ?? most), most);
};

const encoderOf = (query: URLSearchParams): ((key: string) => string) => {
  const encoding = query.get("encoding-type");
  if (encoding !== null && encoding !== "url") throw new S3Failure(400, "InvalidArgument", "encoding-type may only be url.");
  // Encodes as HTML forms do, with "+" for a space, but leaves slashes.
  const encoded = (key: string) => encodeURIComponent(key).replaceAll("%2F", "/").replaceAll("%20", "+");
  return (key) => (encoding === null || /^[\w/.-]*$/.test(key) ? key : encoded(key));
};

const after = (a: string, b: string): boolean => Buffer.compare(Buffer.from(a), Buffer.from(b)) > 0;

const encodingTag = (query: URLSearchParams): readonly Tag[] => (query.get("encoding-type") === "url" ? [["EncodingType", "url"]] : []);

/** ListObjectsV2, without delimiter. A continuation token is the last key in base64. */
export const listObjects = (name: string, bucket: Bucket, query: URLSearchParams, pageSize: number): string => {
  if (query.has("delimiter")) throw new S3Failure(501, "NotImplemented", "This server lists without delimiter.");
  const encode = encoderOf(query);
  const most = pageSizeOf(query, pageSize);
  const token = query.get("continuation-token");
  const start = token === null ? (query.get("start-after") ?? "") : Buffer.from(token, "base64url").toString();
  const page: { readonly key: string; readonly version: Version }[] = [];
  let more = false;
  for (const [key, [version]] of bucket.sorted(query.get("prefix") ?? "", start)) {
    if (version?.kind !== "object" || key === start) continue;
    more = page.length === most;
    if (more) break;
    page.push({ key, version });
  }
  const truncated = most > 0 && more;
  return document([
    "ListBucketResult",
    [
      ["Name", name],
      ["Prefix", encode(query.get("prefix") ?? "")],
      ["MaxKeys", most],
      ["KeyCount", page.length],
      ...encodingTag(query),
      ["IsTruncated", truncated],
      ...(token === null ? [] : [["ContinuationToken", token] as const]),
      ...(truncated ? [["NextContinuationToken", Buffer.from(page.at(-1)?.key ?? "").toString("base64url")] as const] : []),
      ...page.map(({ key, version }): Tag => ["Contents", { xml: written(["Key", encode(key)]) + factsXml(version) }]),
    ],
  ]);
};

const factsOf = (version: Version): readonly Tag[] => [
  ["LastModified", version.modified.toISOString()],
  ["ETag", version.etag],
  ["Size", version.bytes.length],
  ["StorageClass", "STANDARD"],
];

/** Kept, so that a benchmark measures the client. */
const finished = new WeakMap<Version, string>();
const factsXml = (version: Version): string => {
  const xml = finished.get(version) ?? factsOf(version).map(written).join("");
  finished.set(version, xml);
  return xml;
};

/** ListObjectVersions: by key, newest version first, including delete markers. */
export const listVersions = (name: string, bucket: Bucket, query: URLSearchParams, pageSize: number): string => {
  const encode = encoderOf(query);
  const most = pageSizeOf(query, pageSize);
  const keyMarker = query.get("key-marker") ?? "";
  const idMarker = query.get("version-id-marker");
  const every = [...bucket.sorted(query.get("prefix") ?? "")].flatMap(([key, versions]) =>
    versions.map((version, index) => ({ key, version, latest: index === 0 })),
  );
  const marked = idMarker === null ? -1 : every.findIndex(({ key, version }) => key === keyMarker && version.id === idMarker);
  const all = marked === -1 ? every.filter(({ key }) => after(key, keyMarker)) : every.slice(marked + 1);
  const page = all.slice(0, most);
  const last = page.at(-1);
  const truncated = last !== undefined && page.length < all.length;
  return document([
    "ListVersionsResult",
    [
      ["Name", name],
      ["Prefix", encode(query.get("prefix") ?? "")],
      ["MaxKeys", most],
      ...encodingTag(query),
      ["IsTruncated", truncated],
      ["KeyMarker", encode(keyMarker)],
      ...(truncated
        ? ([
            ["NextKeyMarker", encode(last.key)],
            ["NextVersionIdMarker", last.version.id],
          ] as const)
        : []),
      ...page.map(({ key, version, latest }): Tag => {
        const named: readonly Tag[] = [
          ["Key", encode(key)],
          ["VersionId", version.id],
          ["IsLatest", latest],
        ];
        if (version.kind === "marker") return ["DeleteMarker", [...named, ["LastModified", version.modified.toISOString()]]];
        return ["Version", [...named, ...factsOf(version)]];
      }),
    ],
  ]);
};
