import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { RunReport } from "../lambda/reports/report.ts";
import { table } from "../lambda/terminal/screen/table.ts";
import { type Cost, canMeasure, measured } from "./measured.ts";
import { copyProgram } from "./program.ts";
import { makeShortNewsroom, writeShortArticle } from "./short.ts";

/** Milliseconds until a folder's listing can prove that a file is stable. */
const settling = 2_100;

const runs = ["first", "unchanged", "one change", "another program", "other parsers"] as const;
type Row = { readonly articles: number; readonly run: (typeof runs)[number]; readonly cost: Cost; readonly state: number };

/**
 * Short articles in a folder, at several sizes: a first run, one without changes, one with one new article, one of another program, and one
 * of a program that reads articles otherwise.
 * `npm run bench -- scale 1000 10000` measures these sizes; 1000000 takes most of an hour.
 */
export async function scale(sizes: readonly number[]): Promise<readonly string[]> {
  if (!canMeasure()) return ["Not run: it needs GNU time as /usr/bin/time (Debian: time)."];
  const rows: Row[] = [];
  for (const articles of sizes) rows.push(...(await oneSize(articles)));
  const told = rows.map(({ articles, run, cost, state }) => [
    articles,
    run,
    cost.wall.toFixed(2),
    cost.cpu.toFixed(2),
    Math.round(cost.memory),
    Math.round(state / articles),
  ]);
  return [...table(["articles", "run", "wall s", "CPU s", "memory MB", "state bytes an article"], told), ...growth(rows)];
}

async function oneSize(articles: number): Promise<readonly Row[]> {
  const scratch = mkdtempSync(join(tmpdir(), "wireroom-scale-"));
  try {
    const program = copyProgram(join(scratch, "program"));
    const content = join(scratch, "content");
    makeShortNewsroom(content, articles);
    const rows: Row[] = [];
    for (const [index, run] of runs.entries()) {
      if (run === "one change") writeShortArticle(content, articles);
      if (run === "another program") program.becomeAnother();
      if (run === "other parsers") program.parseOtherwise();
      await sleep(settling);
      const words = ["publish", "--content", content, "--to", join(scratch, "site"), "--state", join(scratch, "state")];
      const at = ["--now", `2026-11-23T09:${index}0:00Z`, "--json"];
      const { cost, stdout } = await measured(scratch, [process.execPath, program.cli, ...words, ...at]);
      mustBe(run, articles, JSON.parse(stdout) as RunReport);
      rows.push({ articles, run, cost, state: bytesIn(join(scratch, "state")) });
    }
    return rows;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** A benchmark of a run that did something else would mean nothing. */
function mustBe(run: Row["run"], articles: number, { outcome, articles: { read } }: RunReport): void {
  const right = {
    first: outcome === "published" && read === articles,
    unchanged: outcome === "unchanged" && read === 0,
    "one change": outcome === "published" && read === 1,
    "another program": outcome !== "busy" && read === 0,
    // Also the one that was added.
    "other parsers": outcome !== "busy" && read === articles + 1,
  }[run];
  if (!right) throw new Error(`The run "${run}" over ${articles} articles was ${outcome}, and read ${read}.`);
}

/** The bytes of state without kept articles, in present versions. */
function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && !/\/(?:articles|\.history|\.target)(?:\/|$)/.test(file.parentPath))
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}

/** The exponent k in "cost grows as n to the k", between the smallest and the largest size. */
function growth(rows: readonly Row[]): readonly string[] {
  const [least, most] = [rows[0]?.articles ?? 0, rows.at(-1)?.articles ?? 0];
  if (least === most) return [];
  const cpu = (articles: number, run: string) => rows.find((row) => row.articles === articles && row.run === run)?.cost.cpu ?? Number.NaN;
  const exponents = runs.map((run) => `${run} ${(Math.log(cpu(most, run) / cpu(least, run)) / Math.log(most / least)).toFixed(2)}`);
  return ["", `Growth exponent of CPU, ${least} to ${most}: ${exponents.join(", ")}.`];
}
