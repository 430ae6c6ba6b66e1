import { topicClient } from "../clients/topic.ts";
import type { Settings } from "../settings.ts";
import { loadReport, saveReport } from "../state/state.ts";
import type { Store } from "../stores/store.ts";
import { type Message, messageOf, newsOf } from "./alerts.ts";
import type { CancelReport, KeptReport, RollbackReport, RunReport } from "./report.ts";

/** What state keeps of the last run that changed, held or met something; `known`: marks of what people have been told. */
type Last = { readonly report?: KeptReport; readonly known: readonly string[] };

type Done = RunReport | CancelReport | RollbackReport;

const nothing: Last = { known: [] };

/** Sends one message to people; throws where it cannot be sent. */
export type TellPeople = (message: Message) => Promise<void>;

export async function lastReport(state: Store): Promise<KeptReport | undefined> {
  return (await loadReport<Last>(state, nothing)).report;
}

/**
 * Tells people what is new, and keeps the report where the run wrote something, held something or met a problem for the first time. A
 * run that changed and met nothing reads and writes nothing here. Gives back why people could not be told: they are next time.
 */
export async function remember(report: Done, state: Store, tellPeople: TellPeople | undefined): Promise<string | undefined> {
  if (report.outcome === "busy") return undefined;
  const wrote = report.files.written.length + report.files.removed.length > 0;
  if (!wrote && report.holds.length === 0 && !report.findings.some(({ kind }) => kind === "problem")) return undefined;
  const { known } = await loadReport<Last>(state, nothing);
  const news = newsOf(report, known);
  const message = messageOf(report.site, news);
  if (!wrote && message === undefined) return undefined;
  const failed = message === undefined ? undefined : await told(message, tellPeople);
  const marks = failed === undefined ? news.marks : news.marks.filter((mark) => known.includes(mark));
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

/** The report with what there is to say of telling people. */
export async function remembered<R extends Done>(report: R, { state, cloud }: Pick<Settings, "state" | "cloud">): Promise<R> {
  const { topic, endpoints } = cloud;
  const failed = await remember(report, state, topic === undefined ? undefined : topicClient(topic, endpoints.sns));
  return failed === undefined
    ? report
    : { ...report, remarks: [...report.remarks, `Nobody could be told of what is new: ${failed} The next run tries again.`] };
}

/** Without what is only worth telling on the spot: a large newsroom's notices, and each file by name. */
function keptOf({ findings, files, channels: _, ...report }: Done): KeptReport {
  return {
    ...report,
    problems: findings.filter(({ kind }) => kind === "problem"),
    files: { written: files.written.length, kept: files.kept, removed: files.removed.length },
  };
}
