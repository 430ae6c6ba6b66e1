import type { Key } from "../stores/store.ts";
import type { Format } from "./feed.ts";
import { checkAtom } from "./gate-atom.ts";
import { checkJson } from "./gate-json.ts";
import { type Checked, checkRss } from "./gate-rss.ts";
import { quoted } from "./gate-rules.ts";
import { readXml, type XmlElement } from "./gate-xml.ts";

/** The most that validators and small readers take in. */
const LIMIT = 5_000_000;
const MANY = 20;

/** What the file is meant to be, from who planned it and not from who wrote it. */
export type Expected = {
  /** How many entries there are. */
  readonly entries: number;
  /** Their files, in order: by these people know them. */
  readonly names?: readonly Key[];
  /** Their ids, in order, to the letter: an id that changes on its way shows every reader the article once more. */
  readonly ids?: readonly string[];
  /** The address at which it will be published. */
  readonly self?: string;
};

/**
 * Why a rendered file must not be published; empty when it may. It reads what was written as a stranger would, with a strict
 * parser and rules of its own, and shares nothing with the renderers, so that one mistake cannot be made on both sides.
 */
export const gate = (file: { readonly format: Format; readonly text: string; readonly expected: Expected }): readonly string[] => {
  const { format, text, expected } = file;
  // No unit of a string has more than three bytes in UTF-8.
  const bytes = text.length * 3 > LIMIT ? Buffer.byteLength(text) : 0;
  if (bytes > LIMIT) return [`It has ${bytes} bytes, and readers take ${LIMIT} at most.`];
  if (!text.isWellFormed()) return ["It has half of a surrogate pair, which UTF-8 cannot write."];
  const { ids, reasons } = check(format, text, expected.self);
  const all = shortened([...(ids === undefined ? [] : misidentified(ids, expected)), ...reasons]);
  return ids?.length === expected.entries ? all.map((reason) => named(reason, expected.names)) : all;
};

/** "Entry 2" is the second of some feed; who is to mend it looks for a file. */
const named = (reason: string, names: readonly Key[] = []): string =>
  reason.replace(/^Entry (\d+)/, (entry, number) => {
    const name = names[Number(number) - 1];
    return name === undefined ? entry : `${entry} (${name})`;
  });

const misidentified = (ids: readonly string[], { entries, ids: meant }: Expected): readonly string[] => {
  if (ids.length !== entries) return [`It has ${ids.length} entries where ${entries} were meant.`];
  const wrong = meant?.findIndex((id, index) => id.trim() !== ids[index]?.trim()) ?? -1;
  return wrong === -1 ? [] : [`Entry ${wrong + 1} has the id ${quoted(ids[wrong] ?? "")} where ${quoted(meant?.[wrong] ?? "")} was meant.`];
};

const check = (format: Format, text: string, self: string | undefined): Checked => {
  switch (format) {
    case "rss":
      return checkXml(text, (root) => checkRss(root, self));
    case "atom":
      return checkXml(text, (root) => checkAtom(root, self));
    case "json":
      return checkJson(text, self);
  }
};

const checkXml = (text: string, checkRoot: (root: XmlElement) => Checked): Checked => {
  const read = readXml(text);
  return read.kind === "read" ? checkRoot(read.root) : { reasons: [read.reason] };
};

/** One mistake made in every entry needs no thousand lines. */
const shortened = (reasons: readonly string[]): readonly string[] =>
  reasons.length <= MANY ? reasons : [...reasons.slice(0, MANY), `And ${reasons.length - MANY} more.`];
