import type { Instant } from "../articles/article.ts";
import type { Metadata } from "./record.ts";

/** One story in another language: BCP 47, and its page. */
export type Translation = { readonly language: string; readonly url: string };

/**
 * An article that readers may see now. "kept": its file is broken, and it stays as it was; "missing": its file is gone, within the grace;
 * "canceled": withdrawn, and shown as a notice. "dropped" are those alone of which feeds say that they are gone.
 */
export type CatalogEntry = {
  readonly state: "live" | "kept" | "missing" | "canceled" | "dropped";
  readonly id: string;
  readonly uri: string;
  readonly url?: string;
  /** The run that first could have published it: nobody writes that himself. */
  readonly since: Instant;
  readonly published: Instant;
  readonly updated: Instant;
  /** When it was withdrawn or corrected, as long as that is to be told (site.yaml: retain). */
  readonly amended?: Instant;
  readonly meta: Metadata;
  /** The same story in other languages, as far as readers may see it and it has a page; ordered by language. */
  readonly translations?: readonly Translation[];
  /** Its body is nowhere to be had: the file is broken or gone, and no document had shown it. */
  readonly bodiless?: true;
};
