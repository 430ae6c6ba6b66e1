import type { Ledger } from "../channels/ledger.ts";
import { present } from "../channels/site.ts";
import type { Key } from "../stores/store.ts";
import { type ChannelChange, type Hold, judgeChannel, judgeForgotten, judgeRolledBack, judgeRun, wholeRun } from "./guard.ts";
import type { Candidate, PlanInput } from "./plan-input.ts";

/** What the guard says of a run, after what somebody has released. */
export type Judgement = {
  readonly holds: readonly Hold[];
  readonly names: ReadonlySet<string>;
  /** Nothing at all may be written. */
  readonly all: boolean;
  readonly held: (path: string) => boolean;
  /** Articles' pages that were put back with a channel, and stay so as long as that does. */
  readonly back: ReadonlySet<Key>;
  /** What the ledger is to remember of it. */
  readonly remembered: Pick<Ledger, "holds" | "released" | "rolledBack">;
};

export function judgementOf(input: PlanInput): Judgement {
  const { candidates, ledger, now } = input;
  const raised = [judgeRun(input), ...candidates.map((candidate) => judge(candidate, input))].filter((hold) => hold !== undefined);
  const holds = raised.filter((hold) => !released(hold, input));
  const names = new Set(holds.map((hold) => hold.name));
  const all = names.has(wholeRun);
  const held = (path: string) => all || names.has(path);
  const since = ({ name, hash }: Hold) => (ledger.holds[name]?.hash === hash ? ledger.holds[name] : { hash, since: now });
  return {
    holds,
    names,
    all,
    held,
    back: new Set(Object.entries(ledger.rolledBack ?? {}).flatMap(([path, { pages = [] }]) => (held(path) ? pages : []))),
    remembered: {
      holds: Object.fromEntries(holds.map((hold) => [hold.name, since(hold)])),
      released: Object.fromEntries(raised.filter((hold) => released(hold, input)).map(({ name, hash }) => [name, hash])),
      ...present({ rolledBack: stillBack(input) }),
    },
  };
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
