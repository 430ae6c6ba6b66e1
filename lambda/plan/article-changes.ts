import type { Instant } from "../articles/model/article.ts";
import { omitUndefined } from "../articles/model/json-value.ts";
import type { CatalogEntry } from "../channels/catalog/catalog-entry.ts";
import { later } from "../channels/catalog/ledger/dating.ts";
import type { Ledger, LedgerEntry } from "../channels/catalog/ledger/ledger.ts";
import { recordsByKey, type SourceRecord } from "../channels/catalog/ledger/record.ts";
import type { Withheld } from "../channels/catalog/withheld.ts";
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
  /** Why, or what of it, in a few words: "title and text", "its file is gone since …". */
  readonly why?: string;
};

/** What else a run knows of the articles. `records`: as the last run read them. `grace`: in milliseconds. */
export type Known = {
  readonly entries: readonly CatalogEntry[];
  readonly withheld?: readonly Withheld[];
  readonly records?: readonly SourceRecord[];
  readonly grace?: number;
};

/** The articles of which a run changes something, from the ledger that it found to the one that it would leave. */
export function articleChanges(before: Ledger, after: Ledger, known: Known): readonly ArticleChange[] {
  const { entries, withheld = [], records = [], grace = 0 } = known;
  const changed = new Map([...after.entries].filter(([id, entry]) => before.entries.get(id) !== entry));
  const shown = new Map(entries.flatMap((entry) => (changed.has(entry.id) ? [[entry.id, entry] as const] : [])));
  const out = new Map(withheld.map((one) => [one.key, one]));
  const last = recordsByKey(records);
  const changes = [...changed.values()].flatMap((entry): readonly ArticleChange[] => {
    const earlier = before.entries.get(entry.id);
    const live = shown.get(entry.id);
    const what = changeOf(earlier, entry, live);
    if (what === undefined) return [];
    const [key, was] = [entry.keys.at(-1) ?? entry.id, earlier?.keys.at(-1)];
    const old = metaOf(last.get(was ?? key));
    const why = whyOf(what, entry, earlier, { live, old, at: out.get(key)?.at, grace });
    const from = what === "moved" ? was : undefined;
    return [{ what, key, ...omitUndefined({ title: live?.meta.title ?? old?.title, from, why }) }];
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

type Meta = CatalogEntry["meta"];
type Facts = {
  readonly live: CatalogEntry | undefined;
  readonly old: Meta | undefined;
  readonly at: Instant | undefined;
  readonly grace: number;
};

function whyOf(
  what: ArticleChange["what"],
  after: LedgerEntry,
  before: LedgerEntry | undefined,
  { live, old, at, grace }: Facts,
): string | undefined {
  switch (what) {
    case "new":
      return `published ${moment(after.published)}`;
    case "back":
      return before?.absent === undefined ? "its file is there again" : `was ${before.absent}`;
    case "edited":
      return live === undefined || old === undefined ? undefined : differing(old, live.meta);
    case "corrected":
      return live?.meta.correction;
    case "moved":
      return before === undefined ? undefined : `was ${before.keys.at(-1)}`;
    case "withdrawn":
      return after.withdrawn?.reason ?? live?.meta.canceled?.reason ?? "its file says so";
    case "expired":
      return at === undefined ? undefined : `since ${moment(at)}`;
    case "embargoed":
    case "scheduled":
      return at === undefined ? undefined : `until ${moment(at)}`;
    case "draft":
      return "its file says so";
    case "missing":
      return after.missing === undefined ? undefined : `its file is gone; leaves ${moment(later(after.missing, grace))}`;
    case "gone":
      return after.missing === undefined ? undefined : `its file is gone since ${moment(after.missing)}`;
  }
}

/** The parts of an article that its new text changes, as far as its head tells; else the text. */
function differing(old: Meta, now: Meta): string {
  const isText = (value: string | undefined): value is string => value !== undefined;
  const parts = [
    old.title === now.title ? undefined : `title, was "${old.title}"`,
    old.summary === now.summary ? undefined : "summary",
    old.image?.url === now.image?.url ? undefined : "image",
  ].filter(isText);
  return parts.length === 0 ? "text" : parts.join("; ");
}

function metaOf(record: SourceRecord | undefined): Meta | undefined {
  return record?.kind === "article" ? record.meta : undefined;
}

/** To the minute, in UTC: the same on every machine. */
const moment = (at: Instant): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
