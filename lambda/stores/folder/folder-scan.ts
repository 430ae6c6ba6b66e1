import { on } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { Fault } from "../../fault.ts";
import { listingFrom } from "../scan.ts";
import type { Key, Listed } from "../store.ts";
import { type Scan, scanFolder } from "./folder-list.ts";

/** What the thread says: batches as text, which is copied faster than objects, or why it gave up. */
export type Said = { readonly batch: string } | { readonly fault: Pick<Fault, "message" | "kind"> };

/** So many points divide a listing of some fifty thousand keys. Listing half of fewer takes hardly longer than starting a thread. */
const many = 16;

/** Every file below a real path, once; half of a large folder in a thread. `points`: of an earlier scan (`pointsOf`), if known. */
export async function* scanDivided(scan: Scan, points: readonly Key[]): AsyncGenerator<readonly Listed[]> {
  const middle = points[Math.floor(points.length / 2)];
  if (middle === undefined || points.length < many || availableParallelism() < 2) return yield* scanFolder(scan);
  const order: Scan = { ...scan, after: middle };
  const worker = new Worker(new URL("./folder-thread.ts", import.meta.url), { workerData: order });
  try {
    const heard = on(worker, "message", { close: ["exit"] }) as AsyncIterable<[Said]>;
    yield* scanFolder({ ...scan, upTo: middle });
    for await (const [said] of heard) {
      if ("fault" in said) throw new Fault(said.fault.message, { kind: said.fault.kind });
      yield listingFrom([said.batch], []);
    }
  } finally {
    await worker.terminate();
  }
}
