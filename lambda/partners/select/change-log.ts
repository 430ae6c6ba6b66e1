import type { Instant } from "../../articles/model/article.ts";
import { hashOfValue } from "../../articles/model/json-value.ts";
import type { CatalogEntry } from "../../channels/catalog/catalog-entry.ts";
import { later, latest } from "../../channels/catalog/ledger/dating.ts";
import type { ChangePart, Ledger, PartnerChange, PartnerMark } from "../../channels/catalog/ledger/ledger.ts";
import { dialects } from "../dialects/dialects.ts";
import type { PartnerSelection } from "./partnered.ts";

/** What a change says, before it has a number, and a hash by which the next run knows that it was said. */
type Saying = { readonly told: string; readonly change: Omit<PartnerChange, "seq"> };

type Logged = {
  readonly marks: ReadonlyMap<string, PartnerMark>;
  /** The partner's parts, oldest first. */
  readonly parts: readonly ChangePart[];
};

/** The most changes in a part, so that a newcomer's first part stays small. */
const changesOfAPart = 1_000;
/** How long a part is kept, in milliseconds; the newest part is kept for ever. */
const month = 30 * 86_400_000;
/** What was told of an article that has left the window. */
const left = "left";

/**
 * Adds to a partner's change log what is new to it: articles that came into its window, changed there or left it, and withdrawals. Whoever
 * follows it has what the files show. A number is the milliseconds of the run times a thousand, or the next after the last one, so that even
 * an older state that is put back deals none twice.
 */
export function logChanges(
  { rule, window, withdrawn }: PartnerSelection,
  marks: ReadonlyMap<string, PartnerMark>,
  entries: ReadonlyMap<string, CatalogEntry>,
  before: Ledger["changes"] = {},
  now: Instant,
): Logged {
  const hrefOf = (id: string, language: string): string => dialects[rule.profile].documentOf({ id, language }, rule);
  const sayings = [
    ...window.flatMap(({ id, back }): readonly Saying[] => {
      const entry = entries.get(id);
      return entry === undefined ? [] : [liveSaying(entry, back, hrefOf)];
    }),
    ...withdrawn.map(({ id, uri, language, updated, life }): Saying => {
      const state = life.kind;
      const change = { op: "delete", id, uri, state, language, updated, href: hrefOf(id, language) } as const;
      return { told: hashOfValue([state, life.since], 12), change };
    }),
    ...leftTheWindow(window, marks).flatMap((id): readonly Saying[] => {
      const entry = entries.get(id);
      if (entry === undefined) return [];
      const { uri, meta } = entry;
      const { language } = meta;
      const change = {
        op: "delete",
        id,
        uri,
        state: "expired",
        reason: "window",
        language,
        updated: now,
        href: hrefOf(id, language),
      } as const;
      return [{ told: left, change }];
    }),
  ];
  const fresh = sayings.filter(({ told, change }) => marks.get(change.id)?.told !== told);
  fresh.sort(({ change: a }, { change: b }) => (a.updated === b.updated ? (a.id < b.id ? -1 : 1) : a.updated < b.updated ? -1 : 1));
  const own = Object.values(before).filter(({ partner }) => partner === rule.name);
  const parts = [...own.sort((a, b) => firstNumberOf(a) - firstNumberOf(b))];
  const start = Math.max(Date.parse(now) * 1_000, (parts.at(-1)?.changes.at(-1)?.seq ?? 0) + 1);
  for (let from = 0; from < fresh.length; from += changesOfAPart) {
    const changes = fresh.slice(from, from + changesOfAPart).map(({ change }, index) => ({ seq: start + from + index, ...change }));
    const last = parts.at(-1);
    parts.push({ partner: rule.name, at: now, ...(last === undefined ? {} : { previous: firstNumberOf(last) }), changes });
  }
  const told = new Map(fresh.map((saying) => [saying.change.id, saying.told]));
  return {
    marks: new Map([...marks].map(([id, mark]) => [id, told.has(id) ? { ...mark, told: told.get(id) ?? "" } : mark])),
    parts: parts.filter((part, index) => index === parts.length - 1 || later(part.at, month) > now),
  };
}

/** Articles that the partner was told to have, may have, and no longer finds in its files. */
function leftTheWindow(window: PartnerSelection["window"], marks: ReadonlyMap<string, PartnerMark>): readonly string[] {
  const shown = new Set(window.map(({ id }) => id));
  return [...marks].flatMap(([id, { gone, told = left }]) => (gone === undefined && told !== left && !shown.has(id) ? [id] : []));
}

/** The number of a part's first change, by which its file is named. */
export function firstNumberOf({ changes }: ChangePart): number {
  return changes[0]?.seq ?? 0;
}

/** By what an author wrote, so that a better parser makes no change. */
function liveSaying(entry: CatalogEntry, back: Instant | undefined, hrefOf: (id: string, language: string) => string): Saying {
  const { id, uri, meta } = entry;
  const updated = latest(entry.updated, back);
  const state = meta.correction === undefined ? "usable" : "corrected";
  const { language } = meta;
  return {
    told: hashOfValue([state, updated, meta.content, entry.url ?? ""], 12),
    change: { op: "update", id, uri, state, language, updated, href: hrefOf(id, language) },
  };
}
