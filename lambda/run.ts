import type { Finding } from "./articles/article.ts";
import { present } from "./channels/site.ts";
import { remarksOn } from "./channels/site-remarks.ts";
import { worldAnnouncer } from "./clients/announcer.ts";
import { type Ports, type Prepared, prepare, publish } from "./pipeline.ts";
import { programFingerprint } from "./program.ts";
import type { Announced } from "./publish/announce.ts";
import type { Plan } from "./publish/plan.ts";
import { announceDue } from "./publish/tell-world.ts";
import type { AnnounceReport, Reported, RunEvent, RunReport } from "./report.ts";
import type { Settings } from "./settings.ts";

export type Order = {
  readonly command: "check" | "plan" | "publish";
  /** `name@hash` of what is released. */
  readonly allow: readonly string[];
  /** How long the run may take at most, milliseconds: its lease lasts a minute longer. */
  readonly time: number;
  readonly tell: (event: RunEvent) => void;
};

const minute = 60_000;

/** What both doors do with their settings: one run of the road, and its report. */
export async function run(order: Order, settings: Settings): Promise<RunReport> {
  const ports: Ports = { ...settings, ...worldOf(settings, order.time), program: await programFingerprint(), tell: order.tell };
  if (order.command === "publish") {
    const { kind, prepared, announced } = await publish(ports, settings.site, order.allow);
    return reportOf(order, settings, { prepared, announced, busy: kind === "busy" });
  }
  return reportOf(order, settings, { prepared: await prepare(ports, settings.site, order.allow), announced: [], busy: false });
}

/** Announces what an earlier run left to be told and is due by now; looks at nothing else. */
export async function runAnnouncements({ time }: Pick<Order, "time">, settings: Settings): Promise<AnnounceReport> {
  const { announced } = await announceDue({ ...settings, ...worldOf(settings, time) });
  return { command: "announce", now: settings.now, site: settings.site.title, ...toldOf(announced) };
}

function worldOf({ now, cloud }: Settings, time: number) {
  const started = performance.now();
  return {
    until: new Date(Date.parse(now) + time + minute).toISOString(),
    announcer: worldAnnouncer(cloud.endpoints.cloudfront),
    elapsed: () => performance.now() - started,
    ...present({ distribution: cloud.distribution }),
  };
}

type Done = { readonly prepared: Prepared; readonly announced: readonly Announced[]; readonly busy: boolean };

function reportOf({ command, allow }: Order, settings: Settings, { prepared, announced, busy }: Done): RunReport {
  const { catalog, changes, intake, notices, selections } = prepared;
  const { plan } = changes;
  const findings = [...catalog.findings, ...notices, ...selections.flatMap((selection) => selection.notices)];
  const states = (state: string) => catalog.entries.filter((entry) => entry.state === state).length;
  return {
    command,
    now: settings.now,
    site: settings.site.title,
    target: settings.target.address,
    outcome: outcomeOf(command, prepared, busy),
    articles: {
      read: intake.read,
      published: catalog.entries.length - states("canceled"),
      canceled: states("canceled"),
      withheld: catalog.withheld,
      quarantined: new Set(findings.filter((finding) => finding.kind === "problem").map((finding) => finding.key)).size,
      kept: states("kept"),
      missing: states("missing"),
      passedOver: intake.passedOver,
    },
    channels: plan.channels,
    files: {
      written: [
        ...plan.copies.map(({ key, why, medium }) => ({ key, why, bytes: medium.bytes })),
        ...plan.writes.map(({ key, why, bytes }) => ({ key, why, bytes: bytes.length })),
      ],
      kept: plan.keeps,
      removed: plan.removes.map(({ key }) => key),
    },
    holds: plan.holds,
    findings: findings.map((finding) => reported(finding, settings.content.address)),
    ...(command === "check" ? explained(prepared) : {}),
    remarks: [
      ...remarksOn(settings.site),
      ...selections.filter(({ channel }) => channel.ended === true).map(({ channel }) => endedRemark(channel.path)),
      ...prepared.remarks,
      ...allow
        .filter((name) => !isReleased(name, plan))
        .map((name) => `--allow ${name} released nothing: nothing is held under that name and hash.`),
    ],
    ...toldOf(announced),
    ...(catalog.next === undefined ? {} : { next: catalog.next }),
  };
}

function toldOf(announced: readonly Announced[]): Pick<RunReport, "announced" | "outbox"> {
  return {
    announced: announced.flatMap(({ kind, announcement }) => (kind === "told" ? [announcement] : [])),
    outbox: announced.flatMap((one) =>
      one.kind === "told" ? [] : [{ announcement: one.announcement, ...(one.kind === "failed" ? { why: one.why } : {}) }],
    ),
  };
}

function endedRemark(path: string): string {
  return `${path}: site.yaml does not ask for this feed any more. It goes on answering its readers, with nothing new, until "moved" or "retired" names it.`;
}

/** Every file that is not in the feeds as it was written. */
function explained({ catalog, intake }: Prepared): Pick<RunReport, "withdrawn" | "withheld" | "notTaken"> {
  const withdrawn = catalog.entries.filter(({ state }) => state === "canceled");
  return {
    withdrawn: withdrawn.map(({ meta, amended }) => ({ key: meta.key, ...present({ at: amended }) })),
    withheld: catalog.waiting,
    notTaken: intake.notTaken,
  };
}

function reported({ key, kind, code, line, message, hint }: Finding, content: string): Reported {
  return { file: `${content.replace(/\/+$/, "")}/${key}`, ...present({ line }), kind, code, message, ...present({ hint }), key };
}

function isReleased(release: string, { ledger }: Plan): boolean {
  return Object.entries(ledger.released).some(([name, hash]) => release === `${name}@${hash}`);
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
