import { Fault } from "../../fault.ts";

/** The facts in the SDK's errors: S3's own code, the HTTP status, and how often the request was sent. */
export type S3Error = { readonly code: string; readonly status: number | undefined; readonly attempts: number };

export const s3ErrorOf = (error: unknown): S3Error => {
  const metadata = isObject(error) && isObject(error["$metadata"]) ? error["$metadata"] : {};
  const { httpStatusCode, attempts } = metadata;
  return {
    code: error instanceof Error ? error.name : "",
    status: typeof httpStatusCode === "number" ? httpStatusCode : undefined,
    attempts: typeof attempts === "number" ? attempts : 1,
  };
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null;

/** The key does not exist. A 404 for something else (a bucket, a proxy, a wrong endpoint) says nothing about a key. */
export const isAbsent = (error: unknown): boolean => ["NoSuchKey", "NoSuchVersion"].includes(s3ErrorOf(error).code);

/**
 * A condition did not hold: it was false (412), another write to the key was in progress (409), or the key to replace or remove
 * does not exist (404).
 */
export const isRefusal = (error: unknown): boolean => {
  const { code, status } = s3ErrorOf(error);
  return status === 412 || (status === 409 && ["ConditionalRequestConflict", "ConcurrentModification"].includes(code)) || isAbsent(error);
};

/** A Fault that says what failed, where, and what to check. */
export const s3Fault = (what: string, address: string, error: unknown): Fault => {
  if (error instanceof Fault) return error;
  const { code, status } = s3ErrorOf(error);
  const message = error instanceof Error ? error.message : String(error);
  const said = [status, code, message === code ? "" : message].filter((part) => part !== undefined && part !== "").join(" ");
  const hint = hintFor(code, status);
  return new Fault(`Cannot ${what} ${address}: ${said.replace(/\.$/, "")}.${hint === undefined ? "" : ` ${hint}`}`, { cause: error });
};

const hintFor = (code: string, status: number | undefined): string | undefined => {
  if (code === "NoSuchBucket") return "Check the name of the bucket, and the account and region of the credentials.";
  if (code === "InvalidAccessKeyId" || code === "SignatureDoesNotMatch") return "The credentials are wrong.";
  if (code === "CredentialsProviderError") return "Set AWS credentials, for instance with AWS_PROFILE.";
  if (code === "PermanentRedirect" || code === "AuthorizationHeaderMalformed") return "The bucket is in another region: set AWS_REGION.";
  if (code === "AbortError") return "This run has no time left to try again; the next run continues.";
  if (status === 403)
    return "Grant the permission for this key. Without s3:ListBucket on the bucket, S3 answers 403 for a missing key too.";
  return undefined;
};
