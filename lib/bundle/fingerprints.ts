import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Metafile } from "esbuild";

/** The file that a bundle reads beside itself (lambda/run/process/program.ts). */
export const fingerprintsFile = "fingerprints.json";

const record = "lambda/channels/catalog/ledger/record.ts";
const roots = { heads: ["lambda/articles/parse-head.ts", record], bodies: ["lambda/articles/parse-body.ts", record] };

/**
 * Fingerprints of a bundle: of all its files; and of the code that reads heads and of the code that makes bodies, packages included: hashes of
 * all files that they import.
 */
export function bundleFingerprints(
  { inputs, outputs }: Metafile,
  root: string,
): { readonly program: string; readonly parsers: { readonly heads: string; readonly bodies: string } } {
  const fingerprint = (from: readonly string[]): string => {
    const files = new Set(from);
    for (const file of files) for (const { path } of inputs[file]?.imports ?? []) if (inputs[path] !== undefined) files.add(path);
    const hash = createHash("sha256");
    for (const file of [...files].sort()) hash.update(file).update(inputs[file] === undefined ? "" : readFileSync(join(root, file)));
    return hash.digest("hex");
  };
  const program = createHash("sha256");
  for (const file of Object.keys(outputs).sort()) program.update(basename(file)).update(readFileSync(join(root, file)));
  return { program: program.digest("hex"), parsers: { heads: fingerprint(roots.heads), bodies: fingerprint(roots.bodies) } };
}
