import { gunzipSync, gzipSync } from "node:zlib";
import type { Store } from "../stores/store.ts";
import { stateKeys } from "./state-keys.ts";

/** The format of the saved report. */
const version = 2;

/** The last saved report. Only people read it; no run depends on it, so a damaged one counts as none. */
export async function loadReport<T extends object>(store: Store, empty: T): Promise<T> {
  const found = await store.read(stateKeys.report);
  try {
    const saved = JSON.parse(gunzipSync(found?.bytes ?? new Uint8Array()).toString("utf8")) as {
      readonly version: number;
      readonly value: T;
    };
    return saved.version === version ? { ...empty, ...saved.value } : empty;
  } catch {
    return empty;
  }
}

export async function saveReport(store: Store, value: unknown): Promise<void> {
  await store.write(stateKeys.report, gzipSync(JSON.stringify({ version, value }), { level: 6 }), { contentType: "application/gzip" });
}
