import type { CatalogEntry } from "../channels/catalog-entry.ts";
import { type Placing, placePages } from "../channels/pages.ts";
import type { Selected, Selection } from "../channels/select.ts";
import { sharedAddresses } from "../channels/shared-addresses.ts";
import type { Site } from "../channels/site.ts";
import type { Shown } from "../channels/window.ts";
import { files as formats } from "../feeds/formats.ts";
import type { Key } from "../stores/store.ts";

/** The id of the article whose page was last published under a key. */
export type Holder = (key: Key) => string | undefined;

/** The articles' own pages, where the site has such: what feeds are to be published under comes first. */
export function placingOf(selections: readonly Selection[], entries: readonly CatalogEntry[], site: Site, holder: Holder): Placing {
  if (!site.pages) return { pages: [], notices: sharedAddresses(entries), homeless: new Set() };
  const taken = selections.flatMap(({ channel, documents }) => [
    `${channel.path}/index.html`,
    ...documents.flatMap(({ path }) => channel.formats.map((format) => `${path}/${formats[format].file}`)),
  ]);
  return placePages(entries, site, taken, holder);
}

/** At the address of an article that has no page something else stands: its entry leads to nothing rather than to that. */
export function withHonestLinks(selections: readonly Selection[], homeless: ReadonlySet<string>): readonly Selection[] {
  if (homeless.size === 0) return selections;
  const honest = (shown: Shown): Shown => {
    const { url: _, ...linkless } = shown.entry;
    return homeless.has(shown.entry.id) ? { ...shown, entry: linkless } : shown;
  };
  return selections.map((selection) => {
    const [window, ...parts] = selection.documents;
    const changed = (document: Selected): Selected => ({ ...document, shown: document.shown.map(honest) });
    return { ...selection, documents: [changed(window), ...parts.map(changed)] };
  });
}
