import type { CatalogEntry } from "../catalog/catalog-entry.ts";
import type { Channel } from "./channel.ts";

/** An entry in a document; `full` is false if its body is too long for the feed, or the feed shows summaries. */
export type ShownEntry = { readonly entry: CatalogEntry; readonly full: boolean };

/** The size of an entry without its body (bytes): the design's measure before formats. */
const entryOverhead = 1_000;
/** The size of a summary that is made from the text: about as many bytes as characters. */
const usualSummary = 300;
/** The size of a tag, an author or a file without its words: its elements in each format. */
const itemOverhead = 60;
/** The limits of an archive part; whichever is reached first. */
const partEntries = 100;
const partBytes = 1_000_000;

export type ArchivePart = { readonly name: string; readonly shown: readonly ShownEntry[] };

/** How a feed shows an entry: its summary replaces a body of more than a quarter of the limit. */
export function shownIn(channel: Pick<Channel, "content" | "bytes">, entry: CatalogEntry): ShownEntry {
  return { entry, full: channel.content === "full" && entry.bodiless !== true && entry.meta.size <= channel.bytes / 4 };
}

/**
 * What an entry takes of a document, before any body is made: its decoded source, or its summary where that stands for it; and 1 KB for its
 * facts, or more if they are many.
 */
function weight({ entry, full }: ShownEntry): number {
  const { size, summary } = entry.meta;
  return factsOf(entry) + (full ? size : summary === undefined ? usualSummary : Buffer.byteLength(summary));
}

/**
 * Title, tags, authors and other facts count only beyond twice the usual size, so that an article with many of them uses its own
 * share.
 */
function factsOf({ id, url = "", meta }: CatalogEntry): number {
  const { title, summary = "", section = "", tags, authors, attachments, correction = "", canceled, via } = meta;
  const people = authors.flatMap(({ name, email = "", url: page = "" }) => [name, email, page]);
  const played = attachments.flatMap(({ url: file, title: called = "" }) => [file, called]);
  const words = [id, url, title, summary, section, correction, canceled?.reason ?? "", via?.title ?? "", ...tags, ...people, ...played];
  const bytes = words.reduce((sum, word) => sum + Buffer.byteLength(word), 0);
  return Math.max(entryOverhead, bytes + (tags.length + authors.length + attachments.length) * itemOverhead - entryOverhead);
}

/** The newest entries up to `limit` and `bytes`, at least one. Newest first in, newest first out. */
export function newest(channel: Pick<Channel, "limit" | "bytes">, all: readonly ShownEntry[]): readonly ShownEntry[] {
  let total = 0;
  const fits = all.findIndex((shown, index) => {
    total += weight(shown);
    return index > 0 && (index >= channel.limit || total > channel.bytes);
  });
  return fits === -1 ? all : all.slice(0, fits);
}

/**
 * The whole history in parts (RFC 5005, section 4): one per calendar month (UTC, by `published`), split at 100 entries or 1 MB,
 * oldest part first. It depends only on the sorted list, so a finished part changes only if one of its entries does.
 */
export function monthlyParts(all: readonly ShownEntry[]): readonly ArchivePart[] {
  const parts: { name: string; month: string; bytes: number; shown: ShownEntry[] }[] = [];
  for (const shown of all.toReversed()) {
    const month = shown.entry.published.slice(0, 7);
    const last = parts.at(-1);
    const size = weight(shown);
    if (last !== undefined && last.month === month && last.shown.length < partEntries && last.bytes + size <= partBytes) {
      last.shown.push(shown);
      last.bytes += size;
      continue;
    }
    const turn = parts.filter((part) => part.month === month).length + 1;
    parts.push({ name: turn === 1 ? month : `${month}-${turn}`, month, bytes: size, shown: [shown] });
  }
  return parts.map(({ name, shown }) => ({ name, shown: shown.toReversed() }));
}

/** The window, which holds the rest of the part that it reaches into, and the parts before it: every entry is in exactly one. */
export function windowAndArchive(channel: Channel): { readonly window: readonly ShownEntry[]; readonly archive: readonly ArchivePart[] } {
  // Without an archive nothing is made of the others: a channel may have all articles.
  const reached = channel.archive === "none" ? channel.members.slice(0, channel.limit) : channel.members;
  const all = reached.map((entry) => shownIn(channel, entry));
  const window = newest(channel, all);
  if (channel.archive === "none") return { window, archive: [] };
  const parts = monthlyParts(all);
  const oldest = window.at(-1);
  const entered = parts.findIndex((part) => oldest !== undefined && part.shown.includes(oldest));
  return {
    window: parts
      .slice(Math.max(entered, 0))
      .toReversed()
      .flatMap((part) => part.shown),
    archive: parts.slice(0, Math.max(entered, 0)),
  };
}
