import { basename, dirname, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { chooseSources } from "../../articles/source.ts";
import type { PartnerRule } from "../../channels/site/partner-rule.ts";
import type { Site } from "../../channels/site/site.ts";
import { Fault } from "../../fault.ts";
import { whyNot } from "../../partners/select/why-not.ts";
import { partnerReport, reportKey } from "../../plan/desired/partner-report.ts";
import type { TriedArticle } from "../../reports/partner-report.ts";
import { prepare } from "../../run/pipeline.ts";
import type { Prepared } from "../../run/prepared.ts";
import type { Settings } from "../../settings.ts";
import { openStore } from "../../stores/open/open.ts";
import type { Key, Store } from "../../stores/store.ts";
import { portsOf } from "../run.ts";
import { partnerNamed } from "./partner-named.ts";

/**
 * One article in a partner's dialect, as if it were published now, without the delay, and what was decided about it. Reads the content alone
 * and writes nothing. `settings`: as for `check`.
 * @throws Fault (usage) if there is no such partner or no such file.
 */
export async function tryArticle(name: string, file: string, settings: Settings): Promise<TriedArticle> {
  const rule = partnerNamed(name, settings.site);
  const { key, content } = await withArticle(file, settings.content, settings.site);
  const site: Site = { ...settings.site, partners: [{ ...rule, delay: 0 }], pages: false };
  const ports = { ...(await portsOf({ time: 60_000, tell: () => {} }, settings)), content };
  const today = await prepare(ports, site, []);
  const reasonsToday = isTold(today, rule) ? [] : reasonsOf(key, today, rule, site);
  // An article that is only too old is shown as of its own day.
  const published = today.catalog.entries.find(({ meta }) => meta.key === key)?.published;
  const isOld = reasonsToday.length > 0 && published !== undefined && reasonsOf(key, today, rule, site, published).length === 0;
  const prepared = isOld ? await prepare({ ...ports, now: published }, site, []) : today;
  const { plan } = prepared.changes;
  const report = partnerReport(rule, plan.manifest, plan.ledger);
  const judged = [...report.degraded, ...report.skipped].flatMap(({ decisions }) => decisions);
  const isShown = report.included.length + report.degraded.length > 0;
  const reasons = [...reasonsToday, ...defectsOf(prepared, name)];
  return {
    command: "partner try",
    now: today.changes.plan.now,
    site: site.title,
    partner: name,
    profile: rule.profile,
    article: key,
    included: isShown && reasons.length === 0,
    reasons: [...reasons, ...(isShown && rule.delay > 0 ? [`It is released ${rule.delay / 60_000} minutes after its publication.`] : [])],
    decisions: judged,
    files: plan.writes.flatMap(({ key: written, headers, gzip }) =>
      isShown && written.startsWith(`partners/${name}/`) && written !== reportKey(name) && gzip !== undefined
        ? [{ key: written, contentType: headers.contentType ?? "", text: gunzipSync(gzip).toString("utf8") }]
        : [],
    ),
  };
}

/** The content with this article alone, and all of its media. A file elsewhere stands at the top of the content. */
async function withArticle(file: string, content: Store, site: Site): Promise<{ readonly key: Key; readonly content: Store }> {
  const others = (key: Key) =>
    content.list().then((all) => {
      const articles = new Set(chooseSources(all, site).articles.map((one) => one.key));
      return all.filter((one) => one.key === key || !articles.has(one.key));
    });
  const listed = await content.list();
  const below = listed.find(({ key }) => key === file || resolve(content.address, key) === resolve(file));
  if (below !== undefined) return { key: below.key, content: { ...content, list: () => others(below.key) } };
  const [folder, key] = [openStore(dirname(resolve(file))), basename(file)];
  const found = await folder.read(key).catch(() => undefined);
  if (found === undefined) throw new Fault(`${file} is neither in ${content.address} nor a file here.`, { kind: "usage" });
  const { bytes, version } = found;
  const item = { key, version, size: bytes.length, settled: true };
  return {
    key,
    content: {
      ...content,
      list: async () => [...(await others(key)).filter((one) => one.key !== key), item],
      find: (wanted) => (wanted === key ? Promise.resolve(item) : content.find(wanted)),
      read: (wanted, range) => (wanted === key ? folder.read(key, range) : content.read(wanted, range)),
    },
  };
}

/** Whether the partner's report names the article. */
function isTold({ changes }: Prepared, rule: PartnerRule): boolean {
  const { included, degraded, skipped } = partnerReport(rule, changes.plan.manifest, changes.plan.ledger);
  return included.length + degraded.length + skipped.length > 0;
}

/** Why the article is in none of the partner's files at a moment, by default that of the run. */
function reasonsOf(key: Key, { catalog, selections, changes }: Prepared, rule: PartnerRule, site: Site, now = changes.plan.now) {
  const problems = catalog.findings.filter((finding) => finding.key === key && finding.kind === "problem");
  if (problems.length > 0) return problems.map(({ message }) => message);
  const waiting = catalog.withheld.find((one) => one.key === key);
  if (waiting !== undefined) return [`It is ${waiting.reason}${waiting.at === undefined ? "" : ` (${waiting.at})`}.`];
  const entry = catalog.entries.find(({ meta }) => meta.key === key);
  if (entry === undefined) return ["It is no article: see wireroom check."];
  return whyNot(entry, rule, { selections }, site, now);
}

function defectsOf({ changes }: Prepared, name: string): readonly string[] {
  return changes.plan.holds.filter((hold) => hold.name === `partners/${name}`).flatMap(({ reasons }) => reasons);
}
