import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { RunReport } from "../lambda/reports/report.ts";
import { folderStore } from "../lambda/stores/folder/folder.ts";
import { inParallel } from "../lambda/stores/parallel.ts";
import { s3Store } from "../lambda/stores/s3/s3.ts";
import { table } from "../lambda/terminal/screen/table.ts";
import { makeHugoSite } from "./hugo.ts";
import { type Cost, canMeasure, isInstalled, measured } from "./measured.ts";
import { BLOG, makeNewsroom } from "./newsroom.ts";
import { copyProgram } from "./program.ts";
import { median } from "./rounds.ts";
import { type Counted, type Server, startServer } from "./s3.ts";

const ARTICLES = 10_000;
const BUCKET = "wire";
/** Milliseconds until a folder's listing can prove that a file is stable. */
const settling = 2_100;

/** The measured runs of one round, in order: each kind needs the ones before it. */
const RUNS = ["first", "unchanged", "one change"] as const;
type Run = (typeof RUNS)[number];
type Measure = { readonly what: string; readonly cost: Cost };
type Told = { readonly report: RunReport; readonly counted?: Counted };

/** The place of a newsroom: `at` names a folder or a prefix of the bucket. */
type Place = {
  readonly name: string;
  readonly at: (path: string) => string;
  readonly env: Readonly<Record<string, string>>;
  readonly counted?: Server["counted"];
  /** Writes an article in the newsroom's own store. */
  readonly edit: (key: string, bytes: Uint8Array) => Promise<void>;
};

/**
 * 10,000 articles from files to feeds: a first run, one without changes and one with one edited article, in a folder and on S3;
 * and Hugo with the same articles and channels, only RSS. They take turns, round by round, each in its own process; ours is the command as
 * people install it.
 */
