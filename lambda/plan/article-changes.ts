import type { CatalogEntry } from "../channels/catalog/catalog-entry.ts";
import type { Ledger, LedgerEntry } from "../channels/catalog/ledger/ledger.ts";
import type { Key } from "../stores/store.ts";

/** In the order of a plan: what comes, what changes, what goes. */
const kinds = [
  ...["new", "back", "edited", "corrected", "moved"],
  ...["withdrawn", "expired", "embargoed", "scheduled", "draft", "missing", "gone"],
] as const;

/**
 * What becomes of one article. "back": readers see it again; "moved": its file has another name; "missing": its file is gone, and it stays
 * for the grace; "gone": it leaves after the grace. The others are as its file says.
 */
export type ArticleChange = {
  readonly what: (typeof kinds)[number];
  readonly key: Key;
  /** Where readers see it or saw it last; absent if no title is known. */
  readonly title?: string;
  /** Of a moved article: its file before. */
  readonly from?: Key;
};

/** The articles of which a run changes something, from the ledger that it found to the one that it would leave. */
export function articleChanges(before: Ledger, after: Ledger, entries: readonly CatalogEntry[]): readonly ArticleChange[] {
  const shown = new Map(entries.map((entry) => [entry.id, entry]));
  const changes = Object.values(after.entries).flatMap((entry): readonly ArticleChange[] => {
    const earlier = Object.hasOwn(before.entries, entry.id) ? before.entries[entry.id] : undefined;
    const what = earlier === entry ? undefined : changeOf(earlier, entry, shown.get(entry.id));
    if (what === undefined) return [];
    const title = shown.get(entry.id)?.meta.title;
    const from = what === "moved" ? earlier?.keys.at(-1) : undefined;
    return [
      { what, key: entry.keys.at(-1) ?? entry.id, ...(title === undefined ? {} : { title }), ...(from === undefined ? {} : { from }) },
    ];
  });
  return changes.sort((a, b) => kinds.indexOf(a.what) - kinds.indexOf(b.what) || (a.key < b.key ? -1 : 1));
}

function changeOf(before: LedgerEntry | undefined, after: LedgerEntry, shown: CatalogEntry | undefined): ArticleChange["what"] | undefined {
  if (before === undefined) return shown === undefined || shown.state === "canceled" ? undefined : "new";
  if (after.canceled !== undefined && before.canceled === undefined) return after.absent === "canceled" ? "withdrawn" : "gone";
  if (after.missing !== undefined && before.missing === undefined) return "missing";
  if (after.absent !== undefined && after.absent !== "canceled" && after.absent !== before.absent) return after.absent;
  if (isOut(before) && !isOut(after)) return "back";
  if (after.corrected !== undefined && after.corrected.note !== before.corrected?.note) return "corrected";
  if (after.content !== before.content && after.source !== before.source) return "edited";
  return after.keys.at(-1) === before.keys.at(-1) ? undefined : "moved";
}

const isOut = ({ absent, canceled, missing }: LedgerEntry): boolean =>
  absent !== undefined || canceled !== undefined || missing !== undefined;
