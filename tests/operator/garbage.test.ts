import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const garbage = pathToFileURL(resolve(import.meta.dirname, "../../lambda/operator/garbage.ts")).href;
/** Makes objects of which a few thousand stay for a while, and prints the room for new ones, in MB, under each of the two settings. */
const measuring = `
import { getHeapSpaceStatistics } from "node:v8";
import { collectAsUsual, collectEarly } from ${JSON.stringify(garbage)};
function roomAfterUse() {
  let kept = [];
  for (let count = 0; count < 1_000_000; count += 1) {
    if (kept.length === 20_000) kept = [];
    kept.push({ text: "x" + count });
  }
  return getHeapSpaceStatistics().find((space) => space.space_name === "new_space").space_size / 1e6;
}
collectEarly();
const early = roomAfterUse();
collectAsUsual();
console.log(JSON.stringify([early, roomAfterUse()]));`;

test("a run that collects early keeps V8's room for new objects small, which otherwise grows", async () => {
  // In a process of its own: the setting is for all threads.
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", measuring]);
  const [early, usual] = JSON.parse(stdout) as [number, number];
  expect(early).toBeLessThan(5);
  expect(usual).toBeGreaterThan(15);
});
