import type { Finding } from "../../../articles/model/article.ts";
import { omitUndefined } from "../../../articles/model/json-value.ts";
import type { Key } from "../../../stores/store.ts";
import type { LedgerEntry } from "../ledger/ledger.ts";
import type { SourceRecord } from "../ledger/record.ts";

/**
 * Decides which file owns an id that several files name. The file that the ledger knows by this id keeps it while it exists and
 * names no other id, even if it is broken, a draft or edited. If it is gone, the id goes to the file that has its text, otherwise
 * to the first. The same holds if the article moved with its id and its text and another article of the ledger took its place
 * (`isKnown`: the text belongs to an article), or if it was away and comes back elsewhere while a new file has its place.
 */
export function holderOf(
  claimants: Claimants,
  owner: LedgerEntry | undefined,
  there: SourceRecord | undefined,
  isKnown: (content: string) => boolean,
): Key {
  const first = claimants[0];
  const moved = claimants.find(({ content }) => content === owner?.content);
  const elsewhere = (moved ?? first).key;
  if (owner === undefined || there === undefined || there.kind === "passed-over") return elsewhere;
  if (claimants.some(({ key }) => key === there.key)) return there.key;
  if (there.kind !== "article") return there.key;
  const { id, content } = there.meta;
  const isOther = moved !== undefined && content !== owner.content && (owner.missing !== undefined || isKnown(content));
  return id !== undefined || isOther ? elsewhere : there.key;
}

type Claimant = { readonly key: Key; readonly content: string; readonly line: number | undefined };
export type Claimants = readonly [Claimant, ...Claimant[]];

/** The files that name an id, by id. */
export function byGivenId(records: readonly SourceRecord[]): ReadonlyMap<string, Claimants> {
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

export function usedTwice({ key, line }: Claimant, id: string, holder: Key): Finding {
  return {
    kind: "problem",
    code: "id-used-twice",
    key,
    message: `"id" is used twice: "${id}" already belongs to ${holder}.`,
    hint: "Give this file another id, or none.",
    ...omitUndefined({ line }),
  };
}
