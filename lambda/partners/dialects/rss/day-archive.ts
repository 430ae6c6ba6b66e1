import { isLive } from "../../judge/judge.ts";
import type { PlannedFile } from "../../model/dialect.ts";
import type { PartnerItem } from "../../model/item.ts";
import type { PartnerFeed, PartnerText } from "../../model/partner-feed.ts";
import type { Profile } from "../../profiles/profile.ts";
import type { RssDialect } from "./item.ts";
import { renderRssDialect } from "./rss-dialect.ts";

/**
 * A partner's archive by days, `archive/2026/feed-2026-11-20.xml`: the articles that were published on that day (UTC), as RSS without pictures.
 * A folder for each year, a file for each day and its name are as three newsrooms hand theirs to Google. A withdrawn article leaves its day
 * at once; the partner's feed tells of it.
 */
export function archiveFiles({ items }: PartnerFeed, contentType: string): readonly PlannedFile[] {
  const days = [...Map.groupBy(items.filter(isLive), ({ entry }) => entry.published.slice(0, 10))].sort(([a], [b]) => (a < b ? 1 : -1));
  return days.map(([day, own]) => ({
    name: `archive/${day.slice(0, 4)}/feed-${day}.xml`,
    contentType,
    ids: own.map(({ entry }) => entry.id),
  }));
}

export const isArchive = ({ file }: PartnerFeed): boolean => /(?:^|\/)archive\/\d{4}\/feed-\d{4}-\d\d-\d\d\.xml$/.test(file);

/** The report already has what was decided about these articles and their number: the feed showed them first. */
export function renderArchiveDay(feed: PartnerFeed, profile: Profile, additions: RssDialect): PartnerText {
  const { partner } = feed;
  const settings = { ...partner.settings, imageElements: [], bodyImages: false, bodyVideos: "none" };
  return { ...renderRssDialect({ ...feed, partner: { ...partner, settings } }, profile, additions), judged: [], ofFile: [] };
}

const hourLength = 3_600_000;

/**
 * The articles of the feed beside an archive, and all withdrawals. The selection has the days of the archive, so the window is cut here; it
 * ends at the last change, because a dialect has no clock.
 */
export function inWindow({ items, partner, updated }: PartnerFeed, ofProfile: number): readonly PartnerItem[] {
  const limits = [ofProfile, partner.hours ?? 0].filter((limit) => limit > 0);
  if (limits.length === 0) return items;
  const from = Date.parse(updated) - Math.min(...limits) * hourLength;
  return items.filter((item) => !isLive(item) || Date.parse(item.entry.published) > from);
}
