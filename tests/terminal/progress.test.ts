import { expect, test } from "vitest";
import type { Progress } from "../../lambda/reports/report.ts";
import { progress } from "../../lambda/terminal/progress.ts";

/** What a terminal of one line shows after each event, `milliseconds` apart. */
function watched(events: readonly Progress[], milliseconds: number, columns = 80) {
  let [now, written] = [0, ""];
  const bar = progress({ isTTY: true, columns, write: (text) => (written += text) }, () => now);
  const screens = events.map((event) => {
    bar.tell(event);
    now += milliseconds;
    return screenAfter(written);
  });
  bar.end();
  return { screens, end: screenAfter(written), written };
}

/** Only \r moves the cursor. */
function screenAfter(written: string): string {
  const cells: string[] = [];
  let at = 0;
  for (const character of written) {
    if (character === "\r") at = 0;
    else {
      cells[at] = character;
      at += 1;
    }
  }
  return cells.join("").trimEnd();
}

const reading = (done: number, of = 20_000): Progress => ({ kind: "stage", stage: "read", done, of });

test("a bar shows how many, at which rate, and how long it will still take", () => {
  const { screens } = watched([reading(0), reading(2_500), reading(5_000)], 1_000);
  expect(screens).toEqual([
    "Reading    ░░░░░░░░░░░░░░░░░░░░  0 of 20,000",
    "Reading    ██░░░░░░░░░░░░░░░░░░  2,500 of 20,000  2,500/s  7 s left",
    "Reading    █████░░░░░░░░░░░░░░░  5,000 of 20,000  2,500/s  6 s left",
  ]);
});

test("the rate is that of the last seconds: a slow beginning does not spoil it", () => {
  const slow = Array.from({ length: 20 }, (_, second) => reading(second));
  const fast = Array.from({ length: 10 }, (_, second) => reading(20 + (second + 1) * 1_000));
  expect(watched([...slow, ...fast], 1_000).screens.at(-1)).toContain("  1,000/s  10 s left");
});

test("without an end in sight a line counts, and what is read of files is counted in MB", () => {
  const fetching = (done: number): Progress => ({ kind: "stage", stage: "fetch", done });
  expect(watched([fetching(1), fetching(4)], 2_000).screens).toEqual(["Fetching   1", "Fetching   4  1.5/s"]);
  const reading: Progress[] = [0, 40].map((done) => ({ kind: "stage", stage: "read", done, of: 100, unit: "MB" }));
  expect(watched(reading, 2_000).screens.at(-1)).toBe("Reading    ████████░░░░░░░░░░░░  40 of 100 MB  20 MB/s  3 s left");
});

test("the line is erased at the end, is drawn at most ten times a second, and never wraps", () => {
  const many = Array.from({ length: 2_000 }, (_, done) => reading(done));
  const { end, written } = watched(many, 1);
  expect([end, written.split("\r").length]).toEqual(["", expect.toSatisfy((count: number) => count < 50)]);
  const waiting: Progress = { kind: "waiting", reason: "Another run ended while this one was planning. 再次规划。".repeat(3) };
  for (const screen of watched([reading(5_000), waiting, reading(6_000)], 1_000, 40).screens) expect(screen.length).toBeLessThan(40);
});

test("nothing is written where nobody watches", () => {
  let written = "";
  const bar = progress({ write: (text) => (written += text) }, () => 0);
  bar.tell(reading(1));
  bar.end();
  expect(written).toBe("");
});
