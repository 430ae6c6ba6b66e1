import type { ArticleReference } from "../../articles/links/article-link.ts";
import type { Finding } from "../../articles/model/article.ts";
import { quoted } from "../../articles/model/remark.ts";
import { pathOf } from "../../articles/title/identity.ts";
import type { Key } from "../../stores/store.ts";
import type { CatalogEntry } from "../catalog/catalog-entry.ts";
import type { SourceRecord } from "../catalog/ledger/record.ts";
import type { Site } from "../site/site.ts";

/**
 * The address of the article that a link in the article `from` leads to. Undefined if it leads to no article, as far as we know; empty if
 * readers cannot open that article.
 */
export type ArticleLookup = (
  reference: Pick<ArticleReference, "by" | "name"> & Partial<Pick<ArticleReference, "otherwise">>,
  from: Key,
) => string | undefined;

const readable: readonly string[] = ["live", "kept", "missing"];
/** Nobody serves the file itself of such an article. A page of HTML may have the address of its file. */
const MARKDOWN = /\.(?:md|markdown|mdown|mkd|mdx|mdoc)$/i;
const ENDING = /\.(?:md|markdown|mdown|mkd|mdx|mdoc|html?|xhtml|txt)$/i;

/**
 * Looks articles up by their files, by their names and by what nearly is their address. `homeless`: ids of articles whose address leads
 * elsewhere; `records`: all sources, published or not.
 */
export function articleAddresses(
  entries: readonly CatalogEntry[],
  homeless: ReadonlySet<string>,
  site: Pick<Site, "url">,
  records: readonly Pick<SourceRecord, "key" | "kind">[] = [],
): ArticleLookup {
  let index: ReturnType<typeof indexed> | undefined;
  return ({ by, name, otherwise = "" }, from) => {
    // Few articles link to others, so most runs need no index.
    index ??= indexed(entries, homeless, site, records);
    if (by === "file") {
      const found = index.keys.get(name) ?? index.fileEndingIn(name);
      if (found !== undefined) return found;
      if (MARKDOWN.test(name)) return index.isArticle(name) ? "" : undefined;
      // What ends like a page may be its address.
      if (!/\.html?$/i.test(name)) return undefined;
      return index.addressLike(`/${name}`) ?? index.addressLike(pathOn(site, otherwise));
    }
    if (by === "address") return index.addressLike(name);
    const path = withoutEnding(name.replace(/^\.?\//, ""));
    const beside = name.startsWith("/") ? undefined : withoutEnding(joined(from, name));
    return (beside === undefined ? undefined : index.paths.get(beside)) ?? index.paths.get(path) ?? index.endingIn(path);
  };
}

function indexed(...[entries, homeless, site, records = []]: Parameters<typeof articleAddresses>) {
  const open = entries.flatMap(({ id, url, state, meta }) =>
    url === undefined || homeless.has(id) || !readable.includes(state)
      ? []
      : [{ url, key: meta.key.normalize("NFC"), path: pathOf(meta.key) }],
  );
  const names = Map.groupBy(open, ({ path }) => lastOf(path));
  /** Nothing is guessed: of two articles that end alike, neither is meant. */
  const endingIn = (path: string): string | undefined => {
    const [one, another] = (names.get(lastOf(path)) ?? []).filter((each) => each.path === path || each.path.endsWith(`/${path}`));
    return another === undefined ? one?.url : undefined;
  };
  /** `@/news/a.md` (Zola) and `/news/a.md` begin at the folder of the articles, which the content may hold under another name. */
  const fileEndingIn = (file: Key): string | undefined => {
    const [one, another] = (names.get(lastOf(pathOf(file))) ?? []).filter(({ key }) => key.endsWith(`/${file}`));
    return another === undefined ? one?.url : undefined;
  };
  const sources = () => {
    const files = records.flatMap(({ key, kind }) => (kind === "passed-over" ? [] : [key.normalize("NFC")]));
    return Map.groupBy(new Set([...files, ...entries.map(({ meta }) => meta.key.normalize("NFC"))]), lastOf);
  };
  let articles: ReturnType<typeof sources> | undefined;
  /** Whether it is the file of one article, with an address or not. */
  const isArticle = (file: Key): boolean => {
    articles ??= sources();
    const named = articles.get(lastOf(file)) ?? [];
    return named.includes(file) || named.filter((key) => key.endsWith(`/${file}`)).length === 1;
  };
  const { origin } = new URL(site.url);
  const placed = () => {
    const own = open.flatMap(({ url }) => (url.startsWith(`${origin}/`) ? [{ url, path: decodedPath(url.slice(origin.length)) }] : []));
    return Map.groupBy(own, ({ path }) => plainAddress(path).toLowerCase());
  };
  let addresses: ReturnType<typeof placed> | undefined;
  /** The address that differs in its ending alone (`/a.html` for `/a/`), or in the case of letters. The right one needs no other. */
  const addressLike = (path: string): string | undefined => {
    addresses ??= placed();
    const wanted = plainAddress(path);
    const like = addresses.get(wanted.toLowerCase()) ?? [];
    const same = like.filter((each) => plainAddress(each.path) === wanted);
    const [one, another] = same.length > 0 ? same : like;
    return one === undefined || another !== undefined || withoutSlash(one.path) === withoutSlash(path) ? undefined : one.url;
  };
  return {
    addressLike,
    keys: new Map(open.map(({ key, url }) => [key, url])),
    paths: new Map(open.map(({ path, url }) => [path, url])),
    endingIn,
    fileEndingIn,
    isArticle,
  };
}

/** The path of an address on the site; empty for any other. */
function pathOn(site: Pick<Site, "url">, address: string): string {
  const url = URL.parse(address);
  return url !== null && url.origin === new URL(site.url).origin ? decodedPath(url.pathname) : "";
}

const withoutSlash = (path: string): string => path.replace(/\/+$/, "");
const plainAddress = (path: string): string => withoutSlash(path.replace(/(?:\/index)?\.(?:html?|mdx?)\/?$/i, ""));

function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path).normalize("NFC");
  } catch {
    return path;
  }
}

const lastOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
const withoutEnding = (name: string): string => (ENDING.test(name) ? pathOf(name) : name.replace(/\/$/, ""));

function joined(from: Key, name: string): string {
  const segments = from.split("/").slice(0, -1);
  for (const segment of name.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  return segments.join("/");
}

/** Reports links to articles that readers cannot open, and template tags that name no article: they keep their text, and lead nowhere. */
export function deadLinks(entries: readonly CatalogEntry[], find: ArticleLookup): readonly Finding[] {
  return entries.flatMap(({ meta, state }) => {
    const links = state === "live" ? (meta.shown?.links ?? []) : [];
    return links.flatMap((link): readonly Finding[] => {
      const address = find(link, meta.key);
      return address === "" || (address === undefined && link.by === "name")
        ? [{ kind: "notice", code: "link-unresolved", key: meta.key, ...deadLink(link) }]
        : [];
    });
  });
}

function deadLink({ by, name }: ArticleReference): Pick<Finding, "message" | "hint"> {
  if (by === "name") {
    const message = `A template tag links to ${quoted(name)}, but no article of that name has an address. The text of the link stays.`;
    return { message, hint: "Correct the name, or write the address." };
  }
  const message = `A link leads to ${quoted(name)}, but that article is not published or has no address. The text of the link stays.`;
  return { message, hint: "Publish that article, and give it a url or the site a permalink." };
}
