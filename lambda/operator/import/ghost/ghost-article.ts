import { omitUndefined } from "../../../articles/model/json-value.ts";
import type { NotTaken } from "../../../reports/imported.ts";
import { dateWords, languageWord, paragraphs, webAddress } from "../feed/feed-words.ts";
import type { ImportedArticle, ImportedPerson } from "../model/imported.ts";
import { type GhostData, type GhostRow, rowsBy, textAt } from "./ghost-data.ts";

/** Where the part of a post that everybody may read ends. */
const paywall = "<!--members-only-->";

const states: Readonly<Record<string, ImportedArticle["state"]>> = {
  published: "published",
  scheduled: "scheduled",
  draft: "draft",
  // Sent by e-mail alone, so no feed had it.
  sent: "private",
};

/** A post or page; undefined if it cannot be taken over, which is then among `notTaken`. `site`: ends with "/". */
export function ghostArticle(post: GhostRow, data: GhostData, site: string, notTaken: NotTaken[]): ImportedArticle | undefined {
  const id = textAt(post, "id");
  // Ghost 0.x counted its posts, and its feed had the uuid as guid.
  const guid = typeof post["id"] === "number" ? (textAt(post, "uuid") ?? id) : id;
  const slug = textAt(post, "slug");
  const where = `post ${id ?? "without id"}${slug === undefined ? "" : ` (${slug})`}`;
  const state = states[textAt(post, "status") ?? ""];
  const say = (reason: string, grave?: true) => void notTaken.push({ where, reason, ...(grave === undefined ? {} : { grave }) });
  if (state === undefined) {
    say(`Its status is not known: ${JSON.stringify(post["status"])}.`);
    return undefined;
  }
  const meta = rowsBy(data, "posts_meta", "post_id").get(id ?? "")?.[0];
  const isPage = textAt(post, "type") === "page" || ["1", "true"].includes(String(post["page"] ?? ""));
  const whole = (textAt(post, "html") ?? "").replaceAll("__GHOST_URL__", site.slice(0, -1));
  const summary = textAt(post, "custom_excerpt") ?? textAt(meta, "meta_description") ?? textAt(post, "meta_description");
  const isPublic = [undefined, "public"].includes(textAt(post, "visibility"));
  const html = isPublic ? whole : publicPart(whole);
  const isUnrendered = isPublic && html === "" && (textAt(post, "lexical") ?? textAt(post, "mobiledoc")) !== undefined;
  if (!isPublic) say("It is for members only: the part that everybody may read was taken over.");
  else if (isUnrendered)
    say("The export has its text in Ghost's editor format alone: the article is an empty draft. Save it in Ghost and export again.", true);
  if (state === "private") say("It was sent by e-mail only; the article is private.");
  const tags = tagsOf(id, data);
  const published = momentAt(post, "published_at");
  return {
    where,
    kind: isPage ? "page" : "post",
    // Readers have its text: an empty entry must not replace it.
    state: isUnrendered ? "draft" : state,
    ...omitUndefined({
      id: guid,
      slug,
      url: slug === undefined || state === "draft" ? undefined : webAddress(`${encodeURIComponent(slug)}/`, site),
      title: textAt(post, "title"),
      published,
      updated: state === "published" ? later(momentAt(post, "updated_at"), published) : undefined,
      section: tags[0],
      summary,
      language: languageWord(textAt(post, "locale") ?? textAt(post, "language")),
      image: pictureOf(post, meta, site),
    }),
    authors: authorsOf(post, id, data),
    tags: tags.slice(1),
    attachments: [],
    html: html === "" && summary !== undefined ? paragraphs(summary) : html,
  };
}

/** Exports of Ghost 0.x have milliseconds since 1970. */
function momentAt(post: GhostRow, name: string): string | undefined {
  const value = post[name];
  if (typeof value !== "number") return dateWords(textAt(post, name));
  return Math.abs(value) <= 8.64e15 ? new Date(value).toISOString() : undefined;
}

function publicPart(html: string): string {
  const end = html.indexOf(paywall);
  return end === -1 ? "" : html.slice(0, end);
}

/** Every save moves `updated_at`; before the publication it says nothing. */
function later(updated: string | undefined, published: string | undefined): string | undefined {
  return updated !== undefined && published !== undefined && updated > published ? updated : undefined;
}

/** The names of its tags, the primary one first; those that begin with # are internal. */
function tagsOf(id: string | undefined, data: GhostData): readonly string[] {
  return (rowsBy(data, "posts_tags", "post_id").get(id ?? "") ?? []).flatMap((row) => {
    const tag = rowsBy(data, "tags", "id").get(textAt(row, "tag_id") ?? "")?.[0];
    const name = textAt(tag, "name");
    return name === undefined || name.startsWith("#") || textAt(tag, "visibility") === "internal" ? [] : [name];
  });
}

function authorsOf(post: GhostRow, id: string | undefined, data: GhostData): readonly ImportedPerson[] {
  const several = (rowsBy(data, "posts_authors", "post_id").get(id ?? "") ?? []).map((row) => textAt(row, "author_id"));
  const ids = several.length > 0 ? several : [textAt(post, "author_id") ?? textAt(post, "author")];
  return ids.flatMap((author) => {
    const user = rowsBy(data, "users", "id").get(author ?? "")?.[0];
    const name = textAt(user, "name");
    return name === undefined ? [] : [{ name, ...omitUndefined({ url: webAddress(textAt(user, "website")) }) }];
  });
}

function pictureOf(post: GhostRow, meta: GhostRow | undefined, site: string): ImportedArticle["image"] {
  const written = (textAt(post, "feature_image") ?? textAt(post, "image"))?.replace(/^__GHOST_URL__/, site.slice(0, -1));
  const url = webAddress(written, site);
  return url === undefined ? undefined : { url, ...omitUndefined({ alt: textAt(meta, "feature_image_alt") }) };
}
