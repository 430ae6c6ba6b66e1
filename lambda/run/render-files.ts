import { utf8Of } from "../articles/model/utf8.ts";
import type { Packed } from "../articles/packed.ts";
import type { Defects } from "../channels/catalog/refused.ts";
import { Fault } from "../fault.ts";
import type { DesiredState } from "../plan/desired/desired-state.ts";
import type { Page } from "../plan/desired/page.ts";
import type { RenderedDocument, RenderedFile } from "../plan/desired/render-document.ts";
import { type DesiredFile, type Finished, finished, type Rendered } from "../plan/manifest/file.ts";
import { inParallel } from "../stores/parallel.ts";
import type { Key } from "../stores/store.ts";
import { isOver, type TimeLeft } from "./process/time-left.ts";
import { type BodySources, bodiesIn, type Loaded, loadArticles } from "./read/bodies.ts";
import { type Renderer, workHere } from "./threads/work.ts";

type Run = BodySources & {
  readonly tell: (done: number, of: number) => void;
  readonly left?: TimeLeft;
  readonly workers?: Renderer;
  /** How many bytes of rendered files are held; by default, 256 MB. */
  readonly room?: number;
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
  const inDocuments = documents.flatMap(({ outline }) => outline.entries.flatMap(({ body }) => body ?? []));
  return [...new Set([...inDocuments, ...pages.flatMap(({ bodies }) => bodies ?? [])])];
}

/** The rendered files by key, and the faulty entries of those that the gate refuses. */
export type Renderings = { readonly rendered: ReadonlyMap<Key, Rendered>; readonly defects: Defects; readonly makeAgain: MakeAgain };

/** Makes a file again whose bytes were not held; undefined for a file that this run has not rendered. */
export type MakeAgain = (key: Key) => Promise<Finished | undefined>;

/** How many bytes of rendered and compressed files a run holds until they are written. */
const mostHeld = 256_000_000;

/** Renders the stale files, and checks every feed with the gate. Undefined if time ran out before everything was rendered. */
async function renderStale(
  desiredState: DesiredState,
  stale: ReadonlySet<Key>,
  articles: ReadonlyMap<string, Packed>,
  { tell, left, workers = workHere, room = mostHeld }: Run,
): Promise<Renderings | undefined> {
  const done = new Map<Key, Rendered>();
  const documents = desiredState.documents.flatMap(({ outline, files }) => {
    const wanted = files.filter((file) => stale.has(file.key));
    return wanted.length === 0 ? [] : [{ outline, wanted }];
  });
  const pages = desiredState.pages.filter(({ file }) => stale.has(file.key));
  const make = makerOf(articles, workers);
  let held = 0;
  const hold = (file: DesiredFile, { gzip, ...made }: Omit<RenderedFile, "key"> & Pick<Rendered, "judged" | "ofFile">): void => {
    held += gzip.length;
    done.set(file.key, { ...file, ...made, ...(held > room ? {} : { gzip }) });
  };
  let count = 0;
  const faulty = await inParallel(documents, async (document) => {
    if (isOver(left)) return undefined;
    const made = await make.document(document);
    const files = new Map(document.wanted.map((file) => [file.key, file]));
    for (const { key, ...file } of made.files) hold(files.get(key) as DesiredFile, file);
    count += 1;
    tell(count, documents.length);
    return made.defects;
  });
  if (count < documents.length) return undefined;
  for (const page of pages) {
    if (isOver(left)) return undefined;
    hold(page.file, make.page(page));
  }
  return {
    rendered: done,
    defects: new Map(faulty.flatMap((found) => [...(found ?? [])])),
    makeAgain: remaker(documents, pages, make),
  };
}

type StaleDocument = { readonly outline: DesiredState["documents"][number]["outline"]; readonly wanted: readonly DesiredFile[] };
type Maker = { readonly document: (document: StaleDocument) => Promise<RenderedDocument>; readonly page: (page: Page) => MadePage };
type MadePage = Finished & Pick<Rendered, "defects" | "judged" | "ofFile">;

function makerOf(articles: ReadonlyMap<string, Packed>, workers: Renderer): Maker {
  const bodies = bodiesIn(articles);
  const shownIn = ({ outline }: StaleDocument) =>
    outline.entries.flatMap(({ body }) => {
      const article = body === undefined ? undefined : articles.get(body);
      return body === undefined || article === undefined ? [] : [[body, article] as const];
    });
  return {
    document: (document) => {
      const files = document.wanted.map(({ key, headers }) => ({ key, headers }));
      return workers.render({ outline: document.outline, files, articles: new Map(shownIn(document)) });
    },
    page: ({ file, text: textOf }) => {
      const made = textOf(bodies);
      const { text, ...checked } = typeof made === "string" ? { text: made, defects: [] } : made;
      return { ...finished(utf8Of(text), file.headers), ...checked };
    },
  };
}

/** Files are asked for in the order of their keys, so those of one document follow each other, and it is rendered once for all of them. */
function remaker(documents: readonly StaleDocument[], pages: readonly Page[], make: Maker): MakeAgain {
  const byKey = new Map(documents.flatMap((document) => document.wanted.map(({ key }) => [key, document] as const)));
  const pageByKey = new Map(pages.map((page) => [page.file.key, page]));
  let last: { readonly document: StaleDocument; readonly made: Promise<RenderedDocument> } | undefined;
  return async (key) => {
    const page = pageByKey.get(key);
    if (page !== undefined) return make.page(page);
    const document = byKey.get(key);
    if (document === undefined) return undefined;
    if (last?.document !== document) last = { document, made: make.document(document) };
    return (await last.made).files.find((file) => file.key === key);
  };
}
