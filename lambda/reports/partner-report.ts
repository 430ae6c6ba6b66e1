import type { Instant } from "../articles/model/article.ts";
import type { ProfileName } from "../channels/site/partner-rule.ts";
import type { Decision } from "../partners/model/judgement.ts";
import type { PartnerReport } from "../plan/desired/partner-report.ts";
import type { Key } from "../stores/store.ts";
import type { StatusReport } from "./report.ts";

/** The result of `wireroom status --partner NAME`: what is live for the partner, as its report.json says. */
export type PartnerStatusReport = PartnerReport & {
  readonly command: "status";
  readonly site: string;
  readonly target: string;
  readonly now: Instant;
  /** How long after its publication an article is released to the partner, in minutes. */
  readonly delayMinutes: number;
  /** What waits for a release. */
  readonly holds: StatusReport["holds"];
};

/** The result of `wireroom partner try NAME --article FILE`: one article in the partner's dialect. Nothing is published. */
export type TriedArticle = {
  readonly command: "partner try";
  readonly now: Instant;
  readonly site: string;
  readonly partner: string;
  readonly profile: ProfileName;
  readonly article: Key;
  /** The partner would get it. */
  readonly included: boolean;
  /** Why the partner would not get it, or not yet; a sentence each. */
  readonly reasons: readonly string[];
  /** What the profile decided. */
  readonly decisions: readonly Decision[];
  readonly files: readonly { readonly key: Key; readonly contentType: string; readonly text: string }[];
};
