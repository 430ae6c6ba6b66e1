import type { Instant } from "../../articles/model/article.ts";
import { later, latest } from "../../channels/catalog/ledger/dating.ts";
import { never } from "../../channels/select/documents.ts";
import type { Desired } from "../../channels/select/select.ts";
import type { PartnerRule } from "../../channels/site/partner-rule.ts";
import type { Site } from "../../channels/site/site.ts";
import { googleNews } from "../profiles/google-news.ts";
import type { Partnered, PartnerSelection } from "./partnered.ts";

const hour = 3_600_000;

/**
 * The articles with a page that were published in the last two days (Google's rule), for `news` of site.yaml; undefined without it. Readers
 * have them in public, so no rule of a partner holds any back.
 */
export function recentNews(
  { entries, homeless }: Pick<Desired, "entries" | "homeless">,
  { news }: Site,
  now: Instant,
  note: (moment: Instant) => void,
): Partnered["news"] {
  if (news === undefined) return undefined;
  const hours = googleNews.facts.hours?.is ?? 48;
  const recent = entries.filter(({ id, state, url, published }) => {
    if (state === "canceled" || url === undefined || homeless.has(id)) return false;
    const end = later(published, hours * hour);
    if (end > now) note(end);
    return end > now;
  });
  const addresses = new Set(recent.flatMap(({ url }) => url ?? []));
  const selection: PartnerSelection = {
    rule: sitemapRule(news.name),
    window: recent.map(({ id }) => ({ id, full: false })),
    withdrawn: [],
    entitled: new Set(recent.map(({ id }) => id)),
    addresses,
    updated: latest(never, ...recent.map(({ updated }) => updated)),
  };
  return { selection, entries: recent };
}

/** The rule of a partner who gets everything. */
function sitemapRule(publicationName: string): PartnerRule {
  return {
    name: "news",
    profile: "google-news",
    access: { methods: ["public"], header: "" },
    where: {},
    except: {},
    delay: 0,
    content: "summary",
    sponsored: true,
    sources: ["*"],
    attribution: { canonical: false, noindex: false, parameters: {} },
    ids: "guid",
    changes: false,
    settings: { publicationName },
  };
}
