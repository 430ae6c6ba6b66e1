import type { Instant } from "../../articles/model/article.ts";
import type { Metadata } from "./ledger/record.ts";

/** The same story in another language: BCP 47, and its page. */
export type Translation = { readonly language: string; readonly url: string };

/**
 * An article that readers may see now. "kept": its file is broken, and the article stays as it was; "missing": its file is gone,
 * but the grace is not over; "canceled": withdrawn, and shown as a notice. "dropped": feeds only say that it is gone.
 */
export type CatalogEntry = {
  readonly state: "live" | "kept" | "missing" | "canceled" | "dropped";
  readonly id: string;
  readonly uri: string;
  readonly url?: string;
  /** The first run that could have published it; no author can set it. */
  readonly since: Instant;
  readonly published: Instant;
  readonly updated: Instant;
  /** When it was withdrawn or corrected, for as long as feeds announce it (site.yaml: retain). */
  readonly amended?: Instant;
  readonly meta: Metadata;
  /** The same story in other languages, if readers may see it and it has a page; ordered by language. */
  readonly translations?: readonly Translation[];
  /** Its body is not available: the file is broken or gone, and no document contained the body. */
  readonly bodiless?: true;
};
