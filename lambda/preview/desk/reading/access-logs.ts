import { setImmediate as breath, setTimeout as pause } from "node:timers/promises";
import { Fault } from "../../../fault.ts";
import { type GroupedLog, logGrouper } from "../../../operator/proof/grouped-log.ts";
import { logFiles, requestsOf } from "../../../operator/proof/requests.ts";
import { inParallel } from "../../../stores/parallel.ts";
import type { Listed, Store } from "../../../stores/store.ts";

/** What is known of the access logs: all of them, or how many files are read so far, or why they cannot be read. */
export type LogsNow =
  | { readonly kind: "read"; readonly address: string; readonly logs: readonly GroupedLog[] }
  | { readonly kind: "reading"; readonly address: string; readonly done: number; readonly of: number }
  | { readonly kind: "failed"; readonly address: string; readonly message: string };

/** How long a page waits for the logs before it says that they are being read, in milliseconds. */
const patience = 3_000;
/** Few files at a time: each is decoded in memory. */
const lanes = [0, 1];

/** Reads each log file once, and keeps what it says by its name and size: logs are never written again. */
export function accessLogs(store: Store, wait = patience): () => Promise<LogsNow> {
  const { address } = store;
  let known = new Map<string, GroupedLog>();
  let under: { readonly end: Promise<unknown> } | undefined;
  const read = async (file: Listed): Promise<void> => {
    const grouper = logGrouper();
    for await (const some of requestsOf(store, file.key)) {
      grouper.add(some);
      // Between two pieces, whoever looks at another page is answered.
      await breath();
    }
    known.set(nameOf(file), grouper.result());
  };
  const begin = (files: readonly Listed[]) => {
    const inTurn = async (first: number): Promise<void> => {
      for (let index = first; index < files.length; index += lanes.length) await read(files[index] as Listed);
    };
    const end = inParallel(lanes, inTurn).finally(() => {
      under = undefined;
    });
    end.catch(() => {});
    return { end };
  };
  return async () => {
    try {
      const files = await logFiles(store);
      const missing = () => files.filter((file) => !known.has(nameOf(file)));
      if (missing().length > 0) under ??= begin(missing());
      if (under !== undefined) await Promise.race([under.end, pause(wait, undefined, { ref: false })]);
      const left = missing().length;
      if (left > 0) return { kind: "reading", address, done: files.length - left, of: files.length };
      const there = new Set(files.map(nameOf));
      known = new Map([...known].filter(([name]) => there.has(name)));
      return { kind: "read", address, logs: [...known.values()] };
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return { kind: "failed", address, message: error.message };
    }
  };
}

const nameOf = ({ key, size }: Listed): string => `${size} ${key}`;
