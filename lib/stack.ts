import { CfnOutput, Stack, type StackProps } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { Alarms } from "./alarms.ts";
import { Builder } from "./builder.ts";
import { Delivery } from "./delivery.ts";
import type { Settings } from "./settings.ts";
import { Storage } from "./storage.ts";

/** The whole cloud side. Nothing in it writes to the content bucket or empties any bucket, neither when deployed nor when deleted. */
export class WireroomStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { readonly settings: Settings }) {
    super(scope, id, props);
    const { settings } = props;
    const storage = new Storage(this, "Storage", { settings });
    const delivery = new Delivery(this, "Delivery", { feeds: storage.feeds });
    const builder = new Builder(this, "Builder", { settings, buckets: storage, edgeTable: delivery.edgeTable });
    const alarms = new Alarms(this, "Alarms", { settings, handler: builder.handler, deadLetters: builder.deadLetters });

    const outputs: Readonly<Record<string, string>> = {
      ContentBucketName: storage.content.bucketName,
      FeedsBucketName: storage.feeds.bucketName,
      StateBucketName: storage.state.bucketName,
      FunctionName: builder.handler.functionName,
      DeadLettersUrl: builder.deadLetters.queueUrl,
      AlarmTopicArn: alarms.topic.topicArn,
      EdgeTableArn: delivery.edgeTable.keyValueStoreArn,
      DistributionId: delivery.distribution.distributionId,
      FeedsUrl: `https://${delivery.distribution.distributionDomainName}/`,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
