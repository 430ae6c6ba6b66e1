import { SaxesParser } from "saxes";

/** An element as the gate sees it: the gate's own prefixes stand for the namespaces it knows, whatever the file calls them. */
export type XmlElement = {
  /** "title" (no namespace), "atom:title"; a namespace that the gate does not know is written out: "{urn:x}title". */
  readonly name: string;
  /** By name, in the same manner; without namespace declarations. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** The element's own text, sections of CDATA included. */
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
};
const DECLARATIONS = "http://www.w3.org/2000/xmlns/";

/** Reads XML with namespaces by the letter (saxes finds what other parsers of npm let pass), up to the first error. */
export const readXml = (text: string): XmlRead => {
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
  parser.on("doctype", () => refuse("a document type declaration, which readers refuse."));
  parser.on("xmldecl", ({ version, encoding }) => {
    if (version !== "1.0" || (encoding ?? "utf-8").toLowerCase() !== "utf-8") refuse("it does not call itself XML 1.0 in UTF-8.");
  });
  parser.on("opentag", (tag) => {
    const attributes = Object.values(tag.attributes).filter(({ uri }) => uri !== DECLARATIONS);
    const element = growing(
      known(tag.uri, tag.local),
      Object.fromEntries(attributes.map(({ uri, local, value }) => [known(uri, local), value])),
    );
    path.at(-1)?.children.push(element);
    path.push(element);
  });
  parser.on("closetag", () => path.pop());
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.write(text).close();
  const [root] = trunk.children;
  if (reason === undefined && root !== undefined) return { kind: "read", root };
  return { kind: "ill-formed", reason: reason ?? "It has no element." };
};

type Growing = { readonly name: string; readonly attributes: Readonly<Record<string, string>>; readonly children: Growing[]; text: string };

const growing = (name: string, attributes: Readonly<Record<string, string>>): Growing => ({ name, attributes, children: [], text: "" });

const known = (uri: string, local: string): string => (PREFIX[uri] ?? `{${uri}}`) + local;
