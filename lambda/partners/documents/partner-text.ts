import { type Bodies, entryWithBody } from "../../feeds/documents/document.ts";
import { dialects } from "../dialects/dialects.ts";
import type { PartnerFeed, PartnerText } from "../model/partner-feed.ts";
import { gatePartnerText } from "./gate-partner.ts";
import type { ItemOutline, PartnerOutline } from "./partner-outline.ts";
import { withoutHeldMedia } from "./pictures.ts";

/** Renders a partner's file and reads it back. An article that alone makes a file ill-formed stays out of it, and the report says why. */
export function renderPartner(outline: PartnerOutline, bodies: Bodies): PartnerText {
  const feed: PartnerFeed = { ...outline.feed, items: outline.items.map((item) => withBody(item, bodies)) };
  const whole = gated(feed, outline);
  if (whole.defects.length === 0 || feed.items.length === 0) return whole;
  const faults = new Map(
    feed.items.flatMap((item) => {
      const [reason] = gated({ ...feed, items: [item] }, outline).defects;
      return reason === undefined ? [] : [[item.entry.id, reason] as const];
    }),
  );
  const ofFile = gated({ ...feed, items: [] }, outline).defects;
  if (faults.size === 0 || ofFile.length > 0) return whole;
  const rest = gated({ ...feed, items: feed.items.filter(({ entry }) => !faults.has(entry.id)) }, outline);
  const out = [...faults].map(([id, reason]) => ({
    id,
    included: false,
    decisions: [{ rule: "ill-formed", outcome: "skipped" as const, reason }],
  }));
  return { ...rest, judged: [...rest.judged, ...out] };
}

function gated(feed: PartnerFeed, { contentType }: PartnerOutline): PartnerText {
  const made = dialects[feed.partner.profile].render(feed);
  return { ...made, defects: [...made.defects, ...gatePartnerText(made.text, contentType)] };
}

/** The body is whole; its lead picture is the entry's own. */
function withBody({ item, body, travelling }: ItemOutline, bodies: Bodies): PartnerFeed["items"][number] {
  if (body === undefined) return item;
  const { image: _, ...entry } = body.entry;
  const { html } = entryWithBody({ ...body, entry }, bodies);
  if (html === undefined) return item;
  return { ...item, entry: { ...item.entry, html: travelling === undefined ? html : withoutHeldMedia(html, travelling) } };
}
