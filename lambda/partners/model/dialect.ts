import type { PartnerRule } from "../../channels/site/partner-rule.ts";
import type { PartnerFeed, PartnerText } from "./partner-feed.ts";

/** A file that a dialect makes of a partner's articles. */
export type PlannedFile = {
  /** Below `partners/<name>/`: "rss.xml", "ru/rss.xml", "items/3f9a….json". The same article keeps its name. */
  readonly name: string;
  readonly contentType: string;
  /** The ids of the articles in it, in order: it is made again when one of these changes, or when the list does. */
  readonly ids: readonly string[];
  /** The language of all of them, where each language has a file of its own. */
  readonly language?: string;
  /** It shows no body, as a manifest or a sitemap. */
  readonly bodiless?: true;
};

/** How a profile's files look. Both functions are pure. */
export type Dialect = {
  /** Its files, decided from articles without bodies. Files that others link to come first. */
  /** The name of the file that shows an article; the same for ever. */
  readonly documentOf: (article: { readonly id: string; readonly language: string }, partner: PartnerRule) => string;
  readonly filesOf: (feed: PartnerFeed) => readonly PlannedFile[];
  /** One file of them: `feed.file` is its key, `feed.items` are the articles that `filesOf` named for it. */
  readonly render: (feed: PartnerFeed) => PartnerText;
};
