import { gate } from "../../feeds/gate/gate.ts";
import { readXml, type XmlElement } from "../../feeds/gate/gate-xml.ts";

/** What readers take from one entry; dates are milliseconds since 1970, or NaN if the date cannot be read. */
export type EntryFacts = { readonly id?: string; readonly link?: string; readonly published?: number; readonly updated?: number };

/** What a feed says of itself, whatever its format. Absent: it does not say. */
export type FeedFacts = {
  readonly format: "rss" | "atom" | "json";
  readonly self?: string;
  readonly hub?: string;
  /** The feed's own date, as written. */
  readonly dated?: string;
  readonly entries: readonly EntryFacts[];
  /** The rules of Wireroom's gate that it breaks, a sentence each. */
  readonly broken: readonly string[];
};

export type FeedReading = { readonly kind: "feed"; readonly facts: FeedFacts } | { readonly kind: "none"; readonly why: string };

/** Reads a feed as a strict reader does. `base`: where it came from, for relative links. */
export function readFeed(text: string, base: string): FeedReading {
  const body = text.replace(/^\uFEFF/, "").trimStart();
  if (body === "") return { kind: "none", why: "The body is empty." };
  if (body.startsWith("{")) return readJson(body);
  if (/^<(?:!doctype html|html)\b/i.test(body)) return { kind: "none", why: `The body is an HTML page, not a feed.${offered(body, base)}` };
  if (!body.startsWith("<")) return { kind: "none", why: "The body is neither XML nor JSON." };
  const read = readXml(body);
  if (read.kind === "ill-formed") return { kind: "none", why: `The XML is broken. ${read.reason}` };
  const { root } = read;
  if (root.name === "rss") return rssFacts(root, body, base);
  if (root.name === "atom:feed") return atomFacts(root, body, base);
  return { kind: "none", why: `The root element is <${root.name}>: neither RSS 2.0 nor Atom.` };
}

const feedTypes = /\stype\s*=\s*["']?application\/(?:rss\+xml|atom\+xml|feed\+json)/i;

/** The feeds that a page names (autodiscovery: RSS Advisory Board). */
function offered(html: string, base: string): string {
  const links = html.match(/<link\s[^>]*>/gi)?.filter((link) => /\brel\s*=\s*["']?alternate/i.test(link) && feedTypes.test(link)) ?? [];
  const feeds = links.flatMap((link) => URL.parse(/\shref\s*=\s*["']?([^"'\s>]+)/i.exec(link)?.[1] ?? "", base)?.href ?? []);
  return feeds.length === 0 ? "" : ` It offers ${feeds.slice(0, 3).join(", ")}.`;
}

function rssFacts(root: XmlElement, text: string, base: string): FeedReading {
  const channel = child(root, "channel");
  if (channel === undefined) return { kind: "none", why: "The RSS has no <channel>." };
  const items = children(channel, "item");
  const entries = items.map((item) => {
    const guid = child(item, "guid");
    const id = textOf(guid) ?? textOf(child(item, "link"));
    const permalink = guid !== undefined && guid.attributes.isPermaLink !== "false" ? textOf(guid) : undefined;
    return entry({
      id,
      link: addressOf(textOf(child(item, "link")) ?? permalink, base),
      published: textOf(child(item, "pubDate")) ?? textOf(child(item, "dc:date")),
      updated: textOf(child(item, "atom:updated")),
    });
  });
  return feed("rss", text, entries, {
    self: linkOf(channel, "self"),
    hub: linkOf(channel, "hub"),
    dated: textOf(child(channel, "lastBuildDate")) ?? textOf(child(channel, "pubDate")),
  });
}

function atomFacts(root: XmlElement, text: string, base: string): FeedReading {
  const entries = children(root, "atom:entry").map((one) =>
    entry({
      id: textOf(child(one, "atom:id")),
      link: addressOf(linkOf(one, "alternate"), base),
      published: textOf(child(one, "atom:published")),
      updated: textOf(child(one, "atom:updated")),
    }),
  );
  return feed("atom", text, entries, { self: linkOf(root, "self"), hub: linkOf(root, "hub"), dated: textOf(child(root, "atom:updated")) });
}

type Json = Readonly<Record<string, unknown>>;

function readJson(text: string): FeedReading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { kind: "none", why: `The JSON is broken: ${error instanceof Error ? error.message : String(error)}.` };
  }
  const root = value as Json;
  if (typeof root.version !== "string" || !root.version.startsWith("https://jsonfeed.org/version/"))
    return { kind: "none", why: "The JSON is not a JSON Feed: its version is missing." };
  const word = (from: Json, name: string) => (typeof from[name] === "string" ? from[name] : undefined);
  const items = (Array.isArray(root.items) ? root.items : []) as readonly Json[];
  const entries = items.map((item) =>
    entry({
      id: typeof item.id === "number" ? String(item.id) : word(item, "id"),
      link: word(item, "url"),
      published: word(item, "date_published"),
      updated: word(item, "date_modified"),
    }),
  );
  const hubs = (Array.isArray(root.hubs) ? root.hubs : []) as readonly Json[];
  return feed("json", text, entries, { self: word(root, "feed_url"), hub: hubs[0] && word(hubs[0], "url") });
}

type Said = { readonly self?: string | undefined; readonly hub?: string | undefined; readonly dated?: string | undefined };

function feed(format: FeedFacts["format"], text: string, entries: readonly EntryFacts[], { self, hub, dated }: Said): FeedReading {
  const broken = gate({ format, text, expected: { entries: entries.length } });
  const said = Object.fromEntries(Object.entries({ self, hub, dated }).filter(([, value]) => value !== undefined)) as Pick<
    FeedFacts,
    "self" | "hub" | "dated"
  >;
  return { kind: "feed", facts: { format, entries, broken, ...said } };
}

function entry(written: Readonly<Record<"id" | "link" | "published" | "updated", string | undefined>>): EntryFacts {
  const { id, link, published, updated } = written;
  return {
    ...(id === undefined ? {} : { id }),
    ...(link === undefined ? {} : { link }),
    ...(published === undefined ? {} : { published: Date.parse(published) }),
    ...(updated === undefined ? {} : { updated: Date.parse(updated) }),
  };
}

const children = (parent: XmlElement, name: string): readonly XmlElement[] => parent.children.filter((one) => one.name === name);
const child = (parent: XmlElement, name: string): XmlElement | undefined => parent.children.find((one) => one.name === name);

function textOf(element: XmlElement | undefined): string | undefined {
  const text = element?.text.trim();
  return text === "" ? undefined : text;
}

/** The address of the first link with this relation (RFC 4287, 4.2.7.2: without a relation it is "alternate"). */
function linkOf(parent: XmlElement, relation: string): string | undefined {
  return children(parent, "atom:link").find(({ attributes }) => (attributes.rel ?? "alternate") === relation)?.attributes.href;
}

function addressOf(written: string | undefined, base: string): string | undefined {
  return written === undefined ? undefined : (URL.parse(written, base)?.href ?? written);
}
