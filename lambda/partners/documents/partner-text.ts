import { type Bodies, entryWithBody } from "../../feeds/documents/document.ts";
import { dialects } from "../dialects/dialects.ts";
import type { PartnerFeed, PartnerText } from "../model/partner-feed.ts";
import { gatePartnerText } from "./gate-partner.ts";
import type { ItemOutline, PartnerOutline } from "./partner-outline.ts";
import { withoutHeldMedia } from "./pictures.ts";

/** Renders a partner's file and reads it back. An article that alone makes a file ill-formed stays out of it, and the report says why. */
export function renderPartner(outline: PartnerOutline, bodies: Bodies): PartnerText {
  const feed: PartnerFeed = { ...outline.feed, items: outline.items.map((item) => withBody(item, bodies)) };
  const whole = withOwnDecisions(gated(feed, outline), outline.items);
  if (whole.defects.length === 0 || feed.items.length === 0) return whole;
  const faults = new Map(
    feed.items.flatMap((item) => {
      const [reason] = gated({ ...feed, items: [item] }, outline).defects;
      return reason === undefined ? [] : [[item.entry.id, reason] as const];
    }),
  );
  const ofFile = gated({ ...feed, items: [] }, outline).defects;
  if (faults.size === 0 || ofFile.length > 0) return whole;
  const sound = feed.items.filter(({ entry }) => !faults.has(entry.id));
  const rest = withOwnDecisions(gated({ ...feed, items: sound }, outline), outline.items);
  const out = [...faults].map(([id, reason]) => ({
    id,
    included: false,
    decisions: [{ rule: "ill-formed", outcome: "skipped" as const, reason }],
  }));
  return { ...rest, judged: [...rest.judged, ...out] };
}

/** With what was decided about an article's media before the profile judged it. */
function withOwnDecisions(made: PartnerText, items: readonly ItemOutline[]): PartnerText {
  const before = items.flatMap(({ item, decisions }) => (decisions === undefined ? [] : [[item.entry.id, decisions] as const]));
  if (before.length === 0) return made;
  const judged = new Map(made.judged.map((one) => [one.id, one]));
  for (const [id, decisions] of before) {
    const known = judged.get(id) ?? { id, included: true, decisions: [] };
    judged.set(id, { ...known, decisions: [...decisions, ...known.decisions] });
  }
  return { ...made, judged: [...judged.values()] };
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
