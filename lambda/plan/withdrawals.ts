import type { Manifest } from "./manifest/manifest.ts";

type Live = Pick<Manifest, "members" | "shown">;

/**
 * The live articles that readers must no longer see (withdrawn, embargoed, expired, gone), and the paths of the channels that showed them.
 * Compares the manifests and not the ledger, because an earlier run may have written the ledger before it was cut. `readable`: the ids
 * that readers may see.
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
    // A notice that is already live is not a withdrawal of this run.
    const out = had.filter((id) => !readable.has(id) && (!still.has(id) || live[id] !== shown[id]));
    return out.length === 0 ? [] : [{ path, out }];
  });
  return { ids: new Set(found.flatMap(({ out }) => out)), paths: new Set(found.map(({ path }) => path)) };
}
