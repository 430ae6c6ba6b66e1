import type { Finding } from "../../../articles/model/article.ts";
import type { Key } from "../../../stores/store.ts";
import type { LedgerEntry } from "../ledger/ledger.ts";
import type { SourceRecord } from "../ledger/record.ts";
import { placeOf } from "./places.ts";

type Article = Extract<SourceRecord, { kind: "article" }>;
type Move = readonly [key: Key, id: string];

/**
 * Finds the new files of articles whose files are gone. An article moves only if exactly one file has its text and no other gone
 * article had that text. If several articles and several files share one text, only files that are equal to the byte move.
 * Nothing is guessed: an unclear case is a notice.
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

/** The articles that were there last time; without any, those that went away recently. */
function likeliest(entries: readonly LedgerEntry[]): readonly LedgerEntry[] {
  const rank = ({ missing, canceled }: LedgerEntry) => (missing === undefined ? 0 : canceled === undefined ? 1 : 2);
  const best = Math.min(...entries.map(rank));
  return entries.filter((entry) => rank(entry) === best);
}

/** Pairs all of them or none. */
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
 * Articles that swapped their files in a circle: each file has the text of the next article, and the last has that of the first.
 * `open`: files whose articles are known only by their places; `livesAt`: the article of a place.
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
    message: `The article has the text of ${names.join(" and of ")}, whose file is gone. More than one match is possible, so this is a new article.`,
    hint: "If it is that article, give it the same id.",
  };
}

/** Reports a new file with the text that another file had until now. */
export function copyNotice(key: Key, original: LedgerEntry): Finding {
  return {
    kind: "notice",
    code: "move-unclear",
    key,
    message: `The article has the text that ${placeOf(original)} had until now. It counts as a copy, and ${placeOf(original)} stays the article (${original.id}), edited.`,
    hint: "If the article moved here: publish the move first, then write another article into the old file.",
  };
}
