import { it } from "vitest";
import { expectNoFinding } from "./cdk-nag.ts";

it.each([[{ region: "eu-central-1", alarmEmail: "desk@wire.example", stage: "test", tags: { owner: "desk" } }]])(
  "every finding of cdk-nag is acknowledged, with %j",
  expectNoFinding,
);
