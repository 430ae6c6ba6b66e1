import { cp, readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { folderStore } from "../../lambda/stores/folder/folder.ts";
import { inParallel } from "../../lambda/stores/parallel.ts";
import { aFolder, wireroom } from "../support/a-command.ts";
import { beginning, change, eventfulSite, events } from "../support/faults/a-bucket-newsroom.ts";

/** At how many of the changes, spread over the run: each takes three processes. */
const few = process.env["WIREROOM_TEST_FAULTS"] === "all" ? 48 : 4;
const fault = pathToFileURL(resolve(import.meta.dirname, "../support/faults/disk-fault.ts")).href;
const site = eventfulSite.replace(/hub: .*\n/, "");

type Files = Readonly<Record<string, string>>;

let root: Awaited<ReturnType<typeof aFolder>>;
let before: Files;
let likely: readonly [Files, Files];
let changes: number;
let cases = 0;

/** `at`: a time of the day. `disk`: what becomes of it (tests/support/faults/disk-fault.ts). */
const publish = (folder: string, at: string, disk?: string) =>
  wireroom(["publish", "--content", join(folder, "content"), "--to", join(folder, "site"), "--now", `2026-11-20T${at}:00Z`], {
    env: { WIREROOM_STATE: "", ...(disk === undefined ? {} : { NODE_OPTIONS: `--import ${fault}`, WIREROOM_TEST_DISK: disk }) },
  });

/** The newsroom as it was when it had been published once and the events had happened. */
async function anew(): Promise<string> {
  const folder = join(root.path, `case ${++cases}`);
  await cp(join(root.path, "start"), folder, { recursive: true, preserveTimestamps: true });
  return folder;
}

async function filesIn(folder: string): Promise<Files> {
  const entries = (await readdir(join(folder, "site"), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).filter((path) => !path.includes("/site/."));
  const files = await inParallel(
    paths,
    async (path) => [path.slice(join(folder, "site").length + 1), await readFile(path, "base64")] as const,
  );
  return Object.fromEntries(files.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

beforeAll(async () => {
  root = await aFolder();
  const start = join(root.path, "start");
  const content = folderStore(join(start, "content"));
  await change(content, { ...beginning, "site.yaml": site });
  await publish(start, "12:00");
  await change(content, events);
  before = await filesIn(start);
  const [through, late] = [await anew(), await anew()];
  await publish(through, "13:00", `count:${join(root.path, "changes")}`);
  changes = Number(await readFile(join(root.path, "changes"), "utf8"));
  await publish(through, "13:30");
  await publish(late, "13:30");
  likely = [await filesIn(through), await filesIn(late)];
});
afterAll(() => root[Symbol.asyncDispose]());

/** Spread over the run, odd and even. */
const points = () =>
  [...Array(changes).keys()].map((at) => at + 1).filter((at) => at % Math.ceil(changes / few) === 1 + (Math.floor(at / 7) % 2));

async function breachesAfter(disk: string, ended: (code: number | null, stderr: string) => boolean): Promise<readonly string[]> {
  const folder = await anew();
  const { code, stderr } = await publish(folder, "13:00", disk);
  const middle = await filesIn(folder);
  const strange = Object.entries(middle).filter(([key, bytes]) => bytes !== before[key] && bytes !== likely[0][key]);
  const clean = await publish(folder, "13:30");
  const after = await filesIn(folder);
  const variants = Object.entries(after).filter(([key]) => key.endsWith(".gz"));
  const wrong = variants.filter(([key, bytes]) => gunzipSync(Buffer.from(bytes, "base64")).toString("base64") !== after[key.slice(0, -3)]);
  return [
    ...(ended(code, stderr) ? [] : [`it ended with ${code}: ${stderr}`]),
    ...strange.map(([key]) => `${key} is neither old nor new`),
    ...(clean.code === 0 ? [] : [`the next run ended with ${clean.code}: ${clean.stderr}`]),
    ...(likely.some((one) => JSON.stringify(one) === JSON.stringify(after)) ? [] : ["it is not as after an undisturbed run"]),
    ...wrong.map(([key]) => `${key} is not its plain file`),
  ].map((breach) => `${disk}: ${breach}`);
}

test("a process killed at any change of the disk damages nothing, and the next run converges", async () => {
  const killed = points();
  const breaches = await inParallel(killed, (at) => breachesAfter(`die:${at}`, (code) => code === null));
  expect(breaches.flat()).toEqual([]);
  process.stdout.write(`kill -9 at ${killed.length} of ${changes} changes of the disk\n`);
});

test("a disk that fills up at any change stops the run with a clear fault, damages nothing, and the next run converges", async () => {
  const full = points();
  // The last changes need no space: they take things away.
  const says = (code: number | null, stderr: string) => (code === 70 && stderr.includes("ENOSPC")) || code === 0;
  const breaches = await inParallel(full, (at) => breachesAfter(`full:${at}`, says));
  expect(breaches.flat()).toEqual([]);
  process.stdout.write(`a full disk at ${full.length} of ${changes} changes\n`);
});
