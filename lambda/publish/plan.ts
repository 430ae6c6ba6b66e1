import type { Instant } from "../articles/article.ts";
import type { Ledger } from "../channels/ledger.ts";
import { type Encoding, present } from "../channels/site.ts";
import type { Key } from "../stores/store.ts";
import type { Copy, Copying } from "./copies.ts";
import { byOrder, decide, type Write } from "./decide.ts";
import type { EdgeUpdate } from "./edge-rows.ts";
import type { Rendered, Wanted } from "./file.ts";
import { type ChannelChange, type Hold, type Judged, judgeChannel, judgeForgotten, judgeRolledBack, judgeRun } from "./guard.ts";
import type { Manifest } from "./manifest.ts";
import { outboxOf } from "./outbox.ts";
import { type Removal, removalsOf } from "./removals.ts";
import type { Target } from "./survey.ts";

export type ChannelPlan = {
  readonly path: string;
  readonly title: string;
  readonly entries: number;
  /** Of all its files, bytes. */
  readonly bytes: number;
  readonly files: number;
  readonly outcome: "written" | "kept" | "held";
};

/** What a run will do, and what it leaves alone. Nothing in it has happened yet. */
export type Plan = {
  readonly now: Instant;
  readonly channels: readonly ChannelPlan[];
  readonly writes: readonly Write[];
  /** Media, written before whatever shows them. */
  readonly copies: readonly Copy[];
  /** Pages of articles that are no longer to be read, and signals of rights, removed after all writes. */
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

export type Candidate = {
  readonly path: string;
  readonly title: string;
  readonly entries: number;
  readonly members: readonly string[];
  readonly mark: string;
  /** What the ledger is to remember of its documents. */
  readonly promised: Ledger["feeds"];
  /** Of each entry in the window: its `updated`, and a hash of what readers see of it. */
  readonly shown: Readonly<Record<string, string>>;
  readonly files: readonly Wanted[];
};

export type PlanInput = Judged & {
  readonly now: Instant;
  readonly candidates: readonly Candidate[];
  /** Files that belong to no channel: the site's index, its OPML, articles' pages. */
  readonly siteFiles: readonly Wanted[];
  /** What had to be rendered, by key. */
  readonly rendered: ReadonlyMap<Key, Rendered>;
  readonly manifest: Manifest;
  readonly target: Target;
  /** Members of each channel as the live feeds show them, where the manifest does not know. */
  readonly baseline: ReadonlyMap<string, readonly string[]>;
  readonly ledger: Ledger;
  /** Digests of articles to be kept in state, and of those that no document shows any more. */
  readonly kept: readonly string[];
  readonly forgotten: readonly string[];
  readonly encodings: readonly Encoding[];
  /** `name@hash` of what somebody has released. */
  readonly allow: readonly string[];
  readonly copying: Copying;
  /** Whom to ping for changed windows, and where they are served. */
  readonly hub?: string;
  readonly feedUrl: string;
  /** The CloudFront distribution before the target. */
  readonly distribution?: string;
};

export function makePlan(input: PlanInput): Plan {
  const { candidates, manifest, now } = input;
  const raised = [judgeRun(input), ...candidates.map((candidate) => judge(candidate, input))].filter((hold) => hold !== undefined);
  const holds = raised.filter((hold) => !released(hold, input));
  const heldNames = new Set(holds.map((hold) => hold.name));
  const held = (path: string) => heldNames.has("run") || heldNames.has(path);

  // What leads to a feed that is not there yet waits for it; what shows a feed's entries stays with it as it is.
  const back = pagesBack(input, held);
  const waits = ({ key, shows = [], leadsTo = [] }: Wanted) =>
    heldNames.has("run") ||
    back.has(key) ||
    shows.some(held) ||
    leadsTo.some((path) => held(path) && !Object.hasOwn(manifest.members, path));
  const open = [
    ...candidates.filter(({ path }) => !held(path)).flatMap(({ files }) => files),
    ...input.siteFiles.filter((file) => !waits(file)),
  ];
  const decided = open.map((file) => decide(file, input));
  const writes = decided.flatMap(({ write }) => (write === undefined ? [] : [write]));
  // What a run wrote that was cut before its manifest is still to be told: nobody else will.
  const news = decided.flatMap(({ write, adopted }) => write ?? adopted ?? []);
  const copying = heldNames.has("run") ? { copies: [], keeps: 0, files: {} } : input.copying;
  const wanted = new Set([...candidates.flatMap((candidate) => candidate.files), ...input.siteFiles].map(({ key }) => key));
  const { removes, gone } = removalsOf(manifest, input.target, wanted, heldNames);
  const stays = Object.entries(manifest.files).filter(([key]) => !gone.has(key));
  const files = {
    ...Object.fromEntries(stays),
    ...copying.files,
    ...Object.fromEntries(decided.map(({ key, known }) => [key, known])),
  };
  const members = {
    ...manifest.members,
    ...Object.fromEntries(candidates.filter(({ path }) => !held(path)).map(({ path, members }) => [path, members])),
  };
  const shown = {
    ...manifest.shown,
    ...Object.fromEntries(candidates.filter(({ path }) => !held(path)).map(({ path, shown }) => [path, shown])),
  };
  return {
    now,
    channels: candidates.map((candidate) => channelPlan(candidate, held(candidate.path), writes, files)),
    writes: writes.sort(byOrder),
    copies: copying.copies,
    removes,
    keeps: decided.length - writes.length + copying.keeps,
    holds,
    frozen: input.losses !== undefined && heldNames.has("run"),
    forget: holds.length > 0 ? [] : input.forgotten,
    manifest: {
      ...manifest,
      files: sorted(files),
      members: sorted(members),
      shown: sorted(shown),
      kept: holds.length > 0 ? [...input.kept, ...input.forgotten].sort() : input.kept,
      outbox: outboxOf({ ...input, writes: news, gone, pending: manifest.outbox }),
    },
    ledger: {
      ...withoutBack(input.ledger),
      feeds: {
        ...input.ledger.feeds,
        ...Object.assign({}, ...candidates.filter(({ path }) => !held(path)).map(({ promised }) => promised)),
      },
      holds: Object.fromEntries(
        holds.map(({ name, hash }) => [name, input.ledger.holds[name]?.hash === hash ? input.ledger.holds[name] : { hash, since: now }]),
      ),
      released: releasedNow(raised, input),
      ...present({ rolledBack: stillBack(input) }),
    },
  };
}

function withoutBack({ rolledBack: _, ...rest }: Ledger): Ledger {
  return rest;
}

/** Articles' pages that were put back with a channel, and stay so as long as that does. */
function pagesBack({ ledger }: PlanInput, held: (path: string) => boolean): ReadonlySet<Key> {
  return new Set(Object.entries(ledger.rolledBack ?? {}).flatMap(([path, { pages = [] }]) => (held(path) ? pages : [])));
}

/** Without what is released now. */
function stillBack({ ledger, allow }: PlanInput): Ledger["rolledBack"] {
  const released = (path: string) => allow.includes(`${path}@${judgeRolledBack(path, ledger)?.hash}`);
  const back = Object.entries(ledger.rolledBack ?? {}).filter(([path]) => !released(path));
  return back.length === 0 ? undefined : Object.fromEntries(back);
}

/** What was rolled back is judged like any other change as soon as it is released. */
function judge(candidate: Candidate, input: PlanInput): Hold | undefined {
  const { path } = candidate;
  const back = judgeRolledBack(path, input.ledger);
  if (back !== undefined && !input.allow.includes(`${back.name}@${back.hash}`)) return back;
  const forgotten = !Object.hasOwn(input.manifest.members, path) && candidate.files.some(({ key }) => input.target.listing.has(key));
  return judgeChannel(changeOf(candidate, input), input) ?? (forgotten ? judgeForgotten(path, input.ledger) : undefined);
}

/**
 * A release holds while the same refusal would be raised again: a hold on the run outlives the run that was allowed. What the gate
 * refuses nobody can release.
 */
function released(hold: Hold, { allow, ledger }: PlanInput): boolean {
  if (hold.defective) return false;
  return allow.includes(`${hold.name}@${hold.hash}`) || ledger.released[hold.name] === hold.hash;
}

function releasedNow(raised: readonly Hold[], input: PlanInput): Ledger["released"] {
  return Object.fromEntries(raised.filter((hold) => released(hold, input)).map(({ name, hash }) => [name, hash]));
}

function changeOf(candidate: Candidate, input: PlanInput): ChannelChange {
  const before = input.manifest.members[candidate.path] ?? input.baseline.get(candidate.path) ?? [];
  const defects = candidate.files.flatMap((file) =>
    (input.rendered.get(file.key)?.defects ?? []).map((defect) => `${file.key}: ${defect}`),
  );
  return {
    path: candidate.path,
    before,
    after: candidate.members,
    shown: input.manifest.shown[candidate.path] ?? {},
    shows: candidate.shown,
    defects,
    mark: candidate.mark,
  };
}

function channelPlan(candidate: Candidate, held: boolean, writes: readonly Write[], files: Manifest["files"]): ChannelPlan {
  const { path, title, entries } = candidate;
  const written = writes.filter((write) => write.channel === path).length;
  const bytes = candidate.files.reduce((sum, file) => sum + (files[file.key]?.size ?? 0), 0);
  return { path, title, entries, bytes, files: written, outcome: held ? "held" : written > 0 ? "written" : "kept" };
}

function sorted<T>(record: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
