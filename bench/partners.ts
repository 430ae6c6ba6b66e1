import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { RunReport } from "../lambda/reports/report.ts";
import { table } from "../lambda/terminal/screen/table.ts";
import { canMeasure, measured } from "./measured.ts";
import { makeShortNewsroom, shortKey } from "./short.ts";

const cli = fileURLToPath(new URL("../lambda/cli.ts", import.meta.url));
const profiles = ["generic", "google-news", "google-licensed", "dzen", "msn", "yandex", "smartnews", "flipboard", "ninjs", "newsml-g2"];
const none = [Number.NaN, Number.NaN] as const;
const rules = profiles.map((profile) => `  - { name: of-${profile}, profile: ${profile}, channel: all }\n`).join("");

/** What ten partners, one of each dialect, add to a first run over short articles, and to a run with one changed article. */
export async function partners(articles: number): Promise<readonly string[]> {
  if (!canMeasure()) return ["Not run: it needs GNU time as /usr/bin/time (Debian: time)."];
  const scratch = mkdtempSync(join(tmpdir(), "wireroom-partners-"));
  // An hour after the newest article, so that every window has articles.
  const now = (minutes: number): string => new Date(Date.UTC(1900, 0, 1) + articles * 3_600_000 + minutes * 60_000).toISOString();
  const made: (readonly (readonly [cpu: number, files: number])[])[] = [];
  try {
    for (const more of ["", `partners:\n${rules}`]) {
      const place = join(scratch, more === "" ? "without" : "with");
      const content = join(place, "content");
      makeShortNewsroom(content, articles);
      appendFileSync(join(content, "site.yaml"), more);
      const words = ["publish", "--content", content, "--to", join(place, "site"), "--state", join(place, "state"), "--json", "--now"];
      const run = async (minutes: number) => {
        const { cost, stdout } = await measured(scratch, [process.execPath, cli, ...words, now(minutes)]);
        const { counts } = JSON.parse(stdout) as RunReport;
        return [cost.cpu, counts.written] as const;
      };
      // A file younger than two seconds is not trusted yet: the run after the first one would read every file again.
      await sleep(2_100);
      const first = await run(0);
      const changed = join(content, shortKey(articles - 1));
      writeFileSync(changed, readFileSync(changed, "utf8").replace("The words", "Other words"));
      made.push([first, await run(5)]);
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  const rows = ["first run", "one changed article"].map((name, index) => {
    const [[without, few] = none, [having, many] = none] = made.map((runs) => runs[index] ?? none);
    return [name, without.toFixed(1), having.toFixed(1), (having / without).toFixed(2), many - few] as const;
  });
  return [
    `  ${articles} short articles; ten partners, one of each dialect. Goal: a ratio of at most 1.5.`,
    ...table(["", "without, CPU s", "with, CPU s", "ratio", "partners' files written"], rows).map((line) => `  ${line}`),
  ];
}
