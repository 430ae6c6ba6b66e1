import type { Finding, Instant } from "../articles/article.ts";
import { type Before, membersMark, monthOf } from "./before.ts";
import { carriedIn, type Tombstone, tombstonesOf } from "./carried.ts";
import type { CatalogEntry } from "./catalog-entry.ts";
import type { Channel } from "./channel.ts";
import { latest } from "./dating.ts";
import { type Shown, windowAndArchive } from "./window.ts";

/** One document of a feed: its window or a part of its archive. */
export type Selected = {
  readonly kind: "window" | "archive";
  /** Its folder: "all", "all/archive/2026-10". */
  readonly path: string;
  readonly updated: Instant;
  readonly shown: readonly Shown[];
  /** Paths of the next older and the next newer document that readers can walk to (RFC 5005). */
  readonly previous?: string;
  readonly next?: string;
  /** What is gone, as long as that is told; of a window alone, since that is what readers poll. */
  readonly tombstones: readonly Tombstone[];
};

/** A channel's result. */
export type Selection = {
  readonly channel: Channel;
  readonly documents: readonly [Selected, ...Selected[]];
  readonly notices: readonly Finding[];
};

/** The time of a feed in which nothing was ever published: a fixed one, so that the same input gives the same bytes; no earlier, since validators of feeds doubt what is older than 1990. */
const never: Instant = "2000-01-01T00:00:00.000Z";

/** A channel -> its documents. `updated` is the latest of its entries' and drops, and never goes back. */
export function select(channel: Channel, before: Before): Selection {
  const { window, archive } = windowAndArchive(channel);
  const paths = archive.map((part) => `${channel.path}/archive/${part.name}`);
  const newestPart = paths.at(-1);
  const documents: Selected[] = archive.map((part, index) => {
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
  // A part that was published goes on answering when its last entry has left it: with none.
  const emptied = channel.archive === "none" ? [] : [...(before.parts?.keys() ?? [])].filter((path) => !paths.includes(path));
  documents.push(
    ...emptied.map((path): Selected => ({ kind: "archive", path, updated: updatedOfPart(path, [], before), shown: [], tombstones: [] })),
  );
  const shown = [...window, ...carriedIn(channel, window)];
  const tombstones = tombstonesOf(channel);
  const first: Selected = {
    kind: "window",
    path: channel.path,
    updated: latest(newestOf(shown), before.updated, before.dropped, tombstones[0]?.when),
    shown,
    tombstones,
    ...(newestPart === undefined ? {} : { previous: newestPart }),
  };
  return { channel, documents: [first, ...documents.toReversed()], notices: channel.content === "full" ? shortened(window) : [] };
}

/** A part may lose its newest entry, or all; a loss is dated where the part is another than it was and an article of its month has gone. */
function updatedOfPart(path: string, shown: readonly Shown[], { parts, dropped, months }: Before): Instant {
  const was = parts?.get(path);
  const loses = months?.has(monthOf(path.slice(path.lastIndexOf("/") + 1))) === true;
  const changed = was !== undefined && was.members !== membersMark(shown.map(({ entry }) => entry.id));
  return latest(newestOf(shown), was?.updated, loses && changed ? dropped : undefined);
}

function newestOf(shown: readonly Shown[]): Instant {
  const [first = never, ...others] = shown.map(({ entry }) => entry.updated);
  return latest(first, ...others);
}

function shortened(window: readonly Shown[]): readonly Finding[] {
  return window.flatMap(({ entry, full }) => (full || entry.bodiless === true ? [] : [tooLong(entry)]));
}

function tooLong(entry: CatalogEntry): Finding {
  const size = Math.ceil(entry.meta.size / 1000);
  const message = `The body (${size} KB) is over a quarter of the feed's limit: the feed shows its summary.`;
  return {
    kind: "notice",
    code: "body-too-long",
    key: entry.meta.key,
    message,
    hint: 'Raise "bytes" of the channel, or cut the article in two.',
  };
}
