import { renderFormats } from "../../lambda/feeds/formats/formats.ts";
import type { FeedDocument, Format } from "../../lambda/feeds/model/feed.ts";

// biome-ignore lint/suspicious/noExplicitAny: a test reads JSON as it comes
export type Json = any;

/** A document in its three formats as published, and its JSON parsed. */
export const rendered = (
  document: FeedDocument,
): { readonly rss: string; readonly atom: string; readonly json: string; readonly read: Json } => {
  const text = (format: Format): string => renderFormats(document).find((file) => file.format === format)?.text ?? "";
  const json = text("json");
  return { rss: text("rss"), atom: text("atom"), json, read: JSON.parse(json) };
};
