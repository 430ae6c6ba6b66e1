import { basename } from "node:path";
import { Fault } from "../../fault.ts";
import type { ImportReport } from "../../reports/imported.ts";
import type { Workers } from "../../run/threads/work.ts";
import type { Key, Store } from "../../stores/store.ts";
import { politeClient } from "../web/ask.ts";
import { articleFile } from "./files/article-file.ts";
import { fileNames } from "./files/file-names.ts";
import { siteFileFor } from "./files/site-file.ts";
import { type MediaFetched, mediaOf } from "./media.ts";
import type { ImportedHead, ImportSource, TellProgress } from "./model/imported.ts";
import { compareIds } from "./reappearing.ts";
import { openSource } from "./sources.ts";

export type ImportOrder = {
  /** A feed's address or file, a Ghost export, or the parts of a WordPress export. */
  readonly sources: readonly string[];
  /** The site's address, for a source that does not name it, or another one. */
  readonly siteUrl?: string;
  /** Imports pages, too, which no feed has. */
  readonly pages?: boolean;
  /** Fetches the pictures of the old site into the content. */
  readonly media?: boolean;
  readonly now: Date;
  readonly workers: Workers;
  /** Milliseconds between two requests. */
  readonly pause?: number;
  /** Hears how far it is. */
  readonly tell?: TellProgress;
};

const siteKey = "site.yaml";

/** The most requests: the documents of a feed, and its pictures. */
const mostRequests = 6_000;

/**
 * Writes the articles of another system as files, with a site.yaml that keeps its subscribers, and says which entries readers would see
 * again. Publishes nothing and overwrites nothing.
 * @throws Fault (usage) if the source cannot be imported, or files are in the way; nothing was written then.
 */
export async function importFrom(order: ImportOrder, content: Store): Promise<ImportReport> {
  const client = politeClient({ limit: mostRequests, ...(order.pause === undefined ? {} : { pause: order.pause }) });
  const tell = order.tell ?? (() => undefined);
  const source = await openSource(order.sources, client, tell, order.siteUrl);
  const url = addressOf(source, order);
  const wanted = source.heads.map((head) => order.pages === true || head.kind === "post");
  const names = fileNames(source.heads.filter((_, index) => wanted[index]));
  const chosen = source.heads.filter((_, index) => wanted[index]);
  if (chosen.length === 0) throw refused(`${order.sources.join(", ")} has no entry that can be imported`);
  await mustBeFree([siteKey, ...names], content);
  const hasPages = chosen.some(({ kind }) => kind === "page");
  const site = siteFileFor({ site: source.site, url, heads: chosen, day: order.now.toISOString().slice(0, 10), withPages: hasPages });
  const media = mediaOf(order.media === true ? client : undefined, url, content);
  await writeAll(source, { wanted, names, tell }, media, content);
  await content.write(siteKey, Buffer.from(site.text, "utf8"), {}, { ifAbsent: true });
  const compared = await compareIds({ ...order, tell, content: content.address, heads: chosen, keys: names, format: source.format });
  const pages = source.heads.length - chosen.length;
  return {
    command: "import",
    source:
      order.sources.length === 1 ? (order.sources[0] ?? "") : `${basename(order.sources[0] ?? "")} and ${order.sources.length - 1} more`,
    kind: source.kind,
    content: content.address,
    title: source.site.title ?? new URL(url).hostname,
    articles: countsOf(chosen),
    files: names.length + 1,
    media: media.count(),
    ...compared,
    notTaken: [
      ...source.notTaken,
      ...(pages === 0
        ? []
        : [{ where: "pages", reason: `${pages} ${pages === 1 ? "page was" : "pages were"} left out: add --pages to import pages.` }]),
      ...media.notTaken(),
    ],
    elsewhere: site.elsewhere,
  };
}

/** Whether everything that readers have is there, under its old id. */
export function isWhole({ reappear, absent, notTaken }: ImportReport): boolean {
  return reappear.length === 0 && absent.length === 0 && !notTaken.some(({ grave }) => grave === true);
}

/** Reads the source a second time, if it is a stream, and writes one file after the other. */
async function writeAll(
  source: ImportSource,
  { wanted, names, tell }: { readonly wanted: readonly boolean[]; readonly names: readonly Key[]; readonly tell: TellProgress },
  media: MediaFetched,
  content: Store,
): Promise<void> {
  let [index, written] = [0, 0];
  for await (const article of source.articles()) {
    const isWanted = wanted[index++];
    if (isWanted !== true) continue;
    const key = names[written++] ?? "";
    const text = articleFile(await media.inArticle(article));
    const { kind } = await content.write(key, Buffer.from(text.toWellFormed(), "utf8"), {}, { ifAbsent: true });
    if (kind === "refused")
      throw new Fault(`${content.address}/${key} was written meanwhile by somebody else. The import is not complete.`);
    tell({ kind: "stage", stage: "write", done: written, of: names.length });
  }
}

function addressOf({ site, heads }: ImportSource, { siteUrl }: ImportOrder): string {
  const first = heads.find(({ url }) => url !== undefined)?.url;
  const written = siteUrl ?? site.url ?? (first === undefined ? undefined : new URL(first).origin);
  const url = URL.parse(written ?? "");
  if (url === null || !/^https?:$/.test(url.protocol))
    throw refused(`The source does not name the site's address. Add it: --site-url https://news.example/`);
  return `${url.origin}${url.pathname.replace(/\/?$/, "/")}`;
}

/** Some disks do not distinguish case. */
async function mustBeFree(names: readonly Key[], content: Store): Promise<void> {
  const folded = new Set(names.map((name) => name.toLowerCase()));
  const inTheWay = (await content.list()).filter(({ key }) => folded.has(key.normalize("NFC").toLowerCase())).map(({ key }) => key);
  if (inTheWay.length === 0) return;
  const named = `${inTheWay.slice(0, 5).join(", ")}${inTheWay.length > 5 ? ` and ${inTheWay.length - 5} more` : ""}`;
  throw refused(`${content.address} already has ${named}, and import overwrites nothing. Name a new folder with --content`);
}

function countsOf(heads: readonly ImportedHead[]): ImportReport["articles"] {
  const count = (matches: (head: ImportedHead) => boolean) => heads.filter(matches).length;
  return {
    published: count(({ kind, state }) => kind === "post" && state === "published"),
    scheduled: count(({ state }) => state === "scheduled"),
    drafts: count(({ state }) => state === "draft" || state === "private"),
    pages: count(({ kind, state }) => kind === "page" && state === "published"),
  };
}

function refused(message: string): Fault {
  return new Fault(`${message}. Nothing was written.`, { kind: "usage" });
}
