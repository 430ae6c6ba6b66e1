import { hash } from "node:crypto";
import type { Instant } from "../../articles/model/article.ts";
import type { Ledger, PartnerMark } from "../../channels/catalog/ledger/ledger.ts";
import { never } from "../../channels/select/documents.ts";
import type { PartnerRule, ProfileName } from "../../channels/site/partner-rule.ts";
import type { Decision } from "../../partners/model/judgement.ts";
import type { JudgedArticle } from "../../partners/model/partner-feed.ts";
import type { Key } from "../../stores/store.ts";
import { addFile } from "../changes/diff.ts";
import { wholeRun } from "../changes/guard.ts";
import type { Plan } from "../changes/make-plan.ts";
import type { DesiredFile } from "../manifest/file.ts";
import { headersOf } from "../manifest/headers.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { Target } from "../manifest/target.ts";

/** What a partner has, by the articles' ids: never a title or a text. */
export type PartnerReport = {
  readonly partner: string;
  readonly profile: ProfileName;
  /** When its files last had news; undefined if they never had an article. */
  readonly updated?: Instant;
  readonly files: readonly Key[];
  /** In its files as they are. */
  readonly included: readonly string[];
  /** In its files, but not as they are: what was changed or left out, and why. */
  readonly degraded: readonly DecidedArticle[];
  /** Not in its files, and why. */
  readonly skipped: readonly DecidedArticle[];
  readonly withdrawn: readonly { readonly id: string; readonly as: string; readonly since: Instant }[];
  /** Of whole files: what the partner demands of them and does not find, such as a number of articles. */
  readonly warnings: readonly { readonly file: Key; readonly decisions: readonly Decision[] }[];
};

type DecidedArticle = { readonly id: string; readonly decisions: readonly Decision[] };

/** The report of what is live for a partner. */
export function partnerReport({ name, profile }: PartnerRule, { files, members }: Manifest, { entries, feeds }: Ledger): PartnerReport {
  const path = `partners/${name}`;
  const own = Object.entries(files).filter(([key, { channel }]) => channel === path && !/\/(?:media\/|report\.json$)/.test(key));
  const judged = new Map<string, JudgedArticle>();
  for (const [, { judged: decided = [] }] of own)
    for (const one of decided) if (judged.get(one.id)?.included !== false) judged.set(one.id, one);
  const inWindow = [...(Object.hasOwn(members, path) ? (members[path] ?? []) : [])].sort();
  const told = ({ id, decisions }: JudgedArticle): DecidedArticle => ({ id, decisions });
  const all = [...judged.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const updated = Object.hasOwn(feeds, path) ? feeds[path]?.updated : undefined;
  return {
    partner: name,
    profile,
    ...(updated === undefined || updated === never ? {} : { updated }),
    files: own.map(([key]) => key).sort(),
    included: inWindow.filter((id) => !judged.has(id)),
    degraded: all.filter(({ included }) => included).map(told),
    skipped: all.filter(({ included }) => !included).map(told),
    withdrawn: [...entries.values()]
      .flatMap(({ id, partners }) => withdrawal(id, partners?.marks, name))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    warnings: own.flatMap(([file, { ofFile: decisions = [] }]) => (decisions.length === 0 ? [] : [{ file, decisions }])),
  };
}

/** What partners demand of their files and do not find: a sentence for each rule that a partner's files break. */
export function partnerWarnings({ files }: Manifest): readonly string[] {
  const all = Object.entries(files).flatMap(([key, { channel, ofFile = [] }]) =>
    ofFile.map(({ rule, reason }) => ({ key, reason, rule, of: `${channel} ${rule}` })),
  );
  return [...Map.groupBy(all, ({ of }) => of).values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const more = others.length === 0 ? "" : ` and ${others.length} more of its files`;
    return [`${first.key}${more}: ${first.reason} (${first.rule})`];
  });
}

function withdrawal(id: string, marks: Readonly<Record<string, PartnerMark>> | undefined, name: string): PartnerReport["withdrawn"] {
  const { gone, as = "canceled" } = (marks !== undefined && Object.hasOwn(marks, name) ? marks[name] : undefined) ?? {};
  return gone === undefined ? [] : [{ id, as, since: gone }];
}

/** The key of a partner's report, which no dialect may take. */
export function reportKey(name: string): Key {
  return `partners/${name}/report.json`;
}

export function reportFile(name: string): DesiredFile {
  return {
    key: reportKey(name),
    channel: `partners/${name}`,
    order: "page",
    fingerprint: "",
    entries: 0,
    headers: headersOf("partner", "application/json; charset=utf-8"),
  };
}

/** Adds each partner's report to the plan; while its files are held, it stays as it is. */
export function withPartnerReports(
  plan: Plan,
  partners: readonly PartnerRule[],
  live: { readonly manifest: Manifest; readonly target: Target },
): Plan {
  const held = new Set(plan.holds.map(({ name }) => name));
  if (plan.frozen || held.has(wholeRun)) return plan;
  return partners.reduce((made, rule) => {
    if (held.has(`partners/${rule.name}`)) return made;
    const text = `${JSON.stringify(partnerReport(rule, plan.manifest, plan.ledger), undefined, 1)}\n`;
    return addFile(made, { ...reportFile(rule.name), fingerprint: hash("sha256", text) }, text, live);
  }, plan);
}
