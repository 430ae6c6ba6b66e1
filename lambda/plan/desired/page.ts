import type { Bodies } from "../../feeds/documents/document.ts";
import type { JudgedArticle } from "../../partners/model/partner-feed.ts";
import type { DesiredFile } from "../manifest/file.ts";

/** A page for people, an index or a partner's file, not yet rendered. */
export type Page = {
  readonly file: DesiredFile;
  /** The digests of the articles whose bodies it shows. */
  readonly bodies?: readonly string[];
  readonly text: (bodies: Bodies) => string | CheckedText;
};

/** A text that was read back. `defects`: why it must not be published; `judged`: what a partner's profile decided about its articles. */
export type CheckedText = { readonly text: string; readonly defects: readonly string[]; readonly judged: readonly JudgedArticle[] };

export const htmlType = "text/html; charset=utf-8";
