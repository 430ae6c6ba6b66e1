/** A command of a page as a person types it, and what the page says that it prints. */
export type Command = { readonly text: string; readonly output: readonly string[]; readonly line: number };

/** A console as a page shows one. `notRun`: why no test can run it. `exit`: the exit code of its last command. */
export type Console = { readonly kind: "console"; readonly commands: readonly Command[]; readonly exit: number; readonly notRun?: string };

/** A file that the reader is to write: its block says `file=path` after the language. */
export type WrittenFile = { readonly kind: "file"; readonly path: string; readonly text: string };

/** Where the commands that follow are run; the reader does not see it: `<!-- console: in a clone -->`. */
export type Place = { readonly kind: "place"; readonly where: string };

type Part = Console | WrittenFile | Place;

const part = /^<!-- console: (?<where>.+) -->$|^(?<indent> *)(?<fence>`{3,})(?<info>.*)\n(?<body>[\s\S]*?)^ *\k<fence>$/gm;

/** What a page of the documentation shows that can be run, in its order. */
export function partsOf(page: string): readonly Part[] {
  return [...page.matchAll(part)].flatMap(({ index, groups = {} }): readonly Part[] => {
    const { where, indent = "", info = "" } = groups;
    const body = (groups["body"] ?? "").replace(new RegExp(`^${indent}`, "gm"), "");
    if (where !== undefined) return [{ kind: "place", where }];
    const path = /\bfile=(\S+)/.exec(info)?.[1];
    if (path !== undefined) return [{ kind: "file", path, text: body }];
    return info.startsWith("console") ? [consoleOf(info, body, page.slice(0, index).split("\n").length + 1)] : [];
  });
}

/** `$ ` begins a command, `> ` continues it; the lines up to the next one are its output. */
function consoleOf(info: string, body: string, first: number): Console {
  const commands: { text: string; output: string[]; line: number }[] = [];
  for (const [index, line] of body.replace(/\n$/, "").split("\n").entries()) {
    const last = commands.at(-1);
    if (line.startsWith("$ ")) commands.push({ text: line.slice(2), output: [], line: first + index });
    else if (last === undefined) throw new Error(`Line ${first + index}: a console begins with a command, after "$ ".`);
    else if (line.startsWith("> ") && last.output.length === 0) last.text += `\n${line.slice(2)}`;
    else last.output.push(line);
  }
  const notRun = /not run: (.+)$/.exec(info)?.[1];
  return { kind: "console", commands, exit: Number(/exit (\d+)/.exec(info)?.[1] ?? 0), ...(notRun === undefined ? {} : { notRun }) };
}

const programs = /^ *\$? *(?:[A-Z_]+=\S+ +)*(?:npm|npx|wireroom|aws|git|node|curl|cdk|publish|gh) [^|]*$/;

/** The lines of a page that show a command to type where no test looks: in a block that is no console. */
export function commandsElsewhere(page: string): readonly string[] {
  const withoutConsoles = page.replace(/^ *(`{3,})console[\s\S]*?^ *\1$/gm, "");
  const blocks = [...withoutConsoles.matchAll(/^ *(`{3,})(?!yaml|json|ts|mermaid|html|.*\bfile=)[^\n]*\n[\s\S]*?^ *\1$/gm)].map(
    ([text]) => text,
  );
  const indented = withoutConsoles.split("\n").filter((line) => line.startsWith("    "));
  return [...blocks.flatMap((text) => text.split("\n")), ...indented].filter((line) => programs.test(line));
}

/**
 * Whether a program printed what a page shows. In the page, "…" stands for any text within a line, and alone on a line for any lines.
 * Blank lines at both ends do not matter.
 */
export function isAsShown(shown: readonly string[], printed: string): boolean {
  const lines = shown.map((line) => {
    const text = line.trimEnd();
    return text === "…" ? "(?:.*\n)*" : `${text.split("…").map(literally).join(".*")}\n`;
  });
  const text = printed.replace(/[^\S\n]+$/gm, "").replace(/^\n+|\n+$/g, "");
  return new RegExp(`^\n*${lines.join("")}\n*$`).test(text === "" ? "" : `${text}\n`);
}

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
