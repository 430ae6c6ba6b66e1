import { beforeAll, describe, expect, test } from "vitest";
import { parseSite } from "../../lambda/channels/site/site-file.ts";
import { type RunRequest, run } from "../../lambda/operator/run.ts";
import { statusOf } from "../../lambda/operator/status.ts";
import type { RunReport } from "../../lambda/reports/report.ts";
import { summaryOf } from "../../lambda/reports/summary.ts";
import type { Settings } from "../../lambda/settings.ts";
import { lines } from "../../lambda/terminal/lines.ts";
import { shown } from "../../lambda/terminal/screen/screen.ts";
import { statusLines } from "../../lambda/terminal/status.ts";
import { aFile, aSiteFile, type Newsroom } from "../support/a-newsroom.ts";
import { memoryStore } from "../support/stores/memory-store.ts";

const broken = 20_000;
const channels = 2_000;
/** In bytes; Lambda hands on six million. */
const fewBytes = 60_000;
const sizeOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

let settings: Settings;
let published: RunReport;

const reported = (command: RunRequest["command"]) =>
  run({ command, allow: [], time: 3_600_000, tell: () => {} }, { ...settings, holder: crypto.randomUUID() });

beforeAll(async () => {
  const stores: Pick<Newsroom, "content" | "target" | "state"> = {
    content: memoryStore("content"),
    target: memoryStore("target"),
    state: memoryStore("state"),
  };
  // Too large already in the listing, so that no file is read.
  const long = Buffer.from("Words. ".repeat(100));
  for (let number = 0; number < broken; number += 1) await stores.content.write(`broken/${number}.md`, long);
  await stores.content.write("one.md", Buffer.from(aFile({ title: "One", date: "2026-03-01T09:00:00Z" })));
  const rows = Array.from({ length: channels }, (_, number) => `  - { name: c-${number}, formats: [json] }\n`).join("");
  const site = parseSite(
    `${aSiteFile}limits: { article: 500B }\nguard: { quarantined: 1, atLeast: 100000 }\nchannels:\n${rows}`,
    "site.yaml",
  );
  const now = "2026-11-23T09:00:00.000Z";
  settings = {
    ...stores,
    site,
    now,
    began: now,
    places: { content: "content", target: "target" },
    editable: false,
    holder: "a run",
    cloud: { endpoints: {} },
  };
  published = await reported("publish");
});

describe(`with ${broken} broken files and ${channels} channels`, () => {
  test("the report of a run, the function's answer and the report in state have some kilobytes, and count everything", async () => {
    expect(sizeOf(published)).toBeLessThan(fewBytes);
    expect(summaryOf(published)).toEqual(published);
    expect(published).toMatchObject({
      articles: { quarantined: broken },
      counts: { problems: broken, codes: { "article-too-large": broken }, channels },
      leftOut: { findings: broken - 50, channels: channels - 50 },
    });
    expect(sizeOf((await statusOf(settings)).last)).toBeLessThan(fewBytes);
  });

  test("an unchanged run reports the same", async () => {
    expect(await reported("publish")).toMatchObject({ outcome: "unchanged", counts: { problems: broken, channels } });
  });

  test("check shows everything, and the function's answer to it would be as short", async () => {
    const checked = await reported("check");
    expect([checked.findings.length, checked.channels.length, checked.leftOut]).toEqual([broken, channels, undefined]);
    expect(shown(lines(checked)).filter((line) => /broken\/\d+\.md/.test(line))).toHaveLength(broken);
    expect(sizeOf(summaryOf(checked))).toBeLessThan(fewBytes);
  });

  test("the terminal counts what it does not show, and says which command shows it", async () => {
    const told = shown(lines(published));
    expect(told).toContain("… and 19950 more problems: wireroom check shows them all.");
    expect(told).toContain("… and 1950 more feeds: wireroom status shows them all.");
    const state = shown(statusLines(await statusOf(settings)));
    expect(state).toContain("  … and 19950 more problems: wireroom check shows them all.");
    expect(state).toContain("Quarantined (20000):");
  });
});
