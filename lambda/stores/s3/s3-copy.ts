import type { S3Client } from "@aws-sdk/client-s3";
import { Fault } from "../../fault.ts";
import type { Condition, Headers, Version, Written } from "../store.ts";
import { isAbsent, isRefusal, s3ErrorOf } from "./s3-errors.ts";
import { headVersion } from "./s3-head.ts";
import { quotedEtag } from "./s3-listing.ts";

/** The place of an S3 store. `client` is undefined for the SDK's own settings, which all such stores share. */
export type S3Location = { readonly client: S3Client | undefined; readonly bucket: string; readonly root: string };

type ObjectName = { readonly Bucket: string; readonly Key: string };

/**
 * Copies an object inside S3. The condition is checked before the copy and also sent with it: Amazon's S3 checks it again at the
 * moment of writing, while a server without conditions on copies (Ceph RGW 20.2) still refuses unless there is a race.
 */
export const copyWithin = async (
  s3: S3Client,
  from: ObjectName,
  to: ObjectName,
  headers: Headers | undefined,
  condition: Condition | undefined,
): Promise<Written> => {
  const requests = await import("./s3-requests.ts");
  if (condition !== undefined && !holds(await headVersion(s3, to), condition)) return { kind: "refused" };
  try {
    const { CopyObjectResult } = await requests.copyObject(s3, {
      ...to,
      CopySource: `${from.Bucket}/${from.Key.split("/").map(encodeURIComponent).join("/")}`,
      ...(condition && ("ifAbsent" in condition ? { IfNoneMatch: "*" } : { IfMatch: condition.ifVersion })),
      // Copied tags would need permissions for tags, which nothing else here needs.
      TaggingDirective: "REPLACE",
      // The same for annotations: S3 copies them by default, which needs two more permissions.
      AnnotationDirective: "EXCLUDE",
      ...(headers && {
        MetadataDirective: "REPLACE",
        ContentType: headers.contentType,
        CacheControl: headers.cacheControl,
        ContentEncoding: headers.contentEncoding,
      }),
    });
    if (CopyObjectResult?.ETag === undefined) throw new Fault(`S3 gave no ETag for the copy s3://${to.Bucket}/${to.Key}.`);
    return { kind: "written", version: quotedEtag(CopyObjectResult.ETag) };
  } catch (error) {
    if (isAbsent(error) && (await headVersion(s3, from)) === undefined) {
      throw new Fault(`s3://${from.Bucket}/${from.Key} no longer exists, so it cannot be copied. Nothing was changed.`, {
        kind: "overtaken",
        cause: error,
      });
    }
    if (condition === undefined || !isRefusal(error)) throw error;
    // The answer to the first attempt may have been lost, and the second refused because the first had succeeded.
    const [theirs, ours] = s3ErrorOf(error).attempts === 1 ? [] : [await headVersion(s3, to), await headVersion(s3, from)];
    return theirs !== undefined && theirs === ours ? { kind: "written", version: theirs } : { kind: "refused" };
  }
};

const holds = (version: Version | undefined, condition: Condition): boolean =>
  "ifAbsent" in condition ? version === undefined : version === condition.ifVersion;
