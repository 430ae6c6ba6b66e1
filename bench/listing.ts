import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { RunReport } from "../lambda/reports/report.ts";
import { table } from "../lambda/terminal/screen/table.ts";
import { bundleCommand } from "../lib/bundle/command.ts";
import { type Cost, canMeasure, measured } from "./measured.ts";
import { median } from "./rounds.ts";
import { type Counted, startServer } from "./s3.ts";

const bucket = "wire";
const rounds = 5;
const inARow = fileURLToPath(new URL("list-in-a-row.ts", import.meta.url));

/** A run that finds nothing new in a bucket, by the command as the package has it, beside the SDK's own listing of the content, page after page. */
export async function listing(articles: number): Promise<readonly string[]> {
  if (!canMeasure()) return ["Not run: it needs GNU time as /usr/bin/time (Debian: time)."];
  const scratch = mkdtempSync(join(tmpdir(), "wireroom-listing-"));
  const server = await startServer(bucket, articles);
  const program = join(scratch, "package");
  const cli = join(program, "lambda", "command", "cli.js");
  try {
    await bundleCommand(program);
    // As the package says it. Else Node looks into each file for its kind.
    writeFileSync(join(program, "package.json"), JSON.stringify({ type: "module" }));
    const publish = async (minute: number) => {
      const words = ["publish", "--content", `s3://${bucket}/content`, "--to", `s3://${bucket}/site`, "--state", `s3://${bucket}/state`];
      const at = ["--now", `2026-11-23T09:${String(minute).padStart(2, "0")}:00Z`, "--json"];
      const { cost, stdout } = await measured(scratch, [process.execPath, cli, ...words, ...at], server.env);
      return { cost, outcome: (JSON.parse(stdout) as RunReport).outcome };
    };
    const row = (what: string, cost: Cost, counted: Counted) => {
      const requests = Object.entries(counted).map(([operation, count]) => `${count} ${operation}`);
      return [what, cost.wall.toFixed(2), cost.cpu.toFixed(2), Math.round(cost.memory), requests.join(", ")];
    };
    const first = await publish(0);
    const rows = [row("first", first.cost, await server.counted())];
    const ratios: { readonly wall: number; readonly cpu: number }[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      const plain = await measured(scratch, [process.execPath, inARow, bucket, "content/"], server.env);
      rows.push(row("listing", plain.cost, await server.counted()));
      const again = await publish(round);
      if (again.outcome !== "unchanged") throw new Error(`The run was ${again.outcome}.`);
      rows.push(row("unchanged", again.cost, await server.counted()));
      ratios.push({ wall: again.cost.wall / plain.cost.wall, cpu: again.cost.cpu / plain.cost.cpu });
    }
    return [
      `${articles} short articles in a bucket on loopback.`,
      ...table(["", "wall s", "CPU s", "memory MB", "requests"], rows),
      `Unchanged run to listing: wall ${median(ratios.map(({ wall }) => wall)).toFixed(2)}, CPU ${median(ratios.map(({ cpu }) => cpu)).toFixed(2)} (medians of ${rounds}); goal: wall at most 0.3.`,
    ];
  } finally {
    server.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}