export async function publish(rounds: number): Promise<readonly string[]> {
  if (!existsSync(BLOG)) return [`  Not run: the Node.js blog is not at ${BLOG}.`];
  if (!canMeasure()) return ["  Not run: it needs GNU time as /usr/bin/time (Debian: time)."];
  const scratch = mkdtempSync(join(tmpdir(), "wireroom-bench-"));
  const server = await startServer(BUCKET);
  try {
    const { cli } = copyProgram(join(scratch, "program"));
    const newsroom = join(scratch, "newsroom");
    const keys = makeNewsroom(newsroom, ARTICLES);
    const hugo = isInstalled("hugo", "version") ? makeHugoSite(join(scratch, "hugo"), newsroom) : undefined;
    const [folder, bucket] = [inFolder(scratch), inBucket(server)];
    const content = folderStore(newsroom);
    await inParallel([...keys, "site.yaml"], async (key) => {
      const found = await content.read(key);
      if (found !== undefined) await bucket.edit(key, found.bytes);
    });
    const measures: Measure[] = [];
    const told = new Map<string, Told>();
    for (let round = 1; round <= rounds; round += 1) {
      if (hugo !== undefined) {
        rmSync(join(scratch, "hugo/public"), { recursive: true, force: true });
        measures.push({ what: "hugo", cost: (await measured(scratch, ["hugo", ...hugo])).cost });
      }
      for (const place of [folder, bucket]) await oneRound(place, round, { scratch, cli }, keys, measures, told);
      rmSync(join(scratch, `target-${round}`), { recursive: true, force: true });
      rmSync(join(scratch, `state-${round}`), { recursive: true, force: true });
    }
    return [
      ...costs(measures, rounds),
      ...(hugo === undefined ? ["  hugo is not installed (Debian: hugo): not compared with it."] : against(measures)),
      ...changes(measures),
      ...counts(told),
    ];
  } finally {
    server.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

function inFolder(scratch: string): Place {
  return {
    name: "folder",
    at: (path) => join(scratch, path),
    env: {},
    edit: async (key, bytes) => {
      mkdirSync(join(scratch, "newsroom", key, ".."), { recursive: true });
      writeFileSync(join(scratch, "newsroom", key), bytes);
    },
  };
}

function inBucket({ env, counted }: Server): Place {
  Object.assign(process.env, env);
  const store = s3Store({ bucket: BUCKET, prefix: "newsroom" });
  return {
    name: "S3",
    at: (path) => `s3://${BUCKET}/${path}`,
    env,
    counted,
    edit: async (key, bytes) => void (await store.write(key, bytes)),
  };
}

async function oneRound(
  place: Place,
  round: number,
  { scratch, cli }: { readonly scratch: string; readonly cli: string },
  keys: readonly string[],
  measures: Measure[],
  told: Map<string, Told>,
): Promise<void> {
  // An article that `all`, its section and its author show, before and after the edit.
  const edited = await newestOf(keys, scratch);
  const original = readFileSync(join(scratch, "newsroom", edited));
  for (const run of RUNS) {
    if (run === "one change") await place.edit(edited, Buffer.concat([original, Buffer.from(`\n\nEdited in round ${round}.\n`)]));
    if (place.counted === undefined) await sleep(settling);
    await place.counted?.();
    const minutes = String(RUNS.indexOf(run) * 10).padStart(2, "0");
    const words = [
      "publish",
      "--content",
      place.at("newsroom"),
      "--to",
      place.at(`target-${round}`),
      "--state",
      place.at(`state-${round}`),
    ];
    const at = ["--now", `2026-11-23T09:${minutes}:00Z`, "--json"];
    const { cost, stdout } = await measured(scratch, [process.execPath, cli, ...words, ...at], place.env);
    const report = JSON.parse(stdout) as RunReport;
    const counted = await place.counted?.();
    mustBe(run, report);
    if (run === "one change" && place.counted === undefined) onlyWhatShows(titleOf(original), report, place.at(`target-${round}`));
    measures.push({ what: `${place.name}: ${run}`, cost });
    told.set(`${place.name}: ${run}`, { report, ...(counted === undefined ? {} : { counted }) });
  }
  await place.edit(edited, original);
}

/** The article whose edit most channels show: the newest. */
async function newestOf(keys: readonly string[], scratch: string): Promise<string> {
  const dated = keys.map((key) => {
    const [, date = ""] = /^date: *['"]?(\d[^'"\n]*)/m.exec(readFileSync(join(scratch, "newsroom", key), "utf8")) ?? [];
    return { key, time: Date.parse(date) || 0 };
  });
  return dated.reduce((best, one) => (one.time > best.time ? one : best)).key;
}

/** A benchmark of a run that did something else would mean nothing. */
function mustBe(run: Run, { outcome, articles, files }: RunReport): void {
  const read = { first: ARTICLES, unchanged: 0, "one change": 1 }[run];
  const right =
    articles.read === read && (run === "unchanged" ? outcome === "unchanged" : outcome === "published" && files.written.length > 0);
  if (!right) throw new Error(`The ${run} run was ${outcome}: ${articles.read} articles read, ${files.written.length} files written.`);
}

/** Only channels that show the edited article may be written. */
function onlyWhatShows(title: string, { files }: RunReport, target: string): void {
  const channels = new Set(files.written.flatMap(({ key }) => (key.includes("/") ? [key.slice(0, key.lastIndexOf("/"))] : [])));
  for (const channel of channels)
    if (!readFileSync(join(target, channel, "feed.json"), "utf8").includes(JSON.stringify(title)))
      throw new Error(`${channel} was written, but does not show "${title}".`);
}

function titleOf(article: Buffer): string {
  return /^title: *['"]?(.*?)['"]?$/m.exec(article.toString("utf8"))?.[1] ?? "";
}

function costs(measures: readonly Measure[], rounds: number): readonly string[] {
  const rows = [...new Set(measures.map(({ what }) => what))].map((what) => {
    const of = (part: keyof Cost): number => medianOf(measures, what, part);
    return [what, of("wall").toFixed(2), of("cpu").toFixed(2), Math.round(of("memory"))];
  });
  return [
    `  ${ARTICLES} articles of the Node.js blog; medians of ${rounds} rounds.`,
    ...table(["", "wall s", "CPU s", "memory MB"], rows).map((line) => `  ${line}`),
  ];
}

function against(measures: readonly Measure[]): readonly string[] {
  const to = (part: keyof Cost): string => ratio(measures, "folder: first", "hugo", part);
  return [`  First run to Hugo: wall ${to("wall")}, CPU ${to("cpu")}, memory ${to("memory")}; goal: wall 1, memory at most 0.2.`];
}

function changes(measures: readonly Measure[]): readonly string[] {
  return ["folder", "S3"].map((place) => {
    const to = (run: Run): string =>
      `wall ${ratio(measures, `${place}: ${run}`, `${place}: first`, "wall")}, CPU ${ratio(measures, `${place}: ${run}`, `${place}: first`, "cpu")}`;
    return `  ${place}, to the first run: unchanged ${to("unchanged")} (goal: at most 0.1); one change ${to("one change")} (goal: at most 0.2).`;
  });
}

function counts(told: ReadonlyMap<string, Told>): readonly string[] {
  return RUNS.flatMap((run) => {
    const found = told.get(`S3: ${run}`);
    if (found === undefined) return [];
    const asked = Object.entries(found.counted ?? {}).map(([operation, count]) => `${count} ${operation}`);
    const {
      files: { written },
      counts: all,
    } = found.report;
    const files = run === "one change" ? `: ${written.map(({ key }) => key).join(", ")}` : "";
    return [`  S3, ${run}: ${asked.join(", ")}; ${all.written} files written${files}.`];
  });
}

function medianOf(measures: readonly Measure[], what: string, part: keyof Cost): number {
  return median(measures.flatMap((one) => (one.what === what ? [one.cost[part]] : [])));
}

/** The median of the rounds' own ratios: other work of the machine in a round affects both sides. */
function ratio(measures: readonly Measure[], one: string, other: string, part: keyof Cost): string {
  const of = (what: string): readonly number[] => measures.flatMap((found) => (found.what === what ? [found.cost[part]] : []));
  const others = of(other);
  return median(of(one).map((value, index) => value / (others[index] ?? Number.NaN))).toFixed(3);
}
