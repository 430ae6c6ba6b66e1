import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decode } from "../../lambda/articles/encoding/decode.ts";
import { guessLanguage } from "../../lambda/articles/language/detect.ts";
import { slugify } from "../../lambda/articles/title/slug.ts";
import { countTraps } from "../support/histories/traps.ts";

const settings = { numRuns: Number(process.env.WIREROOM_LAW_RUNS ?? 300) };
const { reach } = countTraps();

const WORDS =
  "the and of a bread is Harvest NODE los para der und les 3rd v24 deadbeef0 x I it's running the3 1of 2and2 x86 window harvest road".split(
    " ",
  );
const SIGNS = [" ", " ", "-", "--", ".", ",", "'", "`", "\n", "\r\n", "\t", "_", "/", "&", "\x7F", "\x00", "\x1B", "\x08"];
/** Words and signs in turns, or any ASCII. */
const ascii = fc.oneof(
  { weight: 3, arbitrary: fc.array(fc.tuple(fc.constantFrom(...WORDS), fc.constantFrom(...SIGNS)), { maxLength: 40 }).map(joined) },
  fc.string({ unit: "binary-ascii", maxLength: 60 }),
);

function joined(parts: readonly (readonly [string, string])[]): string {
  return parts.flat().join("");
}

/** Each has a quick road for ASCII; a sign that says nothing leads to the road of all other texts. */
describe("a text of ASCII is read as any other text:", () => {
  test("its language, as with a dash after it", () => {
    fc.assert(
      fc.property(ascii, (text) => {
        const guess = guessLanguage(text);
        reach(`a text in ${guess.tag ?? (guess.sure ? "another language" : "no certain language")}`);
        expect(guessLanguage(`${text} —`)).toEqual(guess);
      }),
      settings,
    );
  });

  test("its slug, as with an apostrophe in it", () => {
    fc.assert(
      fc.property(ascii, fc.nat(79), (text, at) => {
        const short = text.slice(0, 79);
        reach(slugify(short) === "" ? "a text without a slug" : "a text with a slug");
        expect(slugify(`${short.slice(0, at)}’${short.slice(at)}`)).toBe(slugify(short));
      }),
      settings,
    );
  });

  test("its characters, as in UTF-16, wherever its bytes lie in memory", () => {
    fc.assert(
      fc.property(ascii, fc.nat(3), (text, offset) => {
        const bytes = Uint8Array.from([...new Uint8Array(offset), ...Buffer.from(text)]).subarray(offset);
        const decoded = decode(bytes);
        reach(decoded.kind === "damaged" ? "bytes that are no text" : decoded.remarks.length > 0 ? "a text with controls" : "a plain text");
        expect(decoded).toEqual(decode(text === "" ? bytes : Buffer.from(`\uFEFF${text}`, "utf16le")));
      }),
      settings,
    );
  });
});
