import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { handler } from "../lambda/handler.ts";
import { folderStore } from "../lambda/stores/folder.ts";
import { s3Store } from "../lambda/stores/s3.ts";
import { aFolder, wireroom } from "./support/a-command.ts";
import { type S3Server, startS3 } from "./support/s3-server.ts";

const sample = resolve(import.meta.dirname, "../content");
/** As EventBridge Scheduler sends it where the target has no input of its own. */
const scheduled = { version: "0", "detail-type": "Scheduled Event", source: "aws.scheduler", detail: "{}" };
const now = "2026-11-23T09:00:00.000Z";

let s3: S3Server;

beforeEach(async () => {
  s3 = await startS3({ buckets: ["content", "feeds", "state"] });
  for (const [name, value] of Object.entries({
    ...s3.env,
    WIREROOM_CONTENT: "s3://content",
    WIREROOM_TO: "s3://feeds",
    WIREROOM_STATE: "s3://state",
  }))
    vi.stubEnv(name, value);
  vi.useFakeTimers({ toFake: ["Date"], now: new Date(now) });
});

afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  await s3.close();
});

/** Puts the sample newsroom into the content bucket; articles without a date would be dated by their upload, so they stay out. */
async function upload(skip: readonly string[] = []): Promise<void> {
  const folder = folderStore(sample);
  const bucket = s3Store({ bucket: "content", client: s3.client() });
  for (const { key } of await folder.list())
    if (!skip.includes(key)) await bucket.write(key, (await folder.read(key))?.bytes ?? new Uint8Array());
}

const operations = () => s3.requests.map(({ operation, bucket }) => `${operation} ${bucket}`);

describe("the function", () => {
  test("publishes the same bytes to a bucket as the command does to a folder", async () => {
    await using folder = await aFolder();
    await upload();
    await handler(scheduled);
    const ended = await wireroom(["publish", "--content", sample, "--to", join(folder.path, "site"), "--now", now], {
      env: { WIREROOM_STATE: "" },
    });
    expect(ended).toMatchObject({ code: 0 });
    const names = (await readdir(join(folder.path, "site"), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    const onDisk = await Promise.all(
      names.map(
        async (entry) =>
          [
            join(entry.parentPath, entry.name).slice(join(folder.path, "site").length + 1),
            await readFile(join(entry.parentPath, entry.name), "base64"),
          ] as const,
      ),
    );
    const inBucket = [...s3.objects("feeds")].map(([key, { bytes }]) => [key, Buffer.from(bytes).toString("base64")] as const);
    expect(Object.fromEntries(inBucket)).toEqual(Object.fromEntries(onDisk));
  });

  test("called again makes no PUT, no DELETE, and reads no article", async () => {
    await upload();
    await handler(scheduled);
    s3.clearRequests();
    vi.setSystemTime(new Date(Date.parse(now) + 300_000));
    expect(await handler(scheduled)).toMatchObject({ outcome: "unchanged" });
    expect(operations().filter((operation) => /^(Put|Delete|Copy)/.test(operation))).toEqual([]);
    expect(s3.requests.filter(({ operation, bucket }) => operation === "GetObject" && bucket === "content").map(({ key }) => key)).toEqual([
      "site.yaml",
    ]);
    expect(operations().filter((operation) => operation === "GetObject feeds")).toEqual([]);
  });

  test("answers an unknown command with a fault that names the known ones", async () => {
    await expect(handler({ command: "explode" })).rejects.toThrow('"command":"publish"');
  });
});
