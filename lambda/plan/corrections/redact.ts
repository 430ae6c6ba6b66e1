import { htmlText, rssText, xmlAttribute, xmlText } from "../../feeds/model/text.ts";
import type { Key } from "../../stores/store.ts";
import { isOfPartner } from "../changes/removals.ts";

/** What identifies an article in a published file: its ids, and in a page its address or, without one, its title. */
export type RedactedArticle = { readonly id: string; readonly uri: string; readonly url?: string; readonly title?: string };

/** Removes articles from a published file and changes no other character. Returns the same text if the file does not show them. */
export function redact(key: Key, text: string, redacted: readonly RedactedArticle[]): string {
  if (key.endsWith("feed.json")) return redactItems(text, redacted);
  if (/\/sitemap-news-\d+\.xml$/.test(key))
    return redactElements(text, "url", (url) =>
      redacted.some((one) => one.url !== undefined && url.includes(`<loc>${xmlText(one.url)}</loc>`)),
    );
  // A partner's feed has any name.
  if (key.endsWith("rss.xml") || (isOfPartner(key) && key.endsWith(".xml")))
    return redactElements(text, "item", (item) => names(item, /<guid\b[^>]*>([^<]*)<\/guid>/, redacted));
  if (key.endsWith("atom.xml")) return redactElements(text, "entry", (entry) => names(entry, /<id>([^<]*)<\/id>/, redacted));
  if (key.endsWith(".html")) return redactElements(text, "article", (article) => redacted.some((one) => lists(article, one)));
  return text;
}

/** Whether a file is the document of one of these articles for a partner: ninjs, or a newsItem of NewsML-G2. */
export function isDocumentOf(key: Key, text: string, redacted: readonly RedactedArticle[]): boolean {
  if (!/^partners\/[^/]+\/items\//.test(key)) return false;
  const uri = key.endsWith(".json")
    ? (JSON.parse(text) as { readonly uri?: string }).uri
    : /<newsItem\b[^>]*\sguid="([^"]*)"/.exec(text)?.[1];
  return redacted.some((one) => uri === one.uri || uri === xmlAttribute(one.uri));
}

function redactItems(text: string, redacted: readonly RedactedArticle[]): string {
  const feed = JSON.parse(text) as { readonly items?: readonly { readonly id?: string }[] };
  const ids = new Set(redacted.flatMap(({ id, uri }) => [id, uri]));
  const items = feed.items?.filter(({ id }) => id === undefined || !ids.has(id));
  return items === undefined || items.length === feed.items?.length ? text : `${JSON.stringify({ ...feed, items }, null, 2)}\n`;
}

/** Bodies are in CDATA sections or escaped, so their tags are never mistaken for tags of the feed. */
function redactElements(text: string, name: string, isRedacted: (element: string) => boolean): string {
  const token = new RegExp(`<!\\[CDATA\\[[\\s\\S]*?\\]\\]>|<${name}(?=[\\s>])|</${name}>\\n?`, "g");
  const kept: string[] = [];
  let [from, start] = [0, -1];
  for (const match of text.matchAll(token)) {
    if (match[0].startsWith("<!")) continue;
    if (!match[0].startsWith("</")) {
      start = match.index;
      continue;
    }
    const end = match.index + match[0].length;
    if (start < 0 || !isRedacted(text.slice(start, end).replaceAll(/<!\[CDATA\[[\s\S]*?\]\]>/g, ""))) continue;
    kept.push(text.slice(from, start).replace(/[ \t]+$/, ""));
    from = end;
  }
  return from === 0 ? text : kept.join("") + text.slice(from);
}

function names(element: string, id: RegExp, redacted: readonly RedactedArticle[]): boolean {
  const written = id.exec(element)?.[1];
  return (
    written !== undefined &&
    redacted.some(({ id, uri, url = id }) => [id, uri, url].some((name) => [xmlText(name), rssText(name)].includes(written)))
  );
}

function lists(article: string, { url, title }: RedactedArticle): boolean {
  const heading = /<h3\b[\s\S]*?<\/h3>/.exec(article)?.[0] ?? "";
  if (url !== undefined) return heading.includes(`href="${htmlText(url)}"`);
  return title !== undefined && heading.includes(`>${htmlText(title)}<`);
}
