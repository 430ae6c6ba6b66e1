import type { RunReport } from "./report.ts";

type Measured = Omit<RunReport, "command" | "channels">;

/**
 * The site's name in the alarms; how long the run took, and after how long without a new article the site is stale, in milliseconds;
 * the most memory that the process has used, in MB.
 */
export type Measure = { readonly site: string; readonly took: number; readonly freshness: number; readonly memory: number };

/**
 * A run as metrics, in CloudWatch's embedded metric format: CloudWatch reads the numbers from this log line. The site is the only
 * dimension, because AWS bills each further dimension as another metric.
 */
export function metricsOf(report: Measured, { site, took, freshness, memory }: Measure): string {
  const { articles, files, counts: all, now, newest } = report;
  const age = newest === undefined ? undefined : Math.max(0, Date.parse(now) - Date.parse(newest));
  const counts = {
    ArticlesRead: articles.read,
    ArticlesPublished: articles.published,
    ArticlesCanceled: articles.canceled,
    ArticlesWithheld: articles.withheld,
    ArticlesQuarantined: articles.quarantined,
    ArticlesKept: articles.kept,
    ArticlesMissing: articles.missing,
    FilesWritten: all.written,
    FilesKept: files.kept,
    FilesRemoved: all.removed,
    Holds: all.holds,
    Notices: all.notices,
    Announced: all.announced,
    AnnouncementsFailed: all.failed,
    Busy: report.outcome === "busy" ? 1 : 0,
    Stale: age === undefined || age > freshness ? 1 : 0,
  };
  const units = [
    ...Object.keys(counts).map((Name) => ({ Name, Unit: "Count" })),
    { Name: "RunTime", Unit: "Milliseconds" },
    { Name: "MemoryUsed", Unit: "Megabytes" },
    ...(age === undefined ? [] : [{ Name: "NewestAge", Unit: "Seconds" }]),
  ];
  return JSON.stringify({
    _aws: { Timestamp: Date.parse(now), CloudWatchMetrics: [{ Namespace: "Wireroom", Dimensions: [["Site"]], Metrics: units }] },
    Site: site,
    Title: report.site,
    ...counts,
    RunTime: Math.round(took),
    MemoryUsed: Math.round(memory),
    ...(age === undefined ? {} : { NewestAge: Math.round(age / 1000) }),
  });
}
