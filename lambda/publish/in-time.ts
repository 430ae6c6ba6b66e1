import type { Packed } from "../articles/packed.ts";
import type { TimeLeft } from "../channels/time-left.ts";
import { Fault } from "../fault.ts";
import type { Key } from "../stores/store.ts";
import { bodiesIn, type Loaded, loadArticles, type Places } from "./bodies.ts";
import { type Edition, type Made, neededBodies, renderStale } from "./files.ts";

type Run = Places & {
  readonly tell: (done: number, of: number) => void;
  readonly left?: TimeLeft;
  /** Keeps what this run has read, and these articles, where there is no time to go on. */
  readonly keepRead: (articles: ReadonlyMap<string, Packed>) => Promise<void>;
};

/**
 * Renders what is stale, with the bodies that it shows.
 * @throws Fault where the time is over before; the bodies are kept, so that the next run has that much less to do.
 */
export async function renderInTime(
  edition: Edition,
  stale: ReadonlySet<Key>,
  atHand: ReadonlyMap<string, Packed>,
  run: Run,
): Promise<Made & { readonly loaded: Loaded }> {
  const needed = neededBodies(edition, stale);
  const loaded = await loadArticles(needed, atHand, run);
  const isWhole = loaded.articles.size === needed.length;
  const made = isWhole ? renderStale(edition, stale, bodiesIn(loaded.articles), run) : undefined;
  if (made !== undefined) return { loaded, ...made };
  const stored = new Set(loaded.stored);
  await run.keepRead(new Map([...loaded.articles].filter(([digest]) => !stored.has(digest))));
  const came = isWhole
    ? "The time was over before all files were rendered; if that comes again, a run needs more time."
    : `The time was over when ${loaded.articles.size} of ${needed.length} bodies were at hand.`;
  throw new Fault(`${came} Nothing was published; what was read is kept, and the next run goes on from there.`);
}
