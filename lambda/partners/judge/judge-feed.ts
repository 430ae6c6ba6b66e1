import { cleanEntry } from "../../feeds/model/clean.ts";
import type { PartnerItem } from "../model/item.ts";
import type { PartnerFeed, PartnerText } from "../model/partner-feed.ts";
import type { Profile } from "../profiles/profile.ts";
import { judge } from "./judge.ts";

/** The articles of a file that a profile lets in, in order, and what was decided about them and the others. */
export function judgeFeed(feed: PartnerFeed, profile: Profile): { readonly items: readonly PartnerItem[] } & Pick<PartnerText, "judged"> {
  const all = feed.items.map((item) => ({
    id: item.entry.id,
    judgement: judge({ ...item, entry: cleanEntry(item.entry) }, profile, feed.partner, feed),
  }));
  return {
    items: all.flatMap(({ judgement }) => (judgement.kind === "included" ? [judgement.item] : [])),
    judged: all.flatMap(({ id, judgement: { kind, decisions } }) =>
      decisions.length === 0 ? [] : [{ id, included: kind === "included", decisions }],
    ),
  };
}
