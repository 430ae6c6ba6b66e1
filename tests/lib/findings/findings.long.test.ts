import { it } from "vitest";
import { expectNoFinding } from "./cdk-nag.ts";

const arn = "arn:aws:acm:us-east-1:123456789012:certificate/abc";

it.each([
  [{}],
  [{ alarmEmail: "desk@wire.example" }],
  [{ accessLogs: true }],
  [{ budget: 0, schedule: "cron(0/5 * * * ? *)" }],
  [{ domain: { names: ["feeds.wire.example"], certificate: arn } }],
  [{ buckets: { content: "a-content", feeds: "a-feeds", state: "a-state" } }],
])("every finding of cdk-nag is acknowledged, with %j", expectNoFinding);
