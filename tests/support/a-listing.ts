import type { CatalogEntry } from "../../lambda/channels/catalog/catalog-entry.ts";
import type { Medium } from "../../lambda/channels/media/media.ts";
import type { Site } from "../../lambda/channels/site/site.ts";
import type { Format } from "../../lambda/feeds/model/feed.ts";
import type { Prepared } from "../../lambda/run/prepared.ts";

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

const FILES: Readonly<Record<Format, string>> = { rss: "rss.xml", atom: "atom.xml", json: "feed.json" };

/**
 * What each published feed is to hold: from the catalog and what was selected of it, before any format. Addresses, words and the
 * places of files are worked out here once more, and not by what renders them, which would be wrong on both sides.
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

/** Before the title of a withdrawn article, by the language's first part. */
const WITHDRAWN: Readonly<Record<string, string>> = {
  ar: "\u0633\u064F\u062D\u0628\u062A: ",
  kk: "Кері қайтарылды: ",
  ru: "Отозвано: ",
  zh: "已撤回：",
};

/** A withdrawn article says so in its title, and carries no file any more. */
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

/** A file of the content is marked by its key and the address that it has where it is not there; it is published under its hash. */
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
