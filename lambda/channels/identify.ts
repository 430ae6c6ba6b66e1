import type { Finding } from "../articles/article.ts";
import { defined } from "../articles/defined.ts";
import { type Minting, madeId, pathOf, uriOf } from "../articles/identity.ts";
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
 * Tells which article each source (ordered by key) is. In this order: the id it names, unless another article is known by that; the ledger's entry of the same key and content; the
 * entry of the same content whose file is no longer what it was (the file moved); the entry of the same key (edited in place); the
 * entry of the same path whose file is gone (it has another ending now); else a new id, which is never one that was dealt before.
 */
export function identify(records: readonly SourceRecord[], ledger: Ledger, site: Pick<Site, "ids" | "url">): Identities {
  // A map: somebody may call an article "constructor".
  const dealt = new Map(Object.entries(ledger.entries));
  const here = byPlace(dealt.values());
  const sources = new Map(records.map((record) => [record.key, record]));
  const ids = new Map<Key, string>();
  const taken = new Set<string>();
  const conflicts: Finding[] = [];
  const assign = (key: Key, id: string) => {
    ids.set(key, id);
    taken.add(id);
  };
  const free = (entry: LedgerEntry): boolean => !taken.has(entry.id);

  const given = byGivenId(records);
  const others = [...given.keys()].every((id) => dealt.has(id)) ? undefined : namesOfOthers(records, dealt, given, site);
  for (const [id, claimants] of given) {
    const owner = dealt.get(id);
    const other = owner === undefined ? others?.get(uriOf(id)) : undefined;
    if (other !== undefined && other.id !== id) {
      conflicts.push(...claimants.map((claimant) => usedTwice(claimant, id, other.key)));
      continue;
    }
    // Another article may have the place by now, and its file be broken.
    const there = here.get(placeOf(owner))?.[0] === owner ? sources.get(placeOf(owner)) : undefined;
    const holder = holderOf(claimants, owner, there);
    assign(holder, id);
    for (const claimant of claimants) if (claimant.key !== holder) conflicts.push(usedTwice(claimant, id, holder));
  }
  const quarreling = new Set(conflicts.map((finding) => finding.key));
  const open = (record: SourceRecord) => !ids.has(record.key) && !quarreling.has(record.key) && record.kind !== "passed-over";

  // Who lost a quarrel and was published under an id of his own stays under that.
  for (const key of quarreling) {
    const entry = here.get(key)?.find(free);
    if (entry !== undefined) assign(key, entry.id);
  }
  for (const record of records.filter(open)) {
    const content = record.kind === "article" ? record.meta.content : undefined;
    const entry = here.get(record.key)?.find((one) => free(one) && one.content === content);
    if (entry !== undefined) assign(record.key, entry.id);
  }
  const byContent = new Map<string, LedgerEntry[]>();
  for (const entry of dealt.values()) byContent.set(entry.content, [...(byContent.get(entry.content) ?? []), entry]);
  for (const record of records.filter(open)) {
    const entry = record.kind === "article" ? byContent.get(record.meta.content)?.find(free) : undefined;
    if (entry !== undefined) assign(record.key, entry.id);
  }
  for (const record of records.filter(open)) {
    const entry = here.get(record.key)?.find(free);
    if (entry !== undefined) assign(record.key, entry.id);
  }
  const left = new Map([...here].filter(([key]) => !sources.has(key)).map(([key, entries]) => [pathOf(key), entries]));
  for (const record of records.filter(open)) {
    const entry = left.get(pathOf(record.key))?.find(free);
    if (entry !== undefined) assign(record.key, entry.id);
  }
  for (const record of records.filter(open)) {
    if (record.kind === "article")
      assign(
        record.key,
        newId(record.key, site, (id) => taken.has(id) || dealt.has(id)),
      );
  }
  return { ids, conflicts };
}

/**
 * Whose each name is that Atom and JSON Feed write, beside the ids that are URIs themselves: of every article of the ledger, of files
 * that will be known by their path, and of ids that are no URIs. Whoever names such a one as an id would be taken for the other.
 */
