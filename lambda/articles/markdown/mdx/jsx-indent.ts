import type { JsxReader } from "./jsx.ts";

const FENCE = /^(?:`{3,}|~{3,})/;
const ITEM = /^(?:[-*+]|\d{1,9}[.)])[ \t]+/;

/** An open element: `taken` columns are removed from each line inside it, and the text of a list item there begins at `item`. */
type Level = { readonly taken: number; item: number };

/**
 * A component's content is indented below its tag, so without the tag Markdown would read it as code, and fences in it as text. Each line
 * moves left to the column of its tag, or of the list item that holds the tag.
 */
export function outdented(source: string, reader: JsxReader): string {
  if (!/^[ \t]+\S/m.test(source)) return source;
  const levels: Level[] = [{ taken: 0, item: 0 }];
  const parts: string[] = [];
  let fence: string | undefined;
  let inTag = 0;
  let beyond = 0;
  for (let at = 0; at < source.length; ) {
    const newline = source.indexOf("\n", at);
    const end = newline === -1 ? source.length : newline + 1;
    const space = /[ \t]*/y;
    space.lastIndex = at;
    const indent = space.exec(source)?.[0].length ?? 0;
    const text = source.slice(at + indent, end);
    const level = levels.at(-1) ?? { taken: 0, item: 0 };
    const mark = FENCE.exec(text)?.[0];
    // MDX has no indented code, so a fence may be indented by any amount.
    const place = Math.max(level.item, level.taken);
    if (fence === undefined) beyond = mark !== undefined && indent - place >= 4 ? indent - place : 0;
    parts.push(source.slice(at + Math.min(indent, level.taken + beyond), end));
    if (fence !== undefined) {
      if (mark?.startsWith(fence) === true && /^[`~\s]*$/.test(text)) fence = undefined;
    } else if (mark !== undefined) fence = mark;
    else if (at >= inTag && text.trim() !== "") {
      const item = ITEM.exec(text)?.[0];
      if (item !== undefined) level.item = indent + item.length;
      else if (indent < level.item) level.item = 0;
      const tag = text.startsWith("<") ? reader.tag(at + indent) : undefined;
      const isOwn = tag !== undefined && /^[ \t]*(?:\n|$)/.test(source.slice(tag.end, tag.end + 100));
      if (isOwn && tag.closes && levels.length > 1) levels.pop();
      else if (isOwn && !tag.closes && !tag.isAlone && levels.length < DEEPEST) {
        inTag = tag.end;
        const inside =
          /^(?:[ \t]*\n)*([ \t]*)(?=\S)/.exec(source.slice(tag.end, tag.end + 2000).replace(/^[ \t]*\n/, ""))?.[1]?.length ?? indent;
        const first = Math.max(inside, indent);
        levels.push({ taken: level.item === 0 ? first : first - level.item + level.taken, item: 0 });
      }
    }
    at = end;
  }
  return parts.join("");
}

const DEEPEST = 100;
