import type { CatalogEntry } from "../../lambda/channels/catalog-entry.ts";
import { placed } from "../../lambda/channels/media.ts";
import type { Site } from "../../lambda/channels/site.ts";
import { placesOf, urlOf } from "../../lambda/feeds/document.ts";
import type { Format } from "../../lambda/feeds/feed.ts";
import { files } from "../../lambda/feeds/formats.ts";
import { wordsIn } from "../../lambda/feeds/words.ts";
import type { Prepared } from "../../lambda/stages.ts";

/** An entry as the catalog has it, for whoever reads a feed to be held to. */
export type ListedEntry = {
  /** What this format has for an id. */
  readonly id: string;
  readonly title: string;
  readonly link: string | null;
  readonly published: string;
  readonly updated: string;
  readonly authors: readonly string[];
  /** The section first. */
  readonly categories: readonly string[];
  readonly enclosures: readonly { readonly url: string; readonly type: string; readonly bytes: number | null }[];
};
export type ListedFile = {
  readonly key: string;
  readonly address: string;
  readonly format: Format;
  /** RFC 5005, in this format: the address of the next older part. */
  readonly older: string | null;
  /** The newsroom, which some readers show where an entry has no author. */
  readonly author: { readonly name: string; readonly email: string | null };
  readonly entries: readonly ListedEntry[];
};

/** What each published feed is to hold: from the catalog and what was selected of it, before any format. */
export function listingOf({ selections, changes }: Pick<Prepared, "selections" | "changes">, site: Site): readonly ListedFile[] {
  const media = new Map(
    changes.catalog.media.filter(({ unfit }) => unfit === undefined).map((medium) => [medium.key.normalize("NFC"), medium]),
  );
  const entryOf = listed(placesOf(media, site));
  return selections.flatMap(({ channel, documents }) =>
    documents.flatMap(({ path, previous, shown }) =>
      channel.formats.map((format) => {
        const at = (folder: string) => urlOf(site, `${folder}/${files[format].file}`);
        return {
          key: `${path}/${files[format].file}`,
          address: at(path),
          format,
          older: previous === undefined ? null : at(previous),
          author: { name: site.author.name, email: site.author.email ?? null },
          entries: shown.map(({ entry }) => entryOf(entry, format)),
        };
      }),
    ),
  );
}

/** A withdrawn article says so in its title, and carries no file any more. */
const listed =
  (places: ReturnType<typeof placesOf>) =>
  ({ state, id, uri, url, published, updated, meta }: CatalogEntry, format: Format): ListedEntry => {
    const withdrawn = state === "canceled";
    const attachments = withdrawn ? [] : placed(meta, places).attachments;
    return {
      id: format === "rss" ? id : uri,
      title: withdrawn ? `${wordsIn(meta.language).words.withdrawn}${meta.title}` : meta.title,
      link: url ?? null,
      published,
      updated,
      authors: meta.authors.map(({ name }) => name),
      categories: [...new Set([meta.section ?? [], meta.tags].flat())],
      enclosures: attachments.map(({ url: address, type, bytes }) => ({ url: address, type, bytes: bytes ?? null })),
    };
  };
