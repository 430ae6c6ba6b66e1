import fc from "fast-check";
import type { Traps } from "./traps.ts";

/** Texts that have broken feeds before (reference, section 2), and tokens like those of the renderers. */
const TRAPS = [
  ..."\u0000\u0001\u0008\u000B\u000C\u001F\u007F\u0085\u009F\uFFFE\uFFFF\uD800\uDBFF\uDC00\uDFFF",
  "]]>",
  "]]]]>>",
  "<![CDATA[",
  "&amp;amp;",
  "&apos;",
  "&#0;",
  "&",
  "<",
  ">",
  '"',
  "'",
  "<script>",
  "</title>",
  "<!--",
  "--",
  "<?xml?>",
  "\r",
  "\r\n",
  "\n",
  "\t",
  "\u200F",
  "\u202E",
  "\u2066",
  "\u2028",
  "שלום",
  "سلام",
  "ё",
  "漢",
  "👩🏽‍🚀",
  "🇰🇿",
  "𠮷",
  "inside:0",
  "inside:1",
  "instead:2",
  '"instead:3"/>',
  "$&",
  "$1",
  "__proto__",
  "undefined",
];

/** Invisible characters, and those that reverse a line, are named by their number. */
const named = (trap: string): string =>
  JSON.stringify(trap)
    .slice(1, -1)
    .replace(/[^ -~]/gu, (letter) => `\\u{${letter.codePointAt(0)?.toString(16)}}`);

export const TRAP_NAMES: readonly string[] = TRAPS.map(named);

/** Texts made of traps: `piece` is a trap or a few characters of any kind; `said` is not empty after cleaning. */
export function trapTexts({ reach }: Traps): Readonly<Record<"piece" | "text" | "said", fc.Arbitrary<string>>> {
  const trap = fc.constantFrom(...TRAPS).map((one) => {
    reach(named(one));
    return one;
  });
  const piece = fc.oneof({ weight: 3, arbitrary: trap }, { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 5 }) });
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));
  const said = fc.tuple(text, fc.constantFrom("a", "ё", "漢"), text).map((parts) => parts.join(""));
  return { piece, text, said };
}
