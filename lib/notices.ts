import { Duration, Validations } from "aws-cdk-lib";
import { Rule } from "aws-cdk-lib/aws-events";
import { SqsQueue } from "aws-cdk-lib/aws-events-targets";
import { EventSourceMapping, type IFunction } from "aws-cdk-lib/aws-lambda";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import { type IQueue, Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { Settings } from "./settings.ts";

/**
 * The time in seconds for which a killed run keeps others out: its lease, plus the possible difference of clocks
 * (lambda/run/process/lease.ts).
 */
const longestLease = 360;

/**
 * Seconds until a message that was received but not completed comes again. Six times the function's timeout, as AWS advises: a
 * batch that Lambda could not start at once must not reach a second call meanwhile. And never before the lease is free, which was
 * the reason to return the message.
 */
export function visibilityOf({ timeout }: Pick<Settings, "timeout">): number {
  return Math.max(6 * timeout, timeout + longestLease + 10);
}

/**
 * Events of the content bucket on their way to the function: an upload is published within seconds, and not only at the next
 * tick.
 */
export class Notices extends Construct {
  readonly queue: Queue;

  constructor(
    scope: Construct,
    id: string,
    props: { readonly settings: Settings; readonly content: IBucket; readonly deadLetters: IQueue },
  ) {
    super(scope, id);
    const { settings, content, deadLetters } = props;
    this.queue = new Queue(this, "Queue", {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(visibilityOf(settings)),
      // By then the schedule has long published the change.
      retentionPeriod: Duration.days(1),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: 5 },
    });
    new Rule(this, "Rule", {
      description: "Wireroom: an object of the content came, changed or went",
      eventPattern: {
        source: ["aws.s3"],
        detailType: ["Object Created", "Object Deleted"],
        detail: { bucket: { name: [content.bucketName] } },
      },
      targets: [new SqsQueue(this.queue, { deadLetterQueue: deadLetters, retryAttempts: 3, maxEventAge: Duration.hours(1) })],
    });
  }

  /**
   * One run answers a whole batch, so batches are large and wait a little for more. Two runs at once, because only one can write.
   */
  call(handler: IFunction): void {
    const mapping = new EventSourceMapping(this, "Mapping", {
      target: handler,
      eventSourceArn: this.queue.queueArn,
      batchSize: 1000,
      maxBatchingWindow: Duration.seconds(10),
      maxConcurrency: 2,
      reportBatchItemFailures: true,
    });
    Validations.of(mapping).acknowledge({
      id: "Serverless-LambdaEventSourceMappingDestination",
      reason:
        "A mapping to a queue can have no destination for failures: the queue's own dead letter queue serves as one, after five attempts.",
    });
  }
}
