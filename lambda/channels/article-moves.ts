import type { Finding } from "../articles/article.ts";
import type { Key } from "../stores/store.ts";
import type { LedgerEntry } from "./ledger.ts";
import type { SourceRecord } from "./record.ts";

type Article = Extract<SourceRecord, { kind: "article" }>;
type Move = readonly [key: Key, id: string];

const placeOf = (entry: LedgerEntry): Key => entry.keys.at(-1) ?? "";

/**
 * Where articles have come whose files are gone: an article goes only where one file alone has its text, and it alone has that file's. Of
 * several on both sides, those go whose files are the same to the byte. Nobody is taken for another on a guess: what is unclear is a notice.
 */
export function movedArticles(
  files: readonly Article[],
  gone: readonly LedgerEntry[],
): { readonly moves: readonly Move[]; readonly unclear: readonly Finding[] } {
  const left = Map.groupBy(gone, ({ content }) => content);
  const came = [...Map.groupBy(files, ({ meta }) => meta.content)];
  const groups = came.flatMap(([content, records]) => {
    const entries = likeliest(left.get(content) ?? []);
    return entries.length === 0 ? [] : [{ records, entries }];
  });
  const paired = groups.map(({ records, entries }) => ({ records, entries, moves: pairs(records, entries) }));
  return {
    moves: paired.flatMap(({ moves }) => moves),
    unclear: paired.flatMap(({ moves, records, entries }) => (moves.length > 0 ? [] : records.map(({ key }) => unclearMove(key, entries)))),
  };
}

/** Those that were there last time, else those that went away lately. */
function likeliest(entries: readonly LedgerEntry[]): readonly LedgerEntry[] {
  const rank = ({ missing, canceled }: LedgerEntry) => (missing === undefined ? 0 : canceled === undefined ? 1 : 2);
  const best = Math.min(...entries.map(rank));
  return entries.filter((entry) => rank(entry) === best);
}

/** All or none of them. */
function pairs(records: readonly Article[], entries: readonly LedgerEntry[]): readonly Move[] {
  const [record, ...others] = records;
  const [entry, ...rest] = entries;
  if (record !== undefined && entry !== undefined && others.length + rest.length === 0) return [[record.key, entry.id]];
  const byBytes = new Map(entries.map(({ source, id }) => [source, id]));
  const moves = records.flatMap(({ key, source }): readonly Move[] => (byBytes.has(source) ? [[key, byBytes.get(source) ?? ""]] : []));
  const distinct = new Set(moves.map(([, id]) => id)).size;
  return distinct === records.length && distinct === entries.length ? moves : [];
}

/**
 * Articles whose files have changed places with one another: each has the text of the next, and the last that of the first. `open`: files whose
 * articles are known by their places alone; `livesAt`: the article of a place.
 */
export function changedPlaces(open: readonly Article[], livesAt: (key: Key) => LedgerEntry | undefined): readonly Move[] {
  const texts = Map.groupBy(
    open.flatMap(({ key }) => livesAt(key) ?? []),
    ({ content }) => content,
  );
  const follows = new Map(
    open.flatMap(({ key, meta }) => {
      const [entry, another] = texts.get(meta.content) ?? [];
      return entry === undefined || another !== undefined ? [] : [[key, entry] as const];
    }),
  );
  return [...follows].filter(([key]) => returns(key, follows)).map(([key, { id }]) => [key, id] as const);
}

function returns(start: Key, follows: ReadonlyMap<Key, LedgerEntry>): boolean {
  let entry = follows.get(start);
  for (let steps = 0; entry !== undefined && steps < follows.size; steps++) {
    if (placeOf(entry) === start) return true;
    entry = follows.get(placeOf(entry));
  }
  return false;
}

function unclearMove(key: Key, entries: readonly LedgerEntry[]): Finding {
  const names = entries.slice(0, 3).map((entry) => `${placeOf(entry)} (${entry.id})`);
  return {
    kind: "notice",
    code: "move-unclear",
    key,
    message: `The article has the text of ${names.join(" and of ")}, whose file is gone, and it is not clear which file that has become: this is a new article.`,
    hint: "If it is that one, give it its id.",
  };
}

/** A newcomer that has the text that another file had until now. */
export function copied(key: Key, original: LedgerEntry): Finding {
  return {
    kind: "notice",
    code: "move-unclear",
    key,
    message: `The article has the text that ${placeOf(original)} had until now: it is taken for a copy, and ${placeOf(original)} for the article (${original.id}), edited.`,
    hint: "If the article moved here: publish that first, and write another into its old place after that.",
  };
}
