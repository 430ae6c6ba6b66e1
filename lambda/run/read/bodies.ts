import type { Newsroom } from "../../articles/model/article.ts";
import { type Packed, unpacked } from "../../articles/packed.ts";
import type { SourceRecord } from "../../channels/catalog/ledger/record.ts";
import { Fault } from "../../fault.ts";
import type { Bodies } from "../../feeds/documents/document.ts";
import { articleKey } from "../../state/state-keys.ts";
import { inParallel } from "../../stores/parallel.ts";
import type { Key, Store } from "../../stores/store.ts";
import { isOver, type TimeLeft } from "../process/time-left.ts";
import { type KeptArticle, type Parser, parseHere } from "./reading.ts";

export type BodySources = {
  readonly content: Store;
  readonly state: Store;
  /** The source record of each article. */
  readonly records: readonly SourceRecord[];
  readonly newsroom: Newsroom;
  /** Sources in memory. */
  readonly sources?: ReadonlyMap<Key, Uint8Array>;
  readonly parser?: Parser;
  readonly left?: TimeLeft;
};

type ArticleRecord = Extract<SourceRecord, { kind: "article" }>;

/** `articles`: all requested ones, unless time ran out. `stored`: the digests of those that state already keeps. */
export type Loaded = { readonly articles: ReadonlyMap<string, Packed>; readonly stored: readonly string[] };

/**
 * Loads the articles to render, by digest. Those made in this run are in memory; others come from state, or are made again from their source.
 * @throws Fault if an article is in none of these places: somebody changed it while this run was reading.
 */
export async function loadArticles(digests: readonly string[], atHand: ReadonlyMap<string, Packed>, places: BodySources): Promise<Loaded> {
  let sources: ReadonlyMap<string, ArticleRecord> | undefined;
  const articles = new Map<string, Packed>();
  const stored: string[] = [];
  await inParallel(digests, async (digest) => {
    if (isOver(places.left)) return;
    const kept = atHand.has(digest) ? undefined : await readPacked(places.state, digest);
    if (kept !== undefined) stored.push(digest);
    let article = kept?.article.meta.shown?.isWhole === true ? kept.bytes : atHand.get(digest);
    if (article === undefined) {
      sources ??= sourcesOf(digests, places.records);
      const source = sources.get(digest);
      // An article that was only ever shown by its summary is kept without its body.
      article = source === undefined ? kept?.bytes : (await makeBody(source, places))?.article;
      if (article === undefined) throw changedMeanwhile(source?.key ?? digest);
    }
    articles.set(digest, article);
  });
  return { articles, stored: stored.sort() };
}

/** The source records of the articles of these digests. */
function sourcesOf(digests: readonly string[], records: readonly SourceRecord[]): ReadonlyMap<string, ArticleRecord> {
  const [wanted, sources] = [new Set(digests), new Map<string, ArticleRecord>()];
  for (const record of records) if (record.kind === "article" && wanted.has(record.meta.digest)) sources.set(record.meta.digest, record);
  return sources;
}

export function changedMeanwhile(name: string): Fault {
  return new Fault(`An article changed while this run was reading it (${name}). Nothing was changed; run again.`);
}

/** The article as last published; undefined if it is not kept, or the file is damaged. */
export async function readKeptArticle(state: Store, digest: string): Promise<KeptArticle | undefined> {
  return (await readPacked(state, digest))?.article;
}

export async function readPacked(
  state: Store,
  digest: string,
): Promise<{ readonly bytes: Packed; readonly article: KeptArticle } | undefined> {
  const found = await state.read(articleKey(digest));
  if (found === undefined) return undefined;
  try {
    const article = unpacked<KeptArticle>(found.bytes);
    return article.meta?.digest === digest ? { bytes: found.bytes, article } : undefined;
  } catch {
    return undefined;
  }
}

/** Makes the body of an article from its source; undefined if the source has changed since its head was read. */
export async function makeBody(record: ArticleRecord | undefined, places: BodySources) {
  const reading = await readAgain("body", record, places);
  return reading?.what === "body" ? reading : undefined;
}

/** The same for its summary alone. */
export async function makeSummary(record: ArticleRecord, places: BodySources) {
  const reading = await readAgain("summary", record, places);
  return reading?.what === "summary" ? reading : undefined;
}

async function readAgain(what: "body" | "summary", record: ArticleRecord | undefined, places: BodySources) {
  if (record === undefined) return undefined;
  const { content, newsroom, sources, parser = parseHere } = places;
  const { key, meta, source } = record;
  const bytes = sources?.get(key) ?? (await content.read(key))?.bytes;
  return bytes === undefined ? undefined : parser.read({ key, bytes }, newsroom, { what, meta, source });
}

/** The bodies of packed articles. Each is unpacked only when a document shows it: that is fast, and unpacking all takes much memory. */
export function bodiesIn(articles: ReadonlyMap<string, Packed>): Bodies {
  return {
    get: (digest) => {
      const article = articles.get(digest);
      return article === undefined ? undefined : unpacked<KeptArticle>(article);
    },
  };
}
