import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readEdgeTable } from "../../lambda/plan/edge/edge-table.ts";
import { folderStore } from "../../lambda/stores/folder/folder.ts";
import { bundle } from "../../lib/bundle/bundling.ts";
import { aFolder } from "../support/a-command.ts";
import { aFile, aNewsroom, aSiteFile, someArticles } from "../support/a-newsroom.ts";
import { type MemoryLimit, memoryLimit } from "../support/aws/memory-limit.ts";
import { aWorld, type Buckets, fill, payloadOf, plainFiles } from "./a-world.ts";
import { aBatch, aNotice, scheduled } from "./notices.ts";

const blog = resolve(import.meta.dirname, "../../../shared/corpus/nodejs-blog");

/** The bundle as deployed, in a process of its own under a runtime client, over S3: what must hold on any server and any client. */
export function runtimeContract(
  name: string,
  options: {
    readonly buckets: () => Promise<Buckets>;
    readonly client?: string | undefined;
    /** Measures a run over the Node.js blog too. */
    readonly blog?: boolean;
  },
): void {
  describe(name, () => {
    let home: Awaited<ReturnType<typeof aFolder>>;
    beforeAll(async () => {
      home = await aFolder();
      bundle(home.path);
    });
    afterAll(async () => home[Symbol.asyncDispose]());

    const made = async (room: { readonly memory?: number; readonly limit?: MemoryLimit | undefined } = {}) =>
      aWorld(await options.buckets(), { folder: home.path, client: options.client, ...room });
    const newsroom = { "site.yaml": aSiteFile, ...someArticles(6) };

    test("ends with Lambda's error shape on empty buckets, writes nothing, and serves the next call", async () => {
      await using world = await made();
      const ended = await world.run.invoke(scheduled);
      expect(ended).toMatchObject({
        kind: "failed",
        error: { errorType: "Fault", errorMessage: expect.stringContaining("There is no site.yaml in s3://"), trace: expect.any(Array) },
      });
      expect([await world.feeds.list(), await world.state.list()]).toEqual([[], []]);
      await fill(world.content, newsroom);
      expect(payloadOf(await world.run.invoke(scheduled))).toMatchObject({ outcome: "published", articles: { published: 6 } });
      expect(world.run.starts()).toBe(1);
    });

    test("publishes on schedule the bytes of a newsroom in memory, and nothing the second time", async () => {
      await using world = await made();
      await fill(world.content, newsroom);
      expect(payloadOf(await world.run.invoke(scheduled))).toMatchObject({ outcome: "published" });
      const inMemory = await aNewsroom(someArticles(6));
      await inMemory.publish(new Date().toISOString());
      expect(await plainFiles(world.feeds)).toEqual(await inMemory.files());
      expect(world.edge.rows()).toEqual(readEdgeTable((await inMemory.files())["edge.json"] ?? ""));
      const asked = world.edge.requests.length;
      expect(payloadOf(await world.run.invoke(scheduled))).toMatchObject({ outcome: "unchanged", articles: { read: 0 } });
      expect(world.edge.requests).toHaveLength(asked);
    });

    test("publishes on S3 notices, and returns a message that is no notice", async () => {
      await using world = await made();
      await fill(world.content, newsroom);
      const batch = aBatch(aNotice("a-01.md"), { what: "is this" }, aNotice("site.yaml"));
      expect(payloadOf(await world.run.invoke(batch))).toEqual({ batchItemFailures: [{ itemIdentifier: "message-2" }] });
      expect(await world.feeds.read("all/rss.xml")).toBeDefined();
    });

    test("runs an operator's command, and answers an unknown one with the known ones", async () => {
      await using world = await made();
      await fill(world.content, newsroom);
      expect(payloadOf(await world.run.invoke({ command: "plan" }))).toMatchObject({ outcome: "planned", articles: { published: 6 } });
      expect([await world.feeds.list(), await world.state.list()]).toEqual([[], []]);
      expect(payloadOf(await world.run.invoke({ command: "publish" }))).toMatchObject({ outcome: "published" });
      expect(payloadOf(await world.run.invoke({ command: "allow", names: ["all@00000000"] }))).toMatchObject({
        remarks: [expect.stringContaining("all@00000000 released nothing")],
      });
      expect(await world.run.invoke({ command: "explode" })).toMatchObject({
        kind: "failed",
        error: { errorType: "Fault", errorMessage: expect.stringContaining('{"command":"publish"}') },
      });
    });

    test("returns messages after a kill in mid-write until the lease runs out, and then recovers", async () => {
      await using world = await made();
      await fill(world.content, newsroom);
      await world.run.invoke(scheduled);
      const before = await plainFiles(world.feeds);
      await fill(world.content, { "a-06.md": aFile({ title: "Anew", date: "2026-03-06T09:00:00Z" }, "Another body.") });
      let written = 0;
      world.proxy.stall = (method, path) => method === "PUT" && path.includes("/all/") && ++written > 2;
      // Killed long before its time is over, of which it would have taken note and ended by itself.
      expect(await world.run.invoke(scheduled, { seconds: 30, killedAfter: 5 })).toEqual({ kind: "timed out" });
      expect(world.proxy.stalled()).toBeGreaterThan(0);
      expect(await world.state.read("lease.json")).toBeDefined();
      world.proxy.stall = undefined;

      expect(payloadOf(await world.run.invoke(aBatch(aNotice("a-06.md"), aNotice("a-05.md")), { seconds: 30 }))).toEqual({
        batchItemFailures: [{ itemIdentifier: "message-1" }, { itemIdentifier: "message-2" }],
      });
      // The lease of a run that is gone lasts a minute, and five more for clocks that differ.
      await world.run.redeploy({ ...world.env, WIREROOM_TEST_AHEAD: "400000" });
      expect(payloadOf(await world.run.invoke(aBatch(aNotice("a-06.md")), { seconds: 900 }))).toEqual({ batchItemFailures: [] });
      expect(await world.state.read("lease.json")).toBeUndefined();
      const after = await plainFiles(world.feeds);
      expect(Object.keys(after)).toEqual(Object.keys(before));
      for (const file of ["all/rss.xml", "all/atom.xml", "all/feed.json"]) expect(after[file]).toContain("Another body.");
      expect(payloadOf(await world.run.invoke(scheduled, { seconds: 900 }))).toMatchObject({ outcome: "unchanged" });
    });

    if (options.blog !== true) return;
    const title = "publishes the Node.js blog in three formats, with archives, within 512 MB (needs ../shared/corpus)";
    test.skipIf(!existsSync(blog))(title, async () => {
      const memory = 512;
      const limit = memoryLimit(memory);
      await using world = await made({ memory, limit });
      const files = folderStore(blog);
      const keys = (await files.list()).map(({ key }) => key);
      for (let at = 0; at < keys.length; at += 32)
        await Promise.all(
          keys.slice(at, at + 32).map(async (key) => world.content.write(key, (await files.read(key))?.bytes ?? new Uint8Array())),
        );
      expect(payloadOf(await world.run.invoke(scheduled))).toMatchObject({ outcome: "published", articles: { published: 1042 } });
      const held = limit === undefined ? "nobody held it to them" : `its group never had more than ${limit.peak().toFixed(0)}`;
      const peak = world.run.peak();
      console.log(`${name}: cold start ${world.run.coldStart().toFixed(0)} ms, the Node.js blog within ${peak.toFixed(0)} MB; ${held}`);
      expect(peak).toBeLessThan(memory);
    });
  });
}
