import type { Key } from "../../stores/store.ts";
import type { Format } from "../model/feed.ts";
import { checkAtom } from "./gate-atom.ts";
import type { SafeBodies } from "./gate-body.ts";
import { checkJson } from "./gate-json.ts";
import { type Checked, checkRss } from "./gate-rss.ts";
import { quotedValue } from "./gate-rules.ts";
import { readXml, type XmlElement } from "./gate-xml.ts";

/** The largest file that validators and small readers accept. */
const LIMIT = 5_000_000;
const MANY = 20;

/** What the file should contain, according to its plan and not its renderer. */
export type Expected = {
  /** The number of entries. */
  readonly entries: number;
  /** The files of the articles, in order: people know the entries by them. */
  readonly names?: readonly Key[];
  /** The ids, in order, to the letter: if an id changes on its way, every reader shows the article a second time. */
  readonly ids?: readonly string[];
  /** The address at which the file will be published. */
  readonly self?: string;
};

/** `safe`: bodies that the gate found safe in other formats of the same document; it adds those of this one. */
type FileToCheck = { readonly format: Format; readonly text: string; readonly expected: Expected; readonly safe?: SafeBodies };

/**
 * Why a rendered file must not be published; empty if it may be. The gate reads the file as a stranger would, with a strict
 * parser and its own rules. It shares nothing with the renderers, so that no mistake is made on both sides.
 */
export const gate = (file: FileToCheck): readonly string[] => {
  const { format, text, expected, safe = new Set() } = file;
  // A UTF-16 code unit takes at most three bytes in UTF-8.
  const bytes = text.length * 3 > LIMIT ? Buffer.byteLength(text) : 0;
  if (bytes > LIMIT) return [`It has ${bytes} bytes, but readers accept at most ${LIMIT}.`];
  if (!text.isWellFormed()) return ["It has half of a surrogate pair, which UTF-8 cannot write."];
  const { ids, reasons } = check(format, text, expected.self, safe);
  const all = shortened([...(ids === undefined ? [] : misidentified(ids, expected)), ...reasons]);
  return ids?.length === expected.entries ? all.map((reason) => named(reason, expected.names)) : all;
};

/** "Entry 2" is the second entry of some feed; whoever corrects it needs the file name. */
const named = (reason: string, names: readonly Key[] = []): string =>
  reason.replace(/^Entry (\d+)/, (entry, number) => {
    const name = names[Number(number) - 1];
    return name === undefined ? entry : `${entry} (${name})`;
  });

const misidentified = (ids: readonly string[], { entries, ids: meant }: Expected): readonly string[] => {
  if (ids.length !== entries) return [`It has ${ids.length} ${ids.length === 1 ? "entry" : "entries"} but must have ${entries}.`];
  const wrong = meant?.findIndex((id, index) => id.trim() !== ids[index]?.trim()) ?? -1;
  return wrong === -1
    ? []
    : [`Entry ${wrong + 1} has the id ${quotedValue(ids[wrong] ?? "")} but must have ${quotedValue(meant?.[wrong] ?? "")}.`];
};

const check = (format: Format, text: string, self: string | undefined, safe: SafeBodies): Checked => {
  switch (format) {
    case "rss":
      return checkXml(text, (root) => checkRss(root, self, safe));
    case "atom":
      return checkXml(text, (root) => checkAtom(root, self, safe));
    case "json":
      return checkJson(text, self, safe);
  }
};

const checkXml = (text: string, checkRoot: (root: XmlElement) => Checked): Checked => {
  const read = readXml(text);
  return read.kind === "read" ? checkRoot(read.root) : { reasons: [read.reason] };
};

/** The same mistake in every entry does not need a thousand lines. */
const shortened = (reasons: readonly string[]): readonly string[] =>
  reasons.length <= MANY ? reasons : [...reasons.slice(0, MANY), `And ${reasons.length - MANY} more.`];
