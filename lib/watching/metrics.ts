import { Metric, type MetricProps } from "aws-cdk-lib/aws-cloudwatch";
import type { Settings } from "../settings.ts";

/**
 * A metric that runs report about themselves (lambda/reports/metrics.ts). The site's name in it is that of the newsroom: the title is for
 * readers, may change, and may have letters that CloudWatch does not accept.
 */
export function runMetric({ name }: Pick<Settings, "name">, metricName: string, props: Pick<MetricProps, "statistic" | "period">): Metric {
  return new Metric({ namespace: "Wireroom", metricName, dimensionsMap: { Site: name }, ...props });
}
