/** Messages as the queue hands them over: each body is what EventBridge says of an object. */
export function aBatch(...bodies: readonly (string | object)[]): object {
  return {
    Records: bodies.map((body, n) => ({
      messageId: `message-${n + 1}`,
      receiptHandle: "AQEB",
      body: typeof body === "string" ? body : JSON.stringify(body),
      attributes: {
        ApproximateReceiveCount: "1",
        SentTimestamp: "1764000000000",
        SenderId: "AIDA",
        ApproximateFirstReceiveTimestamp: "1764000010000",
      },
      messageAttributes: {},
      md5OfBody: "",
      eventSource: "aws:sqs",
      eventSourceARN: "arn:aws:sqs:us-east-1:123456789012:Wireroom-Notices",
      awsRegion: "us-east-1",
    })),
  };
}

/** What EventBridge says when an object came into the content bucket (S3, "EventBridge event message structure"). */
export function aNotice(key: string, type: "Object Created" | "Object Deleted" = "Object Created"): object {
  return {
    version: "0",
    id: "17793124-05d4-b198-2fde-7ededc63b103",
    "detail-type": type,
    source: "aws.s3",
    account: "123456789012",
    time: "2026-11-23T09:00:00Z",
    region: "us-east-1",
    resources: ["arn:aws:s3:::content"],
    detail: {
      version: "0",
      bucket: { name: "content" },
      object: { key, size: 5, etag: "b1946ac92492d2347c6235b4d2611184", sequencer: "617f08299329d189" },
    },
  };
}

/** As EventBridge Scheduler calls the function (lib/builder.ts). */
export const scheduled = {
  source: "aws.scheduler",
  "detail-type": "Scheduled Event",
  id: "d32c5kddcf5bb8c3",
  time: "2026-11-23T09:00:00Z",
};
