// KeyValueStores are of no region, so their requests are signed with SigV4A, which the SDK has only where this is imported.
import "@aws-sdk/signature-v4a";
import * as sdk from "@aws-sdk/client-cloudfront-keyvaluestore";

// Loaded at the first request, as s3-requests.ts is: most runs change nothing at the edge.

/** Milliseconds: an edge that does not answer at all, and one that falls silent. Without these the SDK waits for ever, and the lease with it. */
const silence = { connectionTimeout: 5_000, socketTimeout: 20_000 } as const;

export const newClient = (): sdk.CloudFrontKeyValueStoreClient => new sdk.CloudFrontKeyValueStoreClient({ requestHandler: silence });

export const describe = (kvs: sdk.CloudFrontKeyValueStoreClient, input: sdk.DescribeKeyValueStoreCommandInput) =>
  kvs.send(new sdk.DescribeKeyValueStoreCommand(input));
export const listKeys = (kvs: sdk.CloudFrontKeyValueStoreClient, input: sdk.ListKeysCommandInput) =>
  kvs.send(new sdk.ListKeysCommand(input));
export const updateKeys = (kvs: sdk.CloudFrontKeyValueStoreClient, input: sdk.UpdateKeysCommandInput) =>
  kvs.send(new sdk.UpdateKeysCommand(input));
