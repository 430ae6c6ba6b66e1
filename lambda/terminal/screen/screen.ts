import { printable } from "../../fault.ts";
import { breakable, laidOut, lineOf, type TableText } from "./table.ts";
import { width } from "./width.ts";

export type Style = "bold" | "dim" | "red" | "green" | "yellow";
export type Span = string | { readonly text: string; readonly style: Style };

/** What a person reads: a sentence, a sentence with emphasis, text that is never broken because somebody will copy it, or a table. */
export type Line =
  | string
  | readonly Span[]
  | { readonly verbatim: string }
  | (TableText & { readonly style?: (row: number) => Style | undefined });

/** Where lines are shown. `columns`: its width; absent if nobody is watching. */
export type Screen = { readonly columns?: number; readonly paint: (style: Style, text: string) => string };

/** No width and no colour: for files, pipes and tests. */
export const plain: Screen = { paint: (_, text) => text };

/** The lines as they fit the screen: sentences broken between words, tables narrowed, foreign text made safe. */
export function shown(lines: readonly Line[], { columns, paint }: Screen = plain): readonly string[] {
  return lines.flatMap((line) => {
    if (typeof line !== "string" && "rows" in line) {
      const rows = line.rows.map((row) => row.map((cell) => (typeof cell === "string" ? printable(cell) : cell)));
      return laidOut({ ...line, rows }, columns).map((laid) => {
        const style = laid.row === undefined ? undefined : line.style?.(laid.row);
        const [first = "", ...rest] = laid.cells;
        if (laid.row === undefined && line.head !== undefined) return painted(lineOf(laid), "dim", paint);
        return style === undefined ? lineOf(laid) : lineOf({ cells: [painted(first, style, paint), ...rest] });
      });
    }
    if (typeof line !== "string" && "verbatim" in line) return printable(line.verbatim);
    const spans = (typeof line === "string" ? [line] : line).map((span) => (typeof span === "string" ? { text: span } : span));
    return broken(
      spans.map((span) => ({ ...span, text: printable(span.text) })),
      columns,
    ).map((row) => row.map(({ text, style }) => (style === undefined ? text : painted(text, style, paint))).join(""));
  });
}

type Part = { readonly text: string; readonly style?: Style };

/** Only what can be seen: no colour on the spaces around it. */
function painted(text: string, style: Style, paint: Screen["paint"]): string {
  const inner = text.trim();
  return inner === "" ? text : text.replace(inner, () => paint(style, inner));
}

/** One line in as many rows as it needs. */
function broken(spans: readonly Part[], columns: number | undefined): readonly (readonly Part[])[] {
  const whole = spans.map(({ text }) => text).join("");
  if (columns === undefined || width(whole) <= columns) return [spans];
  const indent = " ".repeat(hanging(whole, columns));
  const rows: Part[][] = [[]];
  let used = 0;
  for (const { text, ...style } of spans) {
    for (const word of breakable(text)) {
      const isFirst = rows.at(-1)?.every((part) => part.text.trim() === "") === true;
      if (!isFirst && used + width(word.trimEnd()) > columns) {
        rows.push([{ text: indent }, { text: word.trimStart(), ...style }]);
        used = indent.length + width(word.trimStart());
      } else {
        rows.at(-1)?.push({ text: word, ...style });
        used += width(word);
      }
    }
  }
  return rows;
}

/** Where a sentence goes on: under its beginning, to the right of a short label such as a file name, a number or an arrow. */
function hanging(text: string, columns: number): number {
  const start = /^ */.exec(text)?.[0].length ?? 0;
  const label = /^ *(?:[→-] |\S+ {2,})/.exec(text)?.[0];
  const under = label === undefined ? undefined : width(label);
  return under !== undefined && under <= columns / 3 ? under : start + 2;
}
