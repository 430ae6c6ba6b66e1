import { Duration, RemovalPolicy, Validations } from "aws-cdk-lib";
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  type IBucket,
  type LifecycleRule,
  ObjectOwnership,
} from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { objectPrefixes, stateKeys } from "../lambda/state/state-keys.ts";
import type { Settings } from "./settings.ts";

/**
 * The buckets that hold data: content (what the newsroom writes), feeds (what readers get), state (what the function remembers).
 * All three are private, versioned and outlive the stack. Their logical ids are fixed names, so moving a construct never replaces
 * a bucket.
 */
export class Storage extends Construct {
  readonly content: IBucket;
  readonly feeds: IBucket;
  readonly state: IBucket;

  constructor(scope: Construct, id: string, props: { readonly settings: Settings; readonly prefix: string }) {
    super(scope, id);
    const { oldVersions, buckets } = props.settings;
    const bucketFor = (
      name: "Content" | "Feeds" | "State",
      given: string | IBucket | undefined,
      rules: readonly LifecycleRule[],
    ): IBucket => {
      if (typeof given === "object") return given;
      const bucket = keptBucket(this, name, given, rules);
      cfnOf(bucket).overrideLogicalId(`${props.prefix}${name}Bucket`);
      // With this policy CloudFront reads the feeds, and the distribution outlives the stack too.
      if (name === "Feeds") bucket.policy?.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
      // Set on the resource: `eventBridgeEnabled` would add a function and role of CDK, which may write to any bucket's configuration.
      if (name === "Content") cfnOf(bucket).notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
      // CDK's classes leave `undefined` out of the optional members of their interfaces, which exactOptionalPropertyTypes rejects.
      return bucket as IBucket;
    };
    this.content = bucketFor("Content", buckets.content, [oldVersionsEnd("", oldVersions.content)]);
    this.feeds = bucketFor("Feeds", buckets.feeds, [oldVersionsEnd("", oldVersions.feeds)]);
    this.state = bucketFor("State", buckets.state, stateLifecycle(oldVersions.state));
  }
}

/**
 * Old heads lead back to what was: ten stay however old they are. The objects that they name stay as long after the sweep has removed
 * them. Every run with a change writes lease and report, which nobody needs later: a week is enough. If two rules match a key, S3 takes
 * the shorter period, so no rule covers the whole bucket.
 */
function stateLifecycle(days: number): readonly LifecycleRule[] {
  const { head, lease, report, kept } = stateKeys;
  return [
    { ...oldVersionsEnd(head, days), noncurrentVersionsToRetain: 10 },
    ...[lease, report].map((key) => oldVersionsEnd(key, Math.min(days, 7))),
    ...[...objectPrefixes, kept].map((key) => oldVersionsEnd(key, days)),
  ];
}

/** Removes old versions, delete markers, and the parts of unfinished uploads. */
function oldVersionsEnd(prefix: string, days: number): LifecycleRule {
  return {
    id: `old versions of ${prefix === "" ? "everything" : prefix}`,
    ...(prefix === "" ? {} : { prefix }),
    noncurrentVersionExpiration: Duration.days(days),
    expiredObjectDeleteMarker: true,
    abortIncompleteMultipartUploadAfter: Duration.days(1),
  };
}

function cfnOf(bucket: Bucket): CfnBucket {
  return bucket.node.defaultChild as CfnBucket;
}

function keptBucket(scope: Construct, id: string, name: string | undefined, rules: readonly LifecycleRule[]): Bucket {
  const bucket = new Bucket(scope, id, {
    ...(name === undefined ? {} : { bucketName: name }),
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    versioned: true,
    lifecycleRules: [...rules],
    // It outlives the stack, but a failed first deployment leaves no empty bucket behind.
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  Validations.of(bucket).acknowledge({
    id: "AwsSolutions-S1",
    reason:
      "Only the function's role, CloudFront (for feeds) and the account's own people reach the bucket. Server access logs arrive late and " +
      "without guarantee; an account that needs an audit enables CloudTrail data events, which cover these buckets without a fourth one.",
  });
  return bucket;
}
