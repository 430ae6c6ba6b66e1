import fc from "fast-check";
import MarkdownIt, { type Token } from "markdown-it";
import { expect, test } from "vitest";
import { useQuickTokens } from "../../lambda/articles/markdown/quick-tokens.ts";

const settings = { numRuns: 5 * Number(process.env.WIREROOM_LAW_RUNS ?? 100) };
const options = { html: true, linkify: true, typographer: true };
const engine = new MarkdownIt(options);
const quick = new MarkdownIt(options);
useQuickTokens(quick);

const MARKS = [
  ...[
    "*",
    "**",
    "_",
    "__",
    "***",
    "~~",
    "`",
    "``",
    "[",
    "](",
    "](/a 'b')",
    "][c]",
    "![",
    ")",
    "<",
    ">",
    "<b>",
    "</b>",
    "<!-- -->",
    "&amp;",
  ],
  ...[
    "\\",
    "\\*",
    "  \n",
    "\n",
    "\n\n",
    "\n    ",
    "\n\t",
    "\n- ",
    "\n1. ",
    "\n> ",
    "\n# ",
    "\n---\n",
    "\n```js\n",
    "\n| a | b |\n|:-|-:|\n| c | d |\n",
  ],
  // Whole, too: what makes a token only between two marks would be met by chance alone.
  ...["~~word~~", "*word*", "[word](/a)", "![word](/a)"],
  ...["\n[c]: /d 'e'\n", "https://wire.example", "<https://wire.example>", "(c)", '"', "'", "...", "--", " ", "word", "ё", "漢", "👩🏽‍🚀"],
];
const markdown = fc.array(fc.constantFrom(...MARKS), { maxLength: 40 }).map((marks) => marks.join(""));

/** As plain values, the order of fields aside. */
const plain = (tokens: readonly Token[]): unknown =>
  structuredClone(tokens.map(({ children, ...token }) => [token, children?.map((one) => ({ ...one }))]));

test("tokens that are made at once are those that the engine makes, and become the same HTML", () => {
  const types = new Set<string>();
  fc.assert(
    fc.property(markdown, (text) => {
      const tokens = quick.parse(text, {});
      for (const { type, children } of tokens) for (const name of [type, ...(children ?? []).map((child) => child.type)]) types.add(name);
      expect(plain(tokens)).toEqual(plain(engine.parse(text, {})));
      expect(quick.render(text)).toBe(engine.render(text));
    }),
    settings,
  );
  expect([...types]).toEqual(
    expect.arrayContaining(["em_open", "link_open", "image", "s_open", "td_open", "fence", "html_inline", "text"]),
  );
});
