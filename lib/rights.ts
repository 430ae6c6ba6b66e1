import type { Distribution, IKeyValueStore } from "aws-cdk-lib/aws-cloudfront";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { firstVersionKeys, objectPrefixes, stateKeys } from "../lambda/state/state-keys.ts";

export type Buckets = { readonly content: IBucket; readonly feeds: IBucket; readonly state: IBucket };

/**
 * All permissions of the function on data.
 * - ListBucket has no prefix condition: without it S3 answers 403 for an absent key, and the function takes 403 for a fault.
 * - A write with a condition on the present version needs the permission to read that key.
 * - History is read of content (when an article was first seen), of state (the newest good head, what was live before) and of
 *   feeds (their earlier bytes, for a roll-back).
 * - Content is never written, the head never deleted, and no version of an object of state: neither by a bug nor by somebody who has
 *   taken over the function. The first version's state is only read.
 */
export function rightsOn({ content, feeds, state }: Buckets): readonly PolicyStatement[] {
  const stateValues = Object.values(stateKeys).map((key) => objects(state, key));
  const firstState = Object.values(firstVersionKeys).map((key) => objects(state, key));
  return [
    allow("ListBuckets", ["s3:ListBucket"], [content.bucketArn, feeds.bucketArn, state.bucketArn]),
    allow("ListHistory", ["s3:ListBucketVersions"], [content.bucketArn, feeds.bucketArn, state.bucketArn]),
    allow("ReadContent", ["s3:GetObject", "s3:GetObjectVersion"], [objects(content, "")]),
    allow("PublishFeeds", ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:DeleteObject"], [objects(feeds, "")]),
    allow("KeepState", ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"], stateValues),
    allow("ReadFirstState", ["s3:GetObject", "s3:GetObjectVersion"], firstState),
    allow(
      "ClearState",
      ["s3:DeleteObject"],
      [stateKeys.lease, stateKeys.kept, ...objectPrefixes].map((key) => objects(state, key)),
    ),
  ];
}

/** The function's permissions on the edge table: only its three requests. */
export function rightsOnTable(table: IKeyValueStore): PolicyStatement {
  const actions = ["DescribeKeyValueStore", "ListKeys", "UpdateKeys"].map((action) => `cloudfront-keyvaluestore:${action}`);
  return allow("KeepEdgeTable", actions, [table.keyValueStoreArn]);
}

/** The permissions to invalidate withdrawn files in the caches, and to ask when that is done. */
export function rightsOnDistribution(distribution: Distribution): PolicyStatement {
  return allow("InvalidateCaches", ["cloudfront:CreateInvalidation", "cloudfront:GetInvalidation"], [distribution.distributionArn]);
}

/** The permissions that Lambda, as the function, needs on the queue that calls it; and to send a message that calls it later. */
export function rightsOnQueue(queue: IQueue): PolicyStatement {
  const actions = ["DeleteMessage", "GetQueueAttributes", "ReceiveMessage", "SendMessage"].map((action) => `sqs:${action}`);
  return allow("BeCalled", actions, [queue.queueArn]);
}

/** The permission to tell people about holds and problems. */
export function rightsOnTopic(topic: ITopic): PolicyStatement {
  return allow("TellPeople", ["sns:Publish"], [topic.topicArn]);
}

/** One key, or all keys under a prefix: the empty one, or one that ends in a slash. */
function objects(bucket: IBucket, key: string): string {
  return bucket.arnForObjects(key === "" || key.endsWith("/") ? `${key}*` : key);
}

function allow(sid: string, actions: readonly string[], resources: readonly string[]): PolicyStatement {
  return new PolicyStatement({ sid, actions: [...actions], resources: [...resources] });
}
