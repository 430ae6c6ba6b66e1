import type { Finding, Instant } from "../../articles/model/article.ts";
import type { CatalogEntry } from "../catalog/catalog-entry.ts";
import { latest } from "../catalog/ledger/dating.ts";
import { carryOver, type Tombstone, tombstonesOf } from "./carry-over.ts";
import type { Channel } from "./channel.ts";
import { membersHash, monthOf, type PreviousFeed } from "./previous-feed.ts";
import { type ShownEntry, windowAndArchive } from "./window.ts";

/** One document of a feed: its window or a part of its archive. */
export type SelectedDocument = {
  readonly kind: "window" | "archive";
  /** Its folder: "all", "all/archive/2026-10". */
  readonly path: string;
  readonly updated: Instant;
  readonly shown: readonly ShownEntry[];
  /** Paths of the next older and the next newer document that readers can follow (RFC 5005). */
  readonly previous?: string;
  readonly next?: string;
  /** Entries that are gone, for as long as feeds announce it; only in a window, because readers poll only the window. */
  readonly tombstones: readonly Tombstone[];
};

/** The result of a channel. */
export type Selection = {
  readonly channel: Channel;
  readonly documents: readonly [SelectedDocument, ...SelectedDocument[]];
  readonly notices: readonly Finding[];
};

/**
 * The date of a feed that never had an entry: fixed, so that the same input gives the same bytes, and not earlier, because feed
 * validators doubt dates before 1990.
 */
export const never: Instant = "2000-01-01T00:00:00.000Z";

/** The documents of a channel. `updated` is the latest date of its entries and losses, and never goes back. */
export function selectionOf(channel: Channel, before: PreviousFeed): Selection {
  const { window, archive } = windowAndArchive(channel);
  const paths = archive.map((part) => `${channel.path}/archive/${part.name}`);
  const newestPart = paths.at(-1);
  const documents: SelectedDocument[] = archive.map((part, index) => {
    const [previous, next] = [paths[index - 1], paths[index + 1]];
    return {
      kind: "archive",
      path: paths[index] ?? "",
      updated: updatedOfPart(paths[index] ?? "", part.shown, before),
      shown: part.shown,
      tombstones: [],
      ...(previous === undefined ? {} : { previous }),
      ...(next === undefined ? {} : { next }),
    };
  });
  // A published archive part stays published without entries when the last one has left it.
  const emptied = channel.archive === "none" ? [] : [...(before.parts?.keys() ?? [])].filter((path) => !paths.includes(path));
  documents.push(
    ...emptied.map(
      (path): SelectedDocument => ({ kind: "archive", path, updated: updatedOfPart(path, [], before), shown: [], tombstones: [] }),
    ),
  );
  const shown = [...window, ...carryOver(channel, window)];
  const tombstones = tombstonesOf(channel);
  const first: SelectedDocument = {
    kind: "window",
    path: channel.path,
    updated: latest(newestOf(shown), before.updated, before.dropped, tombstones[0]?.when),
    shown,
    tombstones,
    ...(newestPart === undefined ? {} : { previous: newestPart }),
  };
  return { channel, documents: [first, ...documents.toReversed()], notices: channel.content === "full" ? shortened(window) : [] };
}

/** A part may lose its newest entry, or all. The loss gives the date if the part changed and an article of its month has left. */
function updatedOfPart(path: string, shown: readonly ShownEntry[], { parts, dropped, months }: PreviousFeed): Instant {
  const was = parts?.get(path);
  const loses = months?.has(monthOf(path.slice(path.lastIndexOf("/") + 1))) === true;
  const changed = was !== undefined && was.members !== membersHash(shown.map(({ entry }) => entry.id));
  return latest(newestOf(shown), was?.updated, loses && changed ? dropped : undefined);
}

function newestOf(shown: readonly ShownEntry[]): Instant {
  const [first = never, ...others] = shown.map(({ entry }) => entry.updated);
  return latest(first, ...others);
}

function shortened(window: readonly ShownEntry[]): readonly Finding[] {
  return window.flatMap(({ entry, full }) => (full || entry.bodiless === true ? [] : [tooLong(entry)]));
}

function tooLong(entry: CatalogEntry): Finding {
  const size = Math.ceil(entry.meta.size / 1000);
  const message = `The body (${size} KB) is more than a quarter of the feed's limit, so the feed shows its summary.`;
  return {
    kind: "notice",
    code: "body-too-long",
    key: entry.meta.key,
    message,
    hint: 'Increase "bytes" of the channel, or split the article.',
  };
}
