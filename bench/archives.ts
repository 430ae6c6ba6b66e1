import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { RunReport } from "../lambda/reports/report.ts";
import { canMeasure, measured } from "./measured.ts";
import { BLOG, makeNewsroom } from "./newsroom.ts";

const articles = 10_000;
const cli = fileURLToPath(new URL("../lambda/cli.ts", import.meta.url));

/** A first run over 10,000 articles of the Node.js blog, each in a monthly archive, so that every body is made. */
export async function archives(): Promise<readonly string[]> {
  if (!existsSync(BLOG)) return [`Not run: the Node.js blog is not at ${BLOG}.`];
  if (!canMeasure()) return ["Not run: it needs GNU time as /usr/bin/time (Debian: time)."];
  const scratch = mkdtempSync(join(tmpdir(), "wireroom-archives-"));
  try {
    makeNewsroom(join(scratch, "content"), articles, "monthly");
    const words = ["publish", "--content", join(scratch, "content"), "--to", join(scratch, "site"), "--state", join(scratch, "state")];
    const { cost, stdout } = await measured(scratch, [process.execPath, cli, ...words, "--now", "2026-11-23T09:00:00Z", "--json"]);
    const { outcome, counts } = JSON.parse(stdout) as RunReport;
    return [
      `${articles} articles, ${counts.written} files, ${outcome}: wall ${cost.wall.toFixed(1)} s, CPU ${cost.cpu.toFixed(1)} s, ${Math.round(cost.memory)} MB.`,
    ];
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
