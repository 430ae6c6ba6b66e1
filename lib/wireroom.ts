import { join } from "node:path";
import { CfnOutput, Stack, Tags } from "aws-cdk-lib";
import type { IDistribution } from "aws-cdk-lib/aws-cloudfront";
import { Code, type IFunction } from "aws-cdk-lib/aws-lambda";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import { Builder } from "./builder.ts";
import { deadLetterQueue } from "./dead-letters.ts";
import { Delivery } from "./delivery.ts";
import { pathOf } from "./names.ts";
import { Notices } from "./notices.ts";
import type { WireroomProps } from "./properties.ts";
import { Scheduler } from "./scheduler.ts";
import { completed, tagsOf } from "./settings.ts";
import { Storage } from "./storage.ts";
import { AccessLogs, onlyAtHome } from "./watching/access-logs.ts";
import { Alarms } from "./watching/alarms.ts";
import { Budget } from "./watching/budget.ts";
import { Overview } from "./watching/dashboard.ts";
import { edgeWatches } from "./watching/edge-watches.ts";
import { watches } from "./watching/watches.ts";

export type { WireroomProps } from "./properties.ts";

/** The function's bundle in the package. */
const ready = join(import.meta.dirname, "..", "lambda", "function");

/**
 * A newsroom: buckets for its articles, its feeds and its state; the function that publishes; CloudFront; alarms. A stack may hold
 * several, and an account several in each region. Nothing in it writes to the content bucket or empties any bucket, neither at
 * deployment nor at deletion. What holds data outlives the stack, under logical ids that are the path of the construct and a fixed name:
 * a construct with another id or elsewhere in the tree is another newsroom.
 */
export class Wireroom extends Construct {
  /** Where the articles and their site.yaml belong. */
  readonly content: IBucket;
  readonly feeds: IBucket;
  readonly state: IBucket;
  readonly distribution: IDistribution;
  /** The function that publishes. */
  readonly handler: IFunction;
  /** The topic that tells people of alarms, holds and problems. */
  readonly alarms: ITopic;
  /** The newsroom's name in metrics and alarms. */
  readonly name: string;

  constructor(scope: Construct, id: string, props: WireroomProps = {}) {
    super(scope, id);
    const path = pathOf(this);
    const settings = completed(props, [Stack.of(this).stackName, ...path].join("-"));
    this.name = settings.name;
    this.#mustBeAlone();
    for (const [name, value] of Object.entries(tagsOf(settings))) Tags.of(this).add(name, value);
    const prefix = path.join("");
    const storage = new Storage(this, "Storage", { settings, prefix });
    const deadLetters = deadLetterQueue(this);
    const delivery = new Delivery(this, "Delivery", { settings, prefix, feeds: storage.feeds });
    const notices = new Notices(this, "Notices", { settings, content: storage.content, deadLetters });
    const { queue } = notices;
    const { distribution, edgeTable } = delivery;
    const scheduler = new Scheduler(this, "Moments");
    const code = settings.code ?? Code.fromAsset(ready);
    const builder = new Builder(this, "Builder", {
      settings,
      code,
      buckets: storage,
      edgeTable,
      distribution,
      queue,
      scheduler,
      deadLetters,
    });
    notices.call(builder.handler);
    scheduler.call(builder.handler);
    const atHome = onlyAtHome(this);
    if (settings.accessLogs) new AccessLogs(this, "AccessLogs", { name: settings.name, distribution, atHome });
    const { distributionId } = distribution;
    const watched = { settings, handler: builder.handler, notices: queue, deadLetters };
    const alarms = new Alarms(this, "Alarms", {
      newsroom: settings.name,
      watches: watches(watched),
      conditional: { watches: edgeWatches(distributionId), condition: atHome },
      email: settings.alarmEmail,
    });
    builder.tellPeople(alarms.topic);
    new Overview(this, "Overview", { ...watched, distributionId, alarms: alarms.everywhere });
    if (settings.budget > 0) new Budget(this, "Budget", { dollars: settings.budget, topic: alarms.topic });

    this.content = storage.content;
    this.feeds = storage.feeds;
    this.state = storage.state;
    this.distribution = distribution as IDistribution;
    this.handler = builder.handler as IFunction;
    this.alarms = alarms.topic as ITopic;

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
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value }).overrideLogicalId(`${prefix}${name}`);
  }

  /** Two newsrooms of one name and region would share metrics and names. */
  #mustBeAlone(): void {
    const { region } = Stack.of(this);
    const others = this.node.root.node.findAll().filter((other) => other instanceof Wireroom && other !== this);
    const same = others.find((other) => (other as Wireroom).name === this.name && Stack.of(other).region === region);
    if (same === undefined) return;
    throw new Error(`Two newsrooms have the name ${this.name}: ${same.node.path} and ${this.node.path}. Give each a name of its own.`);
  }
}

/**
 * The alarms on the edge for a newsroom whose stack is not in us-east-1, where CloudFront's metrics are: put it into a stack there. The id
 * of the distribution is known once the newsroom is deployed (the output DistributionId).
 */
export class EdgeAlarms extends Construct {
  constructor(
    scope: Construct,
    id: string,
    props: { readonly newsroom: string; readonly distributionId: string; readonly alarmEmail?: string | undefined },
  ) {
    super(scope, id);
    const { newsroom, distributionId, alarmEmail } = props;
    new Alarms(this, "Alarms", { newsroom, watches: edgeWatches(distributionId), email: alarmEmail });
  }
}
