import type { CatalogEntry } from "../../channels/catalog/catalog-entry.ts";
import { type Ground, type Placed, type Placing, placePages } from "../../channels/select/pages.ts";
import type { Selected, Selection } from "../../channels/select/select.ts";
import { sharedAddresses } from "../../channels/select/shared-addresses.ts";
import type { Shown } from "../../channels/select/window.ts";
import type { Site } from "../../channels/site/site.ts";
import { files as formats } from "../../feeds/formats/formats.ts";
import type { Key, Listed } from "../../stores/store.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { plainOf } from "../manifest/variants.ts";

/** `tree`: the target is a disk, on which a file cannot lie below another. */
export function groundOf({ files, strangers }: Manifest, listing: readonly Listed[], tree: boolean): Ground {
  const ours = (key: Key) => Object.hasOwn(files, key.replace(/\.(?:gz|br)$/, "")) || Object.hasOwn(files, key);
  return {
    holder: (key) => (Object.hasOwn(files, key) ? files[key]?.article : undefined),
    strangers: tree ? listing.map(({ key }) => key).filter((key) => !ours(key)) : [],
    // By its version: what was written there since may be ours, of a run that was cut.
    theirs: listing.filter(({ key, version }) => strangers[key] === version && !ours(key)).map(({ key }) => plainOf(key)),
  };
}

/** The articles' own pages, where the site has such: what feeds are to be published under comes first. */
export function placingOf(selections: readonly Selection[], entries: readonly CatalogEntry[], site: Site, ground: Ground): Placing {
  if (!site.pages) return { pages: [], notices: sharedAddresses(entries), homeless: new Set() };
  const taken = selections.flatMap(({ channel, documents }) => [
    `${channel.path}/index.html`,
    ...documents.flatMap(({ path }) => channel.formats.map((format) => `${path}/${formats[format].file}`)),
  ]);
  return placePages(entries, site, taken, ground);
}

/**
 * At the address of an article that has no page something else stands, or nothing: its entry leads to nothing rather than to that, and no
 * other names it as its translation.
 */
export function withHonestLinks(
  { pages, homeless }: Placing,
  selections: readonly Selection[],
  entries: readonly CatalogEntry[],
): { readonly selections: readonly Selection[]; readonly pages: readonly Placed[] } {
  if (homeless.size === 0) return { selections, pages };
  const stand = new Set(pages.map(({ entry }) => entry.url));
  const dead = new Set(entries.flatMap(({ id, url }) => (url !== undefined && homeless.has(id) && !stand.has(url) ? [url] : [])));
  const tied = <Entry extends CatalogEntry>(entry: Entry): Entry =>
    entry.translations?.some(({ url }) => dead.has(url)) === true
      ? { ...entry, translations: entry.translations.filter(({ url }) => !dead.has(url)) }
      : entry;
  const honest = (shown: Shown): Shown => {
    const { url: _, ...linkless } = shown.entry;
    return { ...shown, entry: tied(homeless.has(shown.entry.id) ? linkless : shown.entry) };
  };
  const changed = (document: Selected): Selected => ({ ...document, shown: document.shown.map(honest) });
  return {
    selections: selections.map((selection) => {
      const [window, ...parts] = selection.documents;
      return { ...selection, documents: [changed(window), ...parts.map(changed)] };
    }),
    pages: pages.map(({ entry, key }) => ({ entry: tied(entry), key })),
  };
}
