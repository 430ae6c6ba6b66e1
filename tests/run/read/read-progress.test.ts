import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import type { SourceRecord } from "../../../lambda/channels/catalog/ledger/record.ts";
import { keptOnTheWay } from "../../../lambda/run/read/read-progress.ts";
import { shardsOf } from "../../../lambda/state/shards.ts";
import type { Store } from "../../../lambda/stores/store.ts";
import { sourceCommand, wireroom } from "../../support/a-command.ts";
import { aDesk } from "../../support/a-desk.ts";
import { aFile, aNewsroom, aSiteFile } from "../../support/a-newsroom.ts";
import { headOf } from "../../support/a-state.ts";
import { memoryStore } from "../../support/stores/memory-store.ts";

const [noon, later] = ["2026-11-20T12:00:00Z", "2026-11-20T12:10:00Z"];

const articlesOf = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      `a-${at}.md`,
      aFile({ title: `Article ${at}`, date: "2026-03-01T09:00:00Z" }, `Text ${at}.`),
    ]),
  );

/** A store whose reads fail after so many: as if the run were killed there, with nothing left to do. */
function cutAfter(reads: number, store: Store): Store {
  let left = reads;
  return {
    ...store,
    read: (...all) => {
      left -= 1;
      return left < 0 ? Promise.reject(new Error("cut")) : store.read(...all);
    },
  };
}

test("what a run has read is kept on the way: the next one reads only the rest, and publishes the same", async () => {
  const articles = articlesOf(60);
  const newsroom = await aNewsroom(articles);
  const ports = { progressAfter: 10, content: cutAfter(45, newsroom.content) };
  await expect(newsroom.publish(noon, { ports })).rejects.toThrow("cut");
  expect(Object.keys((await headOf(newsroom.state))?.roots ?? {})).toEqual(["catalog"]);
  expect(await newsroom.files()).toEqual({});
  const { prepared } = await newsroom.publish(later, { ports: { progressAfter: 10 } });
  expect(prepared.intake.read).toBeGreaterThan(0);
  expect(prepared.intake.read).toBeLessThanOrEqual(20);
  const whole = await aNewsroom(articles);
  await whole.publish(noon);
  expect(await newsroom.files()).toEqual(await whole.files());
});

test("a run that reads little, or only plans, keeps nothing on the way", async () => {
  const newsroom = await aNewsroom(articlesOf(10), { content: cutAfter(9, memoryStore()) });
  await expect(newsroom.publish(noon, { ports: { progressAfter: 10 } })).rejects.toThrow("cut");
  await expect((await aNewsroom(articlesOf(40), { content: cutAfter(30, memoryStore()) })).publish(noon)).rejects.toThrow("cut");
  expect(await newsroom.state.list()).toEqual([]);
});

test("sources are read shard by shard, and a part of the records already has the shards of all, so that each is written once", async () => {
  const changed = Array.from({ length: 40 }, (_, at) => ({ key: `${at}.md`, version: "1", size: 1, settled: true }));
  const kept: number[] = [];
  const { inOrder, step, settled } = keptOnTheWay(changed, 40, () => Array<SourceRecord>(kept.length + 1), {
    after: 10,
    shardOf: (key) => Number.parseInt(key, 10) % 4,
    keep: async (records, expected) => void kept.push(records.length * 1_000 + expected),
  });
  expect(inOrder.map(({ key }) => Number.parseInt(key, 10) % 4)).toEqual([0, 1, 2, 3].flatMap((shard) => Array<number>(10).fill(shard)));
  for (const _ of inOrder) await step();
  await settled();
  // Not after the last: the run itself commits them.
  expect(kept).toEqual([1_040, 2_040, 3_040]);
  const table = { prefix: "catalog/", name: "facts" } as const;
  const rows = new Map([["a.md", {}]]);
  expect(shardsOf(table, { rows, expected: 20_000 }, { rows: new Map(), shards: [] }).shards).toHaveLength(8);
});

const lambda = resolve(import.meta.dirname, "../../../lambda");
const of = (file: string) => JSON.stringify(pathToFileURL(join(lambda, file)).href);
/** Publishes from a folder that answers no more after its hundredth file. */
const stalling = `
import { settingsOf } from ${of("settings.ts")};
import { portsOf } from ${of("operator/run.ts")};
import { publish } from ${of("run/pipeline.ts")};
const settings = await settingsOf({ content: "content", to: "site", now: "2026-11-20" }, () => new Date());
const ports = await portsOf({ time: 60_000, tell: () => {} }, settings);
let reads = 0;
const content = { ...ports.content, read: (...all) => ((reads += 1) > 100 ? new Promise(() => {}) : ports.content.read(...all)) };
setInterval(() => {}, 1_000);
await publish({ ...ports, content, progressAfter: 40 }, settings.site, []);`;

test("a killed first run does not make the next one begin again", async () => {
  await using desk = await aDesk({ "site.yaml": aSiteFile, ...articlesOf(160) });
  // Files younger than two seconds are read again in any case.
  await sleep(2_100);
  const child = spawn(process.execPath, ["--input-type=module", "-e", stalling], { cwd: desk.path, stdio: "inherit" });
  const ended = new Promise((resolved) => child.once("exit", resolved));
  while (!existsSync(join(desk.path, "site.state/head.json"))) await sleep(50);
  child.kill("SIGKILL");
  await ended;
  expect(existsSync(join(desk.path, "site/index.html"))).toBe(false);
  const places = ["--content", join(desk.path, "content"), "--to", join(desk.path, "site")];
  // From the sources: another program reads every head again.
  const { stdout } = await wireroom(["publish", "--json", ...places], { file: sourceCommand });
  const { articles } = JSON.parse(stdout) as { readonly articles: { readonly read: number; readonly published: number } };
  expect(articles).toMatchObject({ published: 160 });
  expect(articles.read).toBeGreaterThan(0);
  expect(articles.read).toBeLessThanOrEqual(120);
});
