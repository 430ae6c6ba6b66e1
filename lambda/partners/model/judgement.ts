import type { PartnerItem } from "./item.ts";

/**
 * One decision about an article or a whole file, as the partner's report lists it. `rule`: a short stable name such as "title-too-short"; `reason`: one
 * sentence. "fixed": a part was changed; "dropped": a part was left out; "skipped": the article is not in the file; "noted": nothing was
 * changed, but the partner may not show the article as well as it could; "failed": the file must not be published.
 */
export type Decision = {
  readonly rule: string;
  readonly outcome: "fixed" | "dropped" | "skipped" | "noted" | "failed";
  readonly reason: string;
};

/** What a profile makes of an article: it goes in, perhaps degraded, or stays out. */
export type Judgement =
  | { readonly kind: "included"; readonly item: PartnerItem; readonly decisions: readonly Decision[] }
  | { readonly kind: "skipped"; readonly decisions: readonly Decision[] };
