import type { Format } from "./feed.ts";
import { checkAtom } from "./gate-atom.ts";
import { checkJson } from "./gate-json.ts";
import { type Checked, checkRss } from "./gate-rss.ts";
import { readXml } from "./gate-xml.ts";

/** The most that validators and small readers take in. */
const LIMIT = 5_000_000;
const MANY = 20;

/**
 * Why a rendered file must not be published; empty when it may. It reads what was written as a stranger would, with a strict
 * parser and rules of its own, and shares nothing with the renderers, so that one mistake cannot be made on both sides.
 * `expected.entries`: how many the document has.
 */
export const gate = (file: {
  readonly format: Format;
  readonly text: string;
  readonly expected: { readonly entries: number };
}): readonly string[] => {
  const { format, text, expected } = file;
  const bytes = Buffer.byteLength(text);
  if (bytes > LIMIT) return [`It has ${bytes} bytes, and readers take ${LIMIT} at most.`];
  if (!text.isWellFormed()) return ["It has half of a surrogate pair, which UTF-8 cannot write."];
  const { entries, reasons } = check(format, text);
  const miscounted =
    entries === undefined || entries === expected.entries ? [] : [`It has ${entries} entries where ${expected.entries} were meant.`];
  return shortened([...miscounted, ...reasons]);
};

const check = (format: Format, text: string): Checked => {
  switch (format) {
    case "rss":
      return checkXml(text, checkRss);
    case "atom":
      return checkXml(text, checkAtom);
    case "json":
      return checkJson(text);
  }
};

const checkXml = (text: string, checkRoot: (root: Parameters<typeof checkRss>[0]) => Checked): Checked => {
  const read = readXml(text);
  return read.kind === "read" ? checkRoot(read.root) : { reasons: [read.reason] };
};

/** One mistake made in every entry needs no thousand lines. */
const shortened = (reasons: readonly string[]): readonly string[] =>
  reasons.length <= MANY ? reasons : [...reasons.slice(0, MANY), `And ${reasons.length - MANY} more.`];
