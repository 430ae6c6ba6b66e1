import type { Instant } from "../../articles/model/article.ts";
import { isSame, omitUndefined } from "../../articles/model/json-value.ts";
import { later, latest } from "../../channels/catalog/ledger/dating.ts";
import type { Ledger, LedgerEntry, PartnerMark } from "../../channels/catalog/ledger/ledger.ts";
import { never } from "../../channels/select/documents.ts";
import type { Desired, Heads } from "../../channels/select/select.ts";
import type { ShownEntry } from "../../channels/select/window.ts";
import type { PartnerRule } from "../../channels/site/partner-rule.ts";
import type { Site } from "../../channels/site/site.ts";
import { profileOf } from "../profiles/profiles.ts";
import { termsOf } from "../profiles/terms.ts";
import { firstNumberOf, logChanges } from "./change-log.ts";
import { entitlementOf } from "./entitlement.ts";
import { windowOf } from "./partner-window.ts";
import type { Partnered, PartnerSelection } from "./partnered.ts";
import { recentNews } from "./recent-news.ts";
import { type Leaving, leavingOf, markAfter, toldUntil, withdrawnItem } from "./withdrawals.ts";

type Clock = { readonly now: Instant; readonly note: (moment: Instant) => void };

/**
 * What each partner gets: the articles that it is entitled to, released to it and in its window, and the withdrawals that it must learn
 * of. The ledger remembers which partner has had which article. Knows no dialect, and reads no body. `leftOut`: by partner, articles that its
 * profile leaves out of its files, which a change log does not name.
 */
export function selectPartners(
  desired: Desired,
  { now, ledger: before }: Pick<Heads, "now" | "ledger">,
  site: Site,
  leftOut: ReadonlyMap<string, ReadonlySet<string>> = new Map(),
): Partnered {
  const { catalog } = desired;
  let next = catalog.next;
  const note = (moment: Instant): void => {
    if (moment > now && (next === undefined || moment < next)) next = moment;
  };
  const clock: Clock = { now, note };
  const had = hadByPartner(catalog.ledger);
  const news = recentNews(desired, site, now, note);
  const { changes: _, ...known } = catalog.ledger;
  // Most sites have no partner, and need no look at each article for them.
  if (site.partners.length + had.size === 0) {
    const without = { ...catalog, ledger: known, ...omitUndefined({ next }) };
    return { ...desired, catalog: without, shared: [], partners: [], ...omitUndefined({ news }) };
  }
  const leaving = leavingOf(desired, now);
  const made = site.partners.map((rule) => {
    const one = selectionFor(rule, had.get(rule.name) ?? [], { desired, leaving, before, site }, clock);
    if (!rule.changes) return one;
    const out = leftOut.get(rule.name);
    const window = out === undefined ? one.selection.window : one.selection.window.filter(({ id }) => !out.has(id));
    const { marks, parts } = logChanges({ ...one.selection, window }, one.marks, leaving.entries, before.changes, now);
    return { marks, selection: { ...one.selection, changes: parts } };
  });
  const parts = made.flatMap(({ selection }) => selection.changes ?? []);
  const ledger = {
    ...known,
    entries: markedEntries(catalog.ledger, made, leaving.entries),
    ...(parts.length === 0 ? {} : { changes: Object.fromEntries(parts.map((part) => [`${part.partner}/${firstNumberOf(part)}`, part])) }),
  };
  return {
    ...desired,
    catalog: { ...catalog, ledger, ...omitUndefined({ next }) },
    shared: sharedBy(made, desired, leaving.entries),
    partners: made.map(({ selection }) => selection),
    ...omitUndefined({ news }),
  };
}

function hadByPartner(ledger: Ledger): ReadonlyMap<string, readonly LedgerEntry[]> {
  const had = new Map<string, LedgerEntry[]>();
  for (const entry of ledger.entries.values())
    for (const name of entry.partners === undefined ? [] : Object.keys(entry.partners.marks)) {
      const known = had.get(name);
      if (known === undefined) had.set(name, [entry]);
      else known.push(entry);
    }
  return had;
}

/** A partner's selection, and its marks from now on, by article. */
type Made = { readonly selection: PartnerSelection; readonly marks: ReadonlyMap<string, PartnerMark> };

