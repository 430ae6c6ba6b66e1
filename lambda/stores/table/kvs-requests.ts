// KeyValueStores have no region, so their requests are signed with SigV4A; the SDK has it only if this is imported.
import "@aws-sdk/signature-v4a";
import * as sdk from "@aws-sdk/client-cloudfront-keyvaluestore";

// Loaded at the first request, like s3-requests.ts: most runs change nothing at the edge.

/**
 * Milliseconds: for an edge that does not answer, and for one that falls silent. Without these limits the SDK waits for ever, and
 * holds the lease.
 */
const silence = { connectionTimeout: 5_000, socketTimeout: 20_000 } as const;

export const newKeyValueStoreClient = (): sdk.CloudFrontKeyValueStoreClient =>
  new sdk.CloudFrontKeyValueStoreClient({ requestHandler: silence });

export const describe = (kvs: sdk.CloudFrontKeyValueStoreClient, input: sdk.DescribeKeyValueStoreCommandInput) =>
  kvs.send(new sdk.DescribeKeyValueStoreCommand(input));
export const listKeys = (kvs: sdk.CloudFrontKeyValueStoreClient, input: sdk.ListKeysCommandInput) =>
  kvs.send(new sdk.ListKeysCommand(input));
export const updateKeys = (kvs: sdk.CloudFrontKeyValueStoreClient, input: sdk.UpdateKeysCommandInput) =>
  kvs.send(new sdk.UpdateKeysCommand(input));
