import type { Catalog } from "../channels/catalog.ts";
import type { Manifest } from "./manifest.ts";

/** What is live, by the manifest, and what would be. */
export type Shown = {
  readonly manifest: Manifest;
  readonly catalog: Pick<Catalog, "entries">;
  readonly candidates: readonly {
    readonly path: string;
    readonly members: readonly string[];
    readonly shown: Readonly<Record<string, string>>;
  }[];
};

/**
 * The articles that readers must not see any longer as they are live (withdrawn, embargoed, expired, gone), and the paths of the channels
 * that show them. Told from the manifest and not from the ledger, which an earlier run may have written before it was cut.
 */
export function withdrawalsFrom({ manifest, catalog, candidates }: Shown): {
  readonly ids: ReadonlySet<string>;
  readonly paths: ReadonlySet<string>;
} {
  const readable = new Set(catalog.entries.filter(({ state }) => state !== "canceled").map(({ id }) => id));
  const found = candidates.flatMap(({ path, members, shown }) => {
    const before = Object.hasOwn(manifest.members, path) ? (manifest.members[path] ?? []) : [];
    const live = manifest.shown[path] ?? {};
    const still = new Set(members);
    // A notice that stands already is no withdrawal of this run.
    const out = before.filter((id) => !readable.has(id) && (!still.has(id) || live[id] !== shown[id]));
    return out.length === 0 ? [] : [{ path, out }];
  });
  return { ids: new Set(found.flatMap(({ out }) => out)), paths: new Set(found.map(({ path }) => path)) };
}
