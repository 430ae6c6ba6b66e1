import { Worker } from "node:worker_threads";
import type { Parsed } from "../../../lambda/articles/model/article.ts";
import { aNewsroom } from "../a-newsroom.ts";
import type { Row } from "./row.ts";

/** The outcome of a row, with its time in milliseconds; an error; or the end by the watchdog. */
export type Outcome =
  | { readonly kind: "parsed"; readonly parsed: Parsed; readonly took: number }
  | { readonly kind: "threw"; readonly reason: string }
  | { readonly kind: "late"; readonly waited: number };

/** The least patience in milliseconds; exponential work takes forever. */
const PATIENCE = 5_000;

/** Parses each row on a thread that can be ended. The watchdog waits ten times the median of the previous rows. */
export async function watched(rows: readonly Row[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  let worker = await start();
  for (const row of rows) {
    const times = outcomes.flatMap((outcome) => (outcome.kind === "parsed" ? [outcome.took] : [])).sort((a, b) => a - b);
    const patience = Math.max(PATIENCE, 10 * (times[times.length >> 1] ?? 0));
    const outcome = await ask(worker, row, patience);
    outcomes.push(outcome);
    if (outcome.kind === "parsed") continue;
    await worker.terminate();
    worker = await start();
  }
  await worker.terminate();
  return outcomes;
}

/** Starts a thread and waits until its code is loaded, so that no row pays for that. */
function start(): Promise<Worker> {
  const worker = new Worker(new URL("./parse-worker.ts", import.meta.url));
  return new Promise((resolve, reject) => {
    worker.once("error", reject);
    worker.once("message", () => {
      worker.off("error", reject);
      resolve(worker);
    });
  });
}

/** Patience counts the thread's CPU time, so a busy machine fails no row. */
async function ask(worker: Worker, { key = "a.md", file, newsroom }: Row, patience: number): Promise<Outcome> {
  const before = await worker.cpuUsage();
  return new Promise((resolve) => {
    const settle = (outcome: Outcome): void => {
      clearTimeout(dog);
      worker.off("message", settle);
      worker.off("error", fail);
      resolve(outcome);
    };
    const fail = (error: unknown): void => settle({ kind: "threw", reason: String(error) });
    const look = async (): Promise<void> => {
      const { user, system } = await worker.cpuUsage(before);
      const left = patience - (user + system) / 1000;
      if (left <= 0) settle({ kind: "late", waited: patience });
      else dog = setTimeout(watch, Math.max(left, 100));
    };
    const watch = (): void => void look().catch(fail);
    let dog = setTimeout(watch, patience);
    worker.on("message", settle);
    worker.on("error", fail);
    worker.postMessage({ key, bytes: typeof file === "string" ? new TextEncoder().encode(file) : file, newsroom: aNewsroom(newsroom) });
  });
}
