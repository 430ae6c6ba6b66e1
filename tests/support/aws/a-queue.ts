import type { BatchAnswer } from "../../../lambda/operator/sqs-batch.ts";
import type { SimulatedTime } from "./simulated-time.ts";

export type QueueSettings = {
  /** Milliseconds for which nobody else receives a message that was received. */
  readonly hidden: number;
  /** How often a message is received before it becomes a dead letter. */
  readonly most: number;
  /** The most messages of a batch, and for how many milliseconds a batch gathers them. */
  readonly batch: number;
  readonly gathers: number;
  /** How many batches may be in work at once. */
  readonly atOnce: number;
};

export type QueuedMessage = { readonly id: string; readonly body: string; visible: number; received: number };

/** An SQS queue in simulated time, with Lambda's event source mapping that calls the function with batches (AWS, "Using Lambda with Amazon SQS"). */
export function aQueue(
  { now, sleep, start }: SimulatedTime,
  { hidden, most, batch: largest, gathers, atOnce }: QueueSettings,
  invoke: (event: object) => Promise<BatchAnswer>,
) {
  const messages = new Set<QueuedMessage>();
  const deadLetters: QueuedMessage[] = [];
  const receipts: number[] = [];
  let [sent, open] = [0, true];

  const receive = (count: number): readonly QueuedMessage[] => {
    const visible = [...messages].filter(({ visible }) => visible <= now()).slice(0, count);
    return visible.filter((message) => {
      message.visible = now() + hidden;
      message.received += 1;
      if (message.received <= most) return true;
      messages.delete(message);
      deadLetters.push(message);
      return false;
    });
  };

  const gather = async (): Promise<readonly QueuedMessage[]> => {
    const found = [...receive(largest)];
    for (const end = now() + gathers; found.length > 0 && found.length < largest && now() < end; ) {
      await sleep(Math.min(200, end - now()));
      found.push(...receive(largest - found.length));
    }
    return found;
  };

  const poll = async () => {
    while (open || messages.size > 0) {
      const batch = await gather();
      if (batch.length === 0) {
        await sleep(200);
        continue;
      }
      const failed = await invoke({ Records: batch.map(recordOf) }).then(
        ({ batchItemFailures }) => new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)),
        () => new Set(batch.map(({ id }) => id)),
      );
      for (const message of batch) {
        if (failed.has(message.id)) continue;
        messages.delete(message);
        receipts.push(message.received);
      }
    }
  };

  return {
    send: (body: object) => void messages.add({ id: `m-${++sent}`, body: JSON.stringify(body), visible: now(), received: 0 }),
    /** Calls the function until `close` was called and no message is left. */
    open: () => Promise.all(Array.from({ length: atOnce }, () => start(poll))),
    close: () => {
      open = false;
    },
    deadLetters,
    /** How often each completed message was received. */
    receipts,
  };
}

function recordOf({ id, body, received }: QueuedMessage): object {
  return {
    messageId: id,
    receiptHandle: "AQEB",
    body,
    attributes: { ApproximateReceiveCount: String(received) },
    messageAttributes: {},
    md5OfBody: "",
    eventSource: "aws:sqs",
    eventSourceARN: "arn:aws:sqs:us-east-1:123456789012:Wireroom-Notices",
    awsRegion: "us-east-1",
  };
}
