import { stat } from "node:fs/promises";
import { omitUndefined } from "../../../articles/model/json-value.ts";
import { Fault } from "../../../fault.ts";
import type { NotTaken } from "../../../reports/imported.ts";
import { customaryFeeds } from "../feed/customary-feeds.ts";
import { languageWord, titleWords, webAddress, wordsOf } from "../feed/feed-words.ts";
import type { ImportedArticle, ImportedHead, ImportSource, TellProgress } from "../model/imported.ts";
import { postBody } from "./post-body.ts";
import { type Attached, apartFromSecrets, headOfPost, whereOf } from "./post-head.ts";
import { type WxrPart, wxrParts } from "./wxr-stream.ts";

/** What an export says besides its articles. */
type Rest = {
  readonly attached: Map<string, Attached>;
  readonly authors: Map<string, string>;
  readonly channel: WxrPart | undefined;
  readonly notTaken: readonly NotTaken[];
};

/**
 * Reads a WordPress export (WXR), which may consist of several files. The guid of its feeds is that of the export. The files are read
 * twice as streams: for everything but the bodies, then for one body at a time.
 */
export async function readWordpress(names: readonly string[], tell: TellProgress = () => undefined): Promise<ImportSource> {
  const posts = new Map<string, WxrPart>();
  const rest = await restOf(names, posts, await meterOf(names, tell));
  const url = webAddress(textOf(rest.channel, "link") ?? textOf(rest.channel, "wp:base_blog_url"));
  const notTaken = [...rest.notTaken];
  const heads: ImportedHead[] = [];
  const owners = new Map<string, string>();
  const headsById = new Map<string, readonly ImportedHead[]>();
  for (const [id, part] of posts) {
    const made = headOfPost(part, { ...rest, url }, notTaken);
    if (made === undefined) continue;
    const several = apartFromSecrets(withOwnId(made, owners, notTaken), part, notTaken);
    heads.push(...several);
    headsById.set(id, several);
  }
  return {
    kind: "wordpress",
    format: "rss",
    site: {
      ...omitUndefined({
        url,
        title: filled(titleWords(textOf(rest.channel, "title") ?? "")),
        description: filled(wordsOf(textOf(rest.channel, "description") ?? "")),
        language: languageWord(textOf(rest.channel, "language")),
      }),
      feeds: url === undefined ? [] : customaryFeeds("wordpress", url),
    },
    heads,
    articles: () => articlesOf(names, headsById, rest.attached, notTaken),
    notTaken,
  };
}

/** Exports of copied posts have a guid twice. Readers show one entry of an id, so the second post is new to them. */
function withOwnId(head: ImportedHead, owners: Map<string, string>, notTaken: NotTaken[]): ImportedHead {
  const owner = head.id === undefined ? undefined : owners.get(head.id);
  if (owner === undefined) {
    if (head.id !== undefined) owners.set(head.id, head.where);
    return head;
  }
  const { id: _, ...rest } = head;
  notTaken.push({
    where: `${head.where}, after ${owner}`,
    reason: "Two posts have one guid: the second gets an id of its own and appears as new.",
  });
  return { ...rest, isNew: true };
}

/** Tells how much of all files is read. */
async function meterOf(names: readonly string[], tell: TellProgress): Promise<(bytes: number) => void> {
  const sizes = await Promise.all(names.map(async (name) => (await stat(name)).size));
  const of = sizes.reduce((sum, size) => sum + size, 0) / 1_000_000;
  let done = 0;
  return (bytes) => {
    done += bytes / 1_000_000;
    tell({ kind: "stage", stage: "read", done, of, unit: "MB" });
  };
}

async function restOf(names: readonly string[], posts: Map<string, WxrPart>, met: (bytes: number) => void): Promise<Rest> {
  const [attached, authors, others] = [new Map<string, Attached>(), new Map<string, string>(), new Map<string, number>()];
  let [channel, comments]: [WxrPart | undefined, number] = [undefined, 0];
  for (const name of names)
    for await (const part of wxrParts(name, false, met)) {
      if (part.kind === "channel") channel ??= part;
      else if (part.kind === "author") authors.set(textOf(part, "wp:author_login") ?? "", textOf(part, "wp:author_display_name") ?? "");
      else {
        const [id, type] = [textOf(part, "wp:post_id") ?? textOf(part, "guid") ?? "", textOf(part, "wp:post_type") ?? "post"];
        if (type === "post" || type === "page") {
          comments += posts.has(id) ? 0 : part.comments;
          if (!posts.has(id)) posts.set(id, part);
        } else if (type === "attachment") attached.set(id, attachedOf(part));
        else others.set(type, (others.get(type) ?? 0) + 1);
      }
    }
  if (channel === undefined) throw new Fault(`${names.join(", ")} has no <channel>. Nothing was written.`, { kind: "usage" });
  const ofTypes = [...others].map(([type, count]) => ({
    where: type,
    reason: `${count} of the type ${type}: only posts and pages are articles.`,
  }));
  const ofComments =
    comments === 0
      ? []
      : [
          {
            where: "comments",
            reason: `${comments} ${comments === 1 ? "comment" : "comments"} of readers: Wireroom has no place for them.`,
          },
        ];
  return { attached, authors, channel, notTaken: [...ofTypes, ...ofComments] };
}

function attachedOf(part: WxrPart): Attached {
  return {
    url: webAddress(textOf(part, "wp:attachment_url")),
    parent: textOf(part, "wp:post_parent"),
    alt: filled(part.meta.get("_wp_attachment_image_alt") ?? ""),
    caption: filled(wordsOf(textOf(part, "excerpt:encoded") ?? "")),
  };
}

async function* articlesOf(
  names: readonly string[],
  heads: ReadonlyMap<string, readonly ImportedHead[]>,
  attached: ReadonlyMap<string, Attached>,
  notTaken: NotTaken[],
): AsyncGenerator<ImportedArticle> {
  const done = new Set<string>();
  for (const name of names)
    for await (const part of wxrParts(name, true)) {
      const id = textOf(part, "wp:post_id") ?? textOf(part, "guid") ?? "";
      const type = textOf(part, "wp:post_type") ?? "post";
      const made = part.kind === "item" && (type === "post" || type === "page") ? heads.get(id) : undefined;
      if (made === undefined || done.has(id)) continue;
      done.add(id);
      const { html, lost } = postBody(part.texts.get("content:encoded") ?? "", id, attached);
      const where = whereOf(part);
      const names = [...lost].map(([what, count]) => (count > 1 ? `${what} (${count})` : what)).join(", ");
      if (lost.size > 0)
        notTaken.push({ where: `${where}: ${names}`, reason: "Blocks or shortcodes that only WordPress can run were left out." });
      if (part.cut) notTaken.push({ where, reason: "Its text is longer than any article may be, and was cut.", grave: true });
      // Of two, the first is what readers may see of a post with a password.
      for (const [index, head] of made.entries()) yield { ...head, html: index < made.length - 1 ? "" : html };
    }
}

export function textOf(part: WxrPart | undefined, name: string): string | undefined {
  return filled(part?.texts.get(name) ?? "");
}

function filled(text: string): string | undefined {
  return text.trim() === "" ? undefined : text.trim();
}
