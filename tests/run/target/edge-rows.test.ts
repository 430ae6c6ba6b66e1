import "../../support/aws/loopback-names.ts";
import { CloudFrontKeyValueStoreClient } from "@aws-sdk/client-cloudfront-keyvaluestore";
import { expect, test } from "vitest";
import { readEdgeTable } from "../../../lambda/plan/edge/edge-table.ts";
import { changeOf } from "../../../lambda/run/edge-rows.ts";
import type { Store, Table } from "../../../lambda/stores/store.ts";
import { kvsTable } from "../../../lambda/stores/table/table-kvs.ts";
import { aFile, aNewsroom, aSiteFile, type Newsroom, someArticles } from "../../support/a-newsroom.ts";
import { headOf } from "../../support/a-state.ts";
import { startKvs } from "../../support/aws/kvs-server.ts";
import { memoryStore } from "../../support/stores/memory-store.ts";
import { memoryTable } from "../../support/stores/memory-table.ts";

const noon = "2026-11-20T12:00:00Z";
const evening = "2026-11-21T18:00:00Z";
const later = "2026-11-21T12:00:00Z";
const retired = `${aSiteFile}retired: [/gone/rss.xml]\n`;

const published = async (newsroom: Newsroom) => readEdgeTable((await newsroom.files())["edge.json"] ?? "");

/** A table, and what was done to it. */
function watched(inner: Table = memoryTable()): { readonly table: Table; readonly done: string[] } {
  const done: string[] = [];
  const table: Table = {
    address: inner.address,
    read: () => {
      done.push("read");
      return inner.read();
    },
    change: (...given) => {
      done.push("change");
      return inner.change(...given);
    },
  };
  return { table, done };
}

test("a run makes the edge's table equal to edge.json, and a run without changes does not read it", async () => {
  const { table, done } = watched();
  const newsroom = await aNewsroom(someArticles(2));
  await newsroom.publish(noon, { site: retired, ports: { edge: table } });
  expect((await table.read()).rows).toEqual(await published(newsroom));
  done.length = 0;
  await newsroom.publish(later, { site: retired, ports: { edge: table } });
  expect(done).toEqual([]);
});

test("rows that are no longer published are deleted from the table", async () => {
  const { table } = watched(memoryTable({ "/somebody's": "410" }));
  const newsroom = await aNewsroom(someArticles(2));
  await newsroom.publish(noon, { site: retired, ports: { edge: table } });
  expect((await table.read()).rows).toEqual(await published(newsroom));
  await newsroom.publish(later, { ports: { edge: table } });
  expect((await table.read()).rows).not.toHaveProperty("/gone/rss.xml");
});

test("the table changes after every write of a file, and before any deletion", async () => {
  const done: string[] = [];
  const inner = memoryStore("target");
  const target: Store = {
    ...inner,
    write: (key, ...rest) => {
      done.push(`write ${key}`);
      return inner.write(key, ...rest);
    },
    remove: (key, ...rest) => {
      done.push(`remove ${key}`);
      return inner.remove(key, ...rest);
    },
  };
  const table: Table = {
    ...memoryTable(),
    change: async () => {
      done.push("change");
      return { kind: "written", version: "2" };
    },
  };
  const site = `${aSiteFile}pages: true\n`;
  const newsroom = await aNewsroom(someArticles(3), { target });
  await newsroom.publish(noon, { site });
  await newsroom.write("a-03.md", aFile({ title: "Article 03", date: "2026-03-03T09:00:00Z", draft: true }));
  done.length = 0;
  await newsroom.publish(later, { site: `${site}retired: [/gone/rss.xml]\n`, ports: { edge: table } });
  const change = done.indexOf("change");
  expect(done.slice(0, change).every((step) => step.startsWith("write"))).toBe(true);
  expect(done[change - 1]).toBe("write edge.json");
  expect(done.slice(change + 1)).toContain("remove a-03/index.html");
});

test("a table that somebody else changes stops the run before the manifest, and the next run converges", async () => {
  const inner = memoryTable();
  let refuse = true;
  const table: Table = { ...inner, change: async (...given) => (refuse ? { kind: "refused" } : inner.change(...given)) };
  const newsroom = await aNewsroom(someArticles(2));
  await expect(newsroom.publish(noon, { ports: { edge: table } })).rejects.toThrow("The edge table memory table changed during this run");
  expect((await headOf(newsroom.state))?.roots.manifest).toBeUndefined();
  refuse = false;
  await newsroom.publish(later, { ports: { edge: table } });
  expect((await table.read()).rows).toEqual(await published(newsroom));
});

