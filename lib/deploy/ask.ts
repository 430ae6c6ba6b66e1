import { pathToFileURL } from "node:url";

// The other end of lib/deploy/plan.ts: loads a bundle as Lambda does, and returns the whole plan. The handler itself answers with a
// summary.
const [bundle = ""] = process.argv.slice(2);
const { planNow } = (await import(pathToFileURL(bundle).href)) as { readonly planNow: () => Promise<object> };
try {
  process.send?.(await planNow());
} catch (error) {
  const { message, cause } = error as Error;
  process.stderr.write(`${message}\n${cause instanceof Error ? `  because: ${cause.message}\n` : ""}`);
  process.exitCode = 1;
}
process.disconnect?.();
