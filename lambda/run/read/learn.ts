import type { Packed } from "../../articles/packed.ts";
import { type Metadata, recordsByKey, type SourceRecord } from "../../channels/catalog/ledger/record.ts";
import type { Showing } from "../../channels/select/shown.ts";
import { inParallel } from "../../stores/parallel.ts";
import { isOver } from "../process/time-left.ts";
import { type BodySources, changedMeanwhile, makeBody, makeSummary, readPacked } from "./bodies.ts";

/** What became known of articles, by digest, and the bodies that were made. `isAll`: there was time for all. */
export type Learned = {
  readonly known: ReadonlyMap<string, Metadata>;
  readonly articles: ReadonlyMap<string, Packed>;
  readonly isAll: boolean;
};

/**
 * Learns what only a shown article needs, where no earlier run did: its body, or the beginning of it for a summary that nobody wrote.
 * `kept`: digests of articles that state keeps.
 * @throws Fault if a source has changed since its head was read.
 */
export async function learnShown(
  showing: Showing,
  kept: ReadonlySet<string>,
  places: BodySources,
  tell: (done: number, of: number) => void,
): Promise<Learned> {
  const open = [...showing].filter(([, { meta, whole }]) => !isKnown(meta, whole));
  const known = new Map<string, Metadata>();
  const articles = new Map<string, Packed>();
  let done = 0;
  await inParallel(open, async ([digest, { meta, whole }]) => {
    if (isOver(places.left)) return;
    const stored = kept.has(digest) ? await readPacked(places.state, digest) : undefined;
    const record = recordOf(meta, places.records);
    if (stored !== undefined && (isKnown(stored.article.meta, whole) || record === undefined)) known.set(digest, stored.article.meta);
    else if (record !== undefined) {
      const made = whole ? await makeBody(record, places) : await makeSummary(record, places);
      if (made === undefined) throw changedMeanwhile(record.key);
      known.set(digest, made.meta);
      if (made.what === "body") articles.set(digest, made.article);
    }
    done += 1;
    tell(done, open.length);
  });
  return { known, articles, isAll: done === open.length };
}

/** The source record that says what the article is. */
function recordOf({ key, digest }: Metadata, records: readonly SourceRecord[]) {
  const record = recordsByKey(records).get(key);
  return record?.kind === "article" && record.meta.digest === digest ? record : undefined;
}

const isKnown = ({ summary, shown }: Metadata, whole: boolean): boolean =>
  whole ? shown?.isWhole === true : summary !== undefined || shown?.summary !== undefined;
