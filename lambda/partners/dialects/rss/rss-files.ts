import type { PartnerRule, ProfileName } from "../../../channels/site/partner-rule.ts";
import type { Dialect, PlannedFile } from "../../model/dialect.ts";
import type { PartnerFeed } from "../../model/partner-feed.ts";
import { profileOf } from "../../profiles/profiles.ts";
import { termsOf } from "../../profiles/terms.ts";
import { archiveFiles, inWindow, isArchive, renderArchiveDay } from "./day-archive.ts";
import type { RssDialect } from "./item.ts";
import { renderRssDialect } from "./rss-dialect.ts";

/** A profile that is RSS 2.0 with additions: one file, or one for each language where the partner wants that; and perhaps its archive. */
export function rssDialect(name: ProfileName, additions: RssDialect = {}): Dialect {
  return {
    documentOf: ({ language }, rule) => fileOf(name, language, rule),
    filesOf: (feed) => filesOf(feed, name),
    render: (feed) =>
      isArchive(feed) ? renderArchiveDay(feed, profileOf(name), additions) : renderRssDialect(feed, profileOf(name), additions),
  };
}

/**
 * A language has its own folder even if it is the only one, so that its address stays when a second one comes. The languages that the
 * partner's `where` names have a file from the beginning, and in silence.
 */
function filesOf(feed: PartnerFeed, name: ProfileName): readonly PlannedFile[] {
  const profile = profileOf(name);
  const { demands } = termsOf(profile, feed.partner);
  const { contentType } = demands;
  const items = demands.archiveDays > 0 ? inWindow(feed, demands.hours) : feed.items;
  const archive = demands.archiveDays > 0 ? archiveFiles(feed, contentType) : [];
  const idsOf = (language?: string) =>
    items.flatMap(({ entry }) => (language === undefined || entry.language === language ? [entry.id] : []));
  if (!demands.oneLanguage) return [{ name: profile.file, contentType, ids: idsOf() }, ...archive];
  const languages = [...new Set([...(feed.partner.where.language ?? []), ...items.map(({ entry }) => entry.language)])].sort();
  return [
    ...languages.map((language) => ({ name: fileOf(name, language, feed.partner), contentType, ids: idsOf(language), language })),
    ...archive,
  ];
}

function fileOf(name: ProfileName, language: string, rule: PartnerRule): string {
  const profile = profileOf(name);
  return termsOf(profile, rule).demands.oneLanguage ? `${language}/${profile.file}` : profile.file;
}