function namesOfOthers(
  records: readonly SourceRecord[],
  dealt: ReadonlyMap<string, LedgerEntry>,
  given: ReadonlyMap<string, Claimants>,
  site: Pick<Site, "ids" | "url">,
): ReadonlyMap<string, Named> {
  const known = new Set([...dealt.values()].flatMap((entry) => [placeOf(entry), entry.content]));
  const newcomers = records.filter(
    (record) => record.kind === "article" && record.meta.id === undefined && !known.has(record.key) && !known.has(record.meta.content),
  );
  return new Map<string, Named>([
    ...newcomers.map(({ key }) => [madeId(key, mintingOf(site)), { id: undefined, key }] as const),
    ...[...given].map(([id, [{ key }]]) => [uriOf(id), { id, key }] as const).filter(([uri, { id }]) => uri !== id),
    ...[...dealt.values()].map((entry) => [entry.uri, { id: entry.id, key: placeOf(entry) }] as const),
  ]);
}

/** Who is known by a name: by which id (undefined: he has none yet), and where. */
type Named = { readonly id: string | undefined; readonly key: Key };

const mintingOf = ({ ids, url }: Pick<Site, "ids" | "url">): Minting => ids ?? { url };

const placeOf = (entry: LedgerEntry | undefined): Key => entry?.keys.at(-1) ?? "";

/**
 * Which articles a place belongs to, the likeliest first: the one whose file was there last time, before those that went away from it
 * and may come back. One that went away and stayed away leaves its place to newcomers.
 */
function byPlace(entries: Iterable<LedgerEntry>): ReadonlyMap<Key, readonly LedgerEntry[]> {
  const places = new Map<Key, LedgerEntry[]>();
  for (const entry of entries) {
    const away = entry.missing !== undefined;
    if (away && entry.canceled !== undefined) continue;
    const there = places.get(placeOf(entry));
    if (there === undefined) places.set(placeOf(entry), [entry]);
    else if (away) there.push(entry);
    else there.unshift(entry);
  }
  return places;
}

/**
 * Whose the id is that somebody names. The file that the ledger knows it by keeps it: while it names it too, while it is broken,
 * and where it never had to name it, unless one of the others has its text (then it moved there, and took its id along).
 */
function holderOf(claimants: Claimants, owner: LedgerEntry | undefined, there: SourceRecord | undefined): Key {
  const first = claimants[0];
  const moved = claimants.find(({ content }) => content === owner?.content);
  const elsewhere = (moved ?? first).key;
  if (owner === undefined || there === undefined) return elsewhere;
  if (there.kind === "quarantined" || claimants.some(({ key }) => key === there.key)) return there.key;
  const unnamed = there.kind === "article" && there.meta.id === undefined && !owner.given;
  return unnamed && (there.meta.content === owner.content || moved === undefined) ? there.key : elsewhere;
}

type Claimant = { readonly key: Key; readonly content: string; readonly line: number | undefined };
type Claimants = readonly [Claimant, ...Claimant[]];

/** Who names which id, by key. */
function byGivenId(records: readonly SourceRecord[]): ReadonlyMap<string, Claimants> {
  const groups = new Map<string, [Claimant, ...Claimant[]]>();
  for (const record of records) {
    if (record.kind !== "article" || record.meta.id === undefined) continue;
    const claimant = { key: record.key, content: record.meta.content, line: record.idLine };
    const group = groups.get(record.meta.id);
    if (group === undefined) groups.set(record.meta.id, [claimant]);
    else group.push(claimant);
  }
  return groups;
}

/** An id once dealt is never dealt again: the next free of `path`, `path~2`, `path~3`; no file's own path holds a plain "~" in its id. */
function newId(key: Key, site: Pick<Site, "ids" | "url">, dealt: (id: string) => boolean): string {
  const first = madeId(key, mintingOf(site));
  const later = (turn: number) => (site.ids === undefined ? madeId(`${pathOf(key)}~${turn}.md`, { url: site.url }) : `${first}~${turn}`);
  for (let turn = 1; ; turn++) {
    const id = turn === 1 ? first : later(turn);
    if (!dealt(id)) return id;
  }
}

function usedTwice({ key, line }: Claimant, id: string, holder: Key): Finding {
  return {
    kind: "problem",
    code: "id-used-twice",
    key,
    message: `"id" is used twice: "${id}" already belongs to ${holder}.`,
    hint: "Give this file an id of its own, or none.",
    ...defined({ line }),
  };
}
