import type { IncomingHttpHeaders } from "node:http";
import { crc32Of } from "./s3-body.ts";
import type { Bucket, Conditions, ObjectHeaders, Version } from "./s3-bucket.ts";
import { preconditionFailed, S3Failure } from "./s3-failure.ts";
import { document } from "./s3-xml.ts";

/** The answer to the client. A body is not sent with status 204 or 304, or for HEAD. */
export type Answer = { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: Uint8Array | string };

/** The headers that an object keeps from the request that wrote it. `aws-chunked` is only a transfer encoding, and dropped. */
export const keptHeaders = (headers: IncomingHttpHeaders): ObjectHeaders => {
  const encoding = (headers["content-encoding"] ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "" && part !== "aws-chunked")
    .join(",");
  const kept: Record<string, string> = { "content-type": headers["content-type"] ?? "binary/octet-stream" };
  if (encoding !== "") kept["content-encoding"] = encoding;
  for (const name of ["cache-control", "content-disposition", "content-language", "expires"]) {
    const value = headers[name];
    if (typeof value === "string") kept[name] = value;
  }
  for (const [name, value] of Object.entries(headers)) if (name.startsWith("x-amz-meta-") && typeof value === "string") kept[name] = value;
  return kept;
};

export const conditionsOf = (headers: IncomingHttpHeaders): Conditions => ({
  ifMatch: headers["if-match"],
  ifNoneMatch: headers["if-none-match"],
});

/** GetObject and HeadObject: conditions of RFC 9110, 13.1, and one range. */
export const getObject = (bucket: Bucket, key: string, query: URLSearchParams, headers: IncomingHttpHeaders): Answer => {
  const version = bucket.get(key, query.get("versionId") ?? undefined);
  const facts = { etag: version.etag, "last-modified": version.modified.toUTCString(), "x-amz-version-id": version.id };
  if (headers["if-match"] !== undefined && !names(headers["if-match"], version)) throw preconditionFailed("If-Match");
  if (isFresh(version, headers)) {
    const { "cache-control": cacheControl } = version.headers;
    return { status: 304, headers: { ...facts, ...(cacheControl && { "cache-control": cacheControl }) } };
  }
  const all = { ...version.headers, ...facts, "accept-ranges": "bytes" };
  const range = rangeOf(headers.range, version.bytes.length);
  if (range === undefined) {
    const sum =
      headers["x-amz-checksum-mode"] === "ENABLED"
        ? { "x-amz-checksum-crc32": crc32Of(version.bytes), "x-amz-checksum-type": "FULL_OBJECT" }
        : {};
    return { status: 200, headers: { ...all, ...sum }, body: version.bytes };
  }
  const body = version.bytes.subarray(range.first, range.last + 1);
  return { status: 206, headers: { ...all, "content-range": `bytes ${range.first}-${range.last}/${version.bytes.length}` }, body };
};

const names = (header: string, version: Version): boolean =>
  header === "*" ||
  header.split(",").some((etag) => etag.trim().replace(/^W\//, "").replaceAll('"', "") === version.etag.replaceAll('"', ""));

const isFresh = (version: Version, headers: IncomingHttpHeaders): boolean => {
  if (headers["if-none-match"] !== undefined) return names(headers["if-none-match"], version);
  const since = headers["if-modified-since"];
  return since !== undefined && Math.floor(version.modified.getTime() / 1000) * 1000 <= Date.parse(since);
};

/** Undefined without a range, or with an invalid one, which HTTP ignores (RFC 9110, 14.2). */
const rangeOf = (header: string | undefined, size: number): { readonly first: number; readonly last: number } | undefined => {
  const [, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (from === "" && to === "") return undefined;
  const first = from === "" ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === "" || to === "" ? size - 1 : Math.min(Number(to), size - 1);
  if (first >= size) throw new S3Failure(416, "InvalidRange", "The range begins beyond the end.", { "content-range": `bytes */${size}` });
  return last < first ? undefined : { first, last };
};

/** CopyObject: `source` is the value of x-amz-copy-source, which `find` parses. */
export const copyObject = (source: Version, to: Bucket, key: string, headers: IncomingHttpHeaders): Answer => {
  const fresh = headers["x-amz-metadata-directive"] === "REPLACE";
  const version = to.put(key, source.bytes, fresh ? keptHeaders(headers) : source.headers, conditionsOf(headers));
  const body = document([
    "CopyObjectResult",
    [
      ["ETag", version.etag],
      ["LastModified", version.modified.toISOString()],
    ],
  ]);
  return { status: 200, headers: { "content-type": "application/xml", "x-amz-version-id": version.id }, body };
};
