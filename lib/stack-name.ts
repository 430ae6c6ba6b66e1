import { readFileSync } from "node:fs";

export const defaultStack = "Wireroom";

type Named = { readonly stack?: string | undefined; readonly stage?: string | undefined };

/** The name of the stack, which identifies this newsroom in CloudFormation, metrics and alarms. */
export function stackNameOf({ stack = defaultStack, stage }: Named): string {
  return stage === undefined ? stack : `${stack}-${stage}`;
}

/** The stack's name in cdk.json, unchecked: a synthesis reports mistakes in the settings. */
export function stackIn(cdkJson: string): { readonly name: string; readonly region?: string } {
  const { context } = JSON.parse(readFileSync(cdkJson, "utf8")) as {
    readonly context?: { readonly wireroom?: Named & { readonly region?: string } };
  };
  const { region, ...named } = context?.wireroom ?? {};
  return { name: stackNameOf(named), ...(region === undefined ? {} : { region }) };
}
