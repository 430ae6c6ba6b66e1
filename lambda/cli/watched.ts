import type { RunRequest } from "../operator/run.ts";
import type { Bar } from "../terminal/progress.ts";

/** Shows on stderr how far a run is, if a person is watching. */
export async function progressBar(): Promise<Bar> {
  if (!process.stderr.isTTY) return { tell: () => {}, end: () => {} };
  const { progress } = await import("../terminal/progress.ts");
  return progress(process.stderr, () => performance.now());
}

/** Does the work behind a bar that is gone when it ends, also by an error. */
export async function watched<T>(work: (tell: RunRequest["tell"]) => Promise<T>): Promise<T> {
  const bar = await progressBar();
  try {
    return await work(bar.tell);
  } finally {
    bar.end();
  }
}
