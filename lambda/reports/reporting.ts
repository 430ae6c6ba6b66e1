import type { Finding, Instant } from "../articles/model/article.ts";
import { omitUndefined } from "../articles/model/json-value.ts";
import type { LedgerEntry } from "../channels/catalog/ledger/ledger.ts";
import { withdrawalRelease } from "../channels/catalog/withdrawn.ts";
import { remarksOn } from "../channels/site/site-remarks.ts";
import { articleChanges } from "../plan/article-changes.ts";
import { partnerWarnings } from "../plan/desired/partner-report.ts";
import type { Announced } from "../run/deliver-outbox.ts";
import type { Prepared, Published } from "../run/prepared.ts";
import type { Settings } from "../settings.ts";
import { moveRelease } from "../state/state-owner.ts";
import { nothingPublished } from "./nothing.ts";
import type { Pending, Reported, RunReport } from "./report.ts";
import { countsOf, summaryOf } from "./summary.ts";
import { undatedRemark } from "./undated.ts";

type Asked = { readonly command: RunReport["command"]; readonly allow: readonly string[] };

export type Done = { readonly prepared: Prepared; readonly announced: readonly Announced[]; readonly busy: boolean };

/** The report of a run. */
export function reportOf({ command, allow }: Asked, settings: Settings, { prepared, announced, busy }: Done): RunReport {
  const { catalog, changes, intake, notices, selections } = prepared;
  const { plan } = changes;
  const findings = [...catalog.findings, ...notices, ...selections.flatMap((selection) => selection.notices)];
  const states = (state: string) => catalog.entries.filter((entry) => entry.state === state).length;
  const told = toldOf(announced);
  const articles = {
    read: intake.read,
    published: catalog.entries.length - states("canceled"),
    canceled: states("canceled"),
    withheld: catalog.withheldCount,
    quarantined: new Set(findings.filter((finding) => finding.kind === "problem").map((finding) => finding.key)).size,
    kept: states("kept"),
    missing: states("missing"),
    passedOver: intake.passedOver,
  };
  const report = {
    command,
    now: plan.now,
    site: settings.site.title,
    target: settings.target.address,
    outcome: outcomeOf(command, prepared, busy),
    articles,
    channels: plan.channels,
    files: {
      written: [
        ...plan.copies.map(({ key, why, medium }) => ({ key, why, bytes: medium.bytes })),
        ...plan.writes.map(({ key, why, size }) => ({ key, why, bytes: size })),
      ],
      kept: plan.keeps,
      removed: plan.removes.map(({ key }) => key),
    },
    holds: plan.holds,
    findings: findings.map((finding) => reported(finding, settings.content.address)),
    ...(command === "check" ? explained(prepared) : {}),
    ...(command === "plan" ? { changes: changesIn(prepared, settings) } : {}),
    remarks: [
      ...(command === "publish" && settings.ahead === true ? [aheadRemark(settings.now)] : []),
      ...remarksOn(settings.site),
      ...(command === "publish" ? [] : [undatedRemark(prepared)].filter((remark) => remark !== undefined)),
      ...selections.filter(({ channel }) => channel.ended === true).map(({ channel }) => endedRemark(channel.path)),
      ...prepared.remarks,
      ...partnerWarnings(plan.manifest),
      ...allow
        .filter((name) => !isReleased(name, prepared))
        .map((name) => `--allow ${name} released nothing: no hold has this name and hash.`),
      ...allow.flatMap((name) => stillOut(name, prepared)),
    ],
    ...told,
    ...omitUndefined({
      nothing: nothingPublished({ articles, channels: plan.channels }, prepared, settings.content.address),
      due: dueAfter(told.outbox, plan.now),
      next: catalog.next,
      newest: catalog.entries.find(({ state }) => state !== "canceled")?.published,
    }),
  };
  return { ...report, counts: countsOf(report) };
}

/** What becomes of each article, for a plan. */
function changesIn({ before, catalog, changes }: Prepared, { site }: Pick<Settings, "site">): RunReport["changes"] & object {
  const { entries, withheld } = catalog;
  const known = { entries, withheld, records: before.catalog.value.records, grace: site.guard.grace };
  return articleChanges(before.ledger.value, changes.plan.ledger, known);
}

/** When the last ping that this run left in the outbox is due; undefined if it left none. */
function dueAfter(outbox: readonly Pending[], now: Instant): Instant | undefined {
  return outbox
    .flatMap(({ announcement }) => (announcement.kind === "ping" && announcement.since === now ? [announcement.due ?? now] : []))
    .sort()
    .at(-1);
}

