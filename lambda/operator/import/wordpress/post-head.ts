import { omitUndefined } from "../../../articles/model/json-value.ts";
import type { NotTaken } from "../../../reports/imported.ts";
import { dateWords, languageWord, titleWords, webAddress, wordsOf } from "../feed/feed-words.ts";
import type { ImportedArticle, ImportedHead } from "../model/imported.ts";
import type { WxrPart } from "./wxr-stream.ts";

/** A file of the media library. */
export type Attached = {
  readonly url: string | undefined;
  /** The post that it was uploaded for. */
  readonly parent: string | undefined;
  readonly alt: string | undefined;
  readonly caption: string | undefined;
};

type Known = {
  readonly url: string | undefined;
  readonly attached: ReadonlyMap<string, Attached>;
  readonly authors: ReadonlyMap<string, string>;
};

const states: Readonly<Record<string, ImportedArticle["state"]>> = {
  publish: "published",
  future: "scheduled",
  draft: "draft",
  pending: "draft",
  private: "private",
};

/** Why a post is no article. */
const leftOut: Readonly<Record<string, string>> = {
  trash: "It is in the trash.",
  "auto-draft": "It is a draft that nobody saved.",
  inherit: "It is an older version of another post.",
};

/** Everything but the body; undefined if it cannot be taken over, which is then among `notTaken`. */
export function headOfPost(part: WxrPart, { url: site, attached, authors }: Known, notTaken: NotTaken[]): ImportedHead | undefined {
  const text = (name: string) => {
    const value = part.texts.get(name)?.trim() ?? "";
    return value === "" ? undefined : value;
  };
  const where = whereOf(part);
  const status = text("wp:status") ?? "publish";
  const state = states[status];
  if (state === undefined) {
    notTaken.push({ where, reason: leftOut[status] ?? `Its status is not known: ${status}.` });
    return undefined;
  }
  const published = momentOf(text("wp:post_date_gmt")) ?? dateWords(text("pubDate")) ?? momentOf(text("wp:post_date"));
  const modified = momentOf(text("wp:post_modified_gmt"));
  const names = (domain: string) => part.terms.filter((term) => term.domain === domain).map(({ name }) => titleWords(name));
  const [section, ...categories] = names("category");
  const furtherTaxonomies = part.terms.filter(({ domain }) => !["category", "post_tag", "post_format", "language"].includes(domain));
  const login = text("dc:creator");
  const picture = attached.get(part.meta.get("_thumbnail_id") ?? "");
  return {
    where,
    kind: text("wp:post_type") === "page" ? "page" : "post",
    state,
    ...omitUndefined({
      id: text("guid") ?? (state === "published" ? webAddress(text("link"), site) : undefined),
      // The link of a draft is no address that anybody knows.
      url: state === "published" ? webAddress(text("link"), site) : undefined,
      slug: decodedSlug(text("wp:post_name")),
      title: titleOf(text("title")),
      published,
      updated: state === "published" && modified !== undefined && modified > (published ?? "") ? modified : undefined,
      section,
      summary: text("excerpt:encoded") === undefined ? undefined : wordsOf(text("excerpt:encoded") ?? ""),
      language: languageWord(part.terms.find(({ domain }) => domain === "language")?.nicename),
      image: picture?.url === undefined ? undefined : { url: picture.url, ...omitUndefined({ alt: picture.alt }) },
    }),
    authors: login === undefined ? [] : [{ name: authors.get(login) || login }],
    tags: [...new Set([...categories, ...names("post_tag"), ...furtherTaxonomies.map(({ name }) => titleWords(name))])],
    attachments: enclosureOf(part),
  };
}

/**
 * A published post with a password is two articles: what its feed shows, a title without a text; and the text, which stays private. Any
 * other is one.
 */
export function apartFromSecrets(head: ImportedHead, part: WxrPart, notTaken: NotTaken[]): readonly ImportedHead[] {
  if ((part.texts.get("wp:post_password") ?? "").trim() === "" || head.state !== "published") return [head];
  notTaken.push({ where: head.where, reason: "It has a password: its entry has no text, and the text is in a private article." });
  const { summary: _, image: __, ...title } = head;
  const { id: ___, url: ____, ...text } = head;
  return [
    { ...title, attachments: [] },
    { ...text, state: "private", isNew: true },
  ];
}

export function whereOf(part: WxrPart): string {
  const [id, slug] = [part.texts.get("wp:post_id")?.trim(), part.texts.get("wp:post_name")?.trim() ?? ""];
  return `post ${id ?? "without id"}${slug === "" ? "" : ` (${slug.slice(0, 100)})`}`;
}

/** WordPress writes `2024-05-01 09:00:00`, and zeros where there is no date. */
function momentOf(written: string | undefined): string | undefined {
  return written === undefined || written.startsWith("0000") ? undefined : dateWords(written);
}

/** WordPress stores slugs of other scripts percent-encoded. */
function decodedSlug(written: string | undefined): string | undefined {
  try {
    return written === undefined ? undefined : decodeURIComponent(written);
  } catch {
    return written;
  }
}

function titleOf(written: string | undefined): string | undefined {
  const title = titleWords(written ?? "");
  return title === "" ? undefined : title;
}

/** A podcast's episode: address, length in bytes and type, a line each. */
function enclosureOf({ meta }: WxrPart): ImportedArticle["attachments"] {
  const [address = "", length = "", type = ""] = (meta.get("enclosure") ?? "").split(/\r?\n/).map((line) => line.trim());
  const url = webAddress(address);
  const bytes = /^[1-9]\d*$/.test(length) ? Number(length) : undefined;
  return url === undefined ? [] : [{ url, ...omitUndefined({ bytes, type: type === "" ? undefined : type }) }];
}
