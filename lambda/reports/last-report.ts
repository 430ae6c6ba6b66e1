import { topicClient } from "../clients/topic.ts";
import type { Settings } from "../settings.ts";
import { loadReport, saveReport } from "../state/kept-report.ts";
import type { Store } from "../stores/store.ts";
import { alertsOf, type Message, messageOf } from "./alerts.ts";
import type { CancelReport, KeptReport, RollbackReport, RunReport } from "./report.ts";
import { summaryOf } from "./summary.ts";

/** The last run that changed something, held something or had a problem, as state keeps it. `known`: marks of what people were told. */
type Last = { readonly report?: KeptReport; readonly known: readonly string[] };

type Done = RunReport | CancelReport | RollbackReport;

const nothing: Last = { known: [] };

/** Sends one message to people; throws if that fails. */
export type TellPeople = (message: Message) => Promise<void>;

export async function lastReport(state: Store): Promise<KeptReport | undefined> {
  return (await loadReport<Last>(state, nothing)).report;
}

/**
 * Tells people what is new, and saves the report if the run wrote something or has a new hold or problem. A run without changes, holds
 * and problems reads and writes nothing here. Returns the reason if people could not be told; the next run tries again.
 */
export async function remember(report: Done, state: Store, tellPeople: TellPeople | undefined): Promise<string | undefined> {
  if (report.outcome === "busy") return undefined;
  const wrote = report.files.written.length + report.files.removed.length > 0;
  if (!wrote && report.holds.length === 0 && !report.findings.some(({ kind }) => kind === "problem")) return undefined;
  const { known } = await loadReport<Last>(state, nothing);
  const alerts = alertsOf(report, known);
  const message = messageOf(report.site, alerts);
  if (!wrote && message === undefined) return undefined;
  const failed = message === undefined ? undefined : await told(message, tellPeople);
  const marks = failed === undefined ? alerts.marks : alerts.marks.filter((mark) => known.includes(mark));
  await saveReport(state, { report: keptOf(report), known: marks } satisfies Last);
  return failed;
}

async function told(message: Message, tellPeople: TellPeople | undefined): Promise<string | undefined> {
  try {
    await tellPeople?.(message);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Saves the report and tells people. If that fails, the returned report has a remark about it. */
export async function remembered<R extends Done>(report: R, { state, cloud }: Pick<Settings, "state" | "cloud">): Promise<R> {
  const { topic, endpoints } = cloud;
  const failed = await remember(report, state, topic === undefined ? undefined : topicClient(topic, endpoints.sns));
  return failed === undefined
    ? report
    : {
        ...report,
        remarks: [...report.remarks, `The alert about new problems and holds could not be sent: ${failed} The next run tries again.`],
      };
}

/** The report without the lists that matter only at once: notices, file names and channels. */
function keptOf(done: Done): KeptReport {
  const { findings, files, channels: _, ...report } = summaryOf<Done>(done);
  const { written, removed } = report.counts;
  return { ...report, problems: findings.filter(({ kind }) => kind === "problem"), files: { written, kept: files.kept, removed } };
}
