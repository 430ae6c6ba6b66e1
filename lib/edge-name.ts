import { Fn, Stack } from "aws-cdk-lib";
import type { IConstruct } from "constructs";

/**
 * The name of a thing of CloudFront's, which has one namespace for the account, whatever the region. It holds the stack and its region, since
 * two newsrooms may lie in one account; and the beginning of the stack's own id, since what a deleted stack has left keeps its names.
 */
export function edgeName(scope: IConstruct): string {
  const { stackName, region, stackId } = Stack.of(scope);
  const mark = Fn.select(0, Fn.split("-", Fn.select(2, Fn.split("/", stackId))));
  return `${stackName}-${region}-${mark}`;
}
