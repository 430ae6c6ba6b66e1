import { hashOfValue } from "../../articles/model/json-value.ts";
import type { Catalog } from "../../channels/catalog/catalog.ts";
import type { Ledger } from "../../channels/catalog/ledger/ledger.ts";
import type { Guard } from "../../channels/site/site.ts";

/** A channel (or, named "run", everything) whose change the plan refuses until it passes or somebody releases `name@hash`. */
export type Hold = {
  readonly name: string;
  /** Eight hex digits over what is refused: another plan has another hash. */
  readonly hash: string;
  readonly reasons: readonly string[];
  /** The output itself is wrong: no release lets it through. */
  readonly defective: boolean;
};

/** What the whole run is called where it is held. */
export const wholeRun = "run";

/** As many articles broken at once are never a slip in one file. */
const manyBroken = 20;

export type ChannelChange = {
  readonly path: string;
  /** Ids of all articles as last published, and as they would be. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** By id, what readers of the window have seen of each entry, and would see: `updated`, a space, a hash. */
  readonly shown: Readonly<Record<string, string>>;
  readonly shows: Readonly<Record<string, string>>;
  /** What the gate says against its files. */
  readonly defects: readonly string[];
  /** What would be published, for the hash. */
  readonly mark: string;
};

export type Judged = {
  readonly guard: Guard;
  readonly catalog: Catalog;
  readonly ledgerBefore: Ledger;
  /** No ledger was found, although the target holds feeds: what these do not tell, and is lost. Absent where there was one. */
  readonly losses?: readonly string[];
};

/** Published articles that leave the feeds without a reason that the plan can name, of how many that are live. */
export type Loss = { readonly ids: readonly string[]; readonly of: number };

/**
 * Holds a channel that would lose too much without a reason, or all that it has, or whose output is defective. `lossOfRun`: ids for which the
 * run as a whole answers.
 */
export function judgeChannel(change: ChannelChange, judged: Judged, lossOfRun: ReadonlySet<string> = new Set()): Hold | undefined {
  const { guard } = judged;
  const missed = missedBy(change).filter((id) => !lossOfRun.has(id));
  const lost = missed.length === 0 ? [] : unexplained(missed, judged);
  // However few they were: a feed that is emptied by mistake is silent until somebody misses it.
  const emptied = change.after.length === 0 && lost.length > 0;
  const losing = emptied || tooMany({ ids: lost, of: change.before.length }, guard);
  const both = Object.keys(change.shows).filter((id) => Object.hasOwn(change.shown, id));
  const silent = both.filter((id) => changedSilently(change.shown[id] ?? "", change.shows[id] ?? ""));
  const flooding = silent.length >= guard.atLeast && silent.length > both.length / 2;
  const reasons = [
    ...(flooding ? [`${silent.length} of the ${both.length} entries that readers have would change without a new date.`] : []),
    ...(losing ? [`${lost.length} of its ${change.before.length} entries are gone and nothing says why.`] : []),
    ...change.defects.slice(0, 5),
  ];
  return reasons.length === 0
    ? undefined
    : { name: change.path, hash: markOf([change.path, reasons, lost, change.mark]), reasons, defective: change.defects.length > 0 };
}

/** Holds a channel that somebody has rolled back, whatever its change would be: what was wrong with it may still be. */
export function judgeRolledBack(path: string, { rolledBack = {} }: Ledger): Hold | undefined {
  const back = Object.hasOwn(rolledBack, path) ? rolledBack[path] : undefined;
  if (back === undefined) return undefined;
  const reasons = [`It was rolled back at ${back.since}, and stays so until somebody releases it.`];
  return { name: path, hash: markOf([path, "rolled back", back.since]), reasons, defective: false };
}

