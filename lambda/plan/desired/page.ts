import type { Bodies } from "../../feeds/documents/document.ts";
import type { DesiredFile } from "../manifest/file.ts";

/** A page for people or an index, not yet rendered. */
export type Page = {
  readonly file: DesiredFile;
  /** The digest of the article whose body the page shows. */
  readonly body?: string;
  readonly text: (bodies: Bodies) => string;
};

export const htmlType = "text/html; charset=utf-8";
