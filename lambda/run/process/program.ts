import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * A fingerprint of the running code: every source file in its folder and the lock file above it, or the files of a bundle. Another
 * program may parse and render differently, so nothing cached under another fingerprint is used.
 */
export async function programFingerprint(home: string): Promise<string> {
  const hash = createHash("sha256");
  const names = (await readdir(home, { recursive: true }))
    .filter((name) => /\.(ts|js|mjs)$/.test(name) && !name.includes("node_modules"))
    .sort();
  for (const name of names) hash.update(name).update(await readFile(join(home, name)));
  return hash.update(await readFile(join(home, "..", "package-lock.json")).catch(() => "")).digest("hex");
}
