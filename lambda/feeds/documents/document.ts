import { sourceFormatOf } from "../../articles/body.ts";
import { escapeValue } from "../../articles/html/serialize.ts";
import { addressWithin, articleName, withArticles } from "../../articles/links/article-link.ts";
import { type MediaReference, withMedia } from "../../articles/links/media-mark.ts";
import { fromHome, htmlFromHome } from "../../articles/links/relative-mark.ts";
import { hashOfValue, omitUndefined } from "../../articles/model/json-value.ts";
import { uuidUrn } from "../../articles/title/identity.ts";
import { type Media, type Medium, mediumKey, withMediaAddresses } from "../../channels/media/media.ts";
import type { ArticleLookup } from "../../channels/select/article-addresses.ts";
import type { SelectedDocument, Selection } from "../../channels/select/documents.ts";
import { siteImage } from "../../channels/select/site-images.ts";
import type { ShownEntry } from "../../channels/select/window.ts";
import type { Site } from "../../channels/site/site.ts";
import { Fault } from "../../fault.ts";
import type { Key } from "../../stores/store.ts";
import { formatFiles } from "../formats/formats.ts";
import { machineTermsOf } from "../formats/rsl.ts";
import type { Entry, FeedDocument } from "../model/feed.ts";
import { htmlText } from "../model/text.ts";
import { correctedText, withdrawnText } from "./amendments.ts";
import { inDirection } from "./direction.ts";
import { withLeadImage } from "./lead-image.ts";
import { markdownOf } from "./markdown.ts";

/** An entry without its body. */
export type EntryOutline = {
  readonly entry: Omit<Entry, "html">;
  /** Finished HTML that replaces the body or comes before it. */
  readonly note?: string;
  /** The address against which relative addresses in the body are resolved. */
  readonly base: string;
  /** The digest of the article that the body belongs to. */
  readonly body?: string;
  /** The addresses of files that the body shows and that are in the content. */
  readonly files?: Readonly<Record<string, string>>;
  /** The addresses of articles that the body links to. */
  readonly links?: Readonly<Record<string, string>>;
  /** The feed also shows the body as Markdown. */
  readonly markdown?: true;
};

/** A document without bodies: everything that decides its bytes, small enough to hash on every run. */
export type Outline = {
  readonly document: Omit<FeedDocument, "entries">;
  readonly entries: readonly EntryOutline[];
  /** The files of the entries' articles, in the same order: for messages, not for the fingerprint. */
  readonly keys: readonly Key[];
  /** Hash of the document, the entries and the program: equal fingerprints mean equal bytes. */
  readonly fingerprint: string;
};

/** Safe HTML by the digest under which an article is kept; without `html`, the body is too long, and its summary stands for it. */
export type Bodies = { readonly get: (digest: string) => { readonly html?: string } | undefined };

/** Finds what stands behind the marks of an article: its files, and other articles. */
export type Places = { readonly file: MediaLookup; readonly article: ArticleLookup };

/** Finds a file that an article refers to: its published address, or the original address if the content does not have the file. */
export type MediaLookup = (reference: MediaReference) => { readonly url: string; readonly medium?: Medium };

export function mediaLookup(media: Media, site: Pick<Site, "feedUrl">): MediaLookup {
  return ({ key, otherwise }) => {
    const medium = media.get(key);
    return medium === undefined ? { url: otherwise } : { url: urlOf(site, mediumKey(medium)), medium };
  };
}

export function imageOf(written: string | undefined, site: Site, { file }: Places): string | undefined {
  return written === undefined ? undefined : siteImage(written, site, file);
}

export function outlineOf(selection: Selection, selected: SelectedDocument, site: Site, places: Places, program: string): Outline {
  const { channel } = selection;
  const urlsOf = (path: string) =>
    Object.fromEntries(
      channel.formats.map((format) => [format, urlOf(site, `${path}/${formatFiles[format].file}`)]),
    ) as FeedDocument["urls"];
  const linked = (path: string | undefined) => (path === undefined ? undefined : urlsOf(path));
  const document: Outline["document"] = {
    kind: selected.kind,
    path: selected.path,
    urls: urlsOf(selected.path),
    id: feedId(channel.path, site),
    title: channel.title,
    description: channel.description,
    site: site.url,
    page: urlOf(site, `${channel.path}/index.html`),
    updated: selected.updated,
    author: site.author,
    alternates: channel.alternates.map(({ language, path }) => ({ language, urls: urlsOf(path) })),
    tombstones: selected.tombstones,
    ...omitUndefined({
      language: channel.language,
      image: imageOf(channel.image ?? site.image, site, places),
      icon: imageOf(site.icon, site, places),
      copyright: site.copyright,
      license: site.license,
      terms: machineTermsOf(site.rights),
      rsl: site.rights?.rsl,
      markdown: site.markdown ? true : undefined,
      hub: site.hub,
      current: selected.kind === "archive" ? urlsOf(channel.path) : undefined,
      previous: linked(selected.previous),
      next: linked(selected.next),
    }),
  };
  const entries = selected.shown.map((shown) => outlineEntry(shown, places, site));
  const fingerprint = hashOfValue([program, document, entries]);
  return { document, entries, keys: selected.shown.map(({ entry }) => entry.meta.key), fingerprint };
}

/** The namespace of the feeds' ids. It never changes: readers know a feed by its id. */
const feedSpace = "b7a4e0c2-5d3f-5a86-8f0e-41d6c9a7e2b5";

/** The feed's own id (RFC 4287, 4.2.6). No article can have it, because the ":" in an article's path is encoded. */
function feedId(path: string, site: Site): string {
  const { ids } = site;
  if (ids === undefined) return uuidUrn(feedSpace, `${site.feedUrl}${path}`);
  return `tag:${ids.authority},${ids.since}:feed:${path.split("/").map(encodeURIComponent).join("/")}`;
}

