import type { Instant } from "../../articles/model/article.ts";
import type { Entry } from "../../feeds/model/feed.ts";
import type { Key } from "../../stores/store.ts";

/**
 * Where an article stands in its life, as a partner is told (partners.md, section 4). An article that no partner has had is never told of:
 * what is embargoed or delayed is simply not among a partner's items. `withheld`: it was published and has become a draft, or has an
 * embargo again.
 */
export type Life =
  | { readonly kind: "usable" }
  | { readonly kind: "corrected"; readonly note: string }
  | { readonly kind: "withheld"; readonly since: Instant; readonly until?: Instant }
  | { readonly kind: "canceled"; readonly since: Instant; readonly reason?: string }
  | { readonly kind: "expired"; readonly since: Instant };

/** A picture's rights, as the article or the site states them; what nobody states is absent. */
export type ImageRights = {
  readonly credit?: string;
  readonly license?: string;
  readonly usageTerms?: string;
};

/**
 * An article that a partner is entitled to and may have now, before the profile's rules. Its pictures are those that may travel to this
 * partner. `entry.html` is whole and safe, with absolute addresses; absent where the article is gone, or the partner gets summaries.
 */
export type PartnerItem = {
  readonly key: Key;
  readonly life: Life;
  /** The title without any mark of a withdrawal; in `withheld`, `canceled` and `expired` the entry has no text of the article beside it. */
  readonly entry: Entry;
  /** Grows with each version that readers could see: the seconds of `entry.updated` since 1970. */
  readonly version: number;
  readonly imageRights: ImageRights;
  /** The licence, the terms of use and the credit of the text. */
  readonly usageTerms?: string;
  readonly source?: string;
  readonly sponsored?: true;
};

/** When readers could first see this version, the withdrawal included. */
export function changedAt({ entry, life }: PartnerItem): Instant {
  return "since" in life && life.since > entry.updated ? life.since : entry.updated;
}
