import { createHash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import { Fault } from "../fault.ts";
import { ledgerFormat, migrated } from "./migrations.ts";

/**
 * The format versions this program writes. A newer one belongs to a newer program and stops the run; of an older one the ledger is
 * migrated, and the others are made anew.
 */
const formats = { ledger: ledgerFormat, catalog: 1, manifest: 1, report: 1 } as const;
/** What of state is sealed. */
export type Sealed = keyof typeof formats;

type Envelope = { readonly format: string; readonly version: number; readonly checksum: string; readonly value: string };

/** The bytes of a state value: gzip over an envelope that names its format, version and checksum. `version`: for tests. */
export function seal(name: Sealed, value: unknown, version: number = formats[name]): Uint8Array {
  const text = JSON.stringify(value);
  const envelope: Envelope = { format: `wireroom-${name}`, version, checksum: checksumOf(text), value: text };
  return gzipSync(JSON.stringify(envelope), { level: 6 });
}

/** The value, or undefined where the bytes are damaged. */
export function open<T>(bytes: Uint8Array, name: Sealed, where: string): T | undefined {
  const envelope = readEnvelope(bytes);
  if (envelope === undefined || envelope.format !== `wireroom-${name}`) return undefined;
  if (envelope.version > formats[name]) {
    throw new Fault(
      `${where} was written by a newer program (format ${envelope.version}, this one knows ${formats[name]}). Nothing was changed.`,
    );
  }
  if (checksumOf(envelope.value) !== envelope.checksum) return undefined;
  const value: unknown = JSON.parse(envelope.value);
  if (envelope.version === formats[name]) return value as T;
  return (name === "ledger" ? migrated(value, envelope.version) : {}) as T;
}

function readEnvelope(bytes: Uint8Array): Envelope | undefined {
  try {
    const envelope = JSON.parse(gunzipSync(bytes).toString("utf8")) as Envelope | null;
    return typeof envelope?.value === "string" ? envelope : undefined;
  } catch {
    return undefined;
  }
}

function checksumOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
