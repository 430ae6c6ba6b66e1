import type { Article, Newsroom } from "../../articles/model/article.ts";
import { type Packed, packed, unpacked } from "../../articles/packed.ts";
import { parse } from "../../articles/parse.ts";
import { metadataOf, type SourceRecord } from "../../channels/catalog/ledger/record.ts";
import { Fault } from "../../fault.ts";
import type { Bodies } from "../../feeds/documents/document.ts";
import { articleKey } from "../../state/state.ts";
import { inParallel } from "../../stores/parallel.ts";
import type { Store } from "../../stores/store.ts";
import { isOver, type TimeLeft } from "../process/time-left.ts";

export type BodySources = {
  readonly content: Store;
  readonly state: Store;
  /** The source record of each article. */
  readonly records: readonly SourceRecord[];
  readonly newsroom: Newsroom;
  readonly left?: TimeLeft;
};

/** `articles`: all requested ones, unless time ran out. `stored`: the digests of those that state already keeps. */
export type Loaded = { readonly articles: ReadonlyMap<string, Packed>; readonly stored: readonly string[] };

/**
 * Loads the articles to render, by digest. Those parsed in this run are in memory; others come from state; one that no document showed
 * until now is read again.
 * @throws Fault if an article is in none of these places: somebody changed it while this run was reading.
 */
export async function loadArticles(digests: readonly string[], atHand: ReadonlyMap<string, Packed>, places: BodySources): Promise<Loaded> {
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

/** The article as last published; undefined if it is not kept, or the file is damaged. */
export async function readKeptArticle(state: Store, digest: string): Promise<Article | undefined> {
  const found = await state.read(articleKey(digest));
  return found === undefined ? undefined : whole(found.bytes, digest);
}

async function readPacked(state: Store, digest: string): Promise<Packed | undefined> {
  const found = await state.read(articleKey(digest));
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

async function readAgain(digest: string, key: string | undefined, { content, newsroom }: BodySources): Promise<Packed | undefined> {
  const found = key === undefined ? undefined : await content.read(key);
  if (key === undefined || found === undefined) return undefined;
  const parsed = parse({ key, bytes: found.bytes }, newsroom, { soleInFolder: true });
  return parsed.kind === "article" && metadataOf(parsed.article).digest === digest ? packed(JSON.stringify(parsed.article)) : undefined;
}

/** The bodies of packed articles. Each is unpacked only when a document shows it: that is fast, and unpacking all takes much memory. */
export function bodiesIn(articles: ReadonlyMap<string, Packed>): Bodies {
  return {
    get: (digest) => {
      const article = articles.get(digest);
      return article === undefined ? undefined : unpacked(article).html;
    },
  };
}
