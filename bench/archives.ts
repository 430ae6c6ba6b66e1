import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { RunReport } from "../lambda/reports/report.ts";
import { type Cost, canMeasure, measured } from "./measured.ts";
import { BLOG, makeNewsroom } from "./newsroom.ts";

/** Fewer for a quick look: `WIREROOM_BENCH_ARTICLES=1000`. */
const articles = Number(process.env.WIREROOM_BENCH_ARTICLES ?? 10_000);
/** A checkout of an earlier commit, with its libraries, to compare with. */
const before = process.env.WIREROOM_BENCH_BEFORE;
const now = fileURLToPath(new URL("..", import.meta.url));

/** A first run over 10,000 articles of the Node.js blog, each in a monthly archive, so that every body is made. */
export async function archives(): Promise<readonly string[]> {
  if (!existsSync(BLOG)) return [`Not run: the Node.js blog is not at ${BLOG}.`];
  if (!canMeasure()) return ["Not run: it needs GNU time as /usr/bin/time (Debian: time)."];
  const scratch = mkdtempSync(join(tmpdir(), "wireroom-archives-"));
  try {
    makeNewsroom(join(scratch, "content"), articles, "monthly");
    if (before === undefined) return [(await firstRun("now", now, scratch)).line];
    const [earlier, present] = [await firstRun("before", before, scratch), await firstRun("now", now, scratch)];
    const commit = execFileSync("git", ["-C", before, "log", "-1", "--format=%h, %cs"], { encoding: "utf8" }).trim();
    return [
      `${earlier.line} (${commit})`,
      present.line,
      `Now to before: CPU ${(present.cpu / earlier.cpu).toFixed(2)}, memory ${(present.memory / earlier.memory).toFixed(2)}; goal: CPU at most 0.5.`,
    ];
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function firstRun(name: string, checkout: string, scratch: string): Promise<Cost & { readonly line: string }> {
  const [content, site, state] = [join(scratch, "content"), join(scratch, name, "site"), join(scratch, name, "state")];
  const words = ["publish", "--content", content, "--to", site, "--state", state, "--now", "2026-11-23T09:00:00Z", "--json"];
  const { cost, stdout } = await measured(scratch, [process.execPath, join(checkout, "lambda", "cli.ts"), ...words]);
  const { outcome, counts } = JSON.parse(stdout) as RunReport;
  const { wall, cpu, memory } = cost;
  const line = `${name}: ${articles} articles, ${counts.written} files, ${outcome}: wall ${wall.toFixed(1)} s, CPU ${cpu.toFixed(1)} s, ${Math.round(memory)} MB.`;
  return { ...cost, line };
}
