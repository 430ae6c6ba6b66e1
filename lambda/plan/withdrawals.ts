import type { Manifest } from "./manifest/manifest.ts";

type Live = Pick<Manifest, "members" | "shown">;

/**
 * The articles that readers must not see any longer as they were live (withdrawn, embargoed, expired, gone), and the paths of the channels
 * that showed them. Told from the manifests and not from the ledger, which an earlier run may have written before it was cut. `readable`:
 * ids of those that readers may see.
 */
export function withdrawalsFrom(
  before: Live,
  after: Live,
  readable: ReadonlySet<string>,
): { readonly ids: ReadonlySet<string>; readonly paths: ReadonlySet<string> } {
  const found = Object.entries(after.members).flatMap(([path, members]) => {
    const had = Object.hasOwn(before.members, path) ? (before.members[path] ?? []) : [];
    const [live, shown] = [before.shown[path] ?? {}, after.shown[path] ?? {}];
    const still = new Set(members);
    // A notice that stands already is no withdrawal of this run.
    const out = had.filter((id) => !readable.has(id) && (!still.has(id) || live[id] !== shown[id]));
    return out.length === 0 ? [] : [{ path, out }];
  });
  return { ids: new Set(found.flatMap(({ out }) => out)), paths: new Set(found.map(({ path }) => path)) };
}
