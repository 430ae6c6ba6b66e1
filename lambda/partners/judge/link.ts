import type { PartnerRule } from "../../channels/site/partner-rule.ts";
import type { Terms } from "../profiles/terms.ts";
import type { DecisionLog } from "./decision-log.ts";

/** Parameters that only say where a reader came from. */
const tracking = /^(?:utm_\w+|fbclid|gclid|yclid|ysclid|mc_cid|mc_eid|igshid|_openstat)$/i;

/** The address of the article's page as the partner takes it. */
export function judgeLink(url: string | undefined, { demands }: Terms, log: DecisionLog, feedUrl: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) {
    if (demands.linkRequired) log.breaks("link-missing", "The article has no page of its own, and the partner wants a link to one.");
    return undefined;
  }
  const plain = demands.plainLinks ? withoutTracking(url) : url;
  if (plain !== url) log.breaks("link-tracking", "Took tracking parameters off the link.");
  const { hostname, search } = new URL(plain);
  if (demands.asciiHost && !hasLatinHost(plain))
    log.breaks("link-host", `The partner takes no page on ${hostname}: its name has letters other than Latin.`);
  if (demands.httpsLinks && !isSecure(plain)) log.breaks("link-scheme", "The page has no https address.");
  if (demands.sameHost && feedUrl !== undefined && !isOneHouse(hostname, feedUrl))
    log.breaks("link-other-host", `The page is on ${hostname}, not on the host of the feed.`);
  if (!demands.linkQuery && search !== "") {
    log.breaks("link-query", "The link has parameters, which the partner does not take.");
    if (log.remedy("link-query") === "fix") return plain.replace(/\?[^#]*/, "");
  }
  return plain;
}

export const hasLatinHost = (url: string): boolean => !/(?:^|\.)xn--/.test(new URL(url).hostname);

/** An https address; or one of this machine, which the desk shows in its place. */
export function isSecure(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || hostname === "127.0.0.1" || hostname === "localhost" || hostname === "[::1]";
}

/** `feeds.wire.example` and `wire.example` are one house. */
function isOneHouse(host: string, feedUrl: string): boolean {
  const other = URL.canParse(feedUrl) ? new URL(feedUrl).hostname : host;
  return host === other || host.endsWith(`.${other}`) || other.endsWith(`.${host}`);
}

function withoutTracking(url: string): string {
  const parsed = new URL(url);
  const names = [...parsed.searchParams.keys()].filter((name) => tracking.test(name));
  if (names.length === 0) return url;
  for (const name of names) parsed.searchParams.delete(name);
  return parsed.href;
}

/** The address of an article for a link that readers follow, with the partner's own parameters if the profile takes them. */
export function linkFor(url: string, { attribution }: Pick<PartnerRule, "attribution">, { demands }: Terms): string {
  const parameters = Object.entries(attribution.parameters);
  if (parameters.length === 0 || !demands.attribution.includes("parameters")) return url;
  const parsed = new URL(url);
  for (const [name, value] of parameters) parsed.searchParams.set(name, value);
  return parsed.href;
}
