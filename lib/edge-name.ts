import { Fn, Stack } from "aws-cdk-lib";
import type { IConstruct } from "constructs";

/**
 * The name of a CloudFront resource. CloudFront has one namespace for the account, whatever the region. So the name contains the
 * stack and its region, because two newsrooms may share an account, and the beginning of the stack's own id, because resources
 * kept from a deleted stack keep their names.
 */
export function edgeName(scope: IConstruct): string {
  const { stackName, region, stackId } = Stack.of(scope);
  const mark = Fn.select(0, Fn.split("-", Fn.select(2, Fn.split("/", stackId))));
  return `${stackName}-${region}-${mark}`;
}
