import { cp, readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { handler } from "../lambda/handler.ts";
import type { RunReport } from "../lambda/reports/report.ts";
import { folderStore } from "../lambda/stores/folder/folder.ts";
import { s3Store } from "../lambda/stores/s3/s3.ts";
import { aBatch, aNotice } from "./runtime/notices.ts";
import { aFolder, wireroom } from "./support/a-command.ts";
import { aServer } from "./support/a-server.ts";
import { type S3Server, startS3 } from "./support/s3/s3-server.ts";

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

/** Puts the sample newsroom into the content bucket. Undated articles are dated by their first version there: the server's clock is the test's. */
async function upload(): Promise<void> {
  const folder = folderStore(sample);
  const bucket = s3Store({ bucket: "content", client: s3.client() });
  for (const { key } of await folder.list()) await bucket.write(key, (await folder.read(key))?.bytes ?? new Uint8Array());
}

/** Every file, in base64 so that a difference is one of bytes. */
async function filesIn(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [path.slice(folder.length + 1), await readFile(path, "base64")] as const)),
  );
}

const published = () =>
  Object.fromEntries([...s3.objects("feeds")].map(([key, { bytes }]) => [key, Buffer.from(bytes).toString("base64")]));

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
    const onDisk = await filesIn(join(folder.path, "site"));
    expect(published()).toEqual(onDisk);
  });

  test("makes no PUT, no DELETE and reads no article when nothing changed", async () => {
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

  test("puts exactly the changed files after an edit, with the bytes of a fresh publication", async () => {
    await using folder = await aFolder();
    await upload();
    await handler(scheduled);
    const before = published();
    const edit = (text: string) => text.replace("Khorgos", "Khorgos (the dry port)");
    const key = "en/transport/khorgos-dry-port.md";
    const text = edit(await readFile(join(sample, key), "utf8"));
    await s3Store({ bucket: "content", client: s3.client() }).write(key, Buffer.from(text));
    s3.clearRequests();
    vi.setSystemTime(new Date(Date.parse(now) + 30_000));
    await handler(scheduled);
    const put = s3.requests
      .filter(({ operation, bucket }) => operation === "PutObject" && bucket === "feeds")
      .map((request) => request.key);
    const showing = ["all", "news-en", "briefing", "partners/steppe-radio", "section/transport", "tag/railways", "tag/trade"];
    expect(new Set(put.map((file) => file.slice(0, file.lastIndexOf("/"))))).toEqual(new Set(showing));
    const after = published();
    expect(put.sort()).toEqual(
      Object.keys(after)
        .filter((file) => after[file] !== before[file])
        .sort(),
    );

    await cp(sample, join(folder.path, "content"), { recursive: true });
    await writeFile(join(folder.path, "content", key), text);
    const words = ["publish", "--content", join(folder.path, "content"), "--to", join(folder.path, "site"), "--now", now];
    expect(await wireroom(words, { env: { WIREROOM_STATE: "" } })).toMatchObject({ code: 0 });
    expect(after).toEqual(await filesIn(join(folder.path, "site")));
  });

  test("sends its pings when a delayed queue message calls for them", async () => {
    await using hub = await aServer(() => ({ status: 204 }));
    await using sqs = await aServer(() => ({ status: 200, body: "{}" }));
    vi.stubEnv("WIREROOM_QUEUE", "https://sqs.us-east-1.amazonaws.com/123456789012/Wireroom");
    vi.stubEnv("AWS_ENDPOINT_URL_SQS", sqs.url);
    const bucket = s3Store({ bucket: "content", client: s3.client() });
    await bucket.write("site.yaml", Buffer.from(`url: https://wire.example/\nhub: ${hub.url}/\n`));
    await bucket.write("one.md", Buffer.from("# One\n\nWords.\n"));
    await handler(scheduled);
    expect(hub.asked).toEqual([]);
    expect(sqs.asked.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
      { MessageBody: '{"command":"announce"}', DelaySeconds: 150 },
    ]);
    vi.setSystemTime(new Date(Date.parse(now) + 150_000));
    s3.clearRequests();
    expect(await handler(aBatch({ command: "announce" }))).toEqual({ batchItemFailures: [] });
    expect(hub.asked).toHaveLength(3);
    expect(operations().filter((operation) => !/ state$|^GetObject content$/.test(operation))).toEqual([]);
    expect(await handler({ command: "announce" })).toMatchObject({ announced: [], outbox: [] });
    expect(sqs.asked).toHaveLength(1);
  });

  test("withdraws an article in the ledger, leaves content alone, and the next run changes nothing", async () => {
    await upload();
    await handler(scheduled);
    s3.clearRequests();
    vi.setSystemTime(new Date(Date.parse(now) + 60_000));
    const asked = { command: "cancel", id: "en/economy/tea-road.md", reason: "It was coffee." };
    expect(await handler(asked)).toMatchObject({ outcome: "published", canceled: { key: asked.id, where: "ledger" } });
    expect(operations().filter((operation) => /^(Put|Delete|Copy)\w* content/.test(operation))).toEqual([]);
    const shown = () => Buffer.from(s3.objects("feeds").get("news-en/rss.xml")?.bytes ?? []).toString("utf8");
    expect(shown()).toContain("It was coffee.");
    vi.setSystemTime(new Date(Date.parse(now) + 120_000));
    expect(await handler(scheduled)).toMatchObject({ outcome: "unchanged" });
  });

  test("takes a partner's keys away, and answers without any key", async () => {
    const site = "url: https://wire.example/\npartners: [{ name: acme, profile: generic, channel: all }]\n";
    for (const [key, text] of [
      ["site.yaml", site],
      ["a.md", "---\ndate: 2026-11-01\n---\n\n# A\n\nText.\n"],
    ] as const)
      await s3Store({ bucket: "content", client: s3.client() }).write(key, Buffer.from(text));
    await handler(scheduled);
    const words = ["--content", "s3://content", "--to", "s3://feeds", "--state", "s3://state", "--now", now];
    const { stdout } = await wireroom(["partner", "add", "acme", "--json", ...words], { env: s3.env });
    const { key } = (JSON.parse(stdout) as { readonly shown: { readonly key: string } }).shown;
    const answer = await handler({ command: "partner revoke", name: "acme" });
    expect(answer).toMatchObject({ command: "partner revoke", outcome: "done", partner: { name: "acme", state: "revoked", keys: 0 } });
    expect(JSON.stringify(answer)).not.toContain(key);
    const table = JSON.parse(Buffer.from(s3.objects("feeds").get("edge.json")?.bytes ?? []).toString()) as { readonly data: unknown };
    expect(table.data).toContainEqual({
      key: "partner acme",
      value: '{"methods":["basic","header","path"],"header":"x-api-key","keys":[]}',
    });
  });

  test("treats repeated, concurrent and unordered notices as one reason to publish", async () => {
    await upload();
    await handler(scheduled);
    const client = s3.client();
    const content = s3Store({ bucket: "content", client });
    const [key, older, newer] = ["en/transport/khorgos-dry-port.md", "Khorgos, the older edit", "Khorgos, the newer edit"];
    const text = await readFile(join(sample, key), "utf8");
    await content.write(key, Buffer.from(text.replace("Khorgos", older)));
    await content.write(key, Buffer.from(text.replace("Khorgos", newer)));
    await content.remove("kk/culture/kiiz-uy.txt");
    await content.write("moved/kiiz-uy.txt", await readFile(join(sample, "kk/culture/kiiz-uy.txt")));
    vi.setSystemTime(new Date(Date.parse(now) + 300_000));
    const [gone, came, edited] = [aNotice("kk/culture/kiiz-uy.txt", "Object Deleted"), aNotice("moved/kiiz-uy.txt"), aNotice(key)];
    // Each twice; the removal is told after what came later.
    const answers = await Promise.all([handler(aBatch(came, edited, edited)), handler(aBatch(edited, came, gone)), handler(aBatch(gone))]);
    // Whoever found another at work has its notices come again.
    const back = answers.flatMap((answer) => ("batchItemFailures" in answer ? answer.batchItemFailures : []));
    vi.setSystemTime(new Date(Date.parse(now) + 330_000));
    if (back.length > 0) await handler(aBatch(...back.map(() => gone)));
    const after = published();
    vi.setSystemTime(new Date(Date.parse(now) + 600_000));
    expect(await handler(aBatch(gone, came, edited))).toEqual({ batchItemFailures: [] });
    expect(published()).toEqual(after);
    const feed = Buffer.from(after["all/feed.json"] ?? "", "base64").toString("utf8");
    expect([feed.includes(older), feed.includes(newer), feed.includes("example,2026-01-01:kk/culture/kiiz-uy")]).toEqual([
      false,
      true,
      true,
    ]);
  });

  test("looks only at the keys that notices name, below the prefix of the content, and lists on schedule", async () => {
    vi.stubEnv("WIREROOM_CONTENT", "s3://content/news/room");
    const bucket = s3Store({ bucket: "content", client: s3.client() });
    const write = (key: string, text: string) => bucket.write(key, Buffer.from(text));
    await write("news/room/site.yaml", "url: https://wire.example/\n");
    await write("news/room/one.md", "# One\n\nWords.\n");
    await handler(scheduled);
    await write("news/room/две части.md", "# Two\n\nWords.\n");
    await write("elsewhere.md", "# Elsewhere\n");
    vi.setSystemTime(new Date(Date.parse(now) + 60_000));
    s3.clearRequests();
    const encoded = `news/room/${encodeURIComponent("две части.md").replaceAll("%20", "+")}`;
    expect(await handler(aBatch(aNotice(encoded), aNotice("elsewhere.md")))).toEqual({ batchItemFailures: [] });
    expect(operations()).toContain("HeadObject content");
    expect(operations()).not.toContain("ListObjectsV2 content");
    const feed = Buffer.from(published()["all/feed.json"] ?? "", "base64").toString("utf8");
    expect([feed.includes("Two"), feed.includes("One"), feed.includes("Elsewhere")]).toEqual([true, true, false]);
    s3.clearRequests();
    expect(await handler(scheduled)).toMatchObject({ outcome: "unchanged" });
    expect(operations()).toContain("ListObjectsV2 content");
  });

  test("answers publish and plan with the first fifty of each list", async () => {
    const bucket = s3Store({ bucket: "content", client: s3.client() });
    await bucket.write("site.yaml", Buffer.from("url: https://wire.example/\nchannels: [{ by: tag }]\n"));
    for (let n = 0; n < 60; n += 1)
      await bucket.write(`a-${n}.md`, Buffer.from(`---\ntags: [t${n}]\n---\n# A ${n}\n\n![x](gone-${n}.png) Words.\n`));
    for (const command of ["plan", "publish"]) {
      const answer = (await handler({ command })) as RunReport;
      expect([answer.findings.length, answer.channels.length, answer.files.written.length]).toEqual([50, 50, 50]);
      expect(answer.counts).toMatchObject({ notices: 60, channels: 60 });
      expect(answer.leftOut).toMatchObject({ findings: 10, channels: 10 });
      expect(answer.whole).toContain("wireroom check --json");
    }
  });

  test("rejects an unknown command, and names the known ones", async () => {
    await expect(handler({ command: "explode" })).rejects.toThrow('"command":"publish"');
  });
});
