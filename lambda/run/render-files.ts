import type { Packed } from "../articles/packed.ts";
import type { Defects } from "../channels/catalog/refused.ts";
import { Fault } from "../fault.ts";
import { type Bodies, documentWithBodies } from "../feeds/documents/document.ts";
import { renderFormats } from "../feeds/formats/formats.ts";
import { expectedOf } from "../feeds/gate/expected.ts";
import { gate } from "../feeds/gate/gate.ts";
import { defectsIn } from "../plan/desired/defects.ts";
import type { DesiredState } from "../plan/desired/desired-state.ts";
import { type Rendered, rendered } from "../plan/manifest/file.ts";
import type { Key } from "../stores/store.ts";
import { isOver, type TimeLeft } from "./process/time-left.ts";
import { type BodySources, bodiesIn, type Loaded, loadArticles } from "./read/bodies.ts";

type Run = BodySources & {
  readonly tell: (done: number, of: number) => void;
  readonly left?: TimeLeft;
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
  const made = isWhole ? renderStale(desiredState, stale, bodiesIn(loaded.articles), run) : undefined;
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
function renderStale(
  desiredState: DesiredState,
  stale: ReadonlySet<Key>,
  bodies: Bodies,
  { tell, left }: { readonly tell: (done: number, of: number) => void; readonly left?: TimeLeft },
): Renderings | undefined {
  const done = new Map<Key, Rendered>();
  const defects = new Map<string, readonly string[]>();
  const documents = desiredState.documents.filter(({ files }) => files.some((file) => stale.has(file.key)));
  for (const [index, { outline, files }] of documents.entries()) {
    if (isOver(left)) return undefined;
    const wanted = new Map(files.map((file) => [file.key, file]));
    for (const { key, format, text } of renderFormats(documentWithBodies(outline, bodies))) {
      const file = wanted.get(key);
      if (file !== undefined && stale.has(key))
        done.set(key, rendered(file, text, gate({ format, text, expected: expectedOf(outline, format) })));
    }
    if (files.some(({ key }) => (done.get(key)?.defects.length ?? 0) > 0))
      for (const [id, reasons] of defectsIn(outline, bodies)) defects.set(id, reasons);
    tell(index + 1, documents.length);
  }
  for (const { file, text } of desiredState.pages) {
    if (!stale.has(file.key)) continue;
    if (isOver(left)) return undefined;
    done.set(file.key, rendered(file, text(bodies), []));
  }
  return { rendered: done, defects };
}
