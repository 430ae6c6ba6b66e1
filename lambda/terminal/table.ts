/**
 * Columns as wide as their widest cell, with two spaces between them; numbers (cells marked so) are aligned right. Wide
 * characters count twice.
 */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): readonly string[] {
  const cells = [head, ...rows.map((row) => row.map(String))];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => width(row[column] ?? ""))));
  const right = head.map(
    (_, column) =>
      rows.length > 0 && rows.every((row) => typeof row[column] === "number" || /^[\d.,]+ ?(B|KB|MB)$/.test(String(row[column]))),
  );
  return cells.map((row) =>
    row
      .map((cell, column) => padded(cell, widths[column] ?? 0, right[column] === true))
      .join("  ")
      .trimEnd(),
  );
}

function padded(cell: string, size: number, right: boolean): string {
  const room = " ".repeat(Math.max(0, size - width(cell)));
  return right ? room + cell : cell + room;
}

/** Terminal cells: Han, kana, Hangul and full-width forms take two, combining marks none (Unicode's East Asian Width). */
function width(text: string): number {
  let cells = 0;
  for (const character of text)
    cells += /\p{Mn}|\p{Me}|\p{Cf}/u.test(character)
      ? 0
      : /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(character)
        ? 2
        : 1;
  return cells;
}
