import { join } from "node:path";
import { stackIn } from "../stack-name.ts";
import { aws, isNotThere } from "./aws-cli.ts";

export type Outputs = Readonly<Record<string, string>>;

/** The stack that cdk.json names. */
export const stack = stackIn(join(import.meta.dirname, "..", "..", "cdk.json"));

/**
 * The outputs of the deployed stack; undefined if it was never deployed.
 * @throws Error if that cannot be determined.
 */
export async function deployed(): Promise<Outputs | undefined> {
  try {
    const region = stack.region === undefined ? [] : ["--region", stack.region];
    const said = await aws("cloudformation", "describe-stacks", "--stack-name", stack.name, "--output", "json", ...region);
    const { Stacks } = JSON.parse(said.toString("utf8")) as {
      readonly Stacks: readonly { readonly Outputs?: readonly { readonly OutputKey: string; readonly OutputValue: string }[] }[];
    };
    return Object.fromEntries((Stacks[0]?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
  } catch (error) {
    if (isNotThere(error)) return undefined;
    throw new Error("The stack cannot be read (aws cloudformation describe-stacks). Nothing was done.", { cause: error });
  }
}
