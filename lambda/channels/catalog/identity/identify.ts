import type { Finding } from "../../../articles/model/article.ts";
import { type Minting, madeId, pathOf, uriOf } from "../../../articles/title/identity.ts";
import type { Key } from "../../../stores/store.ts";
import type { Site } from "../../site/site.ts";
import type { Ledger, LedgerEntry } from "../ledger/ledger.ts";
import { recordsByKey, type SourceRecord } from "../ledger/record.ts";
import { changedPlaces, copyNotice, movedArticles } from "./article-moves.ts";
import { byGivenId, type Claimants, holderOf, usedTwice } from "./given-ids.ts";
import { entriesByPlace, hasLeft, placeOf } from "./places.ts";

export type Identities = {
  /** Which article each source is. A source without an article is new and broken or withheld, or lost a conflict about an id. */
  readonly ids: ReadonlyMap<Key, string>;
  /** Two files with one id: a finding for the file that stays out. */
  readonly conflicts: readonly Finding[];
  /** Unclear moves: in these cases nothing moves. */
  readonly notices: readonly Finding[];
};

/**
 * Decides which article each source (ordered by key) is. In this order: the id that it names, unless another article has it; the
 * ledger's entry with the same key and content; entries whose files swapped places; the entry with the same content whose file is
 * gone (it moved); the entry with the same key (edited in place); the entry with the same path whose file is gone (a new file
 * extension); otherwise a new id, never one used before. `waiting`: withheld files that existed before: no article moves there.
 */
export function identify(
  records: readonly SourceRecord[],
  ledger: Ledger,
  site: Pick<Site, "ids" | "url">,
  waiting: ReadonlySet<Key> = new Set(),
): Identities {
  const dealt = ledger.entries;
  const entries = [...dealt.values()];
  const here = entriesByPlace(dealt);
  const sources = recordsByKey(records);
  const ids = new Map<Key, string>();
  const taken = new Set<string>();
  const conflicts: Finding[] = [];
  const assign = (key: Key, id: string) => {
    ids.set(key, id);
    taken.add(id);
  };
  const free = (entry: LedgerEntry): boolean => !taken.has(entry.id);

  const given = byGivenId(records);
  const texts = given.size === 0 ? new Set() : new Set(entries.map(({ content }) => content));
  const others = [...given.keys()].every((id) => dealt.has(id)) ? undefined : namesOfOthers(records, dealt, given, site);
  for (const [id, claimants] of given) {
    const owner = dealt.get(id);
    const other = owner === undefined ? others?.get(uriOf(id)) : undefined;
    if (other !== undefined && other.id !== id) {
      conflicts.push(...claimants.map((claimant) => usedTwice(claimant, id, other.key)));
      continue;
    }
    // Another article may have the place by now, with a broken file.
    const there = here.at(placeOf(owner))[0] === owner ? sources.get(placeOf(owner)) : undefined;
    if (owner !== undefined && there === undefined && isAwayFrom(claimants, owner)) {
      conflicts.push(...claimants.map((claimant) => usedTwice(claimant, id, placeOf(owner))));
      continue;
    }
    const holder = holderOf(claimants, owner, there, (text) => texts.has(text));
    assign(holder, id);
    for (const claimant of claimants) if (claimant.key !== holder) conflicts.push(usedTwice(claimant, id, holder));
  }
  const quarreling = new Set(conflicts.map((finding) => finding.key));
  const isOpen = (record: SourceRecord) => !ids.has(record.key) && !quarreling.has(record.key) && record.kind !== "passed-over";

  // A file that lost a conflict keeps the id of its own under which it was published.
  for (const key of quarreling) {
    const entry = here.find(key, free);
    if (entry !== undefined) assign(key, entry.id);
  }
  const returned = Map.groupBy(entries.filter(hasLeft), placeOf);
  const settled = new Set([...ids.keys(), ...quarreling]);
  // Most articles are where they were, and all that follows is about the others.
  const rest: SourceRecord[] = [];
  for (const record of records) {
    if (settled.has(record.key) || record.kind === "passed-over") continue;
    const isIt = (one: LedgerEntry) => free(one) && record.kind === "article" && one.content === record.meta.content;
    const entry = here.find(record.key, isIt) ?? returned.get(record.key)?.find(isIt);
    if (entry !== undefined) assign(record.key, entry.id);
    else rest.push(record);
  }
  // If no file names an id, every id that is taken is an entry's: then none is free if as many are taken as there are entries.
  const unowned = given.size === 0 && taken.size === entries.length ? [] : entries.filter(free);
  const articles = () => rest.filter((record) => record.kind === "article" && isOpen(record)) as readonly Article[];
  const livesAt = (key: Key) => here.find(key, (one) => free(one) && one.missing === undefined);
  // A missing file may come back edited, unless another file has its text. A file that names another id is another article.
  const isThere = (entry: LedgerEntry) => {
    const [place, kind] = [placeOf(entry), sources.get(placeOf(entry))?.kind];
    const isOwn = here.at(place)[0] === entry && (ids.get(place) ?? entry.id) === entry.id;
    return entry.missing === undefined && isOwn && kind !== undefined && kind !== "passed-over";
  };
  const gone = (wasThere: boolean) =>
    unowned.filter((entry) => free(entry) && !isThere(entry) && (entry.missing === undefined) === wasThere);
  const mayCome = () => articles().filter(({ key }) => !waiting.has(key));
  const notices: Finding[] = [];
  // Each move frees a place, so another move may become clear.
  for (;;) {
    const { moves, unclear } = movedArticles(mayCome(), gone(true));
    for (const [key, id] of moves) assign(key, id);
    if (moves.length > 0) continue;
    notices.push(...unclear);
    break;
  }
  for (const [key, id] of changedPlaces(articles(), livesAt)) assign(key, id);
  // An article that was away before never takes the place of another.
  const later = movedArticles(
    mayCome().filter(({ key }) => livesAt(key) === undefined),
    gone(false),
  );
  for (const [key, id] of later.moves) assign(key, id);
  notices.push(...later.unclear);
  for (const record of rest.filter(isOpen)) {
    const entry = here.find(record.key, free);
    if (entry !== undefined) assign(record.key, entry.id);
  }
  const left = Map.groupBy(
    [...new Set(unowned.map(placeOf))].flatMap((key) => (sources.has(key) ? [] : (here.find(key, free) ?? []))),
    (entry) => pathOf(placeOf(entry)),
  );
  for (const [path, [record, another]] of Map.groupBy(rest.filter(isOpen), ({ key }) => pathOf(key))) {
    const [entry, other] = left.get(path) ?? [];
    if (record !== undefined && another === undefined && entry !== undefined && other === undefined) assign(record.key, entry.id);
  }
  const newcomers = articles();
  const theirs = new Set(newcomers.map(({ meta }) => meta.content));
  const known = theirs.size === 0 ? [] : entries.filter((entry) => theirs.has(entry.content) && isThere(entry));
  const edited = new Map(known.map((entry) => [entry.content, entry] as const));
  const copies = newcomers.flatMap(({ key, meta }) => {
    const original = edited.get(meta.content);
    const now = original === undefined ? undefined : sources.get(placeOf(original));
    const stays = original === undefined || (now?.kind === "article" && now.meta.content === meta.content);
    return stays ? [] : [copyNotice(key, original)];
  });
  for (const record of rest.filter(isOpen)) {
    if (record.kind === "article")
      assign(
        record.key,
        newId(record.key, site, (id) => taken.has(id) || dealt.has(id)),
      );
  }
  return { ids, conflicts, notices: [...notices, ...copies] };
}

