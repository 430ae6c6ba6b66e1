import type { Finding } from "../articles/article.ts";
import { madeId, pathOf } from "../articles/identity.ts";
import type { Key } from "../stores/store.ts";
import type { Ledger, LedgerEntry } from "./ledger.ts";
import type { SourceRecord } from "./record.ts";
import type { Site } from "./site.ts";

export type Identities = {
  /** Which article each source is. A source without one is new and broken or withheld, or lost a quarrel about an id. */
  readonly ids: ReadonlyMap<Key, string>;
  /** Two files of one id: the one that stays out. */
  readonly conflicts: readonly Finding[];
};

/**
 * Tells which article each source is. In this order: the id it names; the ledger's entry of the same key and content; the
 * entry of the same content whose file is no longer what it was (the file moved); the entry of the same key (edited in place);
 * else a new id, which is never one that was dealt before.
 */
export function identify(records: readonly SourceRecord[], ledger: Ledger, site: Pick<Site, "ids" | "url">): Identities {
  const entries = Object.values(ledger.entries);
  const ids = new Map<Key, string>();
  const taken = new Set<string>();
  const conflicts: Finding[] = [];
  const assign = (key: Key, id: string) => {
    ids.set(key, id);
    taken.add(id);
  };

  for (const [id, claimants] of byGivenId(records)) {
    const holder = claimants.find((record) => record.key === ledger.entries[id]?.keys.at(-1)) ?? claimants[0];
    if (holder === undefined) continue;
    assign(holder.key, id);
    for (const other of claimants) if (other !== holder) conflicts.push(usedTwice(other.key, id, holder.key));
  }
  const quarreling = new Set(conflicts.map((finding) => finding.key));
  const open = (record: SourceRecord) => !ids.has(record.key) && !quarreling.has(record.key) && record.kind !== "passed-over";

  const here = new Map(entries.map((entry) => [entry.keys.at(-1) ?? "", entry]));
  const free = (entry: LedgerEntry | undefined): entry is LedgerEntry => entry !== undefined && !taken.has(entry.id);
  for (const record of records.filter(open)) {
    const entry = here.get(record.key);
    if (free(entry) && record.kind === "article" && record.meta.content === entry.content) assign(record.key, entry.id);
  }
  const byContent = new Map<string, LedgerEntry[]>();
  for (const entry of entries) if (!entry.given) byContent.set(entry.content, [...(byContent.get(entry.content) ?? []), entry]);
  for (const record of records.filter(open)) {
    const entry = record.kind === "article" ? byContent.get(record.meta.content)?.find(free) : undefined;
    if (entry !== undefined) assign(record.key, entry.id);
  }
  for (const record of records.filter(open)) {
    const entry = here.get(record.key);
    if (free(entry)) assign(record.key, entry.id);
  }
  for (const record of records.filter(open)) {
    if (record.kind === "article")
      assign(
        record.key,
        newId(record.key, site, (id) => taken.has(id) || ledger.entries[id] !== undefined),
      );
  }
  return { ids, conflicts };
}

function byGivenId(records: readonly SourceRecord[]): ReadonlyMap<string, readonly SourceRecord[]> {
  const groups = new Map<string, SourceRecord[]>();
  for (const record of records) {
    const id = record.kind === "article" ? record.meta.id : undefined;
    if (id !== undefined) groups.set(id, [...(groups.get(id) ?? []), record]);
  }
  return groups;
}

/** An id once dealt is never dealt again: the next free of `path`, `path~2`, `path~3`; no file's own path holds a plain "~" in its id. */
function newId(key: Key, site: Pick<Site, "ids" | "url">, dealt: (id: string) => boolean): string {
  const first = madeId(key, site.ids ?? { url: site.url });
  const later = (turn: number) => (site.ids === undefined ? madeId(`${pathOf(key)}~${turn}.md`, { url: site.url }) : `${first}~${turn}`);
  for (let turn = 1; ; turn++) {
    const id = turn === 1 ? first : later(turn);
    if (!dealt(id)) return id;
  }
}

function usedTwice(key: Key, id: string, holder: Key): Finding {
  return {
    kind: "problem",
    code: "id-used-twice",
    key,
    message: `"id" is used twice: "${id}" already belongs to ${holder}.`,
    hint: "Give this file an id of its own, or none.",
  };
}
