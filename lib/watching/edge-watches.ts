import { Duration } from "aws-cdk-lib";
import { ComparisonOperator, MathExpression, Metric, Stats, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import type { Watch } from "./watches.ts";

/** Among few requests, one mistyped address would be a large share. */
const fewRequests = 200;

/** CloudFront's metrics, which exist only in us-east-1. */
export function edgeWatches(distributionId: string): readonly Watch[] {
  const at = {
    namespace: "AWS/CloudFront",
    dimensionsMap: { DistributionId: distributionId, Region: "Global" },
    period: Duration.minutes(5),
  };
  const requests = new Metric({ ...at, metricName: "Requests", statistic: Stats.SUM });
  const rate = (metricName: string, label: string, least: number) =>
    new MathExpression({
      label,
      expression: `IF(requests >= ${least}, rate, 0)`,
      usingMetrics: { requests, rate: new Metric({ ...at, metricName, statistic: Stats.AVERAGE }) },
      period: Duration.minutes(5),
    });
  const above = { when: ComparisonOperator.GREATER_THAN_THRESHOLD, missing: TreatMissingData.NOT_BREACHING } as const;
  return [
    {
      id: "EdgeRefuses",
      says: "More than a fifth of the requests for feeds are answered with 4xx. A reader that gets one may stay away for days.",
      section: "the-edge-refuses",
      metric: rate("4xxErrorRate", "4xx, percent", fewRequests),
      threshold: 20,
      periods: 3,
      ...above,
    },
    {
      id: "EdgeFails",
      says: "More than a hundredth of the requests for feeds are answered with 5xx.",
      section: "the-edge-fails",
      metric: rate("5xxErrorRate", "5xx, percent", 20),
      threshold: 1,
      periods: 2,
      ...above,
    },
  ];
}
