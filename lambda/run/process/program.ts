import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { hashOfValue } from "../../articles/model/json-value.ts";
import type { Site } from "../../channels/site/site.ts";

/** The fingerprints of the code that reads heads and of the code that makes bodies. */
export type Parsers = { readonly heads: string; readonly bodies: string };

/** By default, the fingerprint of the whole program. */
export function parsersOf({ parsers, program }: { readonly parsers?: Parsers; readonly program: string }): Parsers {
  return parsers ?? { heads: program, bodies: program };
}

/** All that decides how a head is read, and how a body is made: what was read or made under other fingerprints is read or made again. */
export function parsedBy(site: Site, { heads, bodies }: Parsers): Parsers {
  const { url, language, languages, timezone, articles, ignore, limits, fields, people } = site;
  const settings = [url, language, languages, timezone, articles, ignore, limits, fields];
  return { heads: hashOfValue([heads, settings, people]), bodies: hashOfValue([bodies, settings]) };
}

/** `program`: of all running code. `parsers`: of the parts of it that read heads and that make bodies. */
export type Fingerprints = { readonly program: string; readonly parsers: Parsers };

/** Which code reads heads and which makes bodies: these files, and all that they import. The bundle's build knows them too (lib/bundle/fingerprints.ts). */
const record = "channels/catalog/ledger/record.ts";
const roots = { heads: ["articles/parse-head.ts", record], bodies: ["articles/parse-body.ts", record] };

/** Beside a bundle, its build leaves its fingerprints: the sources are not there, and to hash some 150 files takes longer than many a run. */
const builtFingerprints = "fingerprints.json";

/**
 * Fingerprints of the running code: of every source file in its folder and the lock file above it; for a bundle, as its build worked them out. Another
 * program renders everything again. Other parsers read every head, or make every shown body, again; a change elsewhere does neither.
 */
export async function fingerprintsOf(home: string): Promise<Fingerprints> {
  const built = await readFile(join(home, builtFingerprints), "utf8").catch(() => undefined);
  if (built !== undefined) return JSON.parse(built) as Fingerprints;
  const files = await sourcesIn(home);
  const lock = await readFile(join(home, "..", "package-lock.json"), "utf8").catch(() => "");
  const program = createHash("sha256");
  for (const [name, text] of files) program.update(name).update(text);
  return { program: program.update(lock).digest("hex"), parsers: parsersIn(files, lock) };
}

async function sourcesIn(home: string): Promise<ReadonlyMap<string, string>> {
  const names = (await readdir(home, { recursive: true }))
    .filter((name) => /\.(ts|js|mjs)$/.test(name) && !name.includes("node_modules"))
    .sort();
  const texts = await Promise.all(names.map((name) => readFile(join(home, name), "utf8")));
  return new Map(names.map((name, index) => [name, texts[index] ?? ""]));
}

function parsersIn(files: ReadonlyMap<string, string>, lock: string): Parsers {
  const packages = (lock === "" ? {} : (JSON.parse(lock) as Lock).packages) ?? {};
  const fingerprint = (from: readonly string[]): string => {
    const { sources, imported } = reached(from, files);
    const hash = createHash("sha256");
    for (const name of [...sources].sort()) hash.update(name).update(files.get(name) ?? "");
    for (const name of versionsOf(imported, packages)) hash.update(name);
    return hash.digest("hex");
  };
  return { heads: fingerprint(roots.heads), bodies: fingerprint(roots.bodies) };
}

type Lock = { readonly packages?: Packages };
type Packages = Readonly<Record<string, { readonly version?: string; readonly dependencies?: Readonly<Record<string, string>> }>>;

/** Imports of values; types have no effect when the program runs. */
const IMPORT = /^(?:import|export)\s+(?!type\b)(?:[^;"]*?\bfrom\s+)?"([^"]+)"|\bimport\("([^"]+)"\)/gm;

/** The sources that some sources import, directly or not, themselves included; and the packages that these import. */
function reached(from: readonly string[], files: ReadonlyMap<string, string>) {
  const sources = new Set(from);
  const imported = new Set<string>();
  for (const name of sources) {
    for (const [, fixed, dynamic] of (files.get(name) ?? "").matchAll(IMPORT)) {
      const target = fixed ?? dynamic ?? "";
      if (target.startsWith(".")) sources.add(join(dirname(name), target));
      else if (!target.startsWith("node:")) imported.add(/^(?:@[^/]+\/)?[^/]+/.exec(target)?.[0] ?? target);
    }
  }
  return { sources, imported };
}

/** The versions of packages and of all that they depend on. */
function versionsOf(names: ReadonlySet<string>, packages: Packages): readonly string[] {
  const all = new Set(names);
  for (const name of all) for (const dependency of Object.keys(packages[`node_modules/${name}`]?.dependencies ?? {})) all.add(dependency);
  return [...all].sort().map((name) => `${name}@${packages[`node_modules/${name}`]?.version ?? ""}`);
}
