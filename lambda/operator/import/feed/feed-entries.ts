import type { AtomFeed, JsonFeed, RdfFeed, RssFeed } from "feedsmith";
import { omitUndefined } from "../../../articles/model/json-value.ts";
import type { ImportedArticle, ImportedAttachment, ImportedPerson } from "../model/imported.ts";
import { dateWords, languageWord, paragraphs, titleWords, webAddress, wordsOf } from "./feed-words.ts";

/** `base`: for relative addresses; `where`: for messages. */
type Place = { readonly base: string; readonly where: string };

export function ofRssItem(item: RssFeed.Item<string>, { base, where }: Place): ImportedArticle {
  const [full, short] = [item.content?.encoded, item.description ?? item.itunes?.summary];
  const permalink = item.guid?.isPermaLink === false ? undefined : item.guid?.value;
  const url = webAddress(item.link, base) ?? webAddress(permalink);
  const names = [...(item.dc?.creators ?? []), ...(item.dc?.creators === undefined ? (item.authors ?? []).map(({ name }) => name) : [])];
  // A category's domain names its list; Wireroom's own feeds mark the section so.
  const section = item.categories?.find(({ domain }) => domain?.endsWith("#section"))?.name;
  const media = [...(item.media?.contents ?? []), ...(item.media?.groups ?? []).flatMap(({ contents }) => contents ?? [])];
  const picture = media.find(({ medium, type }) => medium === "image" || type?.startsWith("image/"))?.url;
  const html = full ?? short ?? "";
  return article(where, {
    // Readers take the link where there is no guid (RSS Advisory Board, Best Practices).
    id: item.guid?.value ?? item.link ?? item.atom?.id,
    url,
    title: item.title === undefined ? undefined : titleWords(item.title),
    published: dateWords(item.pubDate ?? item.dc?.dates?.[0] ?? item.dcterms?.created?.[0] ?? item.atom?.published),
    updated: dateWords(item.atom?.updated ?? item.dcterms?.modified?.[0]),
    authors: people(names.length > 0 ? names : [item.itunes?.author]),
    section,
    tags: (item.categories ?? []).flatMap(({ name }) => (name === undefined || name === section ? [] : [titleWords(name)])),
    summary: full === undefined || short === undefined ? undefined : wordsOf(short),
    language: languageWord(item.dc?.languages?.[0]),
    image: pictureFor(html, webAddress(picture ?? item.media?.thumbnails?.[0]?.url, base)),
    attachments: [
      ...(item.enclosures ?? []).map(({ url: file, type, length }) => ({ url: file, type, bytes: length, seconds: item.itunes?.duration })),
      ...media
        .filter(({ medium, type }) => medium === "audio" || medium === "video" || /^(?:audio|video)\//.test(type ?? ""))
        .map(({ url: file, type, fileSize, duration }) => ({ url: file, type, bytes: fileSize, seconds: duration })),
    ],
    comments: webAddress(item.comments),
    license: webAddress(item.creativeCommons?.licenses?.[0]),
    html,
    base,
  });
}

export function ofRdfItem(item: RdfFeed.Item<string>, { base, where }: Place): ImportedArticle {
  const [full, short] = [item.content?.encoded, item.description];
  return article(where, {
    id: item.rdf?.about ?? item.link,
    url: webAddress(item.link, base),
    title: item.title === undefined ? undefined : titleWords(item.title),
    published: dateWords(item.dc?.dates?.[0]),
    authors: people(item.dc?.creators ?? []),
    tags: item.dc?.subjects ?? [],
    summary: full === undefined || short === undefined ? undefined : wordsOf(short),
    language: languageWord(item.dc?.languages?.[0]),
    attachments: [],
    html: full ?? short ?? "",
    base,
  });
}

export function ofAtomEntry(entry: AtomFeed.Entry<string>, { base, where }: Place): ImportedArticle {
  const links = entry.links ?? [];
  const related = (relation: string) => links.filter(({ rel }) => (rel ?? "alternate") === relation);
  const alternates = related("alternate");
  const url = webAddress((alternates.find(({ type }) => type === undefined || /html/.test(type)) ?? alternates[0])?.href, base);
  const [full, short] = [textAsHtml(entry.content), textAsHtml(entry.summary)];
  const published = dateWords(entry.published);
  const section = entry.categories?.find(({ scheme }) => scheme?.endsWith("#section"))?.term;
  const html = full ?? short ?? "";
  return article(where, {
    id: entry.id ?? url,
    url,
    title: entry.title === undefined ? undefined : plainWords(entry.title),
    published: published ?? dateWords(entry.updated),
    updated: dateWords(entry.updated),
    authors: (entry.authors ?? []).flatMap(({ name, uri }) => personOf(name, uri)),
    section,
    tags: (entry.categories ?? []).flatMap(({ term, label }) => (term === undefined || term === section ? [] : [label ?? term])),
    summary: full === undefined || short === undefined ? undefined : wordsOf(short),
    language: languageWord(entry.content?.xml?.lang ?? entry.xml?.lang),
    image: pictureFor(html, webAddress(entry.media?.contents?.find(({ medium }) => medium === "image")?.url, base)),
    attachments: related("enclosure").map(({ href, type, length, title }) => ({ url: href, type, bytes: length, title })),
    comments: webAddress(related("replies").find(({ type }) => type === undefined || type === "text/html")?.href, base),
    license: webAddress(related("license")[0]?.href, base),
    html,
    base,
  });
}

export function ofJsonItem(item: JsonFeed.Item<string>, { base, where }: Place): ImportedArticle {
  const html = item.content_html ?? (item.content_text === undefined ? "" : paragraphs(item.content_text));
  return article(where, {
    id: item.id ?? item.url,
    url: webAddress(item.url, base),
    title: item.title,
    published: dateWords(item.date_published),
    updated: dateWords(item.date_modified),
    authors: (item.authors ?? []).flatMap(({ name, url }) => personOf(name, url)),
    tags: item.tags ?? [],
    summary: html === "" ? undefined : item.summary,
    language: languageWord(item.language),
    image: pictureFor(html, webAddress(item.image ?? item.banner_image, base)),
    attachments: (item.attachments ?? []).map((one) => ({
      url: one.url,
      type: one.mime_type,
      bytes: one.size_in_bytes,
      seconds: one.duration_in_seconds,
      title: one.title,
    })),
    html: html === "" ? paragraphs(item.summary ?? "") : html,
    base,
  });
}

type Undefinable<T> = { readonly [K in keyof T]?: T[K] | undefined };
type Written = Undefinable<Omit<ImportedArticle, "where" | "kind" | "state" | "attachments" | "html">> & {
  readonly attachments: readonly Undefinable<ImportedAttachment>[];
  readonly html: string;
  readonly base: string;
};

function article(where: string, { attachments, html, base, authors = [], tags = [], ...rest }: Written): ImportedArticle {
  const files = attachments.flatMap(({ url, bytes, ...more }) => {
    const address = webAddress(url, base);
    // RSS writes a length of 0 where it is not known.
    return address === undefined ? [] : [{ url: address, ...omitUndefined({ bytes: bytes === 0 ? undefined : bytes, ...more }) }];
  });
  const once = [...new Map(files.map((file) => [file.url, file])).values()];
  return {
    where,
    kind: "post",
    state: "published",
    ...omitUndefined(rest),
    authors,
    tags: [...new Set(tags.filter((tag) => tag.trim() !== ""))],
    attachments: once,
    html,
  };
}

function people(names: readonly (string | undefined)[]): readonly ImportedPerson[] {
  return names.flatMap((name) => personOf(name));
}

/** A person with a page; nobody without a name. */
export function personOf(name: string | undefined, url?: string): readonly ImportedPerson[] {
  return name === undefined || name.trim() === "" ? [] : [{ name: titleWords(name), ...omitUndefined({ url: webAddress(url) }) }];
}

type Text = { readonly value?: string | undefined; readonly type?: string | undefined };

/** A text construct of Atom (RFC 4287, 3.1): without a type it is plain text. */
function textAsHtml(text: Text | undefined): string | undefined {
  if (text?.value === undefined) return undefined;
  return /html/.test(text.type ?? "text") ? text.value : paragraphs(text.value);
}

function plainWords({ value = "", type = "text" }: Text): string {
  return /html/.test(type) ? wordsOf(value) : value.replace(/\s+/gu, " ").trim();
}

/** The lead picture, unless the body shows one of another size (`photo-300x200.jpg`, `photo.jpg?w=300`): it would be there twice. */
export function pictureFor(html: string, url: string | undefined): { readonly url: string } | undefined {
  if (url === undefined) return undefined;
  const name = /([^/?#]+?)(?:-\d+x\d+)?(?:\.\w+)?(?:[?#].*)?$/.exec(url)?.[1];
  const shown = html.includes(url) || html.includes(url.replaceAll("&", "&amp;"));
  return !shown && name !== undefined && /<img\b/i.test(html) && html.includes(name) ? undefined : { url };
}
