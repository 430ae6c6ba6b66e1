import stringWidth from "string-width";

const graphemes = new Intl.Segmenter("en");

/** Terminal cells: Han, kana, Hangul, full-width forms and emoji take two, combining marks none. */
export function width(text: string): number {
  return stringWidth(text);
}

/** The text in at most `cells`, with "…" for what is cut off at its end; of a path, at its beginning, where it says least. */
export function cut(text: string, cells: number, isPath = false): string {
  if (width(text) <= cells) return text;
  const parts = [...graphemes.segment(text)].map(({ segment }) => segment);
  const kept: string[] = [];
  let left = cells - 1;
  while (parts.length > 0) {
    const next = (isPath ? parts.pop() : parts.shift()) ?? "";
    left -= width(next);
    if (left < 0) break;
    kept.push(next);
  }
  return isPath ? `…${kept.reverse().join("")}` : `${kept.join("").trimEnd()}…`;
}

/** The text with room to its right, or to its left. */
export function padded(text: string, cells: number, isRight = false): string {
  const room = " ".repeat(Math.max(0, cells - width(text)));
  return isRight ? room + text : text + room;
}
