import type { Bodies } from "../../feeds/documents/document.ts";
import type { Wanted } from "../manifest/file.ts";

/** A page for people or an index, still unrendered. */
export type Leaf = {
  readonly wanted: Wanted;
  /** The digest of the article whose body it shows. */
  readonly body?: string;
  readonly text: (bodies: Bodies) => string;
};

export const html = "text/html; charset=utf-8";
