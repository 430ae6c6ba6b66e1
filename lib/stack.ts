import { CfnOutput, Stack, type StackProps, Tags } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { Builder } from "./builder.ts";
import { deadLetterQueue } from "./dead-letters.ts";
import { Delivery } from "./delivery.ts";
import { Notices } from "./notices.ts";
import { Scheduler } from "./scheduler.ts";
import { type Settings, tagsOf } from "./settings.ts";
import { Storage } from "./storage.ts";
import { AccessLogs, onlyAtHome } from "./watching/access-logs.ts";
import { Alarms } from "./watching/alarms.ts";
import { Budget } from "./watching/budget.ts";
import { Overview } from "./watching/dashboard.ts";
import { edgeWatches } from "./watching/edge-watches.ts";
import { watches } from "./watching/watches.ts";

/**
 * The whole cloud side. Nothing in it writes to the content bucket or empties any bucket, neither at deployment nor at deletion.
 */
export class WireroomStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { readonly settings: Settings }) {
    const { settings } = props;
    super(scope, id, {
      terminationProtection: true,
      ...(settings.region === undefined ? {} : { env: { region: settings.region } }),
      ...props,
    });
    for (const [name, value] of Object.entries(tagsOf(settings))) Tags.of(this).add(name, value);
    const storage = new Storage(this, "Storage", { settings });
    const deadLetters = deadLetterQueue(this);
    const delivery = new Delivery(this, "Delivery", { settings, feeds: storage.feeds });
    const notices = new Notices(this, "Notices", { settings, content: storage.content, deadLetters });
    const { queue } = notices;
    const { distribution, edgeTable } = delivery;
    const scheduler = new Scheduler(this, "Moments");
    const builder = new Builder(this, "Builder", { settings, buckets: storage, edgeTable, distribution, queue, scheduler, deadLetters });
    notices.call(builder.handler);
    scheduler.call(builder.handler);
    const atHome = onlyAtHome(this);
    if (settings.accessLogs) new AccessLogs(this, "AccessLogs", { distribution, atHome });
    const { distributionId } = distribution;
    const watched = { settings, handler: builder.handler, notices: queue, deadLetters };
    const alarms = new Alarms(this, "Alarms", {
      watches: watches(watched),
      conditional: { watches: edgeWatches(distributionId), condition: atHome },
      email: settings.alarmEmail,
    });
    builder.tellPeople(alarms.topic);
    new Overview(this, "Overview", { ...watched, distributionId, alarms: alarms.everywhere });
    if (settings.budget > 0) new Budget(this, "Budget", { dollars: settings.budget, topic: alarms.topic });

    const outputs: Readonly<Record<string, string>> = {
      ContentBucketName: storage.content.bucketName,
      FeedsBucketName: storage.feeds.bucketName,
      StateBucketName: storage.state.bucketName,
      FunctionName: builder.handler.functionName,
      DeadLettersUrl: deadLetters.queueUrl,
      NoticesUrl: queue.queueUrl,
      AlarmTopicArn: alarms.topic.topicArn,
      EdgeTableArn: delivery.edgeTable.keyValueStoreArn,
      DistributionId: distributionId,
      FeedsUrl: `https://${delivery.distribution.distributionDomainName}/`,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