/** Sixty folders that have moved, and sixty others: with the settings that is one change of 121 rows, which takes three requests. */
const movedFrom = (name: string) => `${aSiteFile}moved:\n${Array.from({ length: 60 }, (_, n) => `  /${name}-${n}/: /all/`).join("\n")}\n`;

async function aMove(cutAfter: number) {
  const kvs = await startKvs();
  const client = new CloudFrontKeyValueStoreClient({
    endpoint: kvs.endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });
  const ports = { edge: kvsTable(kvs.arn, client) };
  const newsroom = await aNewsroom(someArticles(2));
  await newsroom.publish(noon, { site: movedFrom("old"), ports });
  let done = 0;
  kvs.breaks = (operation) => operation === "UpdateKeys" && ++done > cutAfter;
  await expect(newsroom.publish(later, { site: movedFrom("new"), ports })).rejects.toThrow("Cannot change the edge table");
  kvs.breaks = undefined;
  const moves = (name: string) => Object.keys(kvs.rows()).filter((key) => key.startsWith(`/${name}-`)).length;
  return { kvs, newsroom, ports, moves };
}

test.each([0, 1, 2])("a large change cut after %s of its requests deletes no row before every new one exists", async (cutAfter) => {
  const { kvs, newsroom, ports, moves } = await aMove(cutAfter);
  expect(moves("old") === 60 || moves("new") === 60).toBe(true);
  await newsroom.publish(evening, { site: movedFrom("new"), ports });
  expect(kvs.rows()).toEqual(await published(newsroom));
  expect([moves("old"), moves("new")]).toEqual([0, 60]);
  await kvs.close();
});

test("a cut change that site.yaml reverts is reverted in the table too", async () => {
  const { kvs, newsroom, ports, moves } = await aMove(1);
  await newsroom.publish(evening, { site: movedFrom("old"), ports });
  expect(kvs.rows()).toEqual(await published(newsroom));
  expect([moves("old"), moves("new")]).toEqual([60, 0]);
  await kvs.close();
});

test("a held run does not touch the table", async () => {
  const { table, done } = watched();
  const newsroom = await aNewsroom(someArticles(8));
  await newsroom.publish(noon, { ports: { edge: table } });
  done.length = 0;
  for (let n = 1; n <= 8; n++) await newsroom.write(`a-0${n}.md`, aFile({ title: "Broken", date: "tomorrow" }));
  const held = await newsroom.publish(later, { site: retired, ports: { edge: table } });
  expect(held.prepared.changes.plan.holds.map(({ name }) => name)).toEqual(["run"]);
  expect(done).toEqual([]);
});

test("a new table is filled even if nothing else changes", async () => {
  const newsroom = await aNewsroom(someArticles(2));
  await newsroom.publish(noon, { ports: { edge: memoryTable({}, "the first") } });
  const second = memoryTable({}, "the second");
  const { prepared } = await newsroom.publish(later, { ports: { edge: second } });
  expect(prepared.changes.plan.writes).toEqual([]);
  expect((await second.read()).rows).toEqual(await published(newsroom));
});

test("settings are written last, and unchanged rows are not written", () => {
  const before = { "/a": "410", "/b": "301 /x", site: "{}" };
  const after = { "/a": "410", "/b": "301 /y", "/z": "410", site: '{"folders":[1]}' };
  expect(changeOf({ ...before, "/old": "410" }, after)).toEqual({
    set: [
      ["/b", "301 /y"],
      ["/z", "410"],
      ["site", '{"folders":[1]}'],
    ],
    drop: ["/old"],
  });
});

test("a row that no KeyValueStore can hold is left out and reported", async () => {
  const long = `/${"ж".repeat(300)}/rss.xml`;
  const newsroom = await aNewsroom(someArticles(2));
  const { prepared } = await newsroom.publish(noon, { site: `${aSiteFile}retired: ["${long}", /gone/rss.xml]\n` });
  expect(Object.keys(await published(newsroom))).toContain("/gone/rss.xml");
  expect(Object.keys(await published(newsroom))).not.toContain(long);
  expect(prepared.remarks.join()).toContain("is too long for the edge");
});
