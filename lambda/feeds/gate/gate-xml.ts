import { type SaxesAttributeNS, SaxesParser, type XMLDecl } from "saxes";

/** An element as the gate sees it: known namespaces have the gate's own prefixes, whatever prefixes the file uses. */
export type XmlElement = {
  /** "title" (no namespace), "atom:title", or "{urn:x}title" for a namespace that the gate does not know. */
  readonly name: string;
  /** Attributes by name, in the same notation, without namespace declarations. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** The element's own text, including CDATA sections. */
  readonly text: string;
};

export type XmlRead = { readonly kind: "read"; readonly root: XmlElement } | { readonly kind: "ill-formed"; readonly reason: string };

const PREFIX: Readonly<Record<string, string>> = {
  "": "",
  "http://www.w3.org/2005/Atom": "atom:",
  "http://www.w3.org/XML/1998/namespace": "xml:",
  "http://purl.org/rss/1.0/modules/content/": "content:",
  "http://purl.org/dc/elements/1.1/": "dc:",
  "http://search.yahoo.com/mrss/": "media:",
  "http://purl.org/syndication/history/1.0": "fh:",
  "http://purl.org/atompub/tombstones/1.0": "at:",
  "http://webfeeds.org/rss/1.0": "webfeeds:",
  "https://rslstandard.org/rsl": "rsl:",
  "http://source.scripting.com/": "source:",
};
const DECLARATIONS = "http://www.w3.org/2000/xmlns/";

/**
 * Reads XML with namespaces strictly, up to the first error (saxes finds errors that other parsers on npm ignore). Bodies are
 * most of a feed, and saxes reads them character by character. So saxes first reads the file with numbers in place of its CDATA
 * sections. If that fails, it reads the original file, and that result counts. A law checks that both readings agree.
 * The text must be well-formed UTF-16, as all callers have made sure: saxes would find half of a surrogate pair, except in a section.
 */
export const readXml = (text: string): XmlRead => {
  const cut = withoutSections(text);
  const read = cut === undefined ? undefined : readWhole(cut.rest, (number) => cut.sections[Number(number)] ?? "");
  return read?.kind === "read" ? read : readWhole(text, (section) => section);
};

const OPENS = "<![CDATA[";
const CLOSES = "]]>";
/** Characters outside XML 1.0, 2.2, except halves of surrogate pairs; a carriage return is legal but read as a line feed. */
const UNREADABLE = /[^\t\n\x20-\uFFFD]/;

/**
 * The file and its CDATA sections apart, or undefined if the split is not safe. Outside comments and processing instructions, a
 * text that looks like the start of a section is one, or it is an error whatever text the section holds.
 */
const withoutSections = (text: string): { readonly rest: string; readonly sections: readonly string[] } | undefined => {
  if (UNREADABLE.test(text)) return undefined;
  const sections: string[] = [];
  const parts: string[] = [];
  let from = 0;
  for (let start = text.indexOf(OPENS); start !== -1; start = text.indexOf(OPENS, from)) {
    const end = text.indexOf(CLOSES, start + OPENS.length);
    if (end === -1) return undefined;
    parts.push(text.slice(from, start), `${OPENS}${sections.push(text.slice(start + OPENS.length, end)) - 1}`);
    from = end;
  }
  const rest = parts.join("") + text.slice(from);
  return rest.includes("<!--") || rest.includes("<?", 1) ? undefined : { rest, sections };
};

/**
 * At most six handlers: with a seventh, V8 turns the parser into a dictionary, and it reads five times slower. So the declaration
 * is checked at the first tag.
 */
const readWhole = (text: string, sectionOf: (cdata: string) => string): XmlRead => {
  const parser = new SaxesParser({ xmlns: true });
  const trunk = growing("", {});
  const path = [trunk];
  let reason: string | undefined;
  const refuse = (why: string): void => {
    reason ??= `Line ${parser.line}: ${why}`;
  };
  const addText = (part: string): void => {
    const top = path.at(-1);
    if (top !== undefined) top.text += part;
  };
  parser.on("error", (error) => refuse(`not well-formed (${error.message.replace(/^[\d:]+ /, "").replace(/\.$/, "")}).`));
  parser.on("doctype", () => refuse("it has a document type declaration, which readers refuse."));
  parser.on("opentag", (tag) => {
    if (path.length === 1 && !isPlain(parser.xmlDecl)) refuse("it does not declare XML 1.0 in UTF-8.");
    const element = growing(known(tag.uri, tag.local), attributesOf(tag.attributes));
    path.at(-1)?.children.push(element);
    path.push(element);
  });
  parser.on("closetag", () => path.pop());
  parser.on("text", addText);
  parser.on("cdata", (cdata) => addText(sectionOf(cdata)));
  parser.write(text).close();
  const [root] = trunk.children;
  if (reason === undefined && root !== undefined) return { kind: "read", root };
  return { kind: "ill-formed", reason: reason ?? "It has no element." };
};

const isPlain = ({ version = "1.0", encoding = "utf-8" }: XMLDecl): boolean => version === "1.0" && encoding.toLowerCase() === "utf-8";

type Growing = { readonly name: string; readonly attributes: Readonly<Record<string, string>>; readonly children: Growing[]; text: string };

const growing = (name: string, attributes: Readonly<Record<string, string>>): Growing => ({ name, attributes, children: [], text: "" });

const attributesOf = (attributes: Readonly<Record<string, SaxesAttributeNS>>): Readonly<Record<string, string>> => {
  const values: Record<string, string> = {};
  for (const { uri, local, value } of Object.values(attributes)) if (uri !== DECLARATIONS) values[known(uri, local)] = value;
  return values;
};

const known = (uri: string, local: string): string => (PREFIX[uri] ?? `{${uri}}`) + local;
