import { childrenOf, miscounted, quoted, repeated, textOf } from "./gate-rules.ts";
import { isRfc3339, isUri } from "./gate-values.ts";
import type { XmlElement } from "./gate-xml.ts";

/**
 * RFC 6721, 3: which entry is gone, and since when. An entry of that id with a later `updated` counts as published again, so beside
 * one the tombstone would say nothing or, to who reads it alone, something else than the entry.
 */
export const mistombed = (feed: XmlElement): readonly string[] => {
  const updated = new Map(childrenOf(feed, "atom:entry").map((entry) => [textOf(entry, "atom:id"), textOf(entry, "atom:updated") ?? ""]));
  const tombstones = childrenOf(feed, "at:deleted-entry");
  return [
    ...tombstones.flatMap(({ attributes: { ref = "", when = "" } }, index) => {
      const where = `Tombstone ${index + 1}`;
      const last = updated.get(ref);
      return [
        ...(isUri(ref) ? [] : [`${where}: ref is not an absolute URI: ${quoted(ref)}.`]),
        ...(isRfc3339(when) ? [] : [`${where}: when is not a date of RFC 3339: ${quoted(when)}.`]),
        ...(last !== undefined && Date.parse(last) > Date.parse(when)
          ? [`${where} is older than the entry ${quoted(ref)}, which so counts as published again.`]
          : []),
      ];
    }),
    ...tombstones.flatMap((tombstone, index) =>
      miscounted(`Tombstone ${index + 1}`, tombstone, { "at:by": "at most one", "at:comment": "at most one" }),
    ),
    ...repeated(tombstones.map(({ attributes }) => attributes.ref ?? "")).map((reason) =>
      reason.replace("entries have", "tombstones have"),
    ),
  ];
};
