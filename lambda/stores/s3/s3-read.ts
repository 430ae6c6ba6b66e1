import type { Readable } from "node:stream";
import type { GetObjectCommandOutput, S3Client } from "@aws-sdk/client-s3";
import { Fault } from "../../fault.ts";
import type { Found, Headers, Range, Streamed } from "../store.ts";
import { isAbsent, s3ErrorOf } from "./s3-errors.ts";
import { quotedEtag } from "./s3-listing.ts";

export type ObjectName = { readonly Bucket: string; readonly Key: string; readonly VersionId?: string | undefined };

/** How often an object is requested if its body breaks off on the way; the SDK only retries until the body begins. */
const readings = 3;

const getObject = async (s3: S3Client, name: ObjectName, range?: Range): Promise<GetObjectCommandOutput | undefined> => {
  const requests = await import("./s3-requests.ts");
  try {
    return await requests.getObject(s3, { ...name, ...(range && { Range: `bytes=${range.first}-${range.last}` }) });
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
};

export const readObject = async (s3: S3Client, name: ObjectName, range?: Range): Promise<Found | undefined> => {
  for (let reading = 1; ; reading += 1) {
    const got = await getObject(s3, name, range).catch((error: unknown) => {
      // HTTP has no range of an empty file, and none beyond the end of a file.
      if (range !== undefined && s3ErrorOf(error).status === 416) return getObject(s3, name);
      throw error;
    });
    if (got === undefined) return undefined;
    const { Body, ETag, ContentLength, ContentRange } = got;
    if (Body === undefined || ETag === undefined) throw new Fault(`s3://${name.Bucket}/${name.Key} came without a body or an ETag.`);
    try {
      const all = await Body.transformToByteArray();
      if (ContentLength !== undefined && all.length !== ContentLength) throw new Error(`only ${all.length} of ${ContentLength} bytes came`);
      const bytes = range !== undefined && ContentRange === undefined ? all.slice(range.first, range.last + 1) : all;
      return { bytes, version: quotedEtag(ETag), headers: headersOf(got) };
    } catch (error) {
      if (reading === readings) throw error;
    }
  }
};

export const openObject = async (s3: S3Client, name: ObjectName): Promise<Streamed | undefined> => {
  const got = await getObject(s3, name);
  if (got === undefined) return undefined;
  if (got.Body === undefined || got.ContentLength === undefined)
    throw new Fault(`s3://${name.Bucket}/${name.Key} came without a body or a length.`);
  // On Node the SDK returns a Readable, though its type also allows a browser's stream.
  return { stream: got.Body as Readable, size: got.ContentLength, headers: headersOf(got) };
};

const headersOf = ({ ContentType, CacheControl, ContentEncoding }: GetObjectCommandOutput): Headers => ({
  ...(ContentType && { contentType: ContentType }),
  ...(CacheControl && { cacheControl: CacheControl }),
  ...(ContentEncoding && { contentEncoding: ContentEncoding }),
});
