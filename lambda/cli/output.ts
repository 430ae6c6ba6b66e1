import { styleText } from "node:util";
import { CommanderError } from "commander";
import { printableLines } from "../fault.ts";
import { asTyped } from "../reports/own-command.ts";
import { exitCodes } from "../reports/report.ts";
import type { Line, Screen } from "../terminal/screen/screen.ts";

export type Output = { readonly json?: boolean };

/** Whether the words of a command ask for JSON, even if they are wrong otherwise. */
export function asksForJson(words: readonly string[]): boolean {
  const end = words.indexOf("--");
  return words.slice(0, end < 0 ? undefined : end).includes("--json");
}

/** Prints the result to stdout: one JSON document, or lines that fit the terminal. */
export async function say(report: unknown, lines: readonly Line[], { json }: Output): Promise<void> {
  if (json === true) sayJson(report);
  else await write(process.stdout, lines);
}

/** Prints what accompanies the result to stderr. */
export function remark(lines: readonly Line[]): Promise<void> {
  return write(process.stderr, lines);
}

export function sayJson(document: unknown): void {
  process.stdout.write(`${printableLines(JSON.stringify(document, undefined, 2))}\n`);
}

async function write(stream: NodeJS.WriteStream, lines: readonly Line[]): Promise<void> {
  if (lines.length === 0) return;
  const { shown } = await import("../terminal/screen/screen.ts");
  stream.write(`${shown(lines.map(typed), screenOf(stream)).join("\n")}\n`);
}

/** The commands that a person is told to type. Text that somebody copies stays as it is, unless it is a command. */
function typed(line: Line): Line {
  if (typeof line === "string") return asTyped(line);
  if ("verbatim" in line) return /^ *wireroom /.test(line.verbatim) ? { verbatim: asTyped(line.verbatim) } : line;
  if ("rows" in line) return line;
  return line.map((span) => (typeof span === "string" ? asTyped(span) : { ...span, text: asTyped(span.text) }));
}

/** The width of a terminal, and its colours unless NO_COLOR or TERM say otherwise; FORCE_COLOR colours anything. */
function screenOf(stream: NodeJS.WriteStream): Screen {
  const isColoured = styleText("bold", "x", { stream }) !== "x";
  return {
    ...(stream.isTTY ? { columns: Math.max(40, stream.columns || 80) } : {}),
    paint: (style, text) => (isColoured ? styleText(style, text, { validateStream: false }) : text),
  };
}

/** Says why the command ended: to people on stderr, and with --json to programs on stdout, too. Returns the exit code. */
export async function failed(error: unknown, words: readonly string[]): Promise<number> {
  const isJson = asksForJson(words);
  if (error instanceof CommanderError) {
    const code = error.exitCode === 0 ? exitCodes.fine : exitCodes.usage;
    const message = error.code === "commander.help" ? "Name a command: wireroom --help lists them." : error.message.replace(/^error: /, "");
    if (isJson && code !== 0) sayJson(failureOf({ kind: "usage", message }, code));
    return code;
  }
  const { failure } = await import("../terminal/failure.ts");
  const { kind, message, because, code } = failure(error);
  const cause = because === undefined ? [] : [`  because: ${because}`];
  await remark([...message.split("\n"), ...cause]);
  if (isJson) sayJson(failureOf({ kind, message, ...(because === undefined ? {} : { because }) }, code));
  return code;
}

function failureOf(error: { readonly kind: string; readonly message: string; readonly because?: string }, exitCode: number) {
  return { outcome: "failed", exitCode, error: { ...error, message: asTyped(error.message) } };
}
