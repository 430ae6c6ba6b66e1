import type { CatalogEntry } from "../catalog/catalog-entry.ts";
import { feedFiles, type Site } from "../site/site.ts";
import type { SelectedDocument, Selection } from "./documents.ts";
import { type OccupiedKeys, type PagePlacement, type PlacedPage, placePages } from "./pages.ts";
import { sharedAddresses } from "./shared-addresses.ts";
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
