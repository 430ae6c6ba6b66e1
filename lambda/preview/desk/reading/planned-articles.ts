import { omitUndefined } from "../../../articles/model/json-value.ts";
import type { CatalogEntry } from "../../../channels/catalog/catalog-entry.ts";
import { formatFiles } from "../../../feeds/formats/formats.ts";
import { type ArticleChange, articleChanges } from "../../../plan/article-changes.ts";
import type { Prepared } from "../../../run/prepared.ts";
import type { Key } from "../../../stores/store.ts";
import { entryFinder, type Named } from "./entry-text.ts";
import type { Texts } from "./file-text.ts";
import { type EntryDiff, lineDiff } from "./line-diff.ts";
import { isPartner, type PartnerStep, partnerSteps } from "./planned-partners.ts";
import type { View } from "./view.ts";

/**
 * "changed": feeds or partners' files show another entry though its file is the same; "leaves": it is as it was, and one of them no longer
 * holds it; "enters": it is as it was, and a partner gets it.
 */
export type PlannedArticle = {
  readonly what: ArticleChange["what"] | "changed" | "leaves" | "enters";
  readonly key: Key;
  readonly id: string;
  readonly entry?: CatalogEntry;
  readonly title?: string;
  /** A few words; empty if the kind of change says it all. */
  readonly why: string;
  /** A feed that has it is held, and stays as it is. */
  readonly isHeld: boolean;
  /** Paths of the feeds that have it, or had it. */
  readonly feeds: readonly string[];
  readonly partners: readonly PartnerStep[];
};

/** Every article of which readers would see something else after the next publish, each with why. */
export function plannedArticles({ prepared, settings }: View): readonly PlannedArticle[] {
  const { before, catalog, changes } = prepared;
  const { plan } = changes;
  const entries = new Map([...catalog.entries, ...catalog.dropped].map((entry) => [entry.id, entry]));
  const ids = new Map([...plan.ledger.entries.values()].map((entry) => [entry.keys.at(-1) ?? entry.id, entry.id]));
  const held = new Set(plan.holds.map(({ name }) => name));
  const feeds = feedsOf(prepared);
  const partners = partnerSteps(prepared);
  const planned = (what: PlannedArticle["what"], id: string, why: string, known: { readonly key?: Key; readonly title?: string } = {}) => {
    const entry = entries.get(id);
    const own = [...(feeds.get(id) ?? [])].sort();
    const isHeld = held.has("run") || own.some((path) => held.has(path));
    const key = known.key ?? plan.ledger.entries.get(id)?.keys.at(-1) ?? id;
    const shown = { feeds: own.filter((path) => !isPartner(path)), partners: partners.get(id) ?? [] };
    return { what, id, key, why, ...shown, isHeld, ...omitUndefined({ entry, title: entry?.meta.title ?? known.title }) };
  };
  const known = {
    entries: catalog.entries,
    withheld: catalog.withheld,
    records: before.catalog.value.records,
    grace: settings.site.guard.grace,
  };
  const own = articleChanges(before.ledger.value, plan.ledger, known).map((change) =>
    planned(change.what, ids.get(change.key) ?? change.key, change.why ?? "", change),
  );
  const done = new Set(own.map(({ id }) => id));
  const others = shownOtherwise(prepared).filter(({ id }) => !done.has(id));
  for (const { id } of others) done.add(id);
  const entering = [...partners].flatMap(([id, steps]) => {
    const names = steps.flatMap(({ name, what }) => (what === "enters" ? [name] : []));
    return done.has(id) || names.length === 0 ? [] : [planned("enters", id, `now for ${names.join(", ")}`)];
  });
  return [...own, ...others.map(({ id, what, why }) => planned(what, id, why)), ...entering];
}

/** By article, the feeds that have it, before or after. */
function feedsOf({ before, changes }: Prepared): ReadonlyMap<string, ReadonlySet<string>> {
  const feeds = new Map<string, Set<string>>();
  for (const members of [before.manifest.value.members, changes.plan.manifest.members])
    for (const [path, ids] of Object.entries(members)) for (const id of ids) feeds.set(id, (feeds.get(id) ?? new Set()).add(path));
  return feeds;
}

/** Entries that windows would show otherwise, or no longer. */
function shownOtherwise({ before, changes }: Prepared) {
  const [was, is] = [before.manifest.value, changes.plan.manifest];
  const found = new Map<string, { readonly id: string; readonly what: "changed" | "leaves"; readonly why: string }>();
  for (const [path, shown] of Object.entries(was.shown)) {
    const now = is.shown[path] ?? {};
    if (now === shown) continue;
    const stays = new Set(is.members[path]);
    for (const [id, mark] of Object.entries(shown)) {
      if (now[id] === mark || found.get(id)?.what === "changed") continue;
      if (now[id] !== undefined)
        found.set(id, {
          id,
          what: "changed",
          why: "its file is the same; the settings, a picture, a translation or another article’s address changed",
        });
      else if (stays.has(id)) found.set(id, { id, what: "leaves", why: `newer articles take its place in ${path}` });
      else found.set(id, { id, what: "leaves", why: `it no longer belongs to ${path}` });
    }
  }
  return [...found.values()];
}

/** Compares the entries of an article, in the first written file in which they differ: RSS before Atom before JSON Feed. */
export function entryDiffer(view: View, { before, after }: Texts): (article: PlannedArticle) => Promise<EntryDiff | undefined> {
  const { plan } = view.prepared.changes;
  const order = Object.values(formatFiles).map(({ file }) => file);
  const writes = plan.writes
    .filter(({ order: kind, channel }) => (kind === "window" || kind === "archive") && !isPartner(channel))
    .toSorted(
      (a, b) =>
        Number(a.order === "archive") - Number(b.order === "archive") || order.indexOf(nameOf(a.key)) - order.indexOf(nameOf(b.key)),
    );
  const finders = new Map<string, Promise<(article: Named) => string | undefined>>();
  const finder = (when: "before" | "after", key: Key) => {
    const name = `${when} ${key}`;
    const found = finders.get(name) ?? (when === "before" ? before : after)(key).then((text) => entryFinder(key, text ?? ""));
    finders.set(name, found);
    return found;
  };
  return async ({ id, feeds }) => {
    const uri = plan.ledger.entries.get(id)?.uri ?? id;
    const mine = new Set(feeds);
    for (const { key, channel } of writes) {
      if (!mine.has(channel)) continue;
      const [old, fresh] = [(await finder("before", key))({ id, uri }), (await finder("after", key))({ id, uri })];
      if (old !== fresh) return { file: key, lines: lineDiff(old ?? "", fresh ?? "") };
    }
    return undefined;
  };
}

const nameOf = (key: Key): string => key.slice(key.lastIndexOf("/") + 1);
