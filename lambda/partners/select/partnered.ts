import type { Instant } from "../../articles/model/article.ts";
import type { CatalogEntry } from "../../channels/catalog/catalog-entry.ts";
import type { ChangePart } from "../../channels/catalog/ledger/ledger.ts";
import type { Desired } from "../../channels/select/select.ts";
import type { PartnerRule } from "../../channels/site/partner-rule.ts";
import type { Key } from "../../stores/store.ts";
import type { Life } from "../model/item.ts";

/** An article in a partner's window. Its entry is in `Desired.shared`. */
export type WindowItem = {
  readonly id: string;
  readonly full: boolean;
  /** Since when the partner may have it again after a withdrawal: a partner takes only a newer version. */
  readonly back?: Instant;
};

/** An article that the partner has had and may have no longer: facts about it, and nothing of its text. */
export type WithdrawnItem = {
  readonly id: string;
  readonly uri: string;
  readonly url?: string;
  readonly key: Key;
  readonly language: string;
  readonly published: Instant;
  readonly updated: Instant;
  /** Only where the article was withdrawn in public, under the title that readers see. */
  readonly title?: string;
  readonly life: Exclude<Life, { readonly kind: "usable" | "corrected" }>;
};

/** What a partner gets, before its profile judges it. */
export type PartnerSelection = {
  readonly rule: PartnerRule;
  /** Newest first. */
  readonly window: readonly WindowItem[];
  /** The latest withdrawal first. */
  readonly withdrawn: readonly WithdrawnItem[];
  /** Ids of all articles that it may have now, in the window or not; and their addresses. */
  readonly entitled: ReadonlySet<string>;
  readonly addresses: ReadonlySet<string>;
  /** The parts of its change log, oldest first; absent if it follows none. */
  readonly changes?: readonly ChangePart[];
  /** When a file of this partner last had news; never goes back. */
  readonly updated: Instant;
};

export type Partnered = Desired & {
  readonly partners: readonly PartnerSelection[];
  /** For the public sitemap of Google News, if site.yaml asks for it. */
  readonly news?: { readonly selection: PartnerSelection; readonly entries: readonly CatalogEntry[] };
};
