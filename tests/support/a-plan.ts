import { emptyLedger } from "../../lambda/channels/catalog/ledger/ledger.ts";
import type { Plan } from "../../lambda/plan/changes/make-plan.ts";
import type { Candidate, PlanInput } from "../../lambda/plan/changes/plan-input.ts";
import { type DesiredFile, type Rendered, rendered } from "../../lambda/plan/manifest/file.ts";
import { headersOf } from "../../lambda/plan/manifest/headers.ts";
import { emptyManifest, type Manifest } from "../../lambda/plan/manifest/manifest.ts";
import type { Target } from "../../lambda/plan/manifest/target.ts";
import { aCatalog } from "./a-catalog.ts";
import { aSite } from "./a-site.ts";

/** A file that should be live; its fingerprint stands for its content. */
export const aWanted = (key: string, says: Partial<DesiredFile> = {}): DesiredFile => ({
  key,
  channel: key.includes("/") ? key.slice(0, key.indexOf("/")) : "",
  order: key.includes("/archive/") ? "archive" : key.endsWith(".html") || !key.includes("/") ? "page" : "window",
  fingerprint: `${key} 1`,
  entries: 1,
  headers: headersOf("window", "text/plain; charset=utf-8"),
  ...says,
});

/** The rendered file; by default, its text is its fingerprint. */
export const aRendering = (wanted: DesiredFile, text = wanted.fingerprint, defects: readonly string[] = []): Rendered =>
  rendered(wanted, text, defects);

export const aCandidate = (path: string, says: Partial<Candidate> = {}): Candidate => ({
  path,
  title: path,
  entries: 1,
  members: ["a1"],
  mark: "m",
  promised: { [path]: { updated: "2026-11-20T06:00:00.000Z" } },
  shown: {},
  files: [aWanted(`${path}/rss.xml`), aWanted(`${path}/index.html`)],
  ...says,
});

/** A target with some keys, each with a variant. */
export const aTarget = (versions: Readonly<Record<string, string>> = {}, says: Partial<Target> = {}): Target => ({
  listing: new Map(Object.entries(versions).flatMap(([key, version]) => [[key, version] as const, [`${key}.gz`, `${version}z`] as const])),
  drift: new Map(),
  orphanVariants: new Set(),
  sizes: new Map(),
  encodings: ["gzip"],
  orphans: {
    ours: new Map(Object.entries(versions).flatMap(([key, version]) => [[key, version] as const, [`${key}.gz`, `${version}z`] as const])),
    addresses: new Map(),
    strangers: {},
  },
  ...says,
});

export const aPlanInput = (says: Partial<PlanInput> = {}): PlanInput => ({
  now: "2026-11-21T00:00:00.000Z",
  guard: aSite().guard,
  catalog: aCatalog(),
  ledgerBefore: emptyLedger,
  candidates: [],
  siteFiles: [],
  rendered: new Map(),
  manifest: emptyManifest,
  target: aTarget(),
  baseline: new Map(),
  ledger: emptyLedger,
  keptBodies: [],
  copying: { copies: [], keeps: 0, files: {} },
  dropBodies: [],
  allow: [],
  ...says,
});

export const byKey = (files: readonly Rendered[]): ReadonlyMap<string, Rendered> => new Map(files.map((file) => [file.key, file]));

/** The live files after a plan: each written file has the version `v` plus its key. */
export function carriedOut(plan: Plan): { readonly manifest: Manifest; readonly target: Target } {
  const files = Object.fromEntries(
    Object.entries(plan.manifest.files).map(([key, file]) => {
      const version = file.version === "" ? `v ${key}` : file.version;
      return [key, { ...file, version, variants: { gzip: `${version}z` } }];
    }),
  );
  return {
    manifest: { ...plan.manifest, files },
    target: aTarget(Object.fromEntries(Object.entries(files).map(([key, { version }]) => [key, version]))),
  };
}
