/**
 * What stops a run: a store that denies, state of a newer program, a bug. Everything that somebody wrote wrongly is a value
 * (a Notice, a Problem, a Hold), never a Fault. `kind` decides the exit code: "usage" is 2 (wrong settings or flags), "fault" is 70;
 * "overtaken" is 1: somebody else wrote meanwhile, and a run that plans again gets by.
 */
export class Fault extends Error {
  readonly kind: "usage" | "fault" | "overtaken";

  constructor(message: string, options: { readonly kind?: Fault["kind"]; readonly cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "Fault";
    this.kind = options.kind ?? "fault";
  }
}
