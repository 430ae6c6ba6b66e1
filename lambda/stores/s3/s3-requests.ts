import * as sdk from "@aws-sdk/client-s3";

// The one file that loads the AWS SDK, and it is loaded itself only at the first request of an S3 store: whoever works in folders does not
// wait for it, and a bundle carries no more of the SDK than these.

/** `left`: milliseconds that the run still has. `config`: what a test says otherwise. */
export type ClientLimits = { readonly left?: () => number; readonly config?: sdk.S3ClientConfig };

/** How often a request is sent at most: with the SDK's pauses (twice as long each time, at most 20 s) about half a minute of "slow down". */
const attempts = 8;
/** Milliseconds: a server that does not answer at all, and one that falls silent. Without these the SDK waits for ever. */
const silence = { connectionTimeout: 5_000, socketTimeout: 20_000 } as const;

/** Milliseconds before the end of a run at which a request is given up, so that there is time to say so. */
const farewell = 2_000;

const limits = new WeakMap<sdk.S3Client, () => number>();

/**
 * A client by the SDK's own settings: region, credentials, endpoint. What S3 asks for again (500, 503 SlowDown) and what the network loses
 * (timeouts, resets) is sent again, with pauses that grow, as long as the run has time.
 */
export const newClient = ({ left, config }: ClientLimits = {}): sdk.S3Client => {
  const client = new sdk.S3Client({ maxAttempts: attempts, retryMode: "standard", requestHandler: silence, ...config });
  if (left !== undefined) limits.set(client, left);
  return client;
};

/** Ends a request, and the pause before the next sending of it, when the run has no time left. */
const within = (s3: sdk.S3Client): { readonly abortSignal?: AbortSignal } => {
  const left = limits.get(s3)?.();
  return left === undefined || left === Number.POSITIVE_INFINITY
    ? {}
    : { abortSignal: AbortSignal.timeout(Math.max(0, Math.floor(left - farewell))) };
};

export const listObjects = (s3: sdk.S3Client, input: sdk.ListObjectsV2CommandInput) =>
  s3.send(new sdk.ListObjectsV2Command(input), within(s3));
export const listVersions = (s3: sdk.S3Client, input: sdk.ListObjectVersionsCommandInput) =>
  s3.send(new sdk.ListObjectVersionsCommand(input), within(s3));
export const getObject = (s3: sdk.S3Client, input: sdk.GetObjectCommandInput) => s3.send(new sdk.GetObjectCommand(input), within(s3));
export const headObject = (s3: sdk.S3Client, input: sdk.HeadObjectCommandInput) => s3.send(new sdk.HeadObjectCommand(input), within(s3));
export const putObject = (s3: sdk.S3Client, input: sdk.PutObjectCommandInput) => s3.send(new sdk.PutObjectCommand(input), within(s3));
export const copyObject = (s3: sdk.S3Client, input: sdk.CopyObjectCommandInput) => s3.send(new sdk.CopyObjectCommand(input), within(s3));
export const deleteObject = (s3: sdk.S3Client, input: sdk.DeleteObjectCommandInput) =>
  s3.send(new sdk.DeleteObjectCommand(input), within(s3));
