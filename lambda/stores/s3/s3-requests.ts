import * as sdk from "@aws-sdk/client-s3";
import { type ListedPage, type OpenPage, objectsIn } from "./s3-page.ts";
import { type Ask, preparedPages, readBySdk } from "./s3-page-request.ts";

// The one file that loads the AWS SDK. It is loaded only at the first request of an S3 store: work in folders does not wait for
// it, and a bundle contains only this much of the SDK.

/** `left`: milliseconds that the run still has. `config`: settings for tests. */
export type ClientLimits = { readonly left?: () => number; readonly config?: sdk.S3ClientConfig };

/**
 * How often a request is sent at most: with the SDK's pauses (each twice as long as the last, at most 20 s), this outlasts half a
 * minute of "slow down".
 */
const attempts = 8;
/** Milliseconds: for a server that does not answer, and for one that falls silent. Without these limits the SDK waits for ever. */
const silence = { connectionTimeout: 5_000, socketTimeout: 20_000 } as const;

/** Milliseconds before the end of a run at which a request is given up, so that there is time to report it. */
const farewell = 2_000;

const limits = new WeakMap<sdk.S3Client, () => number>();

/**
 * A client with the SDK's own settings: region, credentials, endpoint. Requests that S3 (500, 503 SlowDown) or the network
 * (timeouts, resets) fails are sent again, with growing pauses, while the run has time.
 */
export const newS3Client = ({ left, config }: ClientLimits = {}): sdk.S3Client => {
  const client = new sdk.S3Client({ maxAttempts: attempts, retryMode: "standard", requestHandler: silence, ...config });
  if (left !== undefined) limits.set(client, left);
  return client;
};

/** Ends a request, or the pause before its next attempt, when the run has no time left. */
const within = (s3: sdk.S3Client): { readonly abortSignal?: AbortSignal } => {
  const left = limits.get(s3)?.();
  return left === undefined || left === Number.POSITIVE_INFINITY
    ? {}
    : { abortSignal: AbortSignal.timeout(Math.max(0, Math.floor(left - farewell))) };
};

/** A page of a listing: keys below `Prefix`, after `StartAfter`; or the page after that which gave `ContinuationToken`. */
export type PageInput = {
  readonly Bucket: string;
  readonly Prefix: string;
  readonly StartAfter?: string | undefined;
  readonly ContinuationToken?: string | undefined;
};

/** By bucket. */
const prepared = new WeakMap<sdk.S3Client, Map<string, Promise<Ask>>>();

/** A page of a listing. `open`: it is one of the usual form, as far as one can see from its ends. `read` gives its objects. */
export type AnsweredPage = { readonly open?: OpenPage; readonly read: () => Promise<ListedPage> };

/** Keys come encoded, because a key may contain characters that XML cannot. */
export const listObjects = async (
  s3: sdk.S3Client,
  { Bucket, Prefix, StartAfter, ContinuationToken }: PageInput,
): Promise<AnsweredPage> => {
  const all = { Bucket, EncodingType: "url" } as const;
  const asks = prepared.get(s3) ?? new Map<string, Promise<Ask>>();
  prepared.set(s3, asks);
  const asking = asks.get(Bucket) ?? preparedPages(s3, new sdk.ListObjectsV2Command(all), within(s3));
  asks.set(Bucket, asking);
  try {
    const ask = await asking;
    const answered = ask({
      prefix: Prefix,
      ...(StartAfter !== undefined && { "start-after": StartAfter }),
      ...(ContinuationToken !== undefined && { "continuation-token": ContinuationToken }),
    });
    const bySdk = () =>
      s3.send(readBySdk(new sdk.ListObjectsV2Command({ ...all, Prefix, StartAfter, ContinuationToken }), answered), within(s3));
    const { page: open } = await answered.catch(() => ({ page: undefined }));
    if (open !== undefined) return { open, read: async () => wholeOf(open) ?? bySdk() };
    asks.delete(Bucket);
    const page = await bySdk();
    return { read: async () => page };
  } catch (error) {
    asks.delete(Bucket);
    throw error;
  }
};

const wholeOf = ({ facts, objects }: OpenPage): ListedPage | undefined => {
  const Contents = objectsIn(objects);
  return Contents && { ...facts, Contents };
};

export const listVersions = (s3: sdk.S3Client, input: sdk.ListObjectVersionsCommandInput) =>
  s3.send(new sdk.ListObjectVersionsCommand(input), within(s3));
export const getObject = (s3: sdk.S3Client, input: sdk.GetObjectCommandInput) => s3.send(new sdk.GetObjectCommand(input), within(s3));
export const headObject = (s3: sdk.S3Client, input: sdk.HeadObjectCommandInput) => s3.send(new sdk.HeadObjectCommand(input), within(s3));
export const putObject = (s3: sdk.S3Client, input: sdk.PutObjectCommandInput) => s3.send(new sdk.PutObjectCommand(input), within(s3));
export const copyObject = (s3: sdk.S3Client, input: sdk.CopyObjectCommandInput) => s3.send(new sdk.CopyObjectCommand(input), within(s3));
export const deleteObject = (s3: sdk.S3Client, input: sdk.DeleteObjectCommandInput) =>
  s3.send(new sdk.DeleteObjectCommand(input), within(s3));
