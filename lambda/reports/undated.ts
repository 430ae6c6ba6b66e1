import type { Prepared } from "../run/prepared.ts";

/** Fewer are notes that somebody left undated on purpose. */
const many = 3;
const mostFolders = 5;

/**
 * Says, before anything is published, how many new articles have no date and would get that of the run that publishes them: seldom what is
 * meant for an old folder. Undefined if there are few.
 */
export function undatedRemark({ catalog, before, changes }: Pick<Prepared, "catalog" | "before" | "changes">): string | undefined {
  const { now } = changes.plan;
  const known = before.ledger.value.entries;
  const undated = catalog.entries.filter(
    ({ id, meta, since }) => meta.published === undefined && since === now && !Object.hasOwn(known, id),
  );
  if (undated.length < many) return undefined;
  const folders = [...Map.groupBy(undated, ({ meta: { key } }) => key.slice(0, Math.max(0, key.lastIndexOf("/"))))]
    .map(([folder, all]) => ({ folder, count: all.length }))
    .sort((a, b) => b.count - a.count || (a.folder < b.folder ? -1 : 1));
  const named = folders.slice(0, mostFolders).map(({ folder, count }) => `${folder === "" ? "the top folder" : folder} (${count})`);
  return (
    `${undated.length} of ${catalog.entries.length} articles have no date, and the run that first publishes them gives them its own: ` +
    `${named.join(", ")}${folders.length > mostFolders ? ", …" : ""}. Write dates into them first, or leave them out with "ignore" in site.yaml.`
  );
}
