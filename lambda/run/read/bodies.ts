import type { Article, Newsroom } from "../../articles/model/article.ts";
import { type Packed, packed, unpacked } from "../../articles/packed.ts";
import { parse } from "../../articles/parse.ts";
import type { Catalog } from "../../channels/catalog/catalog.ts";
import type { CatalogEntry } from "../../channels/catalog/catalog-entry.ts";
import { metadataOf, type SourceRecord } from "../../channels/catalog/ledger/record.ts";
import { Fault } from "../../fault.ts";
import type { Bodies } from "../../feeds/documents/document.ts";
import type { Shows } from "../../plan/copies.ts";
import { keptKey } from "../../state/state.ts";
import { stateKeys } from "../../state/state-keys.ts";
import { inParallel } from "../../stores/parallel.ts";
import type { Store } from "../../stores/store.ts";
import { isOver, type TimeLeft } from "../process/time-left.ts";

export type Places = {
  readonly content: Store;
  readonly state: Store;
  /** Where each article comes from. */
  readonly records: readonly SourceRecord[];
  readonly newsroom: Newsroom;
  readonly left?: TimeLeft;
};

/** `articles`: all that were asked for, unless the time was over before. `stored`: which of them are kept already. */
export type Loaded = { readonly articles: ReadonlyMap<string, Packed>; readonly stored: readonly string[] };

/**
 * The articles that have to be rendered, by digest: those parsed in this run are at hand; others are kept in state; one that no
 * document showed until now is read again.
 * @throws Fault where an article is nowhere to be had: somebody wrote while this run was reading.
 */
export async function loadArticles(digests: readonly string[], atHand: ReadonlyMap<string, Packed>, places: Places): Promise<Loaded> {
  const sources = new Map(
    places.records.flatMap((record) => (record.kind === "article" ? [[record.meta.digest, record.key] as const] : [])),
  );
  const articles = new Map<string, Packed>();
  const stored: string[] = [];
  await inParallel(digests, async (digest) => {
    if (isOver(places.left)) return;
    const kept = atHand.has(digest) ? undefined : await readPacked(places.state, digest);
    if (kept !== undefined) stored.push(digest);
    const article = atHand.get(digest) ?? kept ?? (await readAgain(digest, sources.get(digest), places));
    if (article === undefined)
      throw new Fault(
        `An article changed while this run was reading it (${sources.get(digest) ?? digest}). Nothing was changed; run again.`,
      );
    articles.set(digest, article);
  });
  return { articles, stored: stored.sort() };
}

/** The article as last published; undefined where it is not kept, or the file is damaged. */
export async function readKept(state: Store, digest: string): Promise<Article | undefined> {
  const found = await state.read(keptKey(digest));
  return found === undefined ? undefined : whole(found.bytes, digest);
}

async function readPacked(state: Store, digest: string): Promise<Packed | undefined> {
  const found = await state.read(keptKey(digest));
  return found === undefined || whole(found.bytes, digest) === undefined ? undefined : found.bytes;
}

function whole(bytes: Packed, digest: string): Article | undefined {
  try {
    const article = unpacked(bytes);
    return metadataOf(article).digest === digest ? article : undefined;
  } catch {
    return undefined;
  }
}

async function readAgain(digest: string, key: string | undefined, { content, newsroom }: Places): Promise<Packed | undefined> {
  const found = key === undefined ? undefined : await content.read(key);
  if (key === undefined || found === undefined) return undefined;
  const parsed = parse({ key, bytes: found.bytes }, newsroom, { soleInFolder: true });
  return parsed.kind === "article" && metadataOf(parsed.article).digest === digest ? packed(JSON.stringify(parsed.article)) : undefined;
}

/**
 * An article whose file no longer says keeps its body only if it was kept; where it was not (no document showed it), its summary
 * serves, and nobody has to be told of its end.
 */
export async function withBodies({ entries, dropped }: Catalog, state: Store): Promise<Pick<Catalog, "entries" | "dropped">> {
  const silent = (entry: CatalogEntry) => entry.state === "kept" || entry.state === "missing";
  if (dropped.length === 0 && !entries.some(silent)) return { entries, dropped };
  const kept = new Set((await state.list(stateKeys.kept)).map(({ key }) => key));
  const isKept = (entry: CatalogEntry) => kept.has(keptKey(entry.meta.digest));
  return {
    entries: entries.map((entry) => (silent(entry) && !isKept(entry) ? { ...entry, bodiless: true } : entry)),
    dropped: dropped.filter(isKept),
  };
}

export type Keeping = {
  /** To be kept from now on, by digest. */
  readonly keep: ReadonlyMap<string, Packed>;
  /** Kept until now and no longer shown anywhere. */
  readonly forget: readonly string[];
  /** All that is kept afterwards, ordered. */
  readonly kept: readonly string[];
};

/**
 * Every article that some document or page shows is kept, so that a neighbour's change needs no second parse and a broken edit has something to
 * fall back on; and every one whose end is told, so that it can be told again without its file.
 */
export async function keeping(shows: Shows, named: readonly string[], atHand: ReadonlyMap<string, Packed>, state: Store): Promise<Keeping> {
  const documents = shows.selections.flatMap((selection) => selection.documents.flatMap((document) => document.shown));
  const told = shows.selections.flatMap(({ channel }) => [
    ...channel.members.filter((entry) => entry.state === "canceled"),
    ...channel.dropped,
  ]);
  const digests = (entries: readonly CatalogEntry[]) => entries.map(({ meta }) => meta.digest);
  const shown = new Set(digests([...documents.map(({ entry }) => entry), ...told, ...shows.paged]));
  const whole = digests([...documents.filter(({ full }) => full).map(({ entry }) => entry), ...shows.paged]);
  const before = await keptBefore(named, whole, atHand, state);
  const known = new Set(before);
  const keep = new Map(
    [...shown].flatMap((digest) => {
      const article = known.has(digest) ? undefined : atHand.get(digest);
      return article === undefined ? [] : [[digest, article] as const];
    }),
  );
  return {
    keep,
    forget: before.filter((digest) => !shown.has(digest)),
    kept: [...before.filter((digest) => shown.has(digest)), ...keep.keys()].sort(),
  };
}

/**
 * What the manifest names, and what a run kept that was cut before its manifest: bodies that are live and that this run did not have to
 * read. Nobody would ever take those away again.
 */
async function keptBefore(
  named: readonly string[],
  whole: readonly string[],
  atHand: ReadonlyMap<string, Packed>,
  state: Store,
): Promise<readonly string[]> {
  const known = new Set(named);
  const unnamed = new Set(whole.filter((digest) => !known.has(digest) && !atHand.has(digest)));
  if (unnamed.size === 0) return named;
  const stored = new Set((await state.list(stateKeys.kept)).map(({ key }) => key));
  return [...named, ...[...unnamed].filter((digest) => stored.has(keptKey(digest)))];
}

/** The bodies of packed articles, each opened when a document shows it: opening takes less time than holding all of them takes memory. */
export function bodiesIn(articles: ReadonlyMap<string, Packed>): Bodies {
  return {
    get: (digest) => {
      const article = articles.get(digest);
      return article === undefined ? undefined : unpacked(article).html;
    },
  };
}
