import { childrenOf, childText, quotedValue, repeatedIds, wrongCounts } from "./gate-rules.ts";
import { isRfc3339, isUri } from "./gate-values.ts";
import type { XmlElement } from "./gate-xml.ts";

/**
 * RFC 6721, 3: a tombstone says which entry is gone, and since when. An entry with the same id and a later `updated` counts as
 * published again, so a tombstone beside it would have no effect, or contradict it for a reader who sees the tombstone alone.
 */
export const wrongTombstones = (feed: XmlElement): readonly string[] => {
  const updated = new Map(
    childrenOf(feed, "atom:entry").map((entry) => [childText(entry, "atom:id"), childText(entry, "atom:updated") ?? ""]),
  );
  const tombstones = childrenOf(feed, "at:deleted-entry");
  return [
    ...tombstones.flatMap(({ attributes: { ref = "", when = "" } }, index) => {
      const where = `Tombstone ${index + 1}`;
      const last = updated.get(ref);
      return [
        ...(isUri(ref) ? [] : [`${where}: ref is not an absolute URI: ${quotedValue(ref)}.`]),
        ...(isRfc3339(when) ? [] : [`${where}: when is not an RFC 3339 date: ${quotedValue(when)}.`]),
        ...(last !== undefined && Date.parse(last) > Date.parse(when)
          ? [`${where} is older than the entry ${quotedValue(ref)}, so that entry counts as published again.`]
          : []),
      ];
    }),
    ...tombstones.flatMap((tombstone, index) =>
      wrongCounts(`Tombstone ${index + 1}`, tombstone, { "at:by": "at most one", "at:comment": "at most one" }),
    ),
    ...repeatedIds(tombstones.map(({ attributes }) => attributes.ref ?? "")).map((reason) =>
      reason.replace("entries have", "tombstones have"),
    ),
  ];
};
