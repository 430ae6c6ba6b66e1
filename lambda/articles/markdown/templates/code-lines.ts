/** A line or a code block, and where it ends. */
export type Block = { readonly isCode: boolean; readonly end: number };

const FENCE = /^[\s>]*(?:[-*+] +|\d{1,9}[.)] +)?(`{3,}|~{3,})(?=[^`]*$)/;
const ITEM = /^(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)/;
/** MkDocs indents the content of such a box. */
const BOX = /^(?:!!!|\?\?\?\+?)[ \t]/;
const LONGEST_PREFIX = 200;

/**
 * Finds fenced and indented code in a Markdown source, line by line. Positions must only grow: the caller skips comments and tags, in which
 * no code begins. The last list item above an indented line decides whether the line belongs to the list.
 */
export function blocksOf(source: string, form: "markdown" | "mdx" | "html"): (at: number) => Block {
  let isBlank = true;
  let isIndented = false;
  let content = 0;
  const lineEnd = (at: number): number => {
    const end = source.indexOf("\n", at);
    return end === -1 ? source.length : end + 1;
  };
  const fenced = (at: number, fence: string): number => {
    let from = lineEnd(at);
    while (from < source.length) {
      const end = lineEnd(from);
      const line = source.slice(from, Math.min(end, from + LONGEST_PREFIX));
      const mark = FENCE.exec(line)?.[1];
      if (mark?.startsWith(fence) === true && /^[\s>`~]*$/.test(line)) return end;
      from = end;
    }
    return source.length;
  };
  return (at) => {
    const end = lineEnd(at);
    if (form === "html" || (at > 0 && source[at - 1] !== "\n")) return { isCode: false, end };
    const line = source.slice(at, Math.min(end, at + LONGEST_PREFIX)).replace(/^(?: {0,3}> ?)+/, "");
    const fence = FENCE.exec(line.trimEnd())?.[1];
    const text = line.trimStart();
    const indent = widthOf(line.slice(0, line.length - text.length));
    if (text === "") {
      isBlank = true;
      return { isCode: false, end };
    }
    const wasBlank = isBlank;
    const wasIndented = isIndented;
    isBlank = false;
    isIndented = false;
    if (fence !== undefined && (form === "mdx" || indent < content + 4)) return { isCode: true, end: fenced(at, fence) };
    if (form === "markdown" && indent >= content + 4 && (wasBlank || wasIndented)) {
      isIndented = true;
      return { isCode: true, end };
    }
    const item = ITEM.exec(text)?.[0];
    if (item !== undefined) content = indent + Math.max(2, item.length);
    else if (BOX.test(text)) content = indent + 4;
    else if (indent < 2 && wasBlank) content = 0;
    return { isCode: false, end };
  };
}

const widthOf = (space: string): number => space.replaceAll("\t", "    ").length;
