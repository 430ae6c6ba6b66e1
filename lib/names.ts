import { createHash } from "node:crypto";
import { Fn, Stack } from "aws-cdk-lib";
import type { IConstruct } from "constructs";

/** CloudFront takes names of 64 letters, which contain the newsroom's name, the region and a hash. */
export const longestName = 40;

/** The ids of the newsroom's own path in its stack; CDK's id "Default" counts for nothing in a path. */
export function pathOf(newsroom: IConstruct): readonly string[] {
  const { scopes } = newsroom.node;
  const below = scopes.slice(scopes.indexOf(Stack.of(newsroom)) + 1);
  return below.map(({ node }) => node.id.replace(/[^A-Za-z0-9]/g, "")).filter((id) => id !== "Default" && id !== "");
}

/** The newsroom's name with its stage; a name that is too long ends in a hash of itself. */
export function nameOf(name: string, stage: string | undefined): string {
  const whole = stage === undefined ? name : `${name}-${stage}`;
  if (whole.length <= longestName) return whole;
  return `${whole.slice(0, longestName - 9)}-${createHash("sha256").update(whole).digest("hex").slice(0, 8)}`;
}

/**
 * The name of a CloudFront resource. CloudFront has one namespace for the account, whatever the region. So the name contains the
 * newsroom and its region, because two newsrooms may share an account, and the beginning of the stack's own id, because resources
 * kept from a deleted stack keep their names.
 */
export function edgeName(scope: IConstruct, newsroom: string): string {
  const { region, stackId } = Stack.of(scope);
  const mark = Fn.select(0, Fn.split("-", Fn.select(2, Fn.split("/", stackId))));
  return `${newsroom}-${region}-${mark}`;
}
