import type { Packed } from "../articles/packed.ts";
import type { Defects } from "../channels/catalog/refused.ts";
import { Fault } from "../fault.ts";
import type { DesiredState } from "../plan/desired/desired-state.ts";
import { type Rendered, rendered } from "../plan/manifest/file.ts";
import { inParallel } from "../stores/parallel.ts";
import type { Key } from "../stores/store.ts";
import { isOver, type TimeLeft } from "./process/time-left.ts";
import { type BodySources, bodiesIn, type Loaded, loadArticles } from "./read/bodies.ts";
import { type Renderer, workHere } from "./threads/work.ts";

type Run = BodySources & {
  readonly tell: (done: number, of: number) => void;
  readonly left?: TimeLeft;
  readonly workers?: Renderer;
  /** Saves what this run has read, and these articles, if there is no time to go on. */
  readonly keepRead: (articles: ReadonlyMap<string, Packed>) => Promise<void>;
};

/**
 * Renders the stale files, with the bodies that they show.
 * @throws Fault if time runs out first; the loaded bodies are kept, so that the next run has less to do.
 */
export async function renderFiles(
  desiredState: DesiredState,
  stale: ReadonlySet<Key>,
  atHand: ReadonlyMap<string, Packed>,
  run: Run,
): Promise<Renderings & { readonly loaded: Loaded }> {
  const needed = neededBodies(desiredState, stale);
  const loaded = await loadArticles(needed, atHand, run);
  const isWhole = loaded.articles.size === needed.length;
  const made = isWhole ? await renderStale(desiredState, stale, loaded.articles, run) : undefined;
  if (made !== undefined) return { loaded, ...made };
  const stored = new Set(loaded.stored);
  await run.keepRead(new Map([...loaded.articles].filter(([digest]) => !stored.has(digest))));
  const came = isWhole
    ? "Time ran out before all files were rendered. If this happens again, give the run more time."
    : `Time ran out after ${loaded.articles.size} of ${needed.length} bodies were loaded.`;
  throw new Fault(`${came} Nothing was published. What was read is kept, and the next run continues from there.`);
}

/** The digests of the bodies that the stale files show. */
function neededBodies(desiredState: DesiredState, stale: ReadonlySet<Key>): readonly string[] {
  const documents = desiredState.documents.filter(({ files }) => files.some((file) => stale.has(file.key)));
  const pages = desiredState.pages.filter(({ file }) => stale.has(file.key));
  const shown = [...documents.flatMap(({ outline }) => outline.entries), ...pages].flatMap(({ body }) =>
    body === undefined ? [] : [body],
  );
  return [...new Set(shown)];
}

/** The rendered files by key, and the faulty entries of those that the gate refuses. */
export type Renderings = { readonly rendered: ReadonlyMap<Key, Rendered>; readonly defects: Defects };

/** Renders the stale files, and checks every feed with the gate. Undefined if time ran out before everything was rendered. */
async function renderStale(
  desiredState: DesiredState,
  stale: ReadonlySet<Key>,
  articles: ReadonlyMap<string, Packed>,
  { tell, left, workers = workHere }: Run,
): Promise<Renderings | undefined> {
  const done = new Map<Key, Rendered>();
  const documents = desiredState.documents.flatMap(({ outline, files }) => {
    const wanted = new Map(files.flatMap((file) => (stale.has(file.key) ? [[file.key, file] as const] : [])));
    return wanted.size === 0 ? [] : [{ outline, wanted }];
  });
  let count = 0;
  const faulty = await inParallel(documents, async ({ outline, wanted }) => {
    if (isOver(left)) return undefined;
    const shown = outline.entries.flatMap(({ body }) => {
      const article = body === undefined ? undefined : articles.get(body);
      return body === undefined || article === undefined ? [] : [[body, article] as const];
    });
    const files = [...wanted.values()].map(({ key, headers }) => ({ key, headers }));
    const made = await workers.render({ outline, files, articles: new Map(shown) });
    for (const file of made.files) {
      const desired = wanted.get(file.key);
      if (desired !== undefined) done.set(file.key, { ...desired, ...file });
    }
    count += 1;
    tell(count, documents.length);
    return made.defects;
  });
  if (count < documents.length) return undefined;
  const bodies = bodiesIn(articles);
  for (const { file, text } of desiredState.pages) {
    if (!stale.has(file.key)) continue;
    if (isOver(left)) return undefined;
    done.set(file.key, rendered(file, text(bodies), []));
  }
  return { rendered: done, defects: new Map(faulty.flatMap((found) => [...(found ?? [])])) };
}
