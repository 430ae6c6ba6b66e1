/** Parts of a Markdown text: code, which says what it says, and the rest. Joined, they are the text. */
export type Part = { readonly isCode: boolean; readonly text: string };

const FENCE = /^[\s>]*(?:[-*+] +|\d{1,9}[.)] +)?(`{3,}|~{3,})/;
/** A longer line is data, and is not searched for code. */
const LONGEST_LINE = 20_000;

/** Fenced blocks and spans of one line. (An indented block is told from a list only by the whole parser: it counts as text.) */
export function codeParts(markdown: string): readonly Part[] {
  const parts: Part[] = [];
  const add = (isCode: boolean, text: string): void => {
    const last = parts.at(-1);
    if (last?.isCode === isCode) parts[parts.length - 1] = { isCode, text: last.text + text };
    else if (text !== "") parts.push({ isCode, text });
  };
  let fence: string | undefined;
  for (const line of markdown.split(/(?<=\n)/)) {
    const mark = FENCE.exec(line.slice(0, 200))?.[1];
    if (fence !== undefined) {
      add(true, line);
      if (mark?.startsWith(fence) && /^[\s>`~]*$/.test(line)) fence = undefined;
    } else if (mark !== undefined) {
      add(true, line);
      fence = mark;
    } else if (line.length > LONGEST_LINE || !line.includes("`")) add(false, line);
    else for (const { isCode, text } of spans(line)) add(isCode, text);
  }
  return parts;
}

function spans(line: string): readonly Part[] {
  const parts: Part[] = [];
  let done = 0;
  for (const run of line.matchAll(/`+/g)) {
    if (run.index < done) continue;
    const end = new RegExp(`(?<!\`)${run[0]}(?!\`)`, "g");
    end.lastIndex = run.index + run[0].length;
    if (!end.test(line)) continue;
    parts.push({ isCode: false, text: line.slice(done, run.index) }, { isCode: true, text: line.slice(run.index, end.lastIndex) });
    done = end.lastIndex;
  }
  return [...parts, { isCode: false, text: line.slice(done) }];
}
