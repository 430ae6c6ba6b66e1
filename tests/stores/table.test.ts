import "../support/aws/loopback-names.ts";
import { join } from "node:path";
import { CloudFrontKeyValueStoreClient } from "@aws-sdk/client-cloudfront-keyvaluestore";
import { afterEach, describe, expect, test } from "vitest";
import { folderStore } from "../../lambda/stores/folder/folder.ts";
import { openTable } from "../../lambda/stores/open/open-table.ts";
import type { Rows, Table } from "../../lambda/stores/store.ts";
import { fileTable } from "../../lambda/stores/table/table-file.ts";
import { kvsTable } from "../../lambda/stores/table/table-kvs.ts";
import { aFolder } from "../support/a-command.ts";
import { type KvsServer, startKvs } from "../support/aws/kvs-server.ts";
import { memoryStore } from "../support/stores/memory-store.ts";
import { memoryTable } from "../support/stores/memory-table.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function aKvs(rows: Rows = {}): Promise<{ readonly kvs: KvsServer; readonly table: Table }> {
  const kvs = await startKvs(rows);
  closing.push(kvs.close);
  const client = new CloudFrontKeyValueStoreClient({
    endpoint: kvs.endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  return { kvs, table: kvsTable(kvs.arn, client) };
}

const kinds: readonly (readonly [string, () => Promise<Table>])[] = [
  ["in memory", async () => memoryTable()],
  ["in a file of a memory store", async () => fileTable(memoryStore(), "edge.json")],
  [
    "in a file of a folder",
    async () => {
      const folder = await aFolder();
      closing.push(() => folder[Symbol.asyncDispose]());
      return openTable(join(folder.path, "edge", "table.json"));
    },
  ],
  ["in a KeyValueStore", async () => (await aKvs()).table],
];

const many = (count: number): readonly (readonly [string, string])[] =>
  Array.from({ length: count }, (_, n) => [`/old/${n}`, `301 /new/${n}`]);

describe.each(kinds)("a table %s", (_, make) => {
  test("begins empty, and holds the rows that were set, without those that were dropped", async () => {
    const table = await make();
    const { rows, version } = await table.read();
    expect(rows).toEqual({});
    await table.change(
      {
        set: [
          ["/feed", "200 /all/rss.xml"],
          ["/новости", "410"],
        ],
        drop: [],
      },
      version,
    );
    const second = await table.read();
    await table.change({ set: [["/feed", "200 /all/atom.xml"]], drop: ["/новости"] }, second.version);
    expect((await table.read()).rows).toEqual({ "/feed": "200 /all/atom.xml" });
  });

  test("refuses a change based on an old version, and stays unchanged", async () => {
    const table = await make();
    const { version } = await table.read();
    expect(await table.change({ set: [["/a", "410"]], drop: [] }, version)).toMatchObject({ kind: "written" });
    expect(await table.change({ set: [["/a", "301 /b"]], drop: [] }, version)).toEqual({ kind: "refused" });
    expect((await table.read()).rows).toEqual({ "/a": "410" });
  });

  test("returns the version for the next change", async () => {
    const table = await make();
    const first = await table.change({ set: [["/a", "410"]], drop: [] }, (await table.read()).version);
    const version = first.kind === "written" ? first.version : "";
    expect((await table.read()).version).toBe(version);
    expect(await table.change({ set: [["/b", "410"]], drop: ["/a"] }, version)).toMatchObject({ kind: "written" });
  });

  test("takes more rows than fit one request, and drops them again", async () => {
    const table = await make();
    await table.change({ set: many(123), drop: [] }, (await table.read()).version);
    expect((await table.read()).rows).toEqual(Object.fromEntries(many(123)));
    await table.change({ set: [["/last", "410"]], drop: many(123).map(([key]) => key) }, (await table.read()).version);
    expect((await table.read()).rows).toEqual({ "/last": "410" });
  });
});

describe("a KeyValueStore", () => {
  test("changes in one request if fifty rows are enough, signed for every region and sent to the account's own host", async () => {
    const { kvs, table } = await aKvs({ "/gone": "410" });
    const { version } = await table.read();
    await table.change({ set: many(49), drop: ["/gone"] }, version);
    expect(kvs.requests.map(({ operation }) => operation)).toEqual(["DescribeKeyValueStore", "ListKeys", "UpdateKeys"]);
    for (const { authorization, host } of kvs.requests) {
      expect(authorization).toMatch(/^AWS4-ECDSA-P256-SHA256 Credential=test\/\d{8}\/cloudfront-keyvaluestore\/aws4_request, /);
      expect(host).toBe(`123456789012.localhost:${kvs.port}`);
    }
  });

  test("refuses a change if it was changed while its keys were listed", async () => {
    const { kvs, table } = await aKvs(Object.fromEntries(many(60)));
    kvs.meanwhile = (operation) => {
      if (operation === "ListKeys") kvs.set("/theirs", "410");
      kvs.meanwhile = operation === "ListKeys" ? undefined : kvs.meanwhile;
    };
    const { version } = await table.read();
    expect(await table.change({ set: [["/ours", "410"]], drop: [] }, version)).toEqual({ kind: "refused" });
    expect(kvs.rows()).not.toHaveProperty("/ours");
  });

  test("without access is a Fault that names it", async () => {
    const { table } = await aKvs();
    await closing.shift()?.();
    await expect(table.read()).rejects.toThrow(/^Cannot read the edge table arn:aws:cloudfront::123456789012:key-value-store\//);
  });
});

test("a file that is not a table is a Fault that says what to do", async () => {
  const store = memoryStore();
  await store.write("edge.json", Buffer.from("<html>"));
  await expect(fileTable(store, "edge.json").read()).rejects.toThrow("memory/edge.json is not an edge table. Remove the file");
});

test.each(["", "table", "https://x.example/edge.json", "arn:aws:s3:::bucket", "arn:aws:cloudfront::1:key-value-store/x"])(
  "%j is not the address of a table, which is wrong usage",
  (address) => expect(() => openTable(address)).toThrow(expect.objectContaining({ kind: "usage" })),
);

test("an ARN is opened without a request", () => {
  const arn = "arn:aws:cloudfront::123456789012:key-value-store/6c5b3c2e-0d7f-4a55-9c6e-1f2a3b4c5d6e";
  expect(openTable(arn).address).toBe(arn);
});

test("a folder's table is a file in the import format of a KeyValueStore", async () => {
  await using folder = await aFolder();
  const table = openTable(join(folder.path, "table.json"));
  await table.change(
    {
      set: [
        ["/b", "410"],
        ["/a", "301 /b"],
      ],
      drop: [],
    },
    (await table.read()).version,
  );
  const found = await folderStore(folder.path).read("table.json");
  expect(JSON.parse(Buffer.from(found?.bytes ?? []).toString("utf8"))).toEqual({
    data: [
      { key: "/a", value: "301 /b" },
      { key: "/b", value: "410" },
    ],
  });
});
