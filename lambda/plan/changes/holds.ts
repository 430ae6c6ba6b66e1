import { omitUndefined } from "../../articles/model/json-value.ts";
import type { ChangePart, Ledger, PartnerMark } from "../../channels/catalog/ledger/ledger.ts";
import type { Key } from "../../stores/store.ts";
import {
  type ChannelChange,
  guardChannel,
  guardLostManifest,
  guardRolledBack,
  guardRun,
  type Hold,
  lossOf,
  missedBy,
  wholeRun,
} from "./guard.ts";
import type { Candidate, PlanInput } from "./plan-input.ts";

/** The guard's decision on a run, after releases. */
export type Holds = {
  readonly holds: readonly Hold[];
  readonly names: ReadonlySet<string>;
  /** The whole run is held: nothing may be written. */
  readonly all: boolean;
  readonly held: (path: string) => boolean;
  /** Pages of articles that were rolled back with a channel, and stay so as long as the channel does. */
  readonly back: ReadonlySet<Key>;
  /** The decision as the ledger records it. */
  readonly remembered: Pick<Ledger, "entries" | "holds" | "released" | "rolledBack" | "changes">;
};

export function holdsOf(input: PlanInput): Holds {
  const { candidates, ledger, now } = input;
  const proposed = candidates.map((candidate) => ({ candidate, change: changeOf(candidate, input) }));
  const changes = proposed.map(({ change }) => change);
  const loss = lossOf(changes, input);
  const excused = new Set(loss?.ids);
  const judged = proposed.map(({ candidate, change }) => judge(candidate, change, input, excused));
  const raised = [guardRun(input, loss), ...judged].filter((hold) => hold !== undefined);
  const holds = raised.filter((hold) => !released(hold, input));
  const names = new Set(holds.map((hold) => hold.name));
  const all = names.has(wholeRun);
  const held = (path: string) => all || names.has(path);
  const partners = candidates.flatMap(({ path }) => (held(path) ? (/^partners\/(.+)$/.exec(path)?.[1] ?? []) : []));
  const since = ({ name, hash }: Hold) => (ledger.holds[name]?.hash === hash ? ledger.holds[name] : { hash, since: now });
  return {
    holds,
    names,
    all,
    held,
    back: new Set(Object.entries(ledger.rolledBack ?? {}).flatMap(([path, { pages = [] }]) => (held(path) ? pages : []))),
    remembered: {
      entries: withMarksAsBefore(withoutHeldBack(input, changes, held), input.ledgerBefore, partners),
      holds: Object.fromEntries(holds.map((hold) => [hold.name, since(hold)])),
      released: Object.fromEntries(raised.filter((hold) => released(hold, input)).map(({ name, hash }) => [name, hash])),
      ...omitUndefined({ rolledBack: stillBack(input), changes: withLogsAsBefore(input, partners) }),
    },
  };
}

/**
 * An article whose file is gone has not left the feeds if all feeds that show it are held: if its file returns, no reader sees it as
 * new.
 */
function withoutHeldBack({ ledger, ledgerBefore }: PlanInput, changes: readonly ChannelChange[], held: (path: string) => boolean) {
  const missed = (isHeld: boolean) => changes.filter(({ path }) => held(path) === isHeld).flatMap(missedBy);
  const left = new Set(missed(false));
  const stays = new Set(missed(true).filter((id) => !left.has(id) && ledgerBefore.entries.get(id)?.canceled === undefined));
  if (stays.size === 0) return ledger.entries;
  return new Map(
    [...ledger.entries].map(([id, entry]) => {
      const { canceled, ...rest } = entry;
      return [id, canceled !== undefined && entry.absent === undefined && stays.has(id) ? rest : entry];
    }),
  );
}

/** A partner whose files are held has had no more than before. */
function withMarksAsBefore(entries: Ledger["entries"], { entries: before }: Ledger, names: readonly string[]): Ledger["entries"] {
  if (names.length === 0) return entries;
  return new Map(
    [...entries].map(([id, entry]) => {
      const known = before.get(id)?.partners;
      if (entry.partners === undefined && known === undefined) return [id, entry];
      const { partners, ...rest } = entry;
      const marks: Record<string, PartnerMark> = { ...partners?.marks };
      for (const name of names) {
        const mark = known?.marks[name];
        if (mark === undefined) delete marks[name];
        else marks[name] = mark;
      }
      const told = partners ?? known;
      return [id, told === undefined || Object.keys(marks).length === 0 ? rest : { ...rest, partners: { ...told, marks } }];
    }),
  );
}

/** Nor was it told of more: what its change log would say is said when its files pass. */
function withLogsAsBefore({ ledger, ledgerBefore }: PlanInput, names: readonly string[]): Ledger["changes"] {
  const { changes } = ledger;
  if (changes === undefined || names.length === 0) return changes;
  const isHeld = ([, { partner }]: readonly [string, ChangePart]) => names.includes(partner);
  const before = Object.entries(ledgerBefore.changes ?? {}).filter(isHeld);
  const all = [...before, ...Object.entries(changes).filter((one) => !isHeld(one))];
  return all.length === 0 ? undefined : Object.fromEntries(all);
}

/** The roll-backs that are not released now. */
function stillBack({ ledger, allow }: PlanInput): Ledger["rolledBack"] {
  const released = (path: string) => allow.includes(`${path}@${guardRolledBack(path, ledger)?.hash}`);
  const back = Object.entries(ledger.rolledBack ?? {}).filter(([path]) => !released(path));
  return back.length === 0 ? undefined : Object.fromEntries(back);
}

/** Once released, a rolled-back channel is judged like any other. */
function judge(candidate: Candidate, change: ChannelChange, input: PlanInput, lossOfRun: ReadonlySet<string>): Hold | undefined {
  const { path } = candidate;
  const back = guardRolledBack(path, input.ledger);
  if (back !== undefined && !input.allow.includes(`${back.name}@${back.hash}`)) return back;
  const forgotten = !Object.hasOwn(input.manifest.members, path) && candidate.files.some(({ key }) => input.target.listing.has(key));
  return guardChannel(change, input, lossOfRun) ?? (forgotten ? guardLostManifest(path, input.ledger) : undefined);
}

/**
 * A release stays valid as long as the same refusal would come again, also in later runs. Nobody can release what the gate refuses.
 */
function released(hold: Hold, { allow, ledger }: PlanInput): boolean {
  if (hold.defective) return false;
  return allow.includes(`${hold.name}@${hold.hash}`) || ledger.released[hold.name] === hold.hash;
}

/** Those of `known` that have not merely left the window. */
function stillOf(known: readonly string[], { members, passedBy }: Candidate): readonly string[] {
  if (passedBy === undefined) return known;
  const there = new Set(members);
  return known.filter((id) => there.has(id) || !passedBy.has(id));
}

function changeOf(candidate: Candidate, input: PlanInput): ChannelChange {
  const before = stillOf(input.manifest.members[candidate.path] ?? input.baseline.get(candidate.path) ?? [], candidate);
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
