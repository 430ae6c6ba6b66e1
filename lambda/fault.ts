/**
 * An error that stops a run: a store that denies access, state from a newer program, a bug. Mistakes in content are values (Notice,
 * Problem, Hold), never a Fault. `kind` decides the exit code. "usage" (wrong settings or flags) is 2; "fault" is 70. "overtaken" is 1:
 * another run wrote meanwhile, and a run that plans again succeeds. "unreadable": one file of a readable folder cannot be read. Code that
 * reads articles and media turns it into a finding; everywhere else it is a fault.
 */
export class Fault extends Error {
  readonly kind: "usage" | "fault" | "overtaken" | "unreadable";

  constructor(message: string, options: { readonly kind?: Fault["kind"]; readonly cause?: unknown } = {}) {
    // A usage message may list several wrong settings, a line each. Every other message is one line, whatever file names it contains.
    super(
      options.kind === "usage" ? printableLines(message) : printable(message),
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.name = "Fault";
    this.kind = options.kind ?? "fault";
  }
}

/**
 * Foreign text (a file name, a title, a server's answer) as one safe line. Shows as an escape each character that moves a terminal's cursor,
 * ends a line or reverses the text after it: controls, U+2028, U+2029, and Unicode's bidirectional embeddings, overrides and isolates.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, escaped);
}

/** The same, line by line, for a message of several lines or for JSON, in whose strings these escapes are valid. */
export function printableLines(text: string): string {
  return text.split("\n").map(printable).join("\n");
}

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