type Around = { readonly desired: Desired; readonly leaving: Leaving; readonly before: Ledger; readonly site: Site };

function selectionFor(rule: PartnerRule, had: readonly LedgerEntry[], { desired, leaving, before, site }: Around, clock: Clock): Made {
  const { now, note } = clock;
  const { demands } = termsOf(profileOf(rule.profile), rule);
  const isEntitled = entitlementOf(rule, desired, site);
  const standing = new Set(had.flatMap(({ id, partners }) => (partners?.marks[rule.name]?.gone === undefined ? [id] : [])));
  const released = desired.entries.filter((entry) => {
    if (entry.state === "canceled" || !isEntitled(entry)) return false;
    const release = rule.delay === 0 ? entry.since : later(entry.since, rule.delay);
    if (release <= now || standing.has(entry.id)) return true;
    note(release);
    return false;
  });
  const entitled = new Set(released.map(({ id }) => id));
  const window = windowOf(rule, demands, released, new Set(had.map(({ id }) => id)), clock);
  const marks = new Map<string, PartnerMark>(window.map(({ entry }) => [entry.id, {}]));
  const withdrawn = had.flatMap((entry) => {
    const mark = markAfter(entry.partners?.marks[rule.name] ?? {}, entry, entitled.has(entry.id), leaving);
    const end = mark.gone === undefined ? undefined : toldUntil(mark.gone, site.retain, demands.retainDays);
    if (end !== undefined && end <= now) return [];
    marks.set(entry.id, mark);
    if (end === undefined) return [];
    note(end);
    return [withdrawnItem(entry, mark, isEntitled, leaving, site.language)];
  });
  withdrawn.sort((a, b) => (a.life.since === b.life.since ? (a.id < b.id ? -1 : 1) : a.life.since > b.life.since ? -1 : 1));
  const known = before.feeds[`partners/${rule.name}`]?.updated ?? never;
  const dates = window.map(({ entry }) => latest(entry.updated, marks.get(entry.id)?.back));
  return {
    marks,
    selection: {
      rule,
      window: window.map(({ entry, full }) => ({ id: entry.id, full, ...omitUndefined({ back: marks.get(entry.id)?.back }) })),
      withdrawn,
      entitled,
      addresses: new Set(released.flatMap(({ url }) => url ?? [])),
      updated: latest(known, ...dates, ...withdrawn.map(({ updated }) => updated)),
    },
  };
}

/** The entries of the ledger with what partners have had of them; those that nothing changes stay the same objects. */
function markedEntries({ entries }: Ledger, made: readonly Made[], known: Leaving["entries"]): Ledger["entries"] {
  const marked = new Map<string, Record<string, PartnerMark>>();
  for (const { selection, marks } of made)
    for (const [id, mark] of marks) marked.set(id, { ...marked.get(id), [selection.rule.name]: mark });
  const changed = [...entries.values()].flatMap((entry) => {
    const marks = marked.get(entry.id);
    // Most articles have no partner, and a copy of each takes longer than all the rest.
    if (marks === undefined && entry.partners === undefined) return [];
    const { partners: was, ...rest } = entry;
    if (marks === undefined) return [rest];
    const shown = Object.values(marks).some(({ gone }) => gone === undefined) ? known.get(entry.id) : undefined;
    const partners =
      shown === undefined
        ? { ...was, language: was?.language ?? "und", marks }
        : { language: shown.meta.language, ...omitUndefined({ url: shown.url }), marks };
    return isSame(was, partners) ? [] : [{ ...rest, partners }];
  });
  return changed.length === 0 ? entries : new Map([...entries, ...changed.map((entry) => [entry.id, entry] as const)]);
}

/** The articles in all windows, each once, whole if a partner gets it whole; without an address that leads elsewhere. */
function sharedBy(made: readonly Made[], { homeless }: Desired, entries: Leaving["entries"]): readonly ShownEntry[] {
  const whole = new Map<string, boolean>();
  for (const { selection } of made) for (const { id, full } of selection.window) whole.set(id, full || whole.get(id) === true);
  return [...whole].flatMap(([id, full]) => {
    const entry = entries.get(id);
    if (entry === undefined) return [];
    const { url: _, ...linkless } = entry;
    return [{ entry: homeless.has(id) ? linkless : entry, full }];
  });
}
