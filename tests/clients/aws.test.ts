import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { cloudFrontClient } from "../../lambda/clients/cloudfront.ts";
import { queueClient } from "../../lambda/clients/queue.ts";
import { topicClient } from "../../lambda/clients/topic.ts";
import { aServer } from "../support/a-server.ts";
import { aCloudFront } from "../support/aws/a-cloudfront.ts";
import { isSigned } from "../support/s3/aws-signature.ts";

beforeEach(() => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKID");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
});
afterEach(() => void vi.unstubAllEnvs());

const invalidation = { distribution: "E123", paths: ["/all/rss.xml", "/a&b/*"], reference: "wireroom-1" };

test("an invalidation has the paths and AWS's signature", async () => {
  await using cloudFront = await aCloudFront();
  await cloudFrontClient(cloudFront.url)(invalidation);
  expect(cloudFront.invalidations).toEqual([{ id: "I1", ...invalidation }]);
});

test("the same invalidation requested twice is made once", async () => {
  await using cloudFront = await aCloudFront();
  await cloudFrontClient(cloudFront.url)(invalidation);
  await cloudFrontClient(cloudFront.url)(invalidation);
  expect([cloudFront.asked.length, cloudFront.invalidations.length]).toEqual([2, 1]);
});

test("CloudFront's error is reported", async () => {
  await using cloudFront = await aCloudFront();
  const asked = cloudFrontClient(cloudFront.url)({ ...invalidation, distribution: "E9" });
  await expect(asked).rejects.toThrow("cloudfront answered 404 NoSuchDistribution: The specified distribution does not exist.");
});

test("the server of these tests refuses a wrong secret", async () => {
  await using cloudFront = await aCloudFront("another");
  await expect(cloudFrontClient(cloudFront.url)(invalidation)).rejects.toThrow("403 SignatureDoesNotMatch");
});

test("a failed request is repeated once, then reported", async () => {
  await using down = await aServer(() => ({ status: 503, body: "<Code>ServiceUnavailable</Code>" }));
  await expect(cloudFrontClient(down.url)(invalidation)).rejects.toThrow("cloudfront answered 503 ServiceUnavailable");
  expect(down.asked).toHaveLength(2);
});

test("a message goes into the queue with its delay, at most a quarter of an hour, in the region of the queue", async () => {
  await using sqs = await aServer(() => ({ status: 200, body: '{"MessageId":"1"}' }));
  const queue = "https://sqs.eu-central-1.amazonaws.com/123456789012/Wireroom";
  const send = queueClient(queue, sqs.url);
  await send({ command: "announce" }, 149.2);
  await send({ command: "announce" }, 5_000);
  await send({ command: "announce" }, -1);
  expect(sqs.asked.map(({ body }) => JSON.parse(body) as unknown)).toEqual(
    [150, 900, 0].map((DelaySeconds) => ({ QueueUrl: queue, MessageBody: '{"command":"announce"}', DelaySeconds })),
  );
  const [first] = sqs.asked;
  expect(first?.headers).toMatchObject({ "x-amz-target": "AmazonSQS.SendMessage", "content-type": "application/x-amz-json-1.0" });
  expect(first?.headers.authorization).toContain("/eu-central-1/sqs/");
  expect(isSigned(first!, "test")).toBe(true);
});

test("an invalid queue is wrong usage", () => {
  expect(() => queueClient("wireroom")).toThrow('WIREROOM_QUEUE is not the URL of a queue: got "wireroom"');
});

test("a message to people is published in the region of its topic", async () => {
  await using sns = await aServer(() => ({ status: 200, body: "<PublishResponse/>" }));
  const topic = "arn:aws:sns:eu-central-1:123456789012:Alarms";
  await topicClient(topic, sns.url)({ subject: "Wireroom: 1 hold", text: "Қазақ & more\n" });
  const [asked] = sns.asked;
  expect(Object.fromEntries(new URLSearchParams(asked?.body))).toEqual({
    Action: "Publish",
    Version: "2010-03-31",
    TopicArn: topic,
    Subject: "Wireroom: 1 hold",
    Message: "Қазақ & more\n",
  });
  expect(asked?.headers.authorization).toContain("/eu-central-1/sns/");
  expect(isSigned(asked!, "test")).toBe(true);
  expect(() => topicClient("Alarms")).toThrow('WIREROOM_TOPIC is not the ARN of a topic: got "Alarms"');
});
