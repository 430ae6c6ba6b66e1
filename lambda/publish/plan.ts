import type { Instant } from "../articles/article.ts";
import type { Ledger } from "../channels/ledger.ts";
import type { Encoding } from "../channels/site.ts";
import { urlOf } from "../feeds/document.ts";
import type { Key, Version } from "../stores/store.ts";
import type { Copy, Copying } from "./copies.ts";
import type { Rendered, Wanted } from "./file.ts";
import { type ChannelChange, type Hold, type Judged, judgeChannel, judgeRun } from "./guard.ts";
import type { Announcement, Manifest, ManifestFile } from "./manifest.ts";
import { hasVariants, liveOf, type Target } from "./survey.ts";

/** One file to write, with the version that the target's listing showed (absent: it held nothing). */
export type Write = Rendered & {
  readonly why: "new" | "changed" | "restored";
  readonly over?: Version;
  /** Variants to write before it. */
  readonly encodings: readonly Encoding[];
};

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
  /** Files that belong to no channel: the site's index, its OPML. */
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
  /** Whom to ping for changed windows, and where they are served. */
  readonly copying: Copying;
  readonly hub?: string;
  readonly feedUrl: string;
};

export function makePlan(input: PlanInput): Plan {
  const { candidates, manifest, now } = input;
  const raised = [judgeRun(input), ...candidates.map((candidate) => judgeChannel(changeOf(candidate, input), input))].filter(
    (hold) => hold !== undefined,
  );
  const holds = raised.filter((hold) => !released(hold, input));
  const heldNames = new Set(holds.map((hold) => hold.name));
  const held = (path: string) => heldNames.has("run") || heldNames.has(path);

  // The index does not lead to a feed that is not there yet.
  const leadsNowhere = heldNames.has("run") || candidates.some(({ path }) => held(path) && !Object.hasOwn(manifest.members, path));
  const open = [...candidates.filter(({ path }) => !held(path)).flatMap(({ files }) => files), ...(leadsNowhere ? [] : input.siteFiles)];
  const decided = open.map((file) => decide(file, input));
  const writes = decided.flatMap(({ write }) => (write === undefined ? [] : [write]));
  const copying = heldNames.has("run") ? { copies: [], keeps: 0, files: {} } : input.copying;
  const files = { ...manifest.files, ...copying.files, ...Object.fromEntries(decided.map(({ key, known }) => [key, known])) };
  const members = {
    ...manifest.members,
    ...Object.fromEntries(candidates.filter(({ path }) => !held(path)).map(({ path, members }) => [path, members])),
  };
  const shown = {
    ...manifest.shown,
    ...Object.fromEntries(candidates.filter(({ path }) => !held(path)).map(({ path, shown }) => [path, shown])),
  };
  const pings = input.hub === undefined ? [] : topicsOf(writes, input, input.hub);
  return {
    now,
    channels: candidates.map((candidate) => channelPlan(candidate, held(candidate.path), writes, files)),
    writes: writes.sort(byOrder),
    copies: copying.copies,
    keeps: decided.length - writes.length + copying.keeps,
    holds,
    frozen: input.ledgerLost && heldNames.has("run"),
    forget: holds.length > 0 ? [] : input.forgotten,
    manifest: {
      files: sorted(files),
      members: sorted(members),
      shown: sorted(shown),
      kept: holds.length > 0 ? [...input.kept, ...input.forgotten].sort() : input.kept,
      outbox: outboxOf(manifest.outbox, pings),
    },
    ledger: {
      ...input.ledger,
      feeds: {
        ...input.ledger.feeds,
        ...Object.assign({}, ...candidates.filter(({ path }) => !held(path)).map(({ promised }) => promised)),
      },
      holds: Object.fromEntries(
        holds.map(({ name, hash }) => [name, input.ledger.holds[name]?.hash === hash ? input.ledger.holds[name] : { hash, since: now }]),
      ),
      released: releasedNow(raised, input),
    },
  };
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

type Decision = { readonly key: Key; readonly known: ManifestFile; readonly write?: Write };

function decide(file: Wanted, input: PlanInput): Decision {
  const { key, fingerprint, entries, channel } = file;
  const live = liveOf(key, input.manifest, input.target);
  const fresh = input.rendered.get(key);
  const before = input.manifest.files[key];
  if (fresh === undefined && before !== undefined) return { key, known: { ...before, version: live?.version ?? before.version } };
  if (fresh === undefined) throw new Error(`${key} is neither live nor rendered`);
  const known = { hash: fresh.hash, fingerprint, size: fresh.bytes.length, entries, channel };
  if (live?.hash === fresh.hash && hasVariants(key, input.target)) return { key, known: { ...known, version: live.version } };
  const meant = before?.hash === fresh.hash || live?.hash === fresh.hash;
  const why = meant ? "restored" : live === undefined && before === undefined ? "new" : "changed";
  return {
    key,
    known: { ...known, version: "" },
    write: { ...fresh, why, encodings: input.encodings, ...(live === undefined ? {} : { over: live.version }) },
  };
}

function channelPlan(candidate: Candidate, held: boolean, writes: readonly Write[], files: Manifest["files"]): ChannelPlan {
  const { path, title, entries } = candidate;
  const written = writes.filter((write) => write.channel === path).length;
  const bytes = candidate.files.reduce((sum, file) => sum + (files[file.key]?.size ?? 0), 0);
  return { path, title, entries, bytes, files: written, outcome: held ? "held" : written > 0 ? "written" : "kept" };
}

function topicsOf(writes: readonly Write[], input: PlanInput, hub: string): readonly Announcement[] {
  return writes
    .filter((write) => write.order === "window")
    .map((write) => ({ kind: "ping", hub, topic: urlOf(input, write.key), since: input.now }));
}

/** Of what is still to be told about a feed only the last is told. */
function outboxOf(pending: readonly Announcement[], more: readonly Announcement[]): readonly Announcement[] {
  const topics = new Set(more.map(({ topic }) => topic));
  return [...pending.filter(({ topic }) => !topics.has(topic)), ...more];
}

const orders = ["archive", "window", "page"] as const;

function byOrder(a: Write, b: Write): number {
  return orders.indexOf(a.order) - orders.indexOf(b.order) || (a.key < b.key ? -1 : 1);
}

function sorted<T>(record: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
