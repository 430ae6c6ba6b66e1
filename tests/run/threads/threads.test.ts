import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { expect, test, vi } from "vitest";
import type { Source } from "../../../lambda/articles/opened.ts";
import { packed } from "../../../lambda/articles/packed.ts";
import { readingOf, type Task } from "../../../lambda/run/read/reading.ts";
import { inThreads } from "../../../lambda/run/threads/threads.ts";
import { type Workers, workHere } from "../../../lambda/run/threads/work.ts";
import { aFile, aNewsroom, aSiteFile, someArticles } from "../../support/a-newsroom.ts";
import { aSite } from "../../support/a-site.ts";

const site = aSite();
const source = (number: number, text = `The ferry of ${number} o'clock leaves *when it is full*.`) => ({
  key: `world/story-${number}.md`,
  bytes: Buffer.from(aFile({ title: `Story ${number}`, date: "2026-11-20" }, text)),
});
const many = Array.from({ length: 200 }, (_, number) => source(number));
const head = { what: "head", hints: { soleInFolder: false }, bodies: "these" } as const;
/** Threads that are given everything, from the first task on. */
const atOnce = () => inThreads({ processors: 2, enough: 0 });

test("threads give the same as parsing without threads, in whatever order they answer", async () => {
  const threads = atOnce();
  const there = await Promise.all(many.map((one) => threads.read(one, site, head)));
  threads.rest();
  expect(there).toEqual(await Promise.all(many.map((one) => workHere.read(one, site, head))));
});

test("threads without work keep no process alive, also those that never had any", () => {
  const threads = resolve(import.meta.dirname, "../../../lambda/run/threads/threads.ts");
  const article = { key: "a.md", bytes: [...source(1).bytes] };
  const program = `
    import { inThreads } from ${JSON.stringify(threads)};
    const threads = inThreads({ processors: 2, enough: 0 });
    const { key, bytes } = ${JSON.stringify(article)};
    const { what } = await threads.read({ key, bytes: Uint8Array.from(bytes) }, ${JSON.stringify(site)}, ${JSON.stringify(head)});
    process.stdout.write(what + process.getActiveResourcesInfo().filter((kind) => kind === "MessagePort").length);`;
  // A file, because threads would inherit `--eval`.
  const file = join(mkdtempSync(join(tmpdir(), "threads-")), "program.mjs");
  writeFileSync(file, program);
  expect(execFileSync(process.execPath, [file], { encoding: "utf8" })).toBe("head0");
  rmSync(dirname(file), { recursive: true });
});

test("an article that a thread leaves unanswered is parsed without threads", async () => {
  const threads = atOnce();
  const asked = Promise.all(many.map((one) => threads.read(one, site, head)));
  // Ends the threads before they can have answered.
  await Promise.resolve();
  threads.rest();
  expect((await asked).map((reading) => reading?.what === "head" && reading.record.key)).toEqual(many.map(({ key }) => key));
});

test("a body beyond the budget is refused the same, in a thread and without", async () => {
  const threads = atOnce();
  const asked = [source(1, "a\n\n".repeat(66_000)), source(2, "*a*".repeat(90_000))].map((one) => ({ one, task: bodyOf(one) }));
  const there = await Promise.all(asked.map(({ one, task }) => threads.read(one, site, task)));
  threads.rest();
  const codes = there.map((reading) => reading?.what === "body" && reading.meta.shown?.findings?.map(({ code }) => code));
  expect(codes).toEqual([["article-crowded"], ["article-crowded"]]);
  expect(there).toEqual(await Promise.all(asked.map(({ one, task }) => workHere.read(one, site, task))));
});

function bodyOf(one: Source): Task {
  const reading = readingOf(one, site, head);
  if (reading?.what !== "head" || reading.record.kind !== "article") throw new Error("no article");
  const { meta, source } = reading.record;
  return { what: "body", meta, source };
}

const channels = `${aSiteFile}pages: true\nchannels: [{ name: all, archive: monthly, limit: 5 }, { by: tag }, { name: json, formats: [json] }]\n`;
const crafted = { ...someArticles(20), "tea.md": aFile({ title: "Tea <b>&", date: "2026-03-22", tags: "tea" }, "A *body* ]]> & more.") };
const publish = async (workers: Workers) => {
  const newsroom = await aNewsroom(crafted);
  const { prepared } = await newsroom.publish("2026-11-21T12:00:00Z", { site: channels, ports: { workers } });
  const { makeAgain: _, ...changes } = prepared.changes;
  return { files: await newsroom.files(), changes, findings: prepared.catalog.findings };
};

test("a run in threads makes the same plan and files as a run without", async () => {
  const threads = atOnce();
  expect(await publish(threads)).toEqual(await publish(workHere));
  threads.rest();
});

test("a document that a thread leaves unanswered is rendered without threads", async () => {
  const threads = atOnce();
  const interrupted: Workers = {
    ...workHere,
    render: (document) => {
      const asked = threads.render(document);
      threads.rest();
      return asked;
    },
  };
  expect(await publish(interrupted)).toEqual(await publish(workHere));
});

/** A reading with a fault that only the gate finds: a body that runs a script. */
const holed: Workers["read"] = async (source, newsroom, task) => {
  const reading = await workHere.read(source, newsroom, task);
  if (source.key !== "tea.md" || reading?.what !== "body") return reading;
  return { ...reading, article: packed({ meta: reading.meta, html: '<p onclick="x">text</p>' }) };
};

test("threads refuse the same entries as a run without", async () => {
  const threads = atOnce();
  const there = await publish({ ...threads, read: holed });
  threads.rest();
  expect(there.findings.map(({ key, code }) => [key, code])).toContainEqual(["tea.md", "entry-refused"]);
  expect(there).toEqual(await publish({ ...workHere, read: holed }));
});

test.runIf(existsSync("/proc/self/task"))("idle threads end, and others start when there is more to do", async () => {
  const alive = () => readdirSync("/proc/self/task").length;
  const before = alive();
  const threads = inThreads({ processors: 2, enough: 0, idle: 1 });
  const first = await publish(threads);
  await vi.waitFor(() => expect(alive()).toBeLessThanOrEqual(before), 20_000);
  expect(await publish(threads)).toEqual(first);
  threads.rest();
});
