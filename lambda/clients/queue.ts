import { Fault } from "../fault.ts";

/** The longest delay of an SQS message, in seconds. */
const longestDelay = 900;

/** Sends a message that nobody receives before this many seconds have passed. */
export type SendLater = (message: unknown, seconds: number) => Promise<void>;

/** SQS's SendMessage. `queue`: its URL, which names the region. `endpoint`: for tests. */
export function queueClient(queue: string, endpoint?: string): SendLater {
  const region = /^https:\/\/sqs\.([a-z0-9-]+)\./.exec(queue)?.[1] ?? (endpoint === undefined ? undefined : "us-east-1");
  if (region === undefined)
    throw new Fault(`WIREROOM_QUEUE is not the URL of a queue: got "${queue}". Write https://sqs.REGION.amazonaws.com/ACCOUNT/NAME.`, {
      kind: "usage",
    });
  return async (message, seconds) => {
    // Loaded only at the first request: work in folders does not wait for it.
    const { signedPost } = await import("./signed-request.ts");
    await signedPost({
      service: "sqs",
      region,
      url: endpoint ?? new URL(queue).origin,
      headers: { "content-type": "application/x-amz-json-1.0", "x-amz-target": "AmazonSQS.SendMessage" },
      body: JSON.stringify({
        QueueUrl: queue,
        MessageBody: JSON.stringify(message),
        DelaySeconds: Math.min(longestDelay, Math.max(0, Math.ceil(seconds))),
      }),
    });
  };
}
