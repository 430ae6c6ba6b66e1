import type { RunReport } from "../../lambda/reports/report.ts";
import { countsOf } from "../../lambda/reports/summary.ts";

/** The report of a run that found nothing to do, with the counts of its lists. */
export const aReport = (says: Partial<RunReport> = {}): RunReport => {
  const report = {
    command: "publish",
    now: "2026-11-23T09:00:00.000Z",
    site: "The Wire",
    target: "target",
    outcome: "unchanged",
    articles: { read: 0, published: 1, canceled: 0, withheld: 0, quarantined: 0, kept: 0, missing: 0, passedOver: {} },
    channels: [],
    files: { written: [], kept: 8, removed: [] },
    holds: [],
    findings: [],
    announced: [],
    outbox: [],
    remarks: [],
    ...says,
  } as const;
  return { ...report, counts: countsOf(report) };
};
