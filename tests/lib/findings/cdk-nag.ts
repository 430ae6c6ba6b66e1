import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";
import { expect } from "vitest";
import { newsroomIn } from "../../../lib/stack.ts";

/** cdk-nag has no finding about the stacks with these settings that the stacks do not acknowledge. */
export function expectNoFinding(settings: object): void {
  const outdir = mkdtempSync(join(tmpdir(), "wireroom-findings-"));
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
  rmSync(outdir, { recursive: true });
}
