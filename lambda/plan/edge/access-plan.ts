import type { Instant } from "../../articles/model/article.ts";
import type { Ledger } from "../../channels/catalog/ledger/ledger.ts";
import type { AccessRule } from "../../partners/access/methods.ts";
import type { Version } from "../../stores/store.ts";
import { addFile } from "../changes/diff.ts";
import type { Plan } from "../changes/make-plan.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { Target } from "../manifest/target.ts";
import { edgeFile, withRows } from "./edge-plan.ts";
import { type EdgeTable, edgeKey, renderEdgeTable } from "./edge-table.ts";
import { partnerRows, withPartnerRows } from "./partner-rows.ts";

type AccessChange = {
  readonly now: Instant;
  readonly partners: readonly AccessRule[];
  readonly access: NonNullable<Ledger["access"]>;
  readonly ledger: Ledger;
  readonly manifest: Manifest;
  /** The table as published; absent if nothing is published. `version`: of edge.json, absent if the rows come from the edge alone. */
  readonly published?: { readonly rows: EdgeTable; readonly version?: Version };
  /** The address of the table that the edge function reads, if there is one besides edge.json. */
  readonly table?: string;
};

/**
 * The plan of a change of partners' keys: the ledger, and the partners' rows of the edge table. It reads and renders no article and
 * touches no other file. Without a table, only the ledger changes, and the run that publishes the table adds the rows.
 */
export function accessPlan({ now, partners, access, ledger, manifest, published, table }: AccessChange): Plan {
  const plan: Plan = {
    now,
    channels: [],
    writes: [],
    unrecorded: [],
    copies: [],
    removes: [],
    keeps: 0,
    holds: [],
    frozen: false,
    dropBodies: [],
    manifest,
    ledger: { ...ledger, access },
  };
  if (published === undefined) return plan;
  const rows = withPartnerRows(published.rows, partnerRows(partners, access));
  const target = targetWith(published.version, manifest);
  return withRows(addFile(plan, edgeFile, renderEdgeTable(rows), { manifest, target }), rows, table);
}

/** A target of which only edge.json matters. If the manifest has another version of it, its bytes count as unknown. */
function targetWith(version: Version | undefined, { files }: Manifest): Target {
  const known = version !== undefined && files[edgeKey]?.version === version;
  return {
    listing: new Map(version === undefined ? [] : [[edgeKey, version]]),
    sizes: new Map(),
    drift: new Map(version === undefined || known ? [] : [[edgeKey, { version, hash: "" }]]),
    orphanVariants: new Set(),
    encodings: [],
    orphans: { ours: new Map(), addresses: new Map(), strangers: {} },
  };
}
