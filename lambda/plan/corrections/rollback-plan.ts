import type { Ledger } from "../../channels/catalog/ledger/ledger.ts";
import type { Key, Version } from "../../stores/store.ts";
import { byOrder, type Write } from "../changes/diff.ts";
import { guardRolledBack } from "../changes/guard.ts";
import type { Plan } from "../changes/make-plan.ts";
import { obstructionsIn, orderedRemovals } from "../changes/obstructions.ts";
import { removalOf } from "../changes/removals.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { Earlier } from "./earlier.ts";
import { knownOf } from "./rewrite.ts";

type Input = {
  /** The ordinary plan for this moment; none of it is applied. */
  readonly plan: Plan;
  readonly manifest: Manifest;
  readonly ledger: Ledger;
  readonly back: readonly Earlier[];
  /** The earlier files of those channels. */
  readonly writes: readonly Write[];
  /** The earlier pages of their articles, by the channel's path. */
  readonly pages: ReadonlyMap<string, readonly Write[]>;
  /** The ids that readers must no longer see; those files no longer have them. */
  readonly redacted: ReadonlySet<string>;
  /** The target's listing. */
  readonly listing: ReadonlyMap<Key, Version>;
};

/** Restores channels to an earlier state and holds them there; everything else stays as it is. */
export function rollbackPlan(input: Input): Plan {
  const { plan, manifest, back } = input;
  const pages = new Map([...input.pages.values()].flat().map((write) => [write.key, write]));
  const writes = [...input.writes, ...pages.values()].sort(byOrder);
  const since = plan.now;
  const noted = back.map(({ path, left }) => {
    const own = [...(input.ledger.rolledBack?.[path]?.pages ?? []), ...(input.pages.get(path) ?? []).map(({ key }) => key)];
    return [path, { since, left, ...(own.length === 0 ? {} : { pages: [...new Set(own)].sort() }) }] as const;
  });
  const rolledBack = { ...input.ledger.rolledBack, ...Object.fromEntries(noted) };
  const ledger: Ledger = { ...input.ledger, rolledBack };
  const holds = back.flatMap(({ path }) => guardRolledBack(path, ledger) ?? []);
  const { edge: _, ...rest } = plan;
  // On a disk, the earlier page and a later one can block each other. The later one returns when the roll-back is released.
  const way = obstructionsIn(input.listing);
  const inTheWay = new Set(writes.flatMap(({ key }) => way(key)).filter((key) => manifest.files[key]?.article !== undefined));
  const removes = [...inTheWay].sort().flatMap((key) => removalOf(key, input.listing));
  const stays = Object.entries(manifest.files).filter(([key]) => !inTheWay.has(key));
  return {
    ...rest,
    channels: back.map(({ path }) => channelOf(path, plan, writes)),
    writes,
    unrecorded: [],
    copies: [],
    removes: orderedRemovals(removes, writes, way),
    keeps: 0,
    holds,
    dropBodies: [],
    manifest: {
      ...manifest,
      files: { ...Object.fromEntries(stays), ...Object.fromEntries(writes.map((write) => [write.key, knownOf(write)])) },
      ...asBefore(input, ledger),
    },
    ledger: { ...ledger, holds: { ...ledger.holds, ...Object.fromEntries(holds.map(({ name, hash }) => [name, { hash, since }])) } },
  };
}

/** The members that the guard compares with, and the status in status.json, go back with the files. */
function asBefore({ manifest, back, redacted }: Input, { feeds }: Ledger): Pick<Manifest, "members" | "shown" | "status"> {
  const of = <T>(path: string, record: Readonly<Record<string, T>>, change: (value: T) => T) =>
    Object.hasOwn(record, path) ? [[path, change(record[path] as T)] as const] : [];
  const members = back.flatMap((one) => of(one.path, one.manifest.members, (ids) => ids.filter((id) => !redacted.has(id))));
  const shown = back.flatMap((one) =>
    of(one.path, one.manifest.shown, (marks) => Object.fromEntries(Object.entries(marks).filter(([id]) => !redacted.has(id)))),
  );
  const status = back.flatMap(({ path, manifest: { status = {} } }) =>
    of(path, status, (value) => ({ ...value, updated: feeds[path]?.updated ?? value.updated })),
  );
  return {
    members: { ...manifest.members, ...Object.fromEntries(members) },
    shown: { ...manifest.shown, ...Object.fromEntries(shown) },
    ...(manifest.status === undefined ? {} : { status: { ...manifest.status, ...Object.fromEntries(status) } }),
  };
}

function channelOf(path: string, plan: Plan, writes: readonly Write[]): Plan["channels"][number] {
  const own = writes.filter(({ channel }) => channel === path);
  const title = plan.channels.find((channel) => channel.path === path)?.title ?? path;
  const entries = own.find(({ order }) => order === "window")?.entries ?? 0;
  return { path, title, entries, bytes: own.reduce((sum, { size }) => sum + size, 0), files: own.length, outcome: "held" };
}
