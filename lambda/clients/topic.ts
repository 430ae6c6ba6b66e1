import { Fault } from "../fault.ts";

/** Sends one message to all subscribers of a topic, mostly by mail. */
export type Tell = (message: { readonly subject: string; readonly text: string }) => Promise<void>;

/** SNS's Publish. `topic`: its ARN, which names the region. `endpoint`: for tests. */
export function topicClient(topic: string, endpoint?: string): Tell {
  const region = /^arn:[^:]+:sns:([a-z0-9-]+):\d+:/.exec(topic)?.[1];
  if (region === undefined)
    throw new Fault(`WIREROOM_TOPIC is not the ARN of a topic: got "${topic}". Write arn:aws:sns:REGION:ACCOUNT:NAME.`, { kind: "usage" });
  return async ({ subject, text }) => {
    // Loaded only at the first request: work in folders does not wait for it.
    const { signedPost } = await import("./signed-request.ts");
    await signedPost({
      service: "sns",
      region,
      url: endpoint ?? `https://sns.${region}.amazonaws.com/`,
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ Action: "Publish", Version: "2010-03-31", TopicArn: topic, Subject: subject, Message: text }).toString(),
    });
  };
}
