import { hashOfValue } from "../../articles/model/json-value.ts";
import type { Catalog } from "../../channels/catalog/catalog.ts";
import type { Ledger } from "../../channels/catalog/ledger/ledger.ts";
import { without } from "../../channels/select/previous-feed.ts";
import type { Guard } from "../../channels/site/site.ts";

/** A channel (or "run", for everything) whose change the plan refuses until it passes or somebody releases `name@hash`. */
export type Hold = {
  readonly name: string;
  /** Eight hex digits that identify the refused change: another plan has another hash. */
  readonly hash: string;
  readonly reasons: readonly string[];
  /** The output itself is invalid, so nobody can release it. */
  readonly defective: boolean;
};

/** The name of a hold on the whole run. */
export const wholeRun = "run";

/** So many articles that break at once are never a mistake in one file. */
const manyBroken = 20;

export type ChannelChange = {
  readonly path: string;
  /** The ids of all articles: as last published, and as they would be. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** By id, what readers have seen of each entry in the window, and would see: `updated`, a space, a hash. */
  readonly shown: Readonly<Record<string, string>>;
  readonly shows: Readonly<Record<string, string>>;
  /** The gate's objections to its files. */
  readonly defects: readonly string[];
  /** Identifies what would be published, for the hash. */
  readonly mark: string;
};

export type GuardInput = {
  readonly guard: Guard;
  readonly catalog: Catalog;
  readonly ledgerBefore: Ledger;
  /** Present if the target has feeds but the state has no ledger: the facts that the feeds cannot restore. */
  readonly losses?: readonly string[];
};

/** The published articles that leave the feeds without a reason that the plan can name; `of`: how many are live. */
export type Loss = { readonly ids: readonly string[]; readonly of: number };

/**
 * Holds a channel that would lose too many entries, or its last ones, without a reason, or whose output is defective. `lossOfRun`: ids
 * whose loss holds the whole run instead.
 */
export function guardChannel(change: ChannelChange, judged: GuardInput, lossOfRun: ReadonlySet<string> = new Set()): Hold | undefined {
  const { guard } = judged;
  const missed = missedBy(change).filter((id) => !lossOfRun.has(id));
  const lost = missed.length === 0 ? [] : unexplained(missed, judged);
  // Even for few entries: nobody notices an emptied feed until somebody misses it.
  const emptied = change.after.length === 0 && lost.length > 0;
  const losing = emptied || tooMany({ ids: lost, of: change.before.length }, guard);
  const both = Object.keys(change.shows).filter((id) => Object.hasOwn(change.shown, id));
  const silent = both.filter((id) => changedSilently(change.shown[id] ?? "", change.shows[id] ?? ""));
  const flooding = silent.length >= guard.atLeast && silent.length > both.length / 2;
  // The hash depends on facts and not on the wording of the reasons, so that a release outlives another wording.
  const facts = [flooding ? silent : [], losing, change.defects];
  const reasons = [
    ...(flooding ? [`${silent.length} of the ${both.length} entries that readers have would change without a new date.`] : []),
    ...(losing ? [goneReason(lost.length, change.before.length)] : []),
    ...change.defects.slice(0, 5),
  ];
  return reasons.length === 0
    ? undefined
    : { name: change.path, hash: holdHash([change.path, facts, lost, change.mark]), reasons, defective: change.defects.length > 0 };
}

function goneReason(lost: number, all: number): string {
  const which = all === 1 ? "Its only entry is" : `${lost} of its ${all} entries ${lost === 1 ? "is" : "are"}`;
  return `${which} gone, and nothing explains why.`;
}

/** Holds a channel that somebody rolled back, whatever its change would be: its mistake may still be there. */
export function guardRolledBack(path: string, { rolledBack = {} }: Ledger): Hold | undefined {
  const back = Object.hasOwn(rolledBack, path) ? rolledBack[path] : undefined;
  if (back === undefined) return undefined;
  const reasons = [`It was rolled back at ${back.since} and stays so until somebody releases it.`];
  return { name: path, hash: holdHash([path, "rolled back", back.since]), reasons, defective: false };
}

