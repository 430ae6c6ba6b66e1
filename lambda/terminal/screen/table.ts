import { cut, padded, width } from "./width.ts";

export type TableText = {
  /** Absent: no line of headings. */
  readonly head?: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  readonly indent?: number;
  /** Columns of paths, which are cut at their beginning. */
  readonly paths?: readonly number[];
  /** The last column goes on in further lines, rather than be cut. */
  readonly wraps?: boolean;
  /** A column that gives way before the others. */
  readonly first?: number;
};

/** Cells of one line of a table, as wide as their columns. `row`: its number; absent for headings and for what goes on from the line above. */
export type Laid = { readonly cells: readonly string[]; readonly row?: number };

const between = 2;
/** A column is not made narrower than this, in cells. */
const least = 8;

/** Columns as wide as their widest cell, with two spaces between them; numbers and sizes are aligned right. */
export function table(head: readonly string[], rows: TableText["rows"]): readonly string[] {
  return laidOut({ head, rows }).map(lineOf);
}

export function lineOf({ cells }: Laid): string {
  return cells.join(" ".repeat(between)).trimEnd();
}

/** The lines of a table. If it is wider than `columns`, its widest columns give way, and their cells are cut or go on in further lines. */
export function laidOut(
  { head, rows, indent = 0, paths = [], wraps = false, first }: TableText,
  columns = Number.POSITIVE_INFINITY,
): readonly Laid[] {
  const texts = rows.map((row) => row.map(String));
  const all = head === undefined ? texts : [head, ...texts];
  const count = Math.max(0, ...all.map((row) => row.length));
  const natural = Array.from({ length: count }, (_, column) => all.reduce((widest, row) => Math.max(widest, width(row[column] ?? "")), 0));
  const isNumber = natural.map((_, column) => rows.length > 0 && rows.every((row) => isNumeric(row[column])));
  const widths = fitted(natural, isNumber, columns - indent - between * (count - 1), first);
  const last = count - 1;
  const lines = (row: readonly string[], number?: number): readonly Laid[] => {
    const cells = row.map((cell, column) =>
      wraps && column === last ? wrapped(cell, widths[column] ?? 0) : [cut(cell, widths[column] ?? 0, paths.includes(column))],
    );
    return Array.from({ length: Math.max(1, ...cells.map(({ length }) => length)) }, (_, line) => ({
      cells: cells.map((cell, column) =>
        padded(
          `${column === 0 ? " ".repeat(indent) : ""}${cell[line] ?? ""}`,
          (widths[column] ?? 0) + (column === 0 ? indent : 0),
          isNumber[column],
        ),
      ),
      ...(number === undefined || line > 0 ? {} : { row: number }),
    }));
  };
  return [...(head === undefined ? [] : lines(head)), ...texts.flatMap((row, number) => lines(row, number))];
}

function isNumeric(cell: string | number | undefined): boolean {
  return typeof cell === "number" || /^[\d.,]+ ?(B|KB|MB)$/.test(String(cell));
}

/** Takes cells from the widest column of text until all fit into `room`; before that, from the column `first`. */
function fitted(natural: readonly number[], isNumber: readonly boolean[], room: number, first?: number): readonly number[] {
  const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0);
  const before = sum(natural) - room;
  const widths = natural.map((size, column) =>
    column === first && before > 0 ? Math.max(Math.min(size, 2 * least), size - before) : size,
  );
  let over = sum(widths) - room;
  while (over > 0) {
    let widest = -1;
    for (const [column, size] of widths.entries())
      if (isNumber[column] !== true && size > least && size > (widths[widest] ?? 0)) widest = column;
    if (widest < 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
    over -= 1;
  }
  return widths;
}

/**
 * Breaks a text between words, and between characters of scripts that have no spaces, into lines of at most `cells`. A longer word stays
 * whole, so that an address can be copied.
 */
export function wrapped(text: string, cells: number): readonly string[] {
  const lines = [""];
  for (const word of breakable(text)) {
    const line = lines.at(-1) ?? "";
    if (line !== "" && width(line) + width(word.trimEnd()) > cells) lines.push(word.trimStart());
    else lines[lines.length - 1] = line + word;
  }
  return lines;
}

/** Each with the spaces before it. */
export function breakable(text: string): readonly string[] {
  return text.split(/(?<=\S)(?= )|(?<=[\u3001-\u30ff\u3400-\u9fff\uff01-\uff60])(?![\u3001\u3002\uff01-\uff1f])/u);
}
