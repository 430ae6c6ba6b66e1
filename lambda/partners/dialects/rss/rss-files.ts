import type { PartnerRule, ProfileName } from "../../../channels/site/partner-rule.ts";
import type { Dialect, PlannedFile } from "../../model/dialect.ts";
import type { PartnerFeed } from "../../model/partner-feed.ts";
import { profileOf } from "../../profiles/profiles.ts";
import { termsOf } from "../../profiles/terms.ts";
import type { RssDialect } from "./item.ts";
import { renderRssDialect } from "./rss-dialect.ts";

/** A profile that is RSS 2.0 with additions: one file, or one for each language where the partner wants that. */
export function rssDialect(name: ProfileName, additions: RssDialect = {}): Dialect {
  return {
    documentOf: ({ language }, rule) => fileOf(name, language, rule),
    filesOf: (feed) => filesOf(feed, name),
    render: (feed) => renderRssDialect(feed, profileOf(name), additions),
  };
}

/**
 * A language has its own folder even if it is the only one, so that its address stays when a second one comes. The languages that the
 * partner's `where` names have a file from the beginning, and in silence.
 */
function filesOf({ partner, items }: PartnerFeed, name: ProfileName): readonly PlannedFile[] {
  const profile = profileOf(name);
  const { contentType, oneLanguage } = termsOf(profile, partner).demands;
  const idsOf = (language?: string) =>
    items.flatMap(({ entry }) => (language === undefined || entry.language === language ? [entry.id] : []));
  if (!oneLanguage) return [{ name: profile.file, contentType, ids: idsOf() }];
  const languages = [...new Set([...(partner.where.language ?? []), ...items.map(({ entry }) => entry.language)])].sort();
  return languages.map((language) => ({ name: fileOf(name, language, partner), contentType, ids: idsOf(language), language }));
}

function fileOf(name: ProfileName, language: string, rule: PartnerRule): string {
  const profile = profileOf(name);
  return termsOf(profile, rule).demands.oneLanguage ? `${language}/${profile.file}` : profile.file;
}
