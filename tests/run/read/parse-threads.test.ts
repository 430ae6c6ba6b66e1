import { expect, test } from "vitest";
import { parseInThreads } from "../../../lambda/run/read/parse-threads.ts";
import { parseHere } from "../../../lambda/run/read/reading.ts";
import { aFile } from "../../support/a-newsroom.ts";
import { aSite } from "../../support/a-site.ts";

const site = aSite();
const source = (number: number, text = `The ferry of ${number} o'clock leaves *when it is full*.`) => ({
  key: `world/story-${number}.md`,
  bytes: Buffer.from(aFile({ title: `Story ${number}`, date: "2026-11-20" }, text)),
});
/** More than are parsed here before threads are started. */
const many = Array.from({ length: 300 }, (_, number) => source(number));
const hints = { soleInFolder: false };

test("threads give the same as parsing without threads, in whatever order they answer", async () => {
  const parser = parseInThreads(2);
  const there = await Promise.all(many.map((one) => parser.read(one, site, hints)));
  parser.rest();
  expect(there).toEqual(await Promise.all(many.map((one) => parseHere.read(one, site, hints))));
});

test("an article that a thread leaves unanswered is parsed without threads", async () => {
  const parser = parseInThreads(2);
  const asked = Promise.all(many.map((one) => parser.read(one, site, hints)));
  // Ends the threads before they can have answered.
  await Promise.resolve();
  parser.rest();
  expect((await asked).map(({ record }) => record.key)).toEqual(many.map(({ key }) => key));
});

test("a body beyond the budget is refused the same, in a thread and without", async () => {
  const parser = parseInThreads(2);
  const crowded = [...many.slice(0, 101), source(1, "a\n\n".repeat(66_000)), source(2, "*a*".repeat(90_000))];
  const there = await Promise.all(crowded.map((one) => parser.read(one, site, hints)));
  parser.rest();
  const codes = there.slice(-2).map(({ record }) => record.findings.map(({ code }) => code));
  expect(codes).toEqual([["article-crowded"], ["article-crowded"]]);
  expect(there).toEqual(await Promise.all(crowded.map((one) => parseHere.read(one, site, hints))));
});
