import { Stack } from "aws-cdk-lib";
import { Metric, type MetricProps } from "aws-cdk-lib/aws-cloudwatch";
import type { IConstruct } from "constructs";

/**
 * The site as metrics name it: the stack, of which there is one for each site. Its title is for readers, may change, and is not always of
 * the letters that CloudWatch takes.
 */
export function siteOf(scope: IConstruct): string {
  return Stack.of(scope).stackName;
}

/** What runs say of themselves (lambda/reports/metrics.ts). */
export function runMetric(scope: IConstruct, metricName: string, props: Pick<MetricProps, "statistic" | "period">): Metric {
  return new Metric({ namespace: "Wireroom", metricName, dimensionsMap: { Site: siteOf(scope) }, ...props });
}