/** Holds on to what was held when the manifest was lost: with what readers have it can no longer be compared. */
export function judgeForgotten(path: string, { holds }: Ledger): Hold | undefined {
  const held = Object.hasOwn(holds, path) ? holds[path] : undefined;
  if (held === undefined) return undefined;
  return { name: path, hash: held.hash, reasons: ["It was held, and the manifest that could tell why is gone."], defective: false };
}

const tooMany = ({ ids, of }: Loss, { atLeast, lose }: Guard): boolean => ids.length >= atLeast && ids.length > lose * of;

/** What readers have of a channel, and would have no longer. */
export function missedBy({ before, after }: ChannelChange): readonly string[] {
  const still = new Set(after);
  return before.filter((id) => !still.has(id));
}

/** The articles of all feeds that are gone, where they are too many: a content that was wiped, or read from a wrong place. */
export function lossOf(changes: readonly ChannelChange[], judged: Judged): Loss | undefined {
  const missing = changes.flatMap(missedBy);
  if (missing.length === 0) return undefined;
  const there = new Set(judged.catalog.entries.flatMap(({ id, state }) => (state === "dropped" ? [] : [id])));
  const missed = new Set(missing.filter((id) => !there.has(id)));
  if (missed.size === 0) return undefined;
  const loss = { ids: unexplained([...missed], judged).toSorted(), of: new Set(changes.flatMap(({ before }) => before)).size };
  return tooMany(loss, judged.guard) ? loss : undefined;
}

/**
 * Holds everything when so many published articles are gone or broke at once that the cause is not in the articles, or when the ledger
 * is gone.
 */
export function judgeRun(judged: Judged, loss?: Loss): Hold | undefined {
  const { guard, catalog } = judged;
  // A run that is held for this writes nothing at all, no new ledger either: the next one finds the same, until the old ledger is back.
  if (judged.losses !== undefined) {
    const reasons = [
      "The target holds feeds, and the state has no ledger. Put the ledger back; or release this, and it is made anew from the live feeds.",
      ...judged.losses,
    ];
    return { name: wholeRun, hash: markOf([wholeRun, "ledger", judged.losses]), reasons, defective: false };
  }
  const broken = catalog.entries.filter((entry) => entry.state === "kept").map((entry) => entry.id);
  const share = broken.length > guard.quarantined * catalog.entries.length && broken.length >= guard.atLeast;
  const breaking = share || broken.length >= manyBroken;
  if (!breaking && loss === undefined) return undefined;
  const reasons = [
    ...(breaking ? [`${broken.length} of ${catalog.entries.length} published articles can no longer be read.`] : []),
    ...(loss === undefined ? [] : [`${loss.ids.length} of ${loss.of} published articles are gone and nothing says why.`]),
  ];
  return {
    name: wholeRun,
    hash: markOf([wholeRun, ...(breaking ? [broken] : []), ...(loss === undefined ? [] : [loss.ids])]),
    reasons,
    defective: false,
  };
}

/** Without those that left for a reason that the plan can name: the file says so (draft, canceled, expired), or it was edited itself. */
function unexplained(ids: readonly string[], { catalog, ledgerBefore }: Judged): readonly string[] {
  const edited = (id: string) => {
    const [before, now] = [entryOf(ledgerBefore, id), entryOf(catalog.ledger, id)];
    return before !== undefined && now !== undefined && before.source !== now.source;
  };
  const doubtful = new Set(ids.filter(edited));
  const explained = new Set(doubtful.size === 0 ? [] : catalog.entries.flatMap(({ id }) => (doubtful.has(id) ? [id] : [])));
  return ids.filter((id) => !catalog.absent.has(id) && !explained.has(id));
}

/** The same `updated`, and something else to see: many readers would show it as unread again. */
function changedSilently(before: string, after: string): boolean {
  return before !== after && before.split(" ")[0] === after.split(" ")[0];
}

function entryOf({ entries }: Ledger, id: string) {
  return Object.hasOwn(entries, id) ? entries[id] : undefined;
}

function markOf(parts: readonly unknown[]): string {
  return hashOfValue(parts, 8);
}
