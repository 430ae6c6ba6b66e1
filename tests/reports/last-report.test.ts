import { beforeEach, describe, expect, test } from "vitest";
import type { Message } from "../../lambda/reports/alerts.ts";
import { lastReport, remember } from "../../lambda/reports/last-report.ts";
import type { Store } from "../../lambda/stores/store.ts";
import { aReport } from "../support/a-report.ts";
import { memoryStore } from "../support/stores/memory-store.ts";

const problem = (key: string) => ({
  kind: "problem" as const,
  code: "date-invalid",
  key,
  file: `content/${key}`,
  line: 4,
  message: '"date" is not a date: got "tomorrow".',
  hint: "Write 2026-11-23.",
});
const hold = { name: "world", hash: "1f3c9a2b", reasons: ["19 of its 20 entries are gone, and nothing explains why."], defective: false };
const written = { files: { written: [{ key: "all/rss.xml", why: "new", bytes: 1 }], kept: 0, removed: [] } };

let state: Store;
let messages: Message[];
const tell = async (message: Message) => void messages.push(message);
const run = (says: Parameters<typeof aReport>[0] = {}, tellPeople = tell) => remember(aReport(says), state, tellPeople);
const writes = async () => (await state.history("report.json.gz")).length;

beforeEach(() => {
  state = memoryStore();
  messages = [];
});

describe("state keeps the report", () => {
  test("of a run that writes, but not of a run that finds nothing to do", async () => {
    await run();
    expect(await lastReport(state)).toBeUndefined();
    await run({ ...written, outcome: "published" });
    expect(await lastReport(state)).toMatchObject({ outcome: "published", files: { written: 1, kept: 0 } });
    await run();
    expect(await writes()).toBe(1);
  });

  test("with the first fifty problems, and the number of all", async () => {
    await run({ findings: Array.from({ length: 20_000 }, (_, number) => problem(`${number}.md`)) });
    const kept = await lastReport(state);
    expect([kept?.problems.length, kept?.counts]).toMatchObject([50, { problems: 20_000, codes: { "date-invalid": 20_000 } }]);
  });

  test("of a run that meets a new hold or problem, only the first time", async () => {
    for (const says of [
      { holds: [hold] },
      { holds: [hold] },
      { holds: [hold], findings: [problem("a.md")] },
      { holds: [hold], findings: [problem("a.md")] },
    ])
      await run(says);
    expect([await writes(), messages.length]).toEqual([2, 2]);
    expect(await lastReport(state)).toMatchObject({ holds: [hold], problems: [problem("a.md")] });
  });

  test("but not of a run that another was ahead of", async () => {
    await run({ ...written, outcome: "busy" });
    expect(await lastReport(state)).toBeUndefined();
  });
});

describe("an alert", () => {
  test("says in one message what is wrong, where, what would be right, and how to release it", async () => {
    await run({ holds: [hold], findings: [problem("a.md")] });
    expect(messages).toEqual([
      {
        subject: "Wireroom: 1 hold, 1 problem",
        text: `The Wire

world is held: 19 of its 20 entries are gone, and nothing explains why. Nothing of it was changed.
If the change is right, anybody who may publish can release it: run wireroom allow world@1f3c9a2b, or send {"command":"allow","names":["world@1f3c9a2b"]} to the function. See docs/runbook.md#a-channel-is-held.

A new article with a problem stays out of the feeds; a published one stays as it was:

content/a.md:4  "date" is not a date: got "tomorrow". Write 2026-11-23.
`,
      },
    ]);
  });

  test("says that nobody can release a defective hold", async () => {
    await run({ holds: [{ ...hold, defective: true }] });
    expect(messages[0]?.text).toContain("Nobody can release it");
  });

  test("names only new problems, and those that return after they were mended", async () => {
    await run({ findings: [problem("a.md")] });
    await run({ findings: [problem("a.md"), problem("b.md")] });
    expect(messages.at(-1)?.text).not.toContain("a.md");
    await run(written);
    await run({ findings: [problem("b.md")] });
    expect(messages).toHaveLength(3);
  });

  test("names at most twenty problems", async () => {
    await run({ findings: Array.from({ length: 23 }, (_, number) => problem(`${number}.md`)) });
    expect(messages[0]?.text).toContain("… and 3 more: wireroom check names them all.");
    expect(messages[0]?.text.match(/content\//g)).toHaveLength(20);
  });

  test("fits into an SNS message, however long the report", async () => {
    const reasons = Array.from({ length: 5_000 }, (_, n) => `"${"路".repeat(300)}" (${n}) is live, and no file is known to be it.`);
    const holds = Array.from({ length: 30 }, (_, n) => ({ ...hold, name: `tag/${n}`, reasons }));
    const long = Array.from({ length: 300 }, (_, n) => ({ ...problem(`${n}.md`), message: "路".repeat(5_000), hint: "路".repeat(5_000) }));
    await run({ holds, findings: long });
    expect(Buffer.byteLength(messages[0]?.text ?? "")).toBeLessThan(256_000);
    expect(messages[0]?.text).toContain("… and 4980 more: wireroom plan names them all.");
    expect(messages[0]?.text).toContain("… and 10 more: wireroom status names them all.");
  });

  test("is sent by the next run if it could not be sent", async () => {
    const deaf = () => Promise.reject(new Error("sns answered 403."));
    expect(await run({ holds: [hold] }, deaf)).toBe("sns answered 403.");
    await run({ holds: [hold] });
    await run({ holds: [hold] });
    expect(messages).toHaveLength(1);
  });
});
