import type { Instant } from "../../articles/model/article.ts";
import type { Ledger, RetainedRule } from "../catalog/ledger/ledger.ts";
import type { ChannelRule, FormatName } from "../site/site.ts";

type Promised = Pick<Ledger, "rules" | "feeds">;

const nameOf = (rule: ChannelRule): string => (rule.kind === "named" ? rule.name : `by ${rule.by}`);

/** Whether readers ever got a feed of this rule. */
function isPromised(rule: ChannelRule, feeds: Ledger["feeds"]): boolean {
  if (rule.kind === "named") return Object.hasOwn(feeds, rule.name);
  return Object.keys(feeds).some((path) => path.startsWith(`${rule.by}/`));
}

/**
 * The rules of site.yaml in their order, then the removed ones: a feed stays published when its rule is removed, because one 404
 * keeps some readers away for days. The result includes what the ledger has to remember.
 */
export function retainedRules(
  rules: readonly ChannelRule[],
  { rules: remembered, feeds }: Promised,
  now: Instant,
): { readonly rules: readonly RetainedRule[]; readonly remembered: Ledger["rules"] } {
  const present = new Map<string, RetainedRule>(rules.map((rule) => [nameOf(rule), rule]));
  const ended = Object.values(remembered)
    .filter((rule) => !present.has(nameOf(rule)) && isPromised(rule, feeds))
    .map((rule) => ({ ...rule, until: rule.until ?? now }))
    .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const all = [...present.values(), ...ended];
  return { rules: all, remembered: Object.fromEntries(all.map((rule) => [nameOf(rule), rule])) };
}

const order: readonly FormatName[] = ["rss", "atom", "json"];

/** The formats and the archive of the feed at a path: those that readers once got stay, whatever the rule says now. */
export function retainedStyle(rule: ChannelRule, path: string, feeds: Ledger["feeds"]): Pick<ChannelRule, "formats" | "archive"> {
  const promised = Object.hasOwn(feeds, path) ? (feeds[path]?.formats ?? []) : [];
  const archived = Object.keys(feeds).some((feed) => feed.startsWith(`${path}/archive/`));
  return {
    formats: order.filter((format) => rule.formats.includes(format) || promised.includes(format)),
    archive: archived ? "monthly" : rule.archive,
  };
}
