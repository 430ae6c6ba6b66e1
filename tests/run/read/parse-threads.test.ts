import { expect, test } from "vitest";
import type { Source } from "../../../lambda/articles/opened.ts";
import { parseInThreads } from "../../../lambda/run/read/parse-threads.ts";
import { parseHere, readingOf, type Task } from "../../../lambda/run/read/reading.ts";
import { aFile } from "../../support/a-newsroom.ts";
import { aSite } from "../../support/a-site.ts";

const site = aSite();
const source = (number: number, text = `The ferry of ${number} o'clock leaves *when it is full*.`) => ({
  key: `world/story-${number}.md`,
  bytes: Buffer.from(aFile({ title: `Story ${number}`, date: "2026-11-20" }, text)),
});
/** More than are parsed here before threads are started. */
const many = Array.from({ length: 300 }, (_, number) => source(number));
const head = { what: "head", hints: { soleInFolder: false }, bodies: "these" } as const;

test("threads give the same as parsing without threads, in whatever order they answer", async () => {
  const parser = parseInThreads(2);
  const there = await Promise.all(many.map((one) => parser.read(one, site, head)));
  parser.rest();
  expect(there).toEqual(await Promise.all(many.map((one) => parseHere.read(one, site, head))));
});

test("an article that a thread leaves unanswered is parsed without threads", async () => {
  const parser = parseInThreads(2);
  const asked = Promise.all(many.map((one) => parser.read(one, site, head)));
  // Ends the threads before they can have answered.
  await Promise.resolve();
  parser.rest();
  expect((await asked).map((reading) => reading?.what === "head" && reading.record.key)).toEqual(many.map(({ key }) => key));
});

test("a body beyond the budget is refused the same, in a thread and without", async () => {
  const parser = parseInThreads(2);
  const crowded = [...many.slice(0, 101), source(1, "a\n\n".repeat(66_000)), source(2, "*a*".repeat(90_000))];
  const asked = crowded.map((one) => ({ one, task: bodyOf(one) }));
  const there = await Promise.all(asked.map(({ one, task }) => parser.read(one, site, task)));
  parser.rest();
  const codes = there.slice(-2).map((reading) => reading?.what === "body" && reading.meta.shown?.findings?.map(({ code }) => code));
  expect(codes).toEqual([["article-crowded"], ["article-crowded"]]);
  expect(there).toEqual(await Promise.all(asked.map(({ one, task }) => parseHere.read(one, site, task))));
});

function bodyOf(one: Source): Task {
  const reading = readingOf(one, site, head);
  if (reading?.what !== "head" || reading.record.kind !== "article") throw new Error("no article");
  const { meta, source } = reading.record;
  return { what: "body", meta, source };
}
