import type { Instant } from "../../articles/model/article.ts";
import { sortedRecord } from "../../articles/model/json-value.ts";
import type { Ledger } from "../../channels/catalog/ledger/ledger.ts";
import type { Wanted } from "../manifest/file.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { Copy } from "./copies.ts";
import { byOrder, decide, type Write } from "./diff.ts";
import type { Hold } from "./guard.ts";
import { judgementOf } from "./holds.ts";
import type { Candidate, PlanInput } from "./plan-input.ts";
import { type Removal, removalOf, removalsOf } from "./removals.ts";
import { inTurn, wayIn } from "./way.ts";

export type ChannelPlan = {
  readonly path: string;
  readonly title: string;
  readonly entries: number;
  /** Of all its files, bytes. */
  readonly bytes: number;
  readonly files: number;
  readonly outcome: "written" | "kept" | "held";
};

/** What a plan does to the edge table beside edge.json. */
export type EdgeUpdate = { readonly rows: Readonly<Record<string, string>> };

/** What a run will do, and what it leaves alone. Nothing in it has happened yet. */
export type Plan = {
  readonly now: Instant;
  readonly channels: readonly ChannelPlan[];
  readonly writes: readonly Write[];
  /** What a run has written that was cut before its manifest: it is live, and nobody has been told. */
  readonly unrecorded: readonly Write[];
  /** Media, written before whatever shows them. */
  readonly copies: readonly Copy[];
  /** Pages of articles that are no longer to be read, signals of rights, and variants that nobody asks for: removed after all writes but those that they stand in the way of. */
  readonly removes: readonly Removal[];
  /** Made after all writes and before anything is removed; absent where the edge's table is right. */
  readonly edge?: EdgeUpdate;
  readonly keeps: number;
  readonly holds: readonly Hold[];
  /** Nothing may be written, in state either: the ledger is lost. */
  readonly frozen: boolean;
  /** Digests of articles that need not be kept any longer; none while something is held, since what is live may show them. */
  readonly forget: readonly string[];
  /** As it will be when all of the above is done; versions of what is still to be written are "". */
  readonly manifest: Manifest;
  readonly ledger: Ledger;
};

export function makePlan(input: PlanInput): Plan {
  const { candidates, manifest, now } = input;
  const { holds, names, all, held, back, remembered } = judgementOf(input);

  // What leads to a feed that is not there yet waits for it; what shows a feed's entries stays with it as it is.
  const waits = ({ key, shows = [], leadsTo = [] }: Wanted) =>
    all || back.has(key) || shows.some(held) || leadsTo.some((path) => held(path) && !Object.hasOwn(manifest.members, path));
  const passed = candidates.filter(({ path }) => !held(path));
  const wanted = new Set([...candidates.flatMap((candidate) => candidate.files), ...input.siteFiles].map(({ key }) => key));
  const unwanted = removalsOf(manifest, input.target, wanted, names);
  // A page waits for its own former one that stands in its way and stays, since what is held leads there; any other gives way.
  const way = wayIn(input.target.listing);
  const inTheWay = ({ key }: Wanted) => way(key).filter((one) => manifest.files[one]?.article !== undefined && !unwanted.gone.has(one));
  const isBlocked = (file: Wanted) =>
    file.article !== undefined && inTheWay(file).some((one) => manifest.files[one]?.article === file.article);
  const open = [...passed.flatMap(({ files }) => files), ...input.siteFiles.filter((file) => !waits(file) && !isBlocked(file))];
  const displaced = [...new Set(open.flatMap(inTheWay))].sort();
  const removes = [...unwanted.removes, ...displaced.flatMap((key) => removalOf(key, input.target.listing))];
  const gone = new Set([...unwanted.gone, ...displaced]);
  const decided = open.map((file) => decide(file, input));
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
    removes: inTurn(removes, writes, way),
    keeps: decided.length - writes.length + copying.keeps,
    holds,
    frozen: input.losses !== undefined && all,
    forget: holds.length > 0 ? [] : input.forgotten,
    manifest: {
      ...manifest,
      files: sortedRecord(files),
      members: sortedRecord({ ...manifest.members, ...byPath(passed, ({ members }) => members) }),
      shown: sortedRecord({ ...manifest.shown, ...byPath(passed, ({ shown }) => shown) }),
      kept: holds.length > 0 ? [...input.kept, ...input.forgotten].sort() : input.kept,
      strangers: input.target.orphans.strangers,
    },
    ledger: {
      ...withoutBack(input.ledger),
      feeds: { ...input.ledger.feeds, ...Object.assign({}, ...passed.map(({ promised }) => promised)) },
      ...remembered,
    },
  };
}

function withoutBack({ rolledBack: _, ...rest }: Ledger): Ledger {
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