/** Keeps a channel held if the manifest was lost: without the manifest, nothing tells what readers have. */
export function guardLostManifest(path: string, { holds }: Ledger): Hold | undefined {
  const held = Object.hasOwn(holds, path) ? holds[path] : undefined;
  if (held === undefined) return undefined;
  return { name: path, hash: held.hash, reasons: ["It was held, and the manifest that would show why is gone."], defective: false };
}

const tooMany = ({ ids, of }: Loss, { atLeast, lose }: Guard): boolean => ids.length >= atLeast && ids.length > lose * of;

/** The ids that readers of a channel have now and would lose. */
export function missedBy({ before, after }: ChannelChange): readonly string[] {
  return without(before, after);
}

/** The loss over all feeds, if it is too large: somebody wiped the content, or the run reads a wrong place. */
export function lossOf(changes: readonly ChannelChange[], judged: GuardInput): Loss | undefined {
  const missing = changes.flatMap(missedBy);
  if (missing.length === 0) return undefined;
  const there = new Set(judged.catalog.entries.flatMap(({ id, state }) => (state === "dropped" ? [] : [id])));
  const missed = new Set(missing.filter((id) => !there.has(id)));
  if (missed.size === 0) return undefined;
  const loss = { ids: unexplained([...missed], judged).toSorted(), of: new Set(changes.flatMap(({ before }) => before)).size };
  // Even if they were few: somebody else reads the sitemap of news, which no channel's hold keeps.
  const isWiped = loss.ids.length === loss.of && changes.every(({ after }) => after.length === 0);
  return isWiped || tooMany(loss, judged.guard) ? loss : undefined;
}

/**
 * Holds the whole run if the ledger is gone, or if so many published articles are gone or broken at once that the cause cannot be the
 * articles themselves.
 */
export function guardRun(judged: GuardInput, loss?: Loss): Hold | undefined {
  const { guard, catalog } = judged;
  // Such a run writes nothing, not even a new ledger, so every run finds the same until the old ledger is back.
  if (judged.losses !== undefined) {
    const reasons = [
      "The target has feeds, but the state has no ledger. Restore the ledger, or release this hold to rebuild it from the live feeds.",
      ...judged.losses,
    ];
    return { name: wholeRun, hash: holdHash([wholeRun, "ledger", judged.losses]), reasons, defective: false };
  }
  const broken = catalog.entries.filter((entry) => entry.state === "kept").map((entry) => entry.id);
  const share = broken.length > guard.quarantined * catalog.entries.length && broken.length >= guard.atLeast;
  const breaking = share || broken.length >= manyBroken;
  if (!breaking && loss === undefined) return undefined;
  const reasons = [
    ...(breaking ? [`${broken.length} of ${catalog.entries.length} published articles can no longer be read.`] : []),
    ...(loss === undefined
      ? []
      : [`${loss.ids.length} of ${loss.of} published articles ${loss.ids.length === 1 ? "is" : "are"} gone, and nothing explains why.`]),
  ];
  return {
    name: wholeRun,
    hash: holdHash([wholeRun, ...(breaking ? [broken] : []), ...(loss === undefined ? [] : [loss.ids])]),
    reasons,
    defective: false,
  };
}

/** The ids without those that left for a known reason: the file says so (draft, canceled, expired), or the article was edited. */
function unexplained(ids: readonly string[], { catalog, ledgerBefore }: GuardInput): readonly string[] {
  const edited = (id: string) => {
    const [before, now] = [ledgerEntryIn(ledgerBefore, id), ledgerEntryIn(catalog.ledger, id)];
    return before !== undefined && now !== undefined && before.source !== now.source;
  };
  const doubtful = new Set(ids.filter(edited));
  const explained = new Set(doubtful.size === 0 ? [] : catalog.entries.flatMap(({ id }) => (doubtful.has(id) ? [id] : [])));
  return ids.filter((id) => !catalog.absent.has(id) && !explained.has(id));
}

/** The content differs but `updated` is the same: many readers would show the entry as unread again. */
function changedSilently(before: string, after: string): boolean {
  return before !== after && before.split(" ")[0] === after.split(" ")[0];
}

function ledgerEntryIn({ entries }: Ledger, id: string) {
  return entries.get(id);
}

function holdHash(parts: readonly unknown[]): string {
  return hashOfValue(parts, 8);
}
