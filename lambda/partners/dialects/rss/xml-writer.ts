import { cdata, cleanText, rssText, xmlAttributes } from "../../../feeds/model/text.ts";

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Writes elements as text. An element whose prefix the file does not declare, or whose name is none, is an empty text. */
export type XmlWriter = {
  /** With plain text; without content if the text is undefined. */
  readonly element: (name: string, text: string | undefined, attributes?: Attributes) => string;
  /** With a body to the letter, in CDATA. */
  readonly body: (name: string, text: string, attributes?: Attributes) => string;
  /** With elements in it. */
  readonly around: (name: string, attributes: Attributes, inner: readonly string[]) => string;
};

const xmlName = /^[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?$/;

export function xmlWriter(namespaces: Readonly<Record<string, string>>): XmlWriter {
  const isKnown = (name: string): boolean => {
    if (!xmlName.test(name)) return false;
    const colon = name.indexOf(":");
    return colon === -1 || Object.hasOwn(namespaces, name.slice(0, colon));
  };
  const written = (name: string, attributes: Attributes, content: string): string => {
    if (!isKnown(name)) return "";
    const clean = Object.fromEntries(
      Object.entries(attributes).map(([key, value]) => [key, typeof value === "string" ? cleanText(value) : value]),
    );
    return content === "" ? `<${name}${xmlAttributes(clean)}/>` : `<${name}${xmlAttributes(clean)}>${content}</${name}>`;
  };
  return {
    element: (name, text, attributes = {}) => written(name, attributes, text === undefined ? "" : rssText(cleanText(text))),
    body: (name, text, attributes = {}) => written(name, attributes, cdata(cleanText(text))),
    around: (name, attributes, inner) => written(name, attributes, inner.join("")),
  };
}

/** The declarations of a root element, sorted by prefix. */
export const declarations = (namespaces: Readonly<Record<string, string>>): string =>
  xmlAttributes(
    Object.fromEntries(
      Object.entries(namespaces)
        .filter(([prefix, address]) => xmlName.test(`${prefix}:a`) && !/^xml/i.test(prefix) && address !== "")
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([prefix, address]) => [`xmlns:${prefix}`, cleanText(address)]),
    ),
  );
