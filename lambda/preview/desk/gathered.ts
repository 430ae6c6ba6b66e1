import type { CatalogEntry } from "../../channels/catalog/catalog-entry.ts";
import { feedFiles } from "../../channels/site/site.ts";
import type { Hold } from "../../plan/changes/guard.ts";
import { headersByKey } from "../../plan/manifest/headers.ts";
import { flawOfKey } from "../../stores/key.ts";
import type { Key, Store } from "../../stores/store.ts";
import type { ArticleView, ShownEntryText } from "./pages/article-view.ts";
import type { FeedView } from "./pages/feed-view.ts";
import { type PlannedDiffs, type PlanView, plannedOnAPage } from "./pages/plan-view.ts";
import { articlesOf, type DeskArticle } from "./reading/article-states.ts";
import { asRead } from "./reading/as-read.ts";
import { entryFinder, type Named } from "./reading/entry-text.ts";
import { type Texts, textsOf } from "./reading/file-text.ts";
import { entryDiffer, plannedArticles } from "./reading/planned-articles.ts";
import { partnerDiffer } from "./reading/planned-partners.ts";
import { documentsShowing, filesForPartners, filesOfDocument, pageShowing, type ShowingFile } from "./reading/showing.ts";
import type { View } from "./reading/view.ts";

/** The most bytes of an article's file that its page shows. */
const mostOfAFile = 500_000;

/** Which article is asked for: by its file, or by the path of its page on this server. */
export type AskedArticle = { readonly key: Key } | { readonly page: string };

/** `feed`: the document to show; `held`: paths of held feeds; `isLocal`: this server has a page of each article, at its path. */
type Asked = {
  readonly of: AskedArticle;
  readonly feed: string | undefined;
  readonly held: ReadonlySet<string>;
  readonly isLocal: boolean;
};

/** All that the page of an article shows; undefined if the content has no such file, and had none. */
export async function gatheredArticle(view: View, { of, feed, held, isLocal }: Asked): Promise<ArticleView | undefined> {
  const article = articlesOf(view.prepared).find((one) => isMeant(one, of, view.settings.site.url));
  if (article === undefined) return undefined;
  const { key } = article;
  const { id, entry } = article;
  const texts = textsOf(view);
  const files = id === undefined ? [] : documentsShowing(view, id);
  const paths = [...new Set(files.flatMap(({ path }) => path ?? []))];
  const path = feed !== undefined && paths.includes(feed) ? feed : paths[0];
  const { marks = {} } = view.prepared.before.ledger.value.entries.get(id ?? key)?.partners ?? {};
  const named = entry ?? { id: id ?? key, uri: id ?? key };
  const [entries, partners, source] = await Promise.all([
    entriesIn(
      files.filter((file) => file.path === path),
      named,
      texts,
    ),
    id === undefined ? [] : entriesIn(filesForPartners(view, named), named, texts),
    view.settings.content.read(key, { first: 0, last: mostOfAFile - 1 }).catch(() => undefined),
  ]);
  const page = isLocal ? pathHere(view, entry) : id === undefined ? undefined : pageShowing(view, id)?.replace(/(^|\/)index\.html$/, "$1");
  return {
    article,
    held,
    paths,
    entries,
    partners,
    wasWithdrawn: Object.values(marks).some(({ gone }) => gone !== undefined),
    ...(path === undefined ? {} : { path }),
    ...(page === undefined ? {} : { page }),
    ...(source === undefined ? {} : { source: Buffer.from(source.bytes).toString("utf8").replaceAll("\r\n", "\n") }),
  };
}

/** Without a permalink in site.yaml, only this server has a page of the article: at the path of its file (local-site.ts). */
function isMeant({ key, entry }: DeskArticle, of: AskedArticle, home: string): boolean {
  if ("key" in of) return key === of.key;
  const path = of.page.replace(/^\//, "");
  return entry?.url === undefined ? `${key.replace(/\.[^./]*$/, "")}/` === path : entry.url === `${home}${path}`;
}

/** Undefined for an address of another site, and an article that readers cannot see. */
function pathHere({ settings: { site } }: View, entry: CatalogEntry | undefined): string | undefined {
  const isShown = entry !== undefined && ["live", "kept", "missing"].includes(entry.state);
  return isShown && entry.url?.startsWith(site.url) ? entry.url.slice(site.url.length) : undefined;
}

async function entriesIn(files: readonly ShowingFile[], named: Named, texts: Texts): Promise<readonly ShownEntryText[]> {
  const found = await Promise.all(
    files.map(async (file) => {
      const entry = entryFinder(file.key, (await texts.after(file.key)) ?? "")(named);
      return entry === undefined ? [] : [{ ...file, entry }];
    }),
  );
  return found.flat();
}

/** What the next publish would change, and the differences of some articles. */
export async function gatheredPlan(view: View, from: number): Promise<Pick<PlanView, "view" | "articles" | "shown" | "from">> {
  const articles = plannedArticles(view);
  const texts = textsOf(view);
  const differ = entryDiffer(view, texts);
  const differForPartners = partnerDiffer(view, texts);
  const shown: PlannedDiffs[] = [];
  for (const article of articles.slice(from, from + plannedOnAPage))
    shown.push({ article, diff: await differ(article), partners: await differForPartners(article) });
  return { view, articles, shown, from };
}

/** A document of a feed as a reader shows it; undefined if there is none at that path, or nothing of it is published yet. */
export async function gatheredFeed(
  view: View,
  path: string,
  file: string | undefined,
  holds: readonly Hold[],
): Promise<FeedView | undefined> {
  const files = filesOfDocument(view, path);
  const chosen = files.find(({ key }) => key === file) ?? files[0];
  const text = chosen === undefined ? undefined : await textsOf(view).after(chosen.key);
  const read = chosen === undefined || text === undefined ? undefined : asRead(text, `${view.settings.site.feedUrl}${chosen.key}`);
  if (chosen === undefined || read === undefined) return undefined;
  const { catalog, selections } = view.prepared;
  const byName = new Map<string, CatalogEntry>(
    [...catalog.dropped, ...catalog.entries].flatMap((entry) => [
      [entry.id, entry],
      [entry.uri, entry],
    ]),
  );
  const channel = selections.find(({ documents }) => documents.some((document) => document.path === path));
  const hold = holds.find(({ name }) => name === channel?.channel.path || name === "run");
  return {
    path,
    file: chosen.key,
    files,
    read,
    articleOf: (id) => (id === undefined ? undefined : byName.get(id)),
    documents: channel?.documents.map((document) => document.path) ?? [],
    ...(hold === undefined ? {} : { hold }),
  };
}

/** A published file as text, and the feed's files beside it; undefined if it is none, or no text. */
export async function publishedText(
  served: Store,
  key: Key,
): Promise<{ readonly content: string; readonly siblings: readonly Key[] } | undefined> {
  if (flawOfKey(key) !== undefined || (key.startsWith(".") && !key.startsWith(".well-known/"))) return undefined;
  const { contentType = "" } = headersByKey(key);
  if (!/^text\/|[/+](?:xml|json)\b/.test(contentType)) return undefined;
  const found = await served.read(key);
  if (found === undefined) return undefined;
  const folder = key.slice(0, key.lastIndexOf("/") + 1);
  const names = Object.values(feedFiles);
  const beside = names.includes(key.slice(folder.length)) ? names.map((name) => `${folder}${name}`) : [];
  const there = await Promise.all(beside.map(async (one) => ((await served.find(one)) === undefined ? [] : [one])));
  return { content: Buffer.from(found.bytes).toString("utf8"), siblings: there.flat() };
}
