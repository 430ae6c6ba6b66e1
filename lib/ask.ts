import { pathToFileURL } from "node:url";

// The other end of lib/plan.ts: loads a bundle as Lambda does, by its exported handler, and hands the answer back.
const [bundle = ""] = process.argv.slice(2);
const { handler } = (await import(pathToFileURL(bundle).href)) as { readonly handler: (event: object) => Promise<object> };
try {
  process.send?.(await handler({ command: "plan" }));
} catch (error) {
  const { message, cause } = error as Error;
  process.stderr.write(`${message}\n${cause instanceof Error ? `  because: ${cause.message}\n` : ""}`);
  process.exitCode = 1;
}
process.disconnect?.();
