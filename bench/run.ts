import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import { archives } from "./archives.ts";
import { cost } from "./cost.ts";
import { formats } from "./formats.ts";
import { intake } from "./intake.ts";
import { listing } from "./listing.ts";
import { logs } from "./logs.ts";
import { partners } from "./partners.ts";
import { publish } from "./publish.ts";
import { scale } from "./scale.ts";

// `npm run bench` runs all benchmarks, `npm run bench -- intake 15` one of them. Numbers are rounds; for listing, partners and scale, sizes.
const benchmarks: Readonly<Record<string, (numbers: readonly number[]) => Promise<readonly string[]>>> = {
  archives,
  cost,
  formats: ([rounds = 9]) => formats(rounds),
  intake: ([rounds = 9]) => intake(rounds),
  listing: ([articles = 100_000]) => listing(articles),
  logs: ([rows = 1_000_000]) => logs(rows),
  partners: ([articles = 10_000]) => partners(articles),
  // One round of a benchmark that takes minutes is worth more than one of a benchmark that takes seconds.
  publish: ([rounds = 3]) => publish(rounds),
  scale: (sizes) => scale(sizes.length === 0 ? [1_000, 10_000, 100_000] : sizes),
};

const results = fileURLToPath(new URL("RESULTS.md", import.meta.url));
const intro =
  "# What the benchmarks measured\n\n`npm run bench` writes this file: the last result of each benchmark, with its machine, date and commit.\n";

const words = process.argv.slice(2);
const names = words.filter((word) => !isCount(word));
for (const name of names.length > 0 ? names : Object.keys(benchmarks)) {
  const benchmark = benchmarks[name];
  if (benchmark === undefined) {
    console.error(`There is no benchmark ${JSON.stringify(name)}. The benchmarks are: ${Object.keys(benchmarks).join(", ")}.`);
    process.exitCode = 2;
    continue;
  }
  const [load = 0] = loadavg();
  const lines = await benchmark(words.filter(isCount).map(Number));
  console.log([`${name}:`, ...lines].join("\n"));
  keep(name, [where(load), "", "```text", ...lines, "```"].join("\n"));
}

function isCount(word: string): boolean {
  return /^[1-9]\d*$/.test(word);
}

/** Machine, date and commit. `load`: of other work, before the benchmark began; with much of it, only ratios mean something. */
function where(load: number): string {
  const git = (...args: readonly string[]) => execFileSync("git", args, { encoding: "utf8" }).trim();
  const commit = `${git("rev-parse", "--short", "HEAD")}${git("status", "--porcelain", "--", "lambda") === "" ? "" : " with changes"}`;
  const machine = `${cpus().length} cores (${cpus()[0]?.model}), ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`;
  return `${new Date().toISOString().slice(0, 10)}, commit ${commit}, ${machine}; load before: ${load.toFixed(1)}.`;
}

/** Replaces the section of a benchmark; sections are in the order of their names. */
function keep(name: string, text: string): void {
  const [, ...before] = existsSync(results) ? readFileSync(results, "utf8").split(/^## /m) : [];
  const sections = new Map(before.map((section) => [section.slice(0, section.indexOf("\n")), section.slice(section.indexOf("\n")).trim()]));
  const all = [...sections.set(name, text)].sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(results, `${intro}${all.map(([title, content]) => `\n## ${title}\n\n${content}\n`).join("")}`);
}
