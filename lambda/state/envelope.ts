import { hash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import { Fault } from "../fault.ts";
import { ledgerFormat, migrated } from "./migrations.ts";

/**
 * The format versions that this program writes. A newer version comes from a newer program and stops the run. A ledger of an older version is
 * migrated; the other values are rebuilt.
 */
const formats = { ledger: ledgerFormat, catalog: 1, manifest: 1, report: 1 } as const;
/** The names of the sealed state values. */
export type Sealed = keyof typeof formats;

type Envelope = { readonly format: string; readonly version: number; readonly checksum: string; readonly value: string };

/** The bytes of a state value: a gzipped envelope with its format, version and checksum. `version` is for tests. */
export function seal(name: Sealed, value: unknown, version: number = formats[name]): Uint8Array {
  const text = JSON.stringify(value);
  const envelope: Envelope = { format: `wireroom-${name}`, version, checksum: checksumOf(text), value: text };
  return gzipSync(JSON.stringify(envelope), { level: 6 });
}

/** The value, or undefined if the bytes are damaged. */
export function open<T>(bytes: Uint8Array, name: Sealed, where: string): T | undefined {
  const envelope = readEnvelope(bytes);
  if (envelope === undefined || envelope.format !== `wireroom-${name}`) return undefined;
  if (envelope.version > formats[name]) {
    throw new Fault(
      `${where} was written by a newer program (format ${envelope.version}; this one reads up to ${formats[name]}). Use the newer program. Nothing was changed.`,
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
  return hash("sha256", text);
}
