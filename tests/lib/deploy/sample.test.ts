import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { s3Store } from "../../../lambda/stores/s3/s3.ts";
import { root } from "../synthesis.ts";
import { aCloudDesk } from "./cloud-desk.ts";

let desk: Awaited<ReturnType<typeof aCloudDesk>>;
beforeEach(async () => {
  desk = await aCloudDesk();
});
afterEach(async () => desk[Symbol.asyncDispose]());

const folder = join(root, "content");
const sample = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
  .sort();
const text = (key: string) => Buffer.from(desk.s3.objects("content").get(key)?.bytes ?? []).toString("utf8");
const put = (key: string, words: string) => s3Store({ bucket: "content", client: desk.s3.client() }).write(key, Buffer.from(words));

it("puts every file of the sample into an empty bucket, site.yaml last, with the address of the stack's feeds", async () => {
  await desk.theStack({ feedsUrl: "https://d1.example/" });
  expect(await desk.run("sample.ts")).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(`${sample.length} of its ${sample.length} files`),
  });
  expect([...desk.s3.objects("content").keys()].sort()).toEqual(sample);
  expect(desk.s3.requests.findLast(({ operation }) => operation === "PutObject")?.key).toBe("site.yaml");
  const written = readFileSync(join(folder, "site.yaml"), "utf8");
  expect(text("site.yaml")).toBe(written.replace("feedUrl: https://feeds.wire.example/", "feedUrl: https://d1.example/"));
});

it("leaves existing files unchanged when repeated, writes missing ones, and deletes none", async () => {
  await desk.theStack({ feedsUrl: "https://d1.example/" });
  await put("site.yaml", "title: Ours by now");
  await put(sample[0] ?? "", "Edited.");
  expect(await desk.run("sample.ts")).toMatchObject({ code: 0 });
  expect([text("site.yaml"), text(sample[0] ?? "")]).toEqual(["title: Ours by now", "Edited."]);
  expect([...desk.s3.objects("content").keys()].sort()).toEqual(sample);
  expect(desk.s3.requests.filter(({ operation }) => operation.startsWith("Delete"))).toEqual([]);
});

it("does not touch another newsroom's bucket", async () => {
  await desk.theStack({ feedsUrl: "https://d1.example/" });
  await put("news/ours.md", "Ours.");
  expect(await desk.run("sample.ts")).toMatchObject({ code: 1, stderr: expect.stringContaining("another newsroom (news/ours.md)") });
  expect([...desk.s3.objects("content").keys()]).toEqual(["news/ours.md"]);
});

it("ends if there is no stack", async () => {
  await desk.noStack();
  expect(await desk.run("sample.ts")).toMatchObject({ code: 1, stderr: expect.stringContaining("There is no stack yet") });
});
