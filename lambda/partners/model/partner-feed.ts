import type { Instant, Person } from "../../articles/model/article.ts";
import type { PartnerRule } from "../../channels/site/partner-rule.ts";
import type { PartnerItem } from "./item.ts";
import type { Decision } from "./judgement.ts";

/** A file for a partner, before its articles are judged: everything that a dialect needs and may use. Addresses are absolute. */
export type PartnerFeed = {
  readonly partner: PartnerRule;
  /** The file's key under `partners/<name>/`, and its public address without any secret. */
  readonly file: string;
  readonly url: string;
  readonly title: string;
  readonly description: string;
  /** The newsroom's own site. */
  readonly site: string;
  readonly publisher: string;
  readonly author: Person;
  /** BCP 47. A profile that wants one language a file gets one feed for each language. */
  readonly language?: string;
  readonly updated: Instant;
  readonly image?: string;
  readonly icon?: string;
  readonly copyright?: string;
  readonly license?: string;
  /** Url of the licence for machines (RSL 1.0). */
  readonly rsl?: string;
  readonly hub?: string;
  /** Newest first: those in the partner's window, then those whose withdrawal is still told. */
  readonly items: readonly PartnerItem[];
};

/** What a profile decided about an article, by the article's id. */
export type JudgedArticle = { readonly id: string; readonly included: boolean; readonly decisions: readonly Decision[] };

/**
 * A rendered partner file. `judged`: by the article's id, what the profile decided; an article without a decision was included whole.
 * `ofFile`: what it decided about the file as a whole. `defects`: why the file must not be published, a sentence each; empty if it may be.
 */
export type PartnerText = {
  readonly text: string;
  readonly judged: readonly JudgedArticle[];
  readonly ofFile?: readonly Decision[];
  readonly defects: readonly string[];
};
