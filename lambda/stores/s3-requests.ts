import * as sdk from "@aws-sdk/client-s3";

// The one file that loads the AWS SDK, and it is loaded itself only at the first request of an S3 store: whoever works in folders does not
// wait for it, and a bundle carries no more of the SDK than these.

/** A client by the SDK's own settings. */
export const newClient = (): sdk.S3Client => new sdk.S3Client({});

export const listObjects = (s3: sdk.S3Client, input: sdk.ListObjectsV2CommandInput) => s3.send(new sdk.ListObjectsV2Command(input));
export const listVersions = (s3: sdk.S3Client, input: sdk.ListObjectVersionsCommandInput) =>
  s3.send(new sdk.ListObjectVersionsCommand(input));
export const getObject = (s3: sdk.S3Client, input: sdk.GetObjectCommandInput) => s3.send(new sdk.GetObjectCommand(input));
export const headObject = (s3: sdk.S3Client, input: sdk.HeadObjectCommandInput) => s3.send(new sdk.HeadObjectCommand(input));
export const putObject = (s3: sdk.S3Client, input: sdk.PutObjectCommandInput) => s3.send(new sdk.PutObjectCommand(input));
export const copyObject = (s3: sdk.S3Client, input: sdk.CopyObjectCommandInput) => s3.send(new sdk.CopyObjectCommand(input));
export const deleteObject = (s3: sdk.S3Client, input: sdk.DeleteObjectCommandInput) => s3.send(new sdk.DeleteObjectCommand(input));
