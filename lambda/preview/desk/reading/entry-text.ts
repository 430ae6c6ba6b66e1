import { rssText, xmlText } from "../../../feeds/model/text.ts";
import type { Key } from "../../../stores/store.ts";

/** By what name a file knows an article: its id, its id as Atom and JSON Feed write it, or its address. */
export type Named = { readonly id: string; readonly uri: string; readonly url?: string };

/** The entries of one file, each as its text in the file, in their order; `name` as written. */
type Entries = readonly { readonly names: readonly string[]; readonly text: string }[];

/**
 * Looks up the entry of an article in the text of one file: an `item` or `entry` of XML, a `url` of a sitemap, an item of a JSON Feed, or
 * the whole file if it is of one article (ninjs, NewsML-G2). Undefined if the file does not show it. Bodies are in CDATA sections or escaped, so their tags are never mistaken for those of the feed.
 */
export function entryFinder(key: Key, text: string): (article: Named) => string | undefined {
  const byName = new Map(entriesIn(key, text).flatMap(({ names, text: own }) => names.map((name) => [name, own] as const)));
  return ({ id, uri, url = id }) => {
    for (const name of [id, uri, xmlText(id), xmlText(uri), rssText(id), url, xmlText(url), rssText(url)]) {
      const found = byName.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

function entriesIn(key: Key, text: string): Entries {
  if (key.endsWith(".json")) return jsonItems(text);
  if (!key.endsWith(".xml")) return [];
  const ofOne = /<newsItem\b[^>]*\bguid="([^"]*)"/.exec(text)?.[1];
  if (ofOne !== undefined) return [{ names: [ofOne], text }];
  return ["item", "entry", "url"].flatMap((name) => elements(text, name));
}

function jsonItems(text: string): Entries {
  let feed: { readonly items?: unknown; readonly uri?: unknown };
  try {
    feed = JSON.parse(text) as typeof feed;
  } catch {
    return [];
  }
  if (typeof feed.uri === "string") return [{ names: [feed.uri], text }];
  const items = Array.isArray(feed.items) ? (feed.items as readonly { readonly id?: unknown }[]) : [];
  return items.flatMap((item) => (typeof item?.id === "string" ? [{ names: [item.id], text: JSON.stringify(item, null, 2) }] : []));
}

function elements(text: string, name: string): Entries {
  if (!text.includes(`</${name}>`)) return [];
  const token = new RegExp(`<!\\[CDATA\\[[\\s\\S]*?\\]\\]>|<${name}(?=[\\s>])|</${name}>`, "g");
  const found: { readonly names: readonly string[]; readonly text: string }[] = [];
  let start = -1;
  for (const match of text.matchAll(token)) {
    if (match[0].startsWith("<!")) continue;
    if (!match[0].startsWith("</")) {
      start = match.index;
      continue;
    }
    if (start < 0) continue;
    const lineStart = text.lastIndexOf("\n", start) + 1;
    const own = text.slice(/^[ \t]*$/.test(text.slice(lineStart, start)) ? lineStart : start, match.index + match[0].length);
    const bare = own.replaceAll(/<!\[CDATA\[[\s\S]*?\]\]>/g, "");
    const names = [...bare.matchAll(/<(?:guid|id|loc)\b[^>]*>([^<]*)<\/(?:guid|id|loc)>/g)].map(([, written = ""]) => written.trim());
    found.push({ names, text: dedented(own) });
    start = -1;
  }
  return found;
}

/** The text without the indent of its first line. */
function dedented(text: string): string {
  const [indent = ""] = /^[ \t]*/.exec(text) ?? [];
  return indent === "" ? text : text.replaceAll(new RegExp(`^${indent}`, "gm"), "");
}
