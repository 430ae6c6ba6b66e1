import type { CatalogEntry } from "../../lambda/channels/catalog/catalog-entry.ts";
import type { Medium } from "../../lambda/channels/media/media.ts";
import type { Site } from "../../lambda/channels/site/site.ts";
import type { Format } from "../../lambda/feeds/model/feed.ts";
import type { Prepared } from "../../lambda/run/prepared.ts";

/** An entry according to the catalog, to compare with what a reader finds in a feed. */
export type ListedEntry = {
  /** The id in this format. */
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
  /** The address of the next older part in this format (RFC 5005). */
  readonly older: string | null;
  /** The newsroom, which some readers show if an entry has no author. */
  readonly author: { readonly name: string; readonly email: string | null };
  readonly entries: readonly ListedEntry[];
};

const FILES: Readonly<Record<Format, string>> = { rss: "rss.xml", atom: "atom.xml", json: "feed.json" };

/**
 * The expected content of each published feed, from the catalog and the selection, before any format. Computes addresses, words and file
 * places without the renderer's code, whose mistakes would otherwise appear on both sides.
 */
export function listingOf({ selections, changes }: Pick<Prepared, "selections" | "changes">, site: Site): readonly ListedFile[] {
  const fit = changes.catalog.media.filter(({ unfit }) => unfit === undefined);
  const media = new Map(fit.map((medium) => [medium.key.normalize("NFC"), medium]));
  const entryOf = listed(media, site);
  return selections.flatMap(({ channel, documents }) =>
    documents.flatMap(({ path, previous, shown }) =>
      channel.formats.map((format) => ({
        key: `${path}/${FILES[format]}`,
        address: addressOf(`${path}/${FILES[format]}`, site),
        format,
        older: previous === undefined ? null : addressOf(`${previous}/${FILES[format]}`, site),
        author: { name: site.author.name, email: site.author.email ?? null },
        entries: shown.map(({ entry }) => entryOf(entry, format)),
      })),
    ),
  );
}

function addressOf(key: string, { feedUrl }: Site): string {
  return new URL(encodeURI(key).replace(/[?#]/g, encodeURIComponent), feedUrl).href;
}

/** The words before the title of a withdrawn article, by the primary language tag. */
const WITHDRAWN: Readonly<Record<string, string>> = {
  ar: "\u0633\u064F\u062D\u0628\u062A: ",
  kk: "Кері қайтарылды: ",
  ru: "Отозвано: ",
  zh: "已撤回：",
};

/** A withdrawn article says so in its title, and has no enclosure. */
const listed =
  (media: ReadonlyMap<string, Medium>, site: Site) =>
  ({ state, id, uri, url, published, updated, meta }: CatalogEntry, format: Format): ListedEntry => {
    const withdrawn = state === "canceled";
    return {
      id: format === "rss" ? id : uri,
      title: withdrawn ? `${WITHDRAWN[meta.language.split("-")[0] ?? ""] ?? "Withdrawn: "}${meta.title}` : meta.title,
      link: url ?? null,
      published,
      updated,
      authors: meta.authors.map(({ name }) => name),
      categories: [...new Set([meta.section ?? [], meta.tags].flat())],
      enclosures: withdrawn ? [] : meta.attachments.map((file) => enclosureOf(file, media, site)),
    };
  };

/** A mark holds a content file's key, and the address to use if the file does not exist. The file is published under its hash. */
function enclosureOf(
  { url, type, bytes }: CatalogEntry["meta"]["attachments"][number],
  media: ReadonlyMap<string, Medium>,
  site: Site,
): ListedEntry["enclosures"][number] {
  const [, key, elsewhere = ""] = /^wireroom-media:\/?([^;]*);(.*)$/.exec(url) ?? [];
  if (key === undefined) return { url, type, bytes: bytes ?? null };
  const medium = media.get(decodeURIComponent(key));
  if (medium === undefined) return { url: decodeURIComponent(elsewhere), type, bytes: bytes ?? null };
  const ending = /\.[^.]*$/.exec(medium.key)?.[0] ?? "";
  return { url: addressOf(`media/${medium.hash.slice(0, 32)}${ending}`, site), type: medium.type, bytes: medium.bytes };
}
