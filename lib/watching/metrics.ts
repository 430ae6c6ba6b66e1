import { Stack } from "aws-cdk-lib";
import { Metric, type MetricProps } from "aws-cdk-lib/aws-cloudwatch";
import type { IConstruct } from "constructs";

/**
 * The site's name in metrics: the stack, because each site has its own. The title is for readers, may change, and may have
 * letters that CloudWatch does not accept.
 */
export function siteOf(scope: IConstruct): string {
  return Stack.of(scope).stackName;
}

/** A metric that runs report about themselves (lambda/reports/metrics.ts). */
export function runMetric(scope: IConstruct, metricName: string, props: Pick<MetricProps, "statistic" | "period">): Metric {
  return new Metric({ namespace: "Wireroom", metricName, dimensionsMap: { Site: siteOf(scope) }, ...props });
}
