import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";
import { afterAll, expect, it } from "vitest";
import { newsroomIn } from "../../lib/newsroom.ts";

const folder = mkdtempSync(join(tmpdir(), "wireroom-findings-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;
const arn = "arn:aws:acm:us-east-1:123456789012:certificate/abc";

it.each([
  [{}],
  [{ alarmEmail: "desk@wire.example" }],
  [{ accessLogs: true }],
  [{ budget: 0, schedule: "cron(0/5 * * * ? *)" }],
  [{ domain: { names: ["feeds.wire.example"], certificate: arn } }],
  [{ region: "eu-central-1", alarmEmail: "desk@wire.example", stage: "test", tags: { owner: "desk" } }],
  [{ buckets: { content: "a-content", feeds: "a-feeds", state: "a-state" } }],
])("every finding of cdk-nag is acknowledged, with %j", (settings) => {
  const outdir = join(folder, String(++count));
  const app = new App({ outdir, context: { wireroom: settings, "aws:cdk:bundling-stacks": [] } });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  newsroomIn(app, undefined);
  // An error is thrown, a warning is only in the report, and --strict treats both as errors.
  try {
    app.synth();
  } catch (error) {
    expect(String(error)).toBe("");
  }
  const { pluginReports } = JSON.parse(readFileSync(join(outdir, "validation-report.json"), "utf8")) as { readonly pluginReports: unknown };
  expect(pluginReports).toEqual([]);
});
