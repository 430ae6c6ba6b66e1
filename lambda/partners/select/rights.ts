import type { ArticleRights, MediaRights } from "../../articles/model/article.ts";
import type { PartnerRule } from "../../channels/site/partner-rule.ts";
import type { Site } from "../../channels/site/site.ts";
import { rightsFor, sourceName } from "../../channels/site/syndication.ts";

/** Where rights are looked up: the defaults of the site, and its own addresses, which are no source of their own. */
type Rights = Pick<Site, "syndication" | "url" | "feedUrl">;

/** The wire that an article or a picture comes from; undefined for the newsroom's own. */
export function foreignSource(source: string | undefined, { url, feedUrl }: Rights): string | undefined {
  if (source === undefined) return undefined;
  const own = [url, feedUrl].map((address) => new URL(address).hostname.replace(/^www\./, ""));
  return own.includes(sourceName(source)) ? undefined : source;
}

/**
 * Why an article's rights keep it from a partner; undefined if they do not. All must agree: the partner's rule on paid articles and on
 * wires, the article's own word, and without one the default for its source.
 */
export function refusalOf(rights: ArticleRights | undefined, rule: PartnerRule, site: Rights): string | undefined {
  if (rights?.sponsored === true && !rule.sponsored) return "It is sponsored, and the partner gets no sponsored articles.";
  const source = foreignSource(rights?.source, site);
  if (source !== undefined && !takes(rule, source)) return `It comes from ${source}, which the partner's "sources" do not name.`;
  const own = rights?.syndication;
  if (own === undefined)
    return rightsFor(source, site.syndication).articles === "deny"
      ? "site.yaml denies partners the articles of its source, and the article itself allows none."
      : undefined;
  return own === "allow" || (own !== "deny" && own.includes(rule.name)) ? undefined : "Its own syndication does not name this partner.";
}

function takes({ sources }: PartnerRule, source: string): boolean {
  return sources.includes("*") || sources.some((name) => sourceName(name) === sourceName(source));
}

/** Whether a picture may go to a partner: by its own word, else by the default for its source or the article's. */
export function mayTravel(picture: MediaRights | undefined, article: ArticleRights | undefined, rule: PartnerRule, site: Rights): boolean {
  const own = picture?.syndication;
  if (own !== undefined) return own === "allow" || (own !== "deny" && own.includes(rule.name));
  const { images } = rightsFor(foreignSource(picture?.source ?? article?.source, site), site.syndication);
  return images === "allow" || (images === "credited" && picture?.credit !== undefined);
}
