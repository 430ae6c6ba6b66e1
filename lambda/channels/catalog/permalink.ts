import picomatch from "picomatch";
import { dayOf } from "../../articles/dates/zone.ts";
import { canonicalTag, isUnknown, languagePart } from "../../articles/language/language.ts";
import type { Instant } from "../../articles/model/article.ts";
import { pathOf } from "../../articles/title/identity.ts";
import { slugOf } from "../../articles/title/slug.ts";
import type { Key } from "../../stores/store.ts";
import type { Site } from "../site/site.ts";
import type { Metadata } from "./ledger/record.ts";

/**
 * The url of an article that names none: the template of the site, or of the article's folder, with its parts filled in; an empty part is
 * removed with its slash. Words are in lower case and percent-encoded; dates are in the time zone of the site. Undefined if there is no
 * template.
 */
export function permalinkOf(site: Bases, article: Dated): string | undefined {
  const template = templateFor(site, article.meta.key);
  if (template === undefined) return undefined;
  let filled = "";
  for (const piece of piecesOf(template)) filled += typeof piece === "string" ? piece : piece(article, site, template);
  if (filled.includes("//")) filled = filled.replace(/\/{2,}/g, "/");
  // Most addresses are plain words, which need no parser; the site's ends in a slash.
  return /^\/[\w/-]*$/.test(filled) ? site.url + filled.slice(1) : new URL(`.${filled}`, site.url).href;
}

type Piece = string | ((article: Dated, site: Bases, template: string) => string);

/** Of templates, of which a site has a few. */
const pieces = new Map<string, readonly Piece[]>();

/** A template, split at the names of its parts: every other piece is one. */
function piecesOf(template: string): readonly Piece[] {
  const known =
    pieces.get(template) ?? template.split(/\{(\w+)\}/).map((piece, at): Piece => (at % 2 === 0 ? piece : (parts[piece] ?? "")));
  pieces.set(template, known);
  return known;
}

type Bases = Pick<Site, "permalink" | "permalinks" | "url" | "timezone" | "language" | "languages" | "articles">;
type Dated = Named & { readonly published: Instant };

/** The parts of a template. Only those that it names are worked out: a day in another zone than UTC takes long. */
const parts: Readonly<Record<string, (article: Dated, site: Bases, template: string) => string>> = {
  section: ({ meta }) => encodedWord(meta.section ?? ""),
  language: ({ meta }, { language }) => encodeURIComponent(isUnknown(meta.language) ? language : meta.language),
  slug: ({ slug }) => encodedWord(slug),
  year: ({ published }, { timezone }) => dayOf(published, timezone).slice(0, -6),
  month: ({ published }, { timezone }) => dayOf(published, timezone).slice(-5, -3),
  day: ({ published }, { timezone }) => dayOf(published, timezone).slice(-2),
  path: (article, site, template) => pathIn(site, article, template),
  dated: (article, site) => datedIn(site, article),
  stem: (article, site, template) => pathIn(site, article, template).replace(/(?<=^|\/)\d{4}-\d{1,2}-\d{1,2}[-_](?=[^/]+$)/, ""),
  name: nameIn,
  title: titleIn,
};

function templateFor({ permalink, permalinks = [] }: Pick<Site, "permalink" | "permalinks">, key: Key): string | undefined {
  return permalinks.find(({ path }) => picomatch.isMatch(key, path, { nocase: true }))?.template ?? permalink;
}

/**
 * The name of the file as it is written, of an index page its folder's, without its ending and a leading day, as Jekyll, Hexo and Docusaurus
 * make addresses. A slug of the article's own replaces it.
 */
function nameIn({ meta, slug }: Named): string {
  const name = (pathOf(meta.key).split("/").at(-1) ?? "").replace(/^\d{4}-\d{1,2}-\d{1,2}-(?=.)/, "");
  return encodeURIComponent(hasOwnSlug({ meta, slug }) ? slug : withoutDots(name.normalize("NFC").trim().replace(/\s+/gu, "-")));
}

/** The title, as Hugo makes addresses of it. A slug of the article's own replaces it. */
function titleIn({ meta, slug }: Named): string {
  const word = meta.title.normalize("NFC").replace(/[^\p{L}\p{M}\p{N}\s._+~@-]+/gu, "");
  return encodeURIComponent(
    hasOwnSlug({ meta, slug })
      ? slug
      : pathWord(word)
          .replace(/-{2,}/g, "-")
          .replace(/^-+|-+$/g, "") || slug,
  );
}

type Named = { readonly meta: Metadata; readonly slug: string };

const hasOwnSlug = ({ meta, slug }: Named): boolean => meta.ownSlug === true || slug !== slugOf(meta.key, meta.title);

/**
 * The way to the file as it is written, with a leading day of its last word as folders, as Docusaurus makes addresses, whatever the article's
 * own date is: `2016/08/26/babili`. A slug of the article's own replaces the whole.
 */
function datedIn(site: Pick<Site, "articles">, { meta, slug }: Named): string {
  if (hasOwnSlug({ meta, slug })) return encodeURIComponent(slug);
  const path = pathOf(belowGlob(site, meta.key)).replace(/(?<=^|\/)(\d{4})-(\d{1,2})-(\d{1,2})[-_/](?=[^/]+$)/, "$1/$2/$3/");
  return path
    .split("/")
    .map((segment) => encodeURIComponent(withoutDots(segment.normalize("NFC").trim().replace(/\s+/gu, "-"))))
    .join("/");
}

/** The key below the nearest folder that a glob names. */
function belowGlob({ articles }: Pick<Site, "articles">, key: Key): Key {
  const bases = articles.map((glob) => picomatch.scan(glob).base).filter((base) => base !== "" && key.startsWith(`${base}/`));
  const base = bases.sort((a, b) => b.length - a.length)[0];
  return base === undefined ? key : key.slice(base.length + 1);
}

/**
 * The way to the file below the folder that its glob names, as site generators make addresses: without its ending, an `index.*` as its
 * folder. A language in the file's name is the first word, unless it is the site's own or the template has a place for it (Hugo, Zola). A slug
 * of the article's own replaces the last word.
 */
function pathIn(site: Pick<Site, "articles" | "language" | "languages">, { meta, slug }: Named, template: string): string {
  const below = belowGlob(site, meta.key);
  const part = languagePart(below, site.languages);
  const named = part !== undefined && !part.rest.split("/").includes("*") ? part : undefined;
  const segments = pathOf(named === undefined ? below : `${named.rest}.md`).split("/");
  const last = hasOwnSlug({ meta, slug }) ? slug : (segments.at(-1) ?? "");
  const isOther = named !== undefined && named.tag !== canonicalTag(site.language) && !template.includes("{language}");
  const words = [...segments.slice(0, -1), last].map(pathWord);
  return [...(isOther ? [named.tag] : []), ...words].map(encodeURIComponent).join("/");
}

const encodedWord = (word: string): string => encodeURIComponent(pathWord(word));

function pathWord(word: string): string {
  if (/^[\w-]+$/.test(word)) return word.toLowerCase();
  return withoutDots(word.normalize("NFC").trim().toLowerCase().replace(/\s+/gu, "-"));
}

/** A segment of only dots would climb the path. */
const withoutDots = (word: string): string => (/^\.+$/.test(word) ? "" : word);
