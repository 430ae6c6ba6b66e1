import type { Finding, Instant } from "../../../articles/model/article.ts";
import { omitUndefined } from "../../../articles/model/json-value.ts";
import type { CatalogEntry } from "../../../channels/catalog/catalog-entry.ts";
import type { Metadata } from "../../../channels/catalog/ledger/record.ts";
import type { Prepared } from "../../../run/prepared.ts";
import type { Key } from "../../../stores/store.ts";

/** All states of a file that looks like an article, in the order in which somebody looks for them, each in words. */
export const stateWords = {
  quarantined: "quarantined",
  kept: "kept as of",
  missing: "missing",
  canceled: "canceled",
  dropped: "gone",
  embargoed: "embargoed",
  scheduled: "scheduled",
  draft: "draft",
  expired: "expired",
  live: "live",
  passedOver: "not taken",
} as const;
export type ArticleState = keyof typeof stateWords;

/** One article of the newsroom, or a file that looks like one and is none. */
export type DeskArticle = {
  readonly key: Key;
  readonly state: ArticleState;
  /** Known as soon as it has been published once. */
  readonly id?: string;
  readonly title?: string;
  /** BCP 47. */
  readonly language?: string;
  readonly published?: Instant;
  /** Of "kept", as of when; of a withheld article, until when or since when; of a canceled one, since when. */
  readonly at?: Instant;
  /** Why the file was not taken. */
  readonly reason?: string;
  /** Paths of the feeds that show it, in their windows or archives. */
  readonly feeds: readonly string[];
  readonly findings: readonly Finding[];
  readonly entry?: CatalogEntry;
};

/** Every article with its state: first what is broken or gone, then what is withheld, then the newest. */
export function articlesOf({ catalog, notices, selections, intake }: Prepared): readonly DeskArticle[] {
  const findings = Map.groupBy(
    [...catalog.findings, ...notices, ...selections.flatMap((selection) => selection.notices)],
    ({ key }) => key,
  );
  const known = new Map(intake.records.flatMap((record) => (record.kind === "article" ? [[record.key, record.meta] as const] : [])));
  const feeds = feedsById(selections);
  const done = new Set<Key>();
  const all: DeskArticle[] = [];
  const add = (article: DeskArticle): void => {
    if (done.has(article.key)) return;
    done.add(article.key);
    all.push(article);
  };
  const base = (key: Key, meta: Metadata | undefined) => ({
    key,
    findings: findings.get(key) ?? [],
    ...(meta === undefined ? {} : { title: meta.title, language: meta.language }),
  });
  for (const entry of [...catalog.entries, ...catalog.dropped]) {
    const { id, meta, state, published } = entry;
    const at = state === "kept" ? entry.updated : state === "canceled" || state === "dropped" ? entry.amended : undefined;
    add({ ...base(meta.key, meta), id, entry, state, published, feeds: feeds.get(id) ?? [], ...omitUndefined({ at }) });
  }
  for (const [key, found] of findings)
    if (found.some(({ kind }) => kind === "problem")) add({ ...base(key, known.get(key)), state: "quarantined", feeds: [] });
  for (const { key, reason, at } of catalog.withheld)
    add({ ...base(key, known.get(key)), state: reason, feeds: [], ...omitUndefined({ at }) });
  for (const { key, reason } of intake.notTaken) add({ ...base(key, undefined), state: "passedOver", reason, feeds: [] });
  return all.sort(byDate);
}

/** States that somebody has to look at come first. */
const urgent: readonly ArticleState[] = ["quarantined", "kept", "missing"];

function byDate(a: DeskArticle, b: DeskArticle): number {
  const rank = ({ state, published, at = "" }: DeskArticle): string => {
    if (urgent.includes(state)) return `3 ${9 - urgent.indexOf(state)}`;
    if (state === "passedOver") return "0";
    return published === undefined ? `2 ${at}` : `1 ${published}`;
  };
  const [one, other] = [rank(a), rank(b)];
  if (one !== other) return one > other ? -1 : 1;
  return a.key < b.key ? -1 : 1;
}

function feedsById(selections: Prepared["selections"]): ReadonlyMap<string, readonly string[]> {
  const feeds = new Map<string, string[]>();
  for (const { channel, documents } of selections) {
    for (const id of new Set(documents.flatMap(({ shown }) => shown.map(({ entry }) => entry.id)))) {
      const paths = feeds.get(id);
      if (paths === undefined) feeds.set(id, [channel.path]);
      else paths.push(channel.path);
    }
  }
  return feeds;
}
