import { hashOfValue, omitUndefined } from "../../articles/model/json-value.ts";
import type { Selection } from "../../channels/select/documents.ts";
import type { Site } from "../../channels/site/site.ts";
import { addFile } from "../changes/diff.ts";
import { wholeRun } from "../changes/guard.ts";
import type { Plan } from "../changes/make-plan.ts";
import type { DesiredFile } from "../manifest/file.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { Target } from "../manifest/target.ts";
import { isBare, variantKey } from "../manifest/variants.ts";
import { type EdgeTable, edgeKey, edgeTableOf, renderEdgeTable } from "./edge-table.ts";
import { partnerRows, withPartnerRows } from "./partner-rows.ts";

/** Caches never read this file, only the edge does. Every run renders it, so it needs no fingerprint. */
export const edgeFile: DesiredFile = {
  key: edgeKey,
  channel: "",
  order: "edge",
  fingerprint: "edge",
  entries: 0,
  headers: { contentType: "application/json; charset=utf-8", cacheControl: "no-store" },
};

type Around = {
  readonly site: Site;
  readonly selections: readonly Selection[];
  readonly manifest: Manifest;
  readonly target: Target;
  /** The address of the table that the edge function reads, if there is one besides edge.json. */
  readonly table?: string;
};

/**
 * Adds the edge table to a plan as its last write, so that everything it names exists by then. It is made from the plan, because it
 * must not point to files that a hold keeps back.
 */
export function withEdgeTable(
  plan: Plan,
  { site, selections, manifest, target, table: address }: Around,
): { readonly plan: Plan; readonly remarks: readonly string[] } {
  if (plan.frozen || plan.holds.some((hold) => hold.name === wholeRun)) return { plan, remarks: [] };
  const writes = new Map(plan.writes.map((write) => [write.key, write]));
  const removed = new Set(plan.removes.map(({ key }) => key));
  const keys = new Set([...target.listing.keys(), ...writes.keys()].filter((key) => !removed.has(key)));
  const offered = selections.filter(({ channel }) => channel.ended !== true).map(({ channel }) => channel.path);
  const live = offered.filter((path) => keys.has(`${path}/index.html`));
  const main = live.find((path) => path === "all") ?? live[0];
  const { table: shown, remarks } = edgeTableOf(site, {
    keys,
    hasVariant: (key, encoding) => writes.get(key)?.encodings.includes(encoding) ?? target.listing.has(variantKey(key, encoding)),
    bare: Object.keys(plan.manifest.files).some(isBare),
    ...omitUndefined({ main }),
  });
  const table = withPartnerRows(shown, partnerRows(site.partners, plan.ledger.access));
  // The table has no variants, so none can be missing.
  const written = addFile(plan, edgeFile, renderEdgeTable(table), { manifest, target: { ...target, encodings: [] } });
  const changed = withRows(written, table, address);
  return { plan: withoutUnasked(changed, { manifest, target }), remarks };
}

/**
 * Removes variants in encodings that site.yaml no longer lists: no run would update them, so they would keep showing what their files
 * no longer say. A variant that still matches its file is removed one run after the edge table changes, since that change takes a while
 * to reach every edge location.
 */
function withoutUnasked(plan: Plan, { manifest, target }: Pick<Around, "manifest" | "target">): Plan {
  const written = new Set(plan.writes.map(({ key }) => key));
  const changes = plan.edge !== undefined || written.has(edgeKey);
  const held = new Set(plan.holds.map(({ name }) => name));
  const unasked = (["gzip", "br"] as const).filter((encoding) => !target.encodings.includes(encoding));
  const open = Object.entries(plan.manifest.files).filter(
    ([key, { channel }]) => key !== edgeKey && !key.startsWith("media/") && !held.has(channel),
  );
  const removes = open.flatMap(([plain]) =>
    unasked.flatMap((encoding) => {
      const key = variantKey(plain, encoding);
      const over = target.listing.get(key);
      const known = manifest.files[plain];
      // A run that was cut may have written the file without removing this variant.
      const same = !written.has(plain) && known?.version === target.listing.get(plain) && known?.variants?.[encoding] === over;
      return over === undefined || (changes && same) ? [] : [{ key, over, variants: [] }];
    }),
  );
  return removes.length === 0 ? plan : { ...plan, removes: [...plan.removes, ...removes] };
}

/**
 * The manifest records the last table sent to the edge, so that a run without changes need not read it, which costs money. A row changed
 * by hand therefore stays until the table next changes. If edge.json differs from the manifest, a run may have been cut after it changed
 * the edge, so the table is read again.
 */
export function withRows(plan: Plan, rows: EdgeTable, address: string | undefined): Plan {
  if (address === undefined) return plan;
  const mark = hashOfValue([address, rows]);
  const trusted = !plan.writes.some(({ key }) => key === edgeKey);
  return trusted && mark === plan.manifest.edge ? plan : { ...plan, edge: { rows }, manifest: { ...plan.manifest, edge: mark } };
}