const referenceName = ({ rooted, key }: MediaReference): string => `${rooted ? "/" : ""}${key}`;

export function outlineEntry(
  { entry, full }: ShownEntry,
  places: Places,
  site: Pick<Site, "url"> & Partial<Pick<Site, "markdown">>,
): EntryOutline {
  const { meta, id, uri, url, published, updated, translations, state } = entry;
  const { language, authors, section, tags, comments, via, license } = meta;
  const about = { id, uri, published, updated, language, authors, tags, ...omitUndefined({ url, section, translations, license }) };
  if (state === "canceled") {
    const { note, ...said } = withdrawnText(meta);
    return { entry: { ...about, ...said, attachments: [] }, base: site.url, ...(full ? { note } : {}) };
  }
  const { note, ...said } = correctedText(meta, full);
  const home = { url, base: url ?? site.url };
  const there = <T extends { readonly url: string }>(file: T): T => ({ ...file, url: fromHome(file.url, home) });
  const { image, attachments } = withMediaAddresses(meta, places.file);
  const files = Object.fromEntries(
    meta.media.flatMap((reference) => {
      const { url, medium } = places.file(reference);
      return medium === undefined ? [] : [[referenceName(reference), url]];
    }),
  );
  const links = Object.fromEntries(
    (meta.shown?.links ?? []).flatMap((link) => {
      const address = places.article(link, meta.key);
      return address === undefined ? [] : [[articleName(link), address]];
    }),
  );
  return {
    entry: { ...about, ...said, attachments: attachments.map(there), ...omitUndefined({ image: image && there(image), comments, via }) },
    base: home.base,
    ...omitUndefined({ note }),
    ...(full ? { body: meta.digest, files, ...(Object.keys(links).length === 0 ? {} : { links }) } : {}),
    ...(full && site.markdown && sourceFormatOf(meta.key) === "markdown" ? { markdown: true } : {}),
  };
}

/**
 * The whole document as renderers take it: the outline with its bodies. Windows are cut before any body is made, so bodies that are many
 * times longer than their sources could exceed what readers accept. The longest ones are then replaced by their summaries.
 */
export function documentWithBodies(outline: Outline, bodies: Bodies): FeedDocument {
  const entries = withinRoom(outline.entries.map((entry) => entryWithBody(entry, bodies)));
  return { ...outline.document, entries: outline.document.markdown ? withMarkdown(entries, outline.entries) : entries };
}

/** Adds Markdown to the newest entries, as long as the file stays within what readers accept. */
function withMarkdown(entries: readonly Entry[], outlines: readonly EntryOutline[]): readonly Entry[] {
  let room = mostBytes - entries.reduce((sum, { html = "" }) => sum + Buffer.byteLength(html), 0);
  return entries.map((entry, index) => {
    if (entry.html === undefined || outlines[index]?.markdown === undefined || room <= 0) return entry;
    const markdown = markdownOf(entry.html);
    room -= Buffer.byteLength(markdown ?? "");
    return markdown === undefined || markdown === "" || room < 0 ? entry : { ...entry, markdown };
  });
}

/** The most bytes that the bodies of a document take in JSON, the format that escapes most; readers accept 5 MB (gate.ts). */
const mostBytes = 4_500_000;

function withinRoom(entries: readonly Entry[]): readonly Entry[] {
  // A UTF-16 code unit takes at most three bytes in UTF-8, or two as an escape.
  if (entries.reduce((sum, { html = "" }) => sum + html.length, 0) * 3 <= mostBytes) return entries;
  const sizes = entries.map(({ html }) => (html === undefined ? 0 : Buffer.byteLength(JSON.stringify(html))));
  let total = sizes.reduce((sum, size) => sum + size, 0);
  const out = new Set<number>();
  for (const [index] of [...sizes.entries()].sort(([a, one], [b, other]) => other - one || a - b)) {
    if (total <= mostBytes) break;
    total -= sizes[index] ?? 0;
    out.add(index);
  }
  return entries.map((entry, index) => {
    const { html: _, ...short } = entry;
    return out.has(index) ? short : entry;
  });
}

/** The entry with its body. */
export function entryWithBody({ entry, note, base, body, files = {}, links = {} }: EntryOutline, bodies: Bodies): Entry {
  if (body === undefined) return note === undefined ? entry : { ...entry, html: inDirection(note, entry.language) };
  const found = bodies.get(body);
  if (found === undefined) throw new Fault(`The body of ${entry.id} was not loaded. This is a mistake in Wireroom itself.`);
  const { html } = found;
  if (html === undefined)
    return note === undefined ? entry : { ...entry, html: inDirection(`${note}\n<p>${htmlText(entry.summary)}</p>`, entry.language) };
  const home = { url: entry.url, base };
  const linked = withArticles(html, (link) => {
    const address = links[articleName(link)];
    return address === undefined ? fromHome(link.otherwise, home) : addressWithin(address, link.tail);
  });
  const whole = withMedia(htmlFromHome(linked, home), (file) =>
    escapeValue(files[referenceName(file)] ?? fromHome(file.otherwise, home).replaceAll(",", "%2C")),
  );
  const shown = withLeadImage(note === undefined ? whole : `${note}\n${whole}`, entry.image);
  return { ...entry, html: inDirection(shown, entry.language) };
}

/** The public address of a key: each segment is percent-encoded in the form that `new URL` leaves unchanged. */
export function urlOf(site: Pick<Site, "feedUrl">, key: string): string {
  return new URL(key.split("/").map(encodeURIComponent).join("/"), site.feedUrl).href;
}
