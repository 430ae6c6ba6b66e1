import { withoutForbidden } from "../../articles/model/xml-text.ts";

/** The text without characters that a feed cannot hold; line ends become LF, as an XML parser would make them (XML 1.0, 2.11). */
export const cleanText = (text: string): string => withoutForbidden(text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text);

const NAMED: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const MARKUP = /[&<>]/g;

/** Clean text as the content of an XML element. */
export const xmlText = (text: string): string => text.replace(MARKUP, (character) => NAMED[character] ?? character);

const IN_ATTRIBUTE: Readonly<Record<string, string>> = { ...NAMED, '"': "&quot;", "\t": "&#x9;", "\n": "&#xA;" };
const ATTRIBUTE_MARKUP = /[&<>"\t\n]/g;

/**
 * Clean text between double quotes of an XML attribute; an XML parser turns bare tabs and newlines into spaces (XML 1.0, 3.3.3).
 */
export const xmlAttribute = (text: string): string => text.replace(ATTRIBUTE_MARKUP, (character) => IN_ATTRIBUTE[character] ?? character);

const HEX: Readonly<Record<string, string>> = { "&": "&#x26;", "<": "&#x3C;", ">": "&#x3E;" };

/**
 * Clean plain text for RSS and Media RSS, where readers take a title for text or for HTML: both read hex references as text (RSS
 * Profile, 2.2).
 */
export const rssText = (text: string): string => text.replace(MARKUP, (character) => HEX[character] ?? character);

/** Clean text as HTML content, or between double quotes of an attribute. */
export const htmlText = (text: string): string => xmlText(text).replaceAll('"', "&quot;");

/** Clean text to the letter, for bodies; a `]]>` is split over two sections. */
export const cdata = (text: string): string => `<![CDATA[${text.replaceAll("]]>", "]]]]><![CDATA[>")}]]>`;

/** ` name="value"` for each attribute with a value, in the given order. */
export const xmlAttributes = (attributes: Readonly<Record<string, string | number | undefined>>): string =>
  Object.entries(attributes)
    .map(([name, value]) => (value === undefined ? "" : ` ${name}="${xmlAttribute(String(value))}"`))
    .join("");
