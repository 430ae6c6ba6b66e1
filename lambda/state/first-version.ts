import { hash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { emptyLedger, type Ledger, type LedgerEntry } from "../channels/catalog/ledger/ledger.ts";
import { Fault } from "../fault.ts";
import { emptyManifest, type Manifest } from "../plan/manifest/manifest.ts";
import type { Store } from "../stores/store.ts";
import { firstVersionKeys } from "./state-keys.ts";

/**
 * Ledger and manifest of a state that the first version wrote: a gzipped envelope each. Its catalog is made anew. Empty if there is no
 * such state. Without its ledger the rest is worth nothing.
 * @throws Fault if the ledger is damaged and no good version of it is left.
 */
export async function firstVersion(store: Store): Promise<{ readonly ledger?: Ledger; readonly manifest?: Manifest }> {
  const key = firstVersionKeys.ledger;
  const ledger = await newestGood<FirstLedger>(store, key, "wireroom-ledger");
  if (ledger === "none") return {};
  if (ledger === undefined) {
    throw new Fault(
      `${store.address}/${key} is damaged, and no good version of it is left. Restore a copy, or remove the file to start with a new ledger. Nothing was changed.`,
    );
  }
  const manifest = await newestGood<Manifest>(store, firstVersionKeys.manifest, "wireroom-manifest");
  return {
    ledger: {
      ...emptyLedger,
      ...ledger,
      entries: new Map(Object.entries(ledger.entries).map(([id, entry]) => [id, { ...entry, source: short(entry.source) }])),
    },
    ...(manifest === undefined || manifest === "none"
      ? {}
      : {
          manifest: {
            ...emptyManifest,
            ...manifest,
            files: eachOf(manifest.files, (file) => ({ ...file, hash: short(file.hash), fingerprint: short(file.fingerprint) })),
          },
        }),
  };
}

type FirstLedger = Omit<Ledger, "entries"> & { readonly entries: Readonly<Record<string, LedgerEntry>> };

/** The first version kept 256 bits of a hash, of which state now keeps 128. */
const short = (hashed: string): string => hashed.slice(0, 32);

function eachOf<T>(record: Readonly<Record<string, T>>, change: (value: T) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}

/** "none": there never was one. */
async function newestGood<T>(store: Store, key: string, format: string): Promise<T | "none" | undefined> {
  const found = await store.read(key);
  const value = found === undefined ? undefined : opened<T>(found.bytes, format);
  if (value !== undefined) return value;
  const history = await store.history(key);
  for (const past of history) {
    const older = opened<T>(await past.read(), format);
    if (older !== undefined) return older;
  }
  return history.length === 0 && found === undefined ? "none" : undefined;
}

function opened<T>(bytes: Uint8Array, format: string): T | undefined {
  try {
    const envelope = JSON.parse(gunzipSync(bytes).toString("utf8")) as Readonly<Record<string, unknown>>;
    const { value, checksum } = envelope;
    const whole =
      envelope["format"] === format && envelope["version"] === 1 && typeof value === "string" && hash("sha256", value) === checksum;
    return whole ? (JSON.parse(value) as T) : undefined;
  } catch {
    return undefined;
  }
}
