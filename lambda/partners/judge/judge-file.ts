import type { Decision } from "../model/judgement.ts";
import type { PartnerFeed } from "../model/partner-feed.ts";
import type { Profile } from "../profiles/profile.ts";
import { termsOf } from "../profiles/terms.ts";
import { openDecisions } from "./decision-log.ts";
import { hasLatinHost, isSecure } from "./link.ts";

/** What a rendered file came to: its bytes, and its articles that are not withdrawn. */
type Made = { readonly bytes: number; readonly live: number };

/** What a partner's profile makes of a file as a whole. A decision that is "failed" keeps it from being published. */
export function judgeFile(feed: PartnerFeed, profile: Profile, { bytes, live }: Made): readonly Decision[] {
  const { demands, ...terms } = termsOf(profile, feed.partner);
  const { title } = profile;
  const log = openDecisions(terms);
  if (bytes > demands.fileBytes)
    log.breaks("file-too-large", `It has ${bytes} bytes without any article, but ${title} takes ${demands.fileBytes}.`, "fail");
  if (live < demands.leastEntries)
    log.breaks("file-too-few", `It has ${live} ${live === 1 ? "article" : "articles"}; ${title} wants at least ${demands.leastEntries}.`);
  const hours = Math.min(...[demands.hours, feed.partner.hours ?? 0].filter((limit) => limit > 0));
  if (hours < demands.leastHours)
    log.breaks("file-too-short", `It has the articles of ${hours} hours; ${title} wants at least ${demands.leastHours}.`);
  if (demands.channelLanguage && feed.language === undefined && feed.items.length > 0)
    log.breaks("file-language", `Its articles have several languages, but ${title} wants one language for each file.`);
  if (demands.channelLogo && !hasLogo(feed, terms))
    log.breaks("file-logo", `${title} wants a logo. Name one in "settings.logo" of the partner, or an "image" in site.yaml.`);
  if (demands.asciiHost && !hasLatinHost(feed.url))
    log.breaks("file-host", `${title} takes no file on ${new URL(feed.url).hostname}: its name has letters other than Latin.`);
  if (demands.httpsFile && !isSecure(feed.url)) log.breaks("file-scheme", `${title} wants an https address, such as "feedUrl" can name.`);
  return log.decisions;
}

const hasLogo = ({ image }: PartnerFeed, { own }: Pick<ReturnType<typeof termsOf>, "own">): boolean =>
  image !== undefined || (typeof own["logo"] === "string" && own["logo"] !== "");
