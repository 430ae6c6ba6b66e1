import { readFileSync } from "node:fs";
import { join } from "node:path";

type Manifest = { readonly artifacts?: Readonly<Record<string, { readonly type: string }>> };
type Assets = { readonly files: Readonly<Record<string, { readonly source: { readonly path?: string; readonly packaging?: string } }>> };

/** Whether a synthesis (cdk.out) contains the stack. */
export function hasStack(assembly: string, stack: string): boolean {
  const { artifacts = {} } = read<Manifest>(join(assembly, "manifest.json")) ?? {};
  return artifacts[stack]?.type === "aws:cloudformation:stack";
}

/**
 * The function's bundle as a synthesis would upload it: the only zipped folder of the stack.
 * @throws Error if there is none.
 */
export function bundleIn(assembly: string, stack: string): string {
  const { files = {} } = read<Assets>(join(assembly, `${stack}.assets.json`)) ?? {};
  const [folder] = Object.values(files).flatMap(({ source: { path, packaging } }) =>
    packaging === "zip" && path !== undefined ? [path] : [],
  );
  if (folder === undefined)
    throw new Error(`${assembly} does not contain the stack ${stack}. Run npm run synth to make it. Nothing was done.`);
  return join(assembly, folder, "handler.mjs");
}

function read<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
