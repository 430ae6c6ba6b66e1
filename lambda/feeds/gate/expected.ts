import type { Outline } from "../documents/document.ts";
import type { Format } from "../model/feed.ts";
import { cleanText } from "../model/text.ts";
import type { Expected } from "./gate.ts";

/**
 * What the gate expects of a file, taken from the plan and not from the renderers. RSS keeps ids as given, without the characters
 * that XML cannot hold.
 */
export const expectedOf = ({ document, entries, keys }: Pick<Outline, "document" | "entries" | "keys">, format: Format): Expected => {
  const ids = entries.map(({ entry }) => (format === "rss" ? cleanText(entry.id) : entry.uri));
  const self = document.urls[format];
  return { entries: ids.length, ids, names: keys, ...(self === undefined ? {} : { self }) };
};
