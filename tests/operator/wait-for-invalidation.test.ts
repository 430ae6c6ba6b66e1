import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { cancel } from "../../lambda/operator/cancel.ts";
import { rollback } from "../../lambda/operator/rollback.ts";
import { waitForInvalidation } from "../../lambda/operator/wait-for-invalidation.ts";
import { exitCodeAfter } from "../../lambda/reports/report.ts";
import type { Announced } from "../../lambda/run/deliver-outbox.ts";
import { cancellationLines } from "../../lambda/terminal/cancellation.ts";
import { rolledBackLines } from "../../lambda/terminal/rolled-back.ts";
import { shown } from "../../lambda/terminal/screen/screen.ts";
import { aDesk } from "../support/a-desk.ts";
import { aFile, aSiteFile, someArticles } from "../support/a-newsroom.ts";
import { aCloudFront } from "../support/aws/a-cloudfront.ts";

beforeEach(() => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKID");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
  vi.stubEnv("WIREROOM_DISTRIBUTION", "E123");
});
afterEach(() => void vi.unstubAllEnvs());

const [noon, one, two] = ["2026-11-20T12:00:00Z", "2026-11-20T13:00:00Z", "2026-11-20T14:00:00Z"] as const;
const picture = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const files = {
  "site.yaml": aSiteFile,
  ...someArticles(4),
  "a-01.md": aFile({ title: "A", date: "2026-03-01T09:00:00Z" }, "The words. ![](own.png)"),
  "own.png": picture,
};
const order = { id: "a-01.md", time: 60_000, tell: () => {} };

/** A published newsroom before a CloudFront that needs its time. */
async function aWire(busy: number) {
  const cloudFront = await aCloudFront("test", busy);
  vi.stubEnv("AWS_ENDPOINT_URL_CLOUDFRONT", cloudFront.url);
  const desk = await aDesk(files);
  await desk.publish(noon);
  const looks = () => cloudFront.asked.filter(({ method }) => method === "GET").length;
  const close = async () => {
    await desk[Symbol.asyncDispose]();
    await cloudFront[Symbol.asyncDispose]();
  };
  return { cloudFront, desk, looks, [Symbol.asyncDispose]: close };
}

describe("a withdrawal is done when the edge no longer serves the old files", () => {
  test("cancel waits for the invalidation, and says when it was done", async () => {
    await using wire = await aWire(2);
    const report = await cancel(order, await wire.desk.settings(one));
    expect([wire.cloudFront.invalidations.length, wire.looks()]).toEqual([1, 3]);
    expect(report.edge).toEqual({ kind: "forgotten", at: expect.stringMatching(/^2026-11-20T13:00:0[2-9]/) as string });
    expect(cancellationLines(report).at(-1)).toMatch(
      /^CloudFront no longer has the old files: since 13:00:0\d UTC readers cannot get them\.$/,
    );
    expect(exitCodeAfter(report)).toBe(0);
  });

  test("--erase waits for the invalidations of the article's files and of its picture", async () => {
    await using wire = await aWire(1);
    const report = await cancel({ ...order, erase: true }, await wire.desk.settings(one));
    const paths = wire.cloudFront.invalidations.map((invalidation) => invalidation.paths.join(" "));
    expect(paths).toEqual([expect.stringContaining("/all/rss.xml"), expect.stringMatching(/^\/media\//)]);
    expect([report.edge?.kind, wire.looks()]).toEqual(["forgotten", 4]);
  });

  test("rollback waits too", async () => {
    await using wire = await aWire(1);
    await wire.desk.write("a-02.md", aFile({ title: "Wrong", date: "2026-03-02T09:00:00Z" }, "Wrong."));
    await wire.desk.publish(one);
    const report = await rollback({ ...order, names: ["all"] }, await wire.desk.settings(two));
    expect([report.edge?.kind, wire.looks()]).toEqual(["forgotten", 2]);
    expect(rolledBackLines(report).join("\n")).toContain("CloudFront no longer has the old files");
  });

  test("cancel that runs out of time says that the invalidation is in progress, and how to check it", async () => {
    await using wire = await aWire(1_000);
    const report = await cancel({ ...order, time: 15_000 }, await wire.desk.settings(one));
    expect(report.edge).toEqual({ kind: "forgetting", invalidations: [{ distribution: "E123", id: "I1" }] });
    expect(shown(cancellationLines(report)).slice(-2)).toEqual([
      "CloudFront may still serve the old files: the invalidation is still in progress, and this run is out of time. Ask for its status:",
      "  aws cloudfront get-invalidation --distribution-id E123 --id I1 --query Invalidation.Status",
    ]);
    expect([wire.looks(), exitCodeAfter(report)]).toEqual([1, 1]);
  });

  test("cancel says that CloudFront refused, and the next run sends the invalidation without waiting", async () => {
    await using wire = await aWire(1_000);
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "another");
    const report = await cancel(order, await wire.desk.settings(one));
    expect([report.edge, exitCodeAfter(report)]).toEqual([{ kind: "untold" }, 1]);
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
    expect((await wire.desk.publish(two)).announced).toHaveLength(1);
    expect(wire.looks()).toBe(0);
  });

  test("a run that publishes a withdrawal does not wait", async () => {
    await using wire = await aWire(1_000);
    await wire.desk.write("a-01.md", aFile({ title: "A", date: "2026-03-01T09:00:00Z", status: "canceled" }));
    await wire.desk.publish(one);
    expect([wire.cloudFront.invalidations.length, wire.looks()]).toEqual([1, 0]);
  });

  test("cancel does not wait without an edge", async () => {
    vi.stubEnv("WIREROOM_DISTRIBUTION", "");
    await using desk = await aDesk(files);
    await desk.publish(noon);
    expect(await cancel(order, await desk.settings(one))).not.toHaveProperty("edge");
  });

  test("cancel reports CloudFront's error if it cannot read the status", async () => {
    await using cloudFront = await aCloudFront();
    const told = { distribution: "E123", paths: ["/all/rss.xml"], reference: "r", since: noon } as const;
    const announced: Announced[] = [{ kind: "told", announcement: { kind: "invalidation", ...told }, id: "unknown" }];
    const cloud = { endpoints: { cloudfront: cloudFront.url } };
    expect(await waitForInvalidation(announced, order, { now: noon, cloud }, () => 0)).toMatchObject({
      kind: "forgetting",
      why: "cloudfront answered 404 NoSuchInvalidation: The specified invalidation does not exist.",
    });
  });
});
