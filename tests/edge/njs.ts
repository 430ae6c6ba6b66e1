import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EdgeTable } from "../../lambda/plan/edge/edge-table.ts";
import type { EdgeRequest, EdgeResponse } from "../../lambda/preview/preview-edge.ts";

/** Whether this machine has njs, which has exactly the language of cloudfront-js-2.0. */
export const hasNjs = spawnSync("njs", ["-v"]).status === 0;

/**
 * What the unchanged function answers to each event; `cloudfront` is a module of ours beside it. `now`: its clock, in milliseconds since
 * 1970.
 */
export function answersOfNjs(
  source: string,
  table: EdgeTable,
  events: readonly object[],
  now?: number,
): readonly (EdgeRequest | EdgeResponse)[] {
  const modules = mkdtempSync(join(tmpdir(), "wireroom-njs-"));
  const store = `const rows = ${JSON.stringify(table)};
export default { kvs() { return { get(key) { return rows[key] === undefined ? Promise.reject(new Error("KeyNotFound")) : Promise.resolve(rows[key]); } }; } };`;
  const driver = `${source}
${now === undefined ? "" : `Date.now = function () { return ${now}; };`}
async function all() {
  const events = ${JSON.stringify(events)};
  for (let i = 0; i < events.length; i++) {
    const result = await handler(events[i]);
    console.log(result.statusCode === undefined ? JSON.stringify({ uri: result.uri }) : JSON.stringify(result));
  }
}
all();`;
  try {
    writeFileSync(join(modules, "cloudfront"), store);
    writeFileSync(join(modules, "run.js"), driver);
    const said = execFileSync("njs", ["-p", modules, join(modules, "run.js")], { encoding: "utf8", maxBuffer: 50_000_000 });
    return said
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as EdgeRequest | EdgeResponse);
  } finally {
    rmSync(modules, { recursive: true, force: true });
  }
}
