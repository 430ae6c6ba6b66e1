import { parentPort, workerData } from "node:worker_threads";
import { Fault } from "../../fault.ts";
import { asText } from "../scan.ts";
import { type Scan, scanFolder } from "./folder-list.ts";
import type { Said } from "./folder-scan.ts";

const say = (said: Said): void => parentPort?.postMessage(said);

/** The thread of folder-scan.ts: lists what it was started for, and ends. */
try {
  for (const batch of scanFolder(workerData as Scan)) say({ batch: asText(batch) });
} catch (error) {
  // A class does not come through.
  if (!(error instanceof Fault)) throw error;
  say({ fault: { message: error.message, kind: error.kind } });
}