/** The report of the next run, if it finds nothing to do. */
export function unchangedReport(
  { prepared, after }: Pick<Published, "prepared" | "after">,
  settings: Settings,
): Omit<RunReport, "now" | "due"> {
  const { changes, intake } = prepared;
  const { plan } = changes;
  const outbox = after?.state.manifest.value.outbox ?? plan.manifest.outbox;
  const { edge: _, ...rest } = plan;
  const nothing = {
    ...rest,
    channels: plan.channels.map((channel) =>
      channel.outcome === "written" ? { ...channel, files: 0, outcome: "kept" as const } : channel,
    ),
    keeps: plan.keeps + plan.writes.length + plan.copies.length,
    ...{ writes: [], copies: [], removes: [] },
  };
  const { ahead: _ahead, ...present } = settings;
  const report = reportOf({ command: "publish", allow: [] }, present, {
    prepared: { ...prepared, intake: { ...intake, read: 0 }, changes: { ...changes, plan: nothing } },
    announced: outbox.map((announcement) => ({ kind: "waiting", announcement })),
    busy: false,
  });
  const { now: _now, due: _due, ...stays } = summaryOf(report);
  return stays;
}

/** The same report as of now. */
export function reportAgain(report: RunReport, now: Instant, { ahead, now: asked }: Settings): RunReport {
  return { ...report, now, remarks: [...(ahead === true ? [aheadRemark(asked)] : []), ...report.remarks] };
}

export function toldOf(announced: readonly Announced[]): Pick<RunReport, "announced" | "outbox"> {
  return {
    announced: announced.flatMap(({ kind, announcement }) => (kind === "told" ? [announcement] : [])),
    outbox: announced.flatMap((one) =>
      one.kind === "told" ? [] : [{ announcement: one.announcement, ...(one.kind === "failed" ? { why: one.why } : {}) }],
    ),
  };
}

function endedRemark(path: string): string {
  return `${path}: site.yaml no longer lists this feed. It still answers its readers but gets no new entries, until you list it under "moved" or "retired".`;
}

/** Every file that the feeds do not show as written. */
function explained({ catalog, intake }: Prepared): Pick<RunReport, "withdrawn" | "withheld" | "notTaken"> {
  const withdrawn = catalog.entries.filter(({ state }) => state === "canceled");
  return {
    withdrawn: withdrawn.map(({ meta, amended }) => ({ key: meta.key, ...omitUndefined({ at: amended }) })),
    withheld: catalog.withheld,
    notTaken: intake.notTaken,
  };
}

function reported({ key, kind, code, line, message, hint }: Finding, content: string): Reported {
  return {
    file: `${content.replace(/\/+$/, "")}/${key}`,
    ...omitUndefined({ line }),
    kind,
    code,
    message,
    ...omitUndefined({ hint }),
    key,
  };
}

function isReleased(release: string, { before, changes }: Prepared): boolean {
  const { released, rolledBack = {} } = changes.plan.ledger;
  const back = Object.keys(before.ledger.value.rolledBack ?? {}).filter((path) => !Object.hasOwn(rolledBack, path));
  const [from, to] = [before.ledger.value.site, changes.plan.ledger.site];
  if (from !== undefined && to !== undefined && release === moveRelease(from, to)) return true;
  return (
    Object.entries(released).some(([name, hash]) => release === `${name}@${hash}`) ||
    back.some((path) => release.startsWith(`${path}@`)) ||
    takenBack(release, before) !== undefined
  );
}

/** The article whose withdrawal this release takes back. */
function takenBack(release: string, { ledger }: Prepared["before"]): LedgerEntry | undefined {
  return [...ledger.value.entries.values()].find((entry) => withdrawalRelease(entry) === release);
}

/** Explains why an article whose withdrawal was taken back is still not in the feeds. */
function stillOut(release: string, { before, catalog }: Prepared): readonly string[] {
  const entry = takenBack(release, before);
  if (entry === undefined || catalog.entries.some(({ id, state }) => id === entry.id && state === "live")) return [];
  return [`${entry.id} is no longer withdrawn in the ledger, but its file keeps it out of the feeds: see ${entry.keys.at(-1)}.`];
}

function outcomeOf(command: RunReport["command"], { changes: { plan } }: Prepared, busy: boolean): RunReport["outcome"] {
  if (busy) return "busy";
  if (command !== "publish") return command === "check" ? "checked" : "planned";
  return plan.holds.length > 0
    ? "held"
    : plan.writes.length + plan.copies.length + plan.removes.length > 0 || plan.edge !== undefined
      ? "published"
      : "unchanged";
}

/** Warns because readers keep what they have read, and later runs refuse a clock that goes back. */
const aheadRemark = (now: Instant): string =>
  `\`--now ${now}\` is in the future. Articles scheduled up to then are published now, and runs with an earlier clock are refused until then.`;