/**
 * Whether an id is reserved for its article: the file is gone, perhaps for only one run, and no other file has its text or was
 * its file before. A file that only names the id gets it when the article is over.
 */
function isAwayFrom(claimants: Claimants, entry: LedgerEntry): boolean {
  return !hasLeft(entry) && !claimants.some(({ key, content }) => content === entry.content || entry.keys.includes(key));
}

/**
 * The owners of all URIs that Atom and JSON Feed write in addition to ids that are URIs themselves: for every article of the
 * ledger, for files that will be known by their path, and for ids that are not URIs. An article with one of these as its id would
 * be taken for its owner.
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

/** The owner of a URI: its id (undefined: it has none yet) and its file. */
type Named = { readonly id: string | undefined; readonly key: Key };

const mintingOf = ({ ids, url }: Pick<Site, "ids" | "url">): Minting => ids ?? { url };

type Article = Extract<SourceRecord, { kind: "article" }>;

/** An id is never used again: this is the next free one of `path`, `path~2`, `path~3`. An id made from a path has no plain "~". */
function newId(key: Key, site: Pick<Site, "ids" | "url">, dealt: (id: string) => boolean): string {
  const first = madeId(key, mintingOf(site));
  const later = (turn: number) => (site.ids === undefined ? madeId(`${pathOf(key)}~${turn}.md`, { url: site.url }) : `${first}~${turn}`);
  for (let turn = 1; ; turn++) {
    const id = turn === 1 ? first : later(turn);
    if (!dealt(id)) return id;
  }
}
