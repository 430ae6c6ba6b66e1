import type { ElementContent } from "hast";
import type { RawElement, RawNode } from "./tree.ts";

/**
 * MathML as a line of text with sub- and superscripts. Feed readers drop formulas or flatten them to text, which turns ten squared into
 * 102; and MathML that is parsed again can change its meaning (mutation).
 */
export function formulaOf(math: RawElement): readonly ElementContent[] {
  const made = joined(lineOf(math.childNodes));
  const spoken = math.attrs.find(({ name }) => name === "alttext")?.value.trim() ?? "";
  return made.length > 0 || spoken === "" ? made : [text(spoken)];
}

type Line = readonly ElementContent[];

const text = (value: string): ElementContent => ({ type: "text", value });
const placed = (tagName: "sub" | "sup", children: Line): Line =>
  children.length === 0 ? [] : [{ type: "element", tagName, properties: {}, children: [...children] }];

/** Invisible operators: function application, times, comma, plus. */
const UNSEEN: Readonly<Record<string, string>> = { "\u2061": " ", "\u2062": "", "\u2063": ",", "\u2064": "+" };
/** Elements that repeat the formula in another notation, or only take up space. */
const SILENT: ReadonlySet<string> = new Set(["annotation", "annotation-xml", "mphantom", "mprescripts", "none", "script", "style"]);

const lineOf = (nodes: readonly RawNode[]): Line => nodes.flatMap(partOf);

function partOf(node: RawNode): Line {
  if ("value" in node) return /\S/.test(node.value) ? [text(plain(node.value))] : [];
  if (!("attrs" in node) || SILENT.has(node.tagName)) return [];
  const write = Object.hasOwn(WRITTEN, node.tagName) ? WRITTEN[node.tagName] : undefined;
  if (write !== undefined) return write(partsOf(node));
  if (node.tagName !== "mtext" && node.tagName !== "ms") return joined(lineOf(node.childNodes));
  return node.childNodes.flatMap((child) => ("value" in child ? [text(child.value.replace(/\s+/g, " "))] : partOf(child)));
}

const partsOf = ({ childNodes }: RawElement): readonly Line[] =>
  childNodes.filter((child) => "attrs" in child && !SILENT.has(child.tagName)).map((child) => joined(partOf(child)));

/** How each element is written from its parts; any other element is its parts in a row. */
const WRITTEN: Readonly<Record<string, (parts: readonly Line[]) => Line>> = {
  mspace: () => [text(" ")],
  mfrac: ([over = [], under = []]) => [...grouped(over), text("/"), ...grouped(under)],
  msqrt: (parts) => [text("√"), ...grouped(joined(parts.flat()))],
  mroot: ([base = [], index = []]) => [...placed("sup", index), text("√"), ...grouped(base)],
  msub: ([base = [], below = []]) => [...base, ...placed("sub", below)],
  munder: ([base = [], below = []]) => [...base, ...placed("sub", below)],
  msup: ([base = [], above = []]) => [...base, ...placed("sup", above)],
  mover: ([base = [], above = []]) => [...base, ...placed("sup", above)],
  msubsup: ([base = [], below = [], above = []]) => [...base, ...placed("sub", below), ...placed("sup", above)],
  munderover: ([base = [], below = [], above = []]) => [...base, ...placed("sub", below), ...placed("sup", above)],
  mmultiscripts: ([base = [], ...others]) => [...base, ...others.flatMap((part, index) => placed(index % 2 === 0 ? "sub" : "sup", part))],
  mfenced: (parts) => [text("("), ...between(parts, ", "), text(")")],
  mtable: (parts) => [text("("), ...between(parts, "; "), text(")")],
  mtr: (parts) => between(parts, ", "),
};

const plain = (written: string): string =>
  written
    .replace(/[\u2061-\u2064]/g, (sign) => UNSEEN[sign] ?? "")
    .replace(/\s+/g, " ")
    .replace(/^ (?=\S)|(?<=\S) $/g, "");

const between = (parts: readonly Line[], mark: string): Line =>
  parts.flatMap((part, index) => (index === 0 ? part : [text(mark), ...part]));

/** Adds brackets unless the line is one number or word. */
function grouped(line: Line): Line {
  const [only] = line;
  return line.length === 1 && only?.type === "text" && /^[\p{L}\p{N}.]*$/u.test(only.value) ? line : [text("("), ...line, text(")")];
}

/** Merges neighbouring texts. */
function joined(line: Line): Line {
  const made: ElementContent[] = [];
  for (const part of line) {
    const last = made.at(-1);
    if (part.type === "text" && last?.type === "text") made[made.length - 1] = text(last.value + part.value);
    else made.push(part);
  }
  return made;
}
