/**
 * What stops a run: a store that denies, state of a newer program, a bug. Everything that somebody wrote wrongly is a value
 * (a Notice, a Problem, a Hold), never a Fault. `kind` decides the exit code: "usage" is 2 (wrong settings or flags), "fault" is 70;
 * "overtaken" is 1: somebody else wrote meanwhile, and a run that plans again gets by. "unreadable": one file of a folder may not be read, while
 * the folder may; who reads articles and media takes that for a finding, and for everybody else it is a fault.
 */
export class Fault extends Error {
  readonly kind: "usage" | "fault" | "overtaken" | "unreadable";

  constructor(message: string, options: { readonly kind?: Fault["kind"]; readonly cause?: unknown } = {}) {
    // Wrong settings may be several, a line each; every other message is one, whatever name of a file is in it.
    super(
      options.kind === "usage" ? printableLines(message) : printable(message),
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.name = "Fault";
    this.kind = options.kind ?? "fault";
  }
}

/**
 * What somebody else wrote (the name of a file, a title, a server's answer) as one line for people: what moves a terminal's cursor, ends a line, or
 * turns the letters behind it around (controls, U+2028, the embeddings and overrides of Unicode's bidirectional algorithm) is shown by its number.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, escaped);
}

/** The same for a text that has lines of its own: a message of several, or JSON, whose strings may hold the escapes. */
export function printableLines(text: string): string {
  return text.split("\n").map(printable).join("\n");
}

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
