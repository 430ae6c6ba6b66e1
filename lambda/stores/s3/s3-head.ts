import type { S3Client } from "@aws-sdk/client-s3";
import { Fault } from "../../fault.ts";
import type { Version } from "../store.ts";
import { s3ErrorOf } from "./s3-errors.ts";
import { quoted } from "./s3-listing.ts";

/** The version that an object has now, without its bytes; undefined where it is not there. */
export const headVersion = async (s3: S3Client, name: { readonly Bucket: string; readonly Key: string }): Promise<Version | undefined> => {
  const { headObject } = await import("./s3-requests.ts");
  try {
    const { ETag } = await headObject(s3, name);
    if (ETag === undefined) throw new Fault(`S3 gave no ETag for s3://${name.Bucket}/${name.Key}.`);
    return quoted(ETag);
  } catch (error) {
    // An answer to HEAD has no body that could say of what it is the 404; what is done next will say it.
    if (s3ErrorOf(error).status === 404) return undefined;
    throw error;
  }
};
