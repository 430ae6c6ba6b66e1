import { quoted, type Where } from "./gate-rules.ts";

const ATTRIBUTE = String.raw`\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>=\`]+))?`;
/** What runs, loads or changes the page around it; the sanitiser has taken these out, here it is proved. */
const DANGEROUS = "script|style|iframe|frame|frameset|object|embed|applet|form|base|meta|link";
/**
 * Start tags that are dangerous or have attributes, from left to right: a value that shows a tag (`alt="a <script>"`) is passed
 * over with its tag, and text that shows one has `&lt;`.
 */
const TAGS = new RegExp(String.raw`<(?:(${DANGEROUS})\b|[a-z][a-z0-9-]*((?:${ATTRIBUTE})+))`, "gi");
const ATTRIBUTES = /\s+([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>=`]+)))?/g;

const ADDRESSES = new Set(["href", "src", "poster", "cite", "data", "action", "formaction", "background"]);
/** In the body's own page, or absolute and of no scheme that runs or reads anything, nor one of our marks that were to be replaced. */
const LEADS_SOMEWHERE = /^(?:#|(?!javascript:|vbscript:|data:(?!image\/)|file:|blob:|wireroom-self:|wireroom-media:)[a-z][a-z0-9+.-]*:)/i;

/** Why the HTML of a body must not be shown to readers. */
export const unsafe = (where: Where, html: string | undefined): readonly string[] => {
  const reasons: string[] = [];
  for (const [, dangerous, attributes = ""] of (html ?? "").matchAll(TAGS)) {
    if (dangerous !== undefined) reasons.push(`${where}: a <${dangerous.toLowerCase()}> in the body.`);
    for (const [, name = "", double, single, bare] of attributes.matchAll(ATTRIBUTES))
      reasons.push(...unsafeValue(where, name.toLowerCase(), double ?? single ?? bare ?? ""));
  }
  return reasons;
};

const unsafeValue = (where: Where, name: string, value: string): readonly string[] => {
  if (name.startsWith("on")) return [`${where}: a script in the body (${quoted(name)}).`];
  return addressesIn(name, value)
    .filter((address) => !LEADS_SOMEWHERE.test(address))
    .map((address) => `${where}: an address in the body is not absolute: ${quoted(address)}.`);
};

/** A `srcset` has several, each with its width or density; a comma within an address is followed by no space. */
const addressesIn = (name: string, value: string): readonly string[] => {
  if (name === "srcset") return value.split(/,\s+/).map((candidate) => candidate.trim().split(/\s/)[0] ?? "");
  return ADDRESSES.has(name) ? [value] : [];
};
