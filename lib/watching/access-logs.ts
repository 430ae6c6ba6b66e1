import { Aws, CfnCondition, type CfnResource, Duration, Fn, RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import type { Distribution } from "aws-cdk-lib/aws-cloudfront";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnDelivery, CfnDeliveryDestination, CfnDeliverySource } from "aws-cdk-lib/aws-logs";
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";

/** CloudFront's home region: only from there can its logs be delivered and its metrics watched. A condition of the whole stack. */
export function onlyAtHome(scope: Construct): CfnCondition {
  const stack = Stack.of(scope);
  const found = stack.node.tryFindChild("AtHome") as CfnCondition | undefined;
  return found ?? new CfnCondition(stack, "AtHome", { expression: Fn.conditionEquals(Aws.REGION, "us-east-1") });
}

/**
 * The fields that show how the wire is used: no client address, no port, no cookie, and no place narrower than the edge location.
 * The names come from standard logging, version 2.
 */
const fields = [
  "date",
  "time",
  "x-edge-location",
  "sc-bytes",
  "cs-method",
  "cs(Host)",
  "cs-uri-stem",
  "sc-status",
  "cs(Referer)",
  "cs(User-Agent)",
  "x-edge-result-type",
  "cs-protocol",
  "time-taken",
  "ssl-protocol",
  "cs-protocol-version",
  "sc-content-type",
];

/** Which programs read what and when, but not who: Parquet in a separate bucket, for thirty days. */
export class AccessLogs extends Construct {
  constructor(
    scope: Construct,
    id: string,
    props: { readonly name: string; readonly distribution: Distribution; readonly atHome: CfnCondition },
  ) {
    super(scope, id);
    const bucket = logBucket(this);
    const stack = Stack.of(this);
    const source = new CfnDeliverySource(this, "Source", {
      name: `${props.name}-access`,
      logType: "ACCESS_LOGS",
      resourceArn: stack.formatArn({
        service: "cloudfront",
        region: "",
        resource: "distribution",
        resourceName: props.distribution.distributionId,
      }),
    });
    const destination = new CfnDeliveryDestination(this, "Destination", {
      name: `${props.name}-access`,
      destinationResourceArn: bucket.bucketArn,
      outputFormat: "parquet",
    });
    const delivery = new CfnDelivery(this, "Delivery", {
      deliverySourceName: source.name,
      deliveryDestinationArn: destination.attrArn,
      recordFields: fields,
      s3SuffixPath: "{yyyy}/{MM}/{dd}",
    });
    delivery.addResourceDependency(source);
    // CloudWatch Logs checks at once whether it may write. Without the policy the delivery fails, or writes its own policy.
    if (bucket.policy !== undefined) delivery.addResourceDependency(bucket.policy.node.defaultChild as CfnResource);
    for (const part of [source, destination, delivery] satisfies CfnResource[]) part.cfnOptions.condition = props.atHome;
  }
}

function logBucket(scope: Construct): Bucket {
  const bucket = new Bucket(scope, "Bucket", {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    lifecycleRules: [{ id: "a month", expiration: Duration.days(30), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  const { account, region, partition } = Stack.of(scope);
  bucket.addToResourcePolicy(
    new PolicyStatement({
      sid: "DeliverLogs",
      principals: [new ServicePrincipal("delivery.logs.amazonaws.com")],
      actions: ["s3:PutObject"],
      resources: [bucket.arnForObjects("*")],
      conditions: {
        StringEquals: { "aws:SourceAccount": account },
        ArnLike: { "aws:SourceArn": `arn:${partition}:logs:${region}:${account}:delivery-source:*` },
      },
    }),
  );
  const reason = "It contains the logs itself, for thirty days, and only the delivery of logs may write to it.";
  Validations.of(bucket).acknowledge({ id: "AwsSolutions-S1", reason });
  return bucket;
}
