import type { Instant } from "../../articles/model/article.ts";
import { sortedRecord } from "../../articles/model/json-value.ts";
import type { Ledger } from "../../channels/catalog/ledger/ledger.ts";
import type { DesiredFile } from "../manifest/file.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { Copy } from "./copies.ts";
import { byOrder, diff, type Write } from "./diff.ts";
import type { Hold } from "./guard.ts";
import { holdsOf } from "./holds.ts";
import { obstructionsIn, orderedRemovals } from "./obstructions.ts";
import type { Candidate, PlanInput } from "./plan-input.ts";
import { isOfPartner, type Removal, removalOf, removalsOf } from "./removals.ts";

export type ChannelPlan = {
  readonly path: string;
  readonly title: string;
  readonly entries: number;
  /** The size of all its files, in bytes. */
  readonly bytes: number;
  readonly files: number;
  readonly outcome: "written" | "kept" | "held";
};

/** What a plan changes in the edge table that is separate from edge.json. */
export type EdgeUpdate = { readonly rows: Readonly<Record<string, string>> };

/** What a run will do and what it leaves alone. Nothing of it has happened yet. */
export type Plan = {
  readonly now: Instant;
  readonly channels: readonly ChannelPlan[];
  readonly writes: readonly Write[];
  /** Files that a run wrote before it was cut: they are live, but not in the manifest and not announced. */
  readonly unrecorded: readonly Write[];
  /** Media; they are written before the files that show them. */
  readonly copies: readonly Copy[];
  /** Outdated article pages, rights signals and variants. Removed after all writes, or before a write whose path they block. */
  readonly removes: readonly Removal[];
  /** Made after all writes and before the removals; absent if the edge's table is up to date. */
  readonly edge?: EdgeUpdate;
  readonly keeps: number;
  readonly holds: readonly Hold[];
  /** Nothing may be written, not even to state: the ledger is lost. */
  readonly frozen: boolean;
  /** Digests of articles that state no longer needs. Empty while anything is held, since live files may show them. */
  readonly dropBodies: readonly string[];
  /** The manifest after all of the above; the versions of files still to be written are "". */
  readonly manifest: Manifest;
  readonly ledger: Ledger;
};

export function makePlan(input: PlanInput): Plan {
  const { candidates, manifest, now } = input;
  const { holds, names, all, held, back, remembered } = holdsOf(input);

  // A file that links to a held feed waits if that feed does not exist yet. A file that shows a held feed's entries stays as it is.
  const waits = ({ key, shows = [], leadsTo = [] }: DesiredFile) =>
    all || back.has(key) || shows.some(held) || leadsTo.some((path) => held(path) && !Object.hasOwn(manifest.members, path));
  const passed = candidates.filter(({ path }) => !held(path));
  // A partner that site.yaml no longer names is forgotten: if it returns, it begins anew.
  const paths = new Set(candidates.map(({ path }) => path));
  const still = <T>(record: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
    Object.fromEntries(Object.entries(record).filter(([path]) => !isOfPartner(path) || paths.has(path)));
  const desired = [...candidates.flatMap((candidate) => candidate.files), ...input.siteFiles];
  const wanted = new Set([...desired.map(({ key }) => key), ...Object.keys(input.copying.files), ...candidates.map(reportOf)]);
  const unwanted = removalsOf(manifest, input.target, wanted, names);
  // A page waits if an older page blocks its path and must stay, because a held feed links to it. Other pages in the way are removed.
  const way = obstructionsIn(input.target.listing);
  const inTheWay = ({ key }: DesiredFile) =>
    way(key).filter((one) => manifest.files[one]?.article !== undefined && !unwanted.gone.has(one));
  const isBlocked = (file: DesiredFile) =>
    file.article !== undefined && inTheWay(file).some((one) => manifest.files[one]?.article === file.article);
  const open = [...passed.flatMap(({ files }) => files), ...input.siteFiles.filter((file) => !waits(file) && !isBlocked(file))];
  const displaced = [...new Set(open.flatMap(inTheWay))].sort();
  const removes = [...unwanted.removes, ...displaced.flatMap((key) => removalOf(key, input.target.listing))];
  const gone = new Set([...unwanted.gone, ...displaced]);
  const decided = open.map((file) => diff(file, input));
  const writes = decided.flatMap(({ write }) => (write === undefined ? [] : [write]));
  const copying = all ? { copies: [], keeps: 0, files: {} } : input.copying;
  const stays = Object.entries(manifest.files).filter(([key]) => !gone.has(key));
  const files = {
    ...Object.fromEntries(stays),
    ...copying.files,
    ...Object.fromEntries(decided.map(({ key, known }) => [key, known])),
  };
  return {
    now,
    channels: candidates.map((candidate) => channelPlan(candidate, held(candidate.path), writes, files)),
    writes: writes.sort(byOrder),
    unrecorded: decided.flatMap(({ unrecorded }) => unrecorded ?? []),
    copies: copying.copies,
    removes: orderedRemovals(removes, writes, way),
    keeps: decided.length - writes.length + copying.keeps,
    holds,
    frozen: input.losses !== undefined && all,
    dropBodies: holds.length > 0 ? [] : input.dropBodies,
    manifest: {
      ...manifest,
      files: sortedRecord(files),
      members: sortedRecord({ ...still(manifest.members), ...byPath(passed, ({ members }) => members) }),
      shown: sortedRecord({ ...still(manifest.shown), ...byPath(passed, ({ shown }) => shown) }),
      kept: holds.length > 0 ? [...input.keptBodies, ...input.dropBodies].sort() : input.keptBodies,
      strangers: input.target.orphans.strangers,
    },
    ledger: {
      ...withoutBack(input.ledger),
      feeds: { ...still(input.ledger.feeds), ...Object.assign({}, ...passed.map(({ promised }) => promised)) },
      ...remembered,
    },
  };
}

/** The key of a partner's report, which is made from the plan. */
const reportOf = ({ path }: Candidate): string => `${path}/report.json`;

function withoutBack({ rolledBack: _, changes: __, ...rest }: Ledger): Ledger {
  return rest;
}

function byPath<T>(candidates: readonly Candidate[], of: (candidate: Candidate) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(candidates.map((candidate) => [candidate.path, of(candidate)]));
}

function channelPlan(candidate: Candidate, held: boolean, writes: readonly Write[], files: Manifest["files"]): ChannelPlan {
  const { path, title, entries } = candidate;
  const written = writes.filter((write) => write.channel === path).length;
  const bytes = candidate.files.reduce((sum, file) => sum + (files[file.key]?.size ?? 0), 0);
  return { path, title, entries, bytes, files: written, outcome: held ? "held" : written > 0 ? "written" : "kept" };
}
