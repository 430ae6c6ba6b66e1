import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { stackIn } from "./stack-name.ts";

export type Outputs = Readonly<Record<string, string>>;

/** The stack that cdk.json names. */
export const stack = stackIn(join(import.meta.dirname, "..", "cdk.json"));

/**
 * The outputs of the stack as it stands; undefined where it was never deployed.
 * @throws Error where nobody can say.
 */
export async function deployed(): Promise<Outputs | undefined> {
  try {
    const region = stack.region === undefined ? [] : ["--region", stack.region];
    const words = ["cloudformation", "describe-stacks", "--stack-name", stack.name, "--output", "json", ...region];
    const { stdout } = await promisify(execFile)("aws", words);
    const { Stacks } = JSON.parse(stdout) as {
      readonly Stacks: readonly { readonly Outputs?: readonly { readonly OutputKey: string; readonly OutputValue: string }[] }[];
    };
    return Object.fromEntries((Stacks[0]?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
  } catch (error) {
    if (/does not exist/.test(String((error as { readonly stderr?: unknown }).stderr))) return undefined;
    throw new Error("The stack cannot be looked at (aws cloudformation describe-stacks). Nothing was done.", { cause: error });
  }
}
