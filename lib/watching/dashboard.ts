import { Duration } from "aws-cdk-lib";
import { type Alarm, AlarmStatusWidget, Dashboard, GraphWidget, type IWidget, Metric, Stats } from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";
import { runMetric } from "./metrics.ts";
import type { Watched } from "./watches.ts";

type Props = Watched & { readonly distributionId: string; readonly alarms: readonly Alarm[] };

/** The state of the wire on one page: alarms, runs, withheld work, and the requests of readers. */
export class Overview extends Construct {
  constructor(scope: Construct, id: string, props: Props) {
    super(scope, id);
    const widgets = [alarmsOf(props), ...runsOf(props), ...articlesOf(props), queuesOf(props), ...edgeOf(props)];
    new Dashboard(this, "Page", { defaultInterval: Duration.days(1), widgets: rows(widgets) });
  }
}

const half = { width: 12, height: 6 };
const period = { period: Duration.minutes(5) };

function rows(widgets: readonly IWidget[]): IWidget[][] {
  const [first, ...rest] = widgets;
  const pairs = Array.from({ length: Math.ceil(rest.length / 2) }, (_, row) => rest.slice(2 * row, 2 * row + 2));
  return [first === undefined ? [] : [first], ...pairs];
}

function alarmsOf({ alarms }: { readonly alarms: readonly Alarm[] }): IWidget {
  return new AlarmStatusWidget({ title: "Alarms", alarms: [...alarms], width: 24, height: 3 });
}

function runsOf({ handler }: Watched): readonly IWidget[] {
  const counted = { ...period, statistic: Stats.SUM };
  return [
    new GraphWidget({
      title: "Runs",
      left: [handler.metricInvocations(counted), handler.metricErrors(counted), handler.metricThrottles(counted)],
      ...half,
    }),
    new GraphWidget({
      title: "Duration of runs",
      left: [handler.metricDuration({ ...period, statistic: "p50" }), handler.metricDuration({ ...period, statistic: Stats.MAXIMUM })],
      ...half,
    }),
  ];
}

function articlesOf({ settings }: Watched): readonly IWidget[] {
  const of = (metricName: string, statistic: string) => runMetric(settings, metricName, { statistic, ...period });
  return [
    new GraphWidget({
      title: "Articles",
      left: [of("ArticlesPublished", Stats.MAXIMUM)],
      right: [of("ArticlesQuarantined", Stats.MAXIMUM), of("Holds", Stats.MAXIMUM)],
      ...half,
    }),
    new GraphWidget({ title: "Files written", left: [of("FilesWritten", Stats.SUM)], right: [of("NewestAge", Stats.MINIMUM)], ...half }),
  ];
}

function queuesOf({ notices, deadLetters }: Watched): IWidget {
  const most = { ...period, statistic: Stats.MAXIMUM };
  return new GraphWidget({
    title: "Notices and dead letters",
    left: [notices.metricApproximateNumberOfMessagesVisible(most), deadLetters.metricApproximateNumberOfMessagesVisible(most)],
    right: [notices.metricApproximateAgeOfOldestMessage(most)],
    ...half,
  });
}

function edgeOf({ distributionId }: Props): readonly IWidget[] {
  const of = (metricName: string, statistic: string) =>
    new Metric({
      namespace: "AWS/CloudFront",
      metricName,
      dimensionsMap: { DistributionId: distributionId, Region: "Global" },
      statistic,
      region: "us-east-1",
      ...period,
    });
  return [
    new GraphWidget({
      title: "Requests of readers",
      left: [of("Requests", Stats.SUM)],
      right: [of("BytesDownloaded", Stats.SUM)],
      ...half,
    }),
    new GraphWidget({
      title: "Error rate, percent",
      left: [of("4xxErrorRate", Stats.AVERAGE), of("5xxErrorRate", Stats.AVERAGE)],
      ...half,
    }),
  ];
}
