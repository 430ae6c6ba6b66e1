import type { S3Client } from "@aws-sdk/client-s3";
import { Fault } from "../../fault.ts";
import type { Version } from "../store.ts";
import { s3ErrorOf } from "./s3-errors.ts";
import { quotedEtag } from "./s3-listing.ts";

type Name = { readonly Bucket: string; readonly Key: string };

/** The present version of an object, without its bytes; undefined if it does not exist. */
export const headVersion = async (s3: S3Client, name: Name): Promise<Version | undefined> => (await headOf(s3, name))?.version;

/** Version and size of an object; undefined if it does not exist. */
export const headOf = async (s3: S3Client, name: Name): Promise<{ readonly version: Version; readonly size: number } | undefined> => {
  const { headObject } = await import("./s3-requests.ts");
  try {
    const { ETag, ContentLength = 0 } = await headObject(s3, name);
    if (ETag === undefined) throw new Fault(`S3 gave no ETag for s3://${name.Bucket}/${name.Key}.`);
    return { version: quotedEtag(ETag), size: ContentLength };
  } catch (error) {
    // A response to HEAD has no body to say what the 404 refers to; the next request will.
    if (s3ErrorOf(error).status === 404) return undefined;
    throw error;
  }
};
