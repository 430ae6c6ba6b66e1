import { Fault, printable } from "../fault.ts";
import { exitCodes } from "../reports/report.ts";

const codes: Readonly<Record<Fault["kind"], number>> = {
  usage: exitCodes.usage,
  overtaken: exitCodes.problems,
  fault: exitCodes.fault,
  unreadable: exitCodes.fault,
};

/** What the command says of an error that ended it, and its exit code. */
export type Failure = { readonly kind: Fault["kind"] | "bug"; readonly message: string; readonly because?: string; readonly code: number };

export function failure(error: unknown): Failure {
  if (!(error instanceof Fault)) {
    const trace = error instanceof Error ? error.stack : String(error);
    return { kind: "bug", message: `A bug in Wireroom: ${trace}`, code: exitCodes.fault };
  }
  const because = error.cause instanceof Error ? { because: printable(error.cause.message) } : {};
  return { kind: error.kind, message: error.message, ...because, code: codes[error.kind] };
}
