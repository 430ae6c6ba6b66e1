import type { Finding } from "../../articles/model/article.ts";
import type { Key } from "../../stores/store.ts";
import type { CatalogEntry } from "../catalog/catalog-entry.ts";
import { feedFiles, type Site } from "../site/site.ts";
import type { SelectedDocument, Selection } from "./documents.ts";
import { type OccupiedKeys, type PagePlacement, type PlacedPage, placePages } from "./pages.ts";
import type { ShownEntry } from "./window.ts";

/** The articles' own pages, where the site has such: what feeds are to be published under comes first. */
export function pagePlacementOf(
  selections: readonly Selection[],
  entries: readonly CatalogEntry[],
  site: Site,
  occupied: OccupiedKeys,
): PagePlacement {
  if (!site.pages) return { pages: [], notices: sharedAddresses(entries), homeless: new Set() };
  const taken = selections.flatMap(({ channel, documents }) => [
    `${channel.path}/index.html`,
    ...documents.flatMap(({ path }) => channel.formats.map((format) => `${path}/${feedFiles[format]}`)),
  ]);
  return placePages(entries, site, taken, occupied);
}

const readable: readonly string[] = ["live", "kept", "missing"];

/**
 * Reports articles with the address of an article seen earlier: readers of one would open the other. Entries are newest first; of
 * two first seen in one run, the older keeps the address. (If this target publishes the pages itself, `placePages` reports the
 * conflict.)
 */
export function sharedAddresses(entries: readonly CatalogEntry[]): readonly Finding[] {
  const shown = entries.flatMap(({ url, state }) => (url !== undefined && readable.includes(state) ? [url] : []));
  if (new Set(shown).size === shown.length) return [];
  const held = new Map<string, Key>();
  const bySight = entries.toReversed().sort((a, b) => (a.since === b.since ? 0 : a.since < b.since ? -1 : 1));
  return bySight.flatMap(({ url, state, meta }): readonly Finding[] => {
    if (url === undefined || !readable.includes(state)) return [];
    const holder = held.get(url);
    if (holder === undefined) held.set(url, meta.key);
    if (holder === undefined) return [];
    const message = `The article has the same address as ${holder}: ${url}.`;
    return [{ kind: "notice", code: "url-used-twice", key: meta.key, message, hint: "Give it another slug or section, or another url." }];
  });
}

/**
 * At the address of an article that has no page something else stands, or nothing: its entry leads to nothing rather than to that, and no
 * other names it as its translation.
 */
export function withoutDeadLinks(
  { pages, homeless }: PagePlacement,
  selections: readonly Selection[],
  entries: readonly CatalogEntry[],
): { readonly selections: readonly Selection[]; readonly pages: readonly PlacedPage[] } {
  if (homeless.size === 0) return { selections, pages };
  const stand = new Set(pages.map(({ entry }) => entry.url));
  const dead = new Set(entries.flatMap(({ id, url }) => (url !== undefined && homeless.has(id) && !stand.has(url) ? [url] : [])));
  const tied = <Entry extends CatalogEntry>(entry: Entry): Entry =>
    entry.translations?.some(({ url }) => dead.has(url)) === true
      ? { ...entry, translations: entry.translations.filter(({ url }) => !dead.has(url)) }
      : entry;
  const honest = (shown: ShownEntry): ShownEntry => {
    const { url: _, ...linkless } = shown.entry;
    return { ...shown, entry: tied(homeless.has(shown.entry.id) ? linkless : shown.entry) };
  };
  const changed = (document: SelectedDocument): SelectedDocument => ({ ...document, shown: document.shown.map(honest) });
  return {
    selections: selections.map((selection) => {
      const [window, ...parts] = selection.documents;
      return { ...selection, documents: [changed(window), ...parts.map(changed)] };
    }),
    pages: pages.map(({ entry, key }) => ({ entry: tied(entry), key })),
  };
}
