import { childrenOf, miscounted, quoted, repeated, textOf } from "./gate-rules.ts";
import { isRfc3339, isUri } from "./gate-values.ts";
import type { XmlElement } from "./gate-xml.ts";

/**
 * RFC 6721, 3: a tombstone says which entry is gone, and since when. An entry with the same id and a later `updated` counts as
 * published again, so a tombstone beside it would have no effect, or contradict it for a reader who sees the tombstone alone.
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
        ...(isRfc3339(when) ? [] : [`${where}: when is not an RFC 3339 date: ${quoted(when)}.`]),
        ...(last !== undefined && Date.parse(last) > Date.parse(when)
          ? [`${where} is older than the entry ${quoted(ref)}, so that entry counts as published again.`]
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
