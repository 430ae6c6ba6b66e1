import { type FeedPlace, quotedValue } from "./gate-rules.ts";

/** Elements that run code, load something or change the page around them. The sanitiser removes them; the gate proves it. */
const DANGEROUS = "script|style|iframe|frame|frameset|object|embed|applet|form|base|meta|link";
/**
 * The beginning of a tag, dangerous or not, or of markup that is no tag, which the sanitiser never writes. Text that shows a tag has `&lt;`.
 */
const TAG = new RegExp(String.raw`<(?:/?(${DANGEROUS})\b|([!?]|/(?![a-z]))|/?[a-z][^\s/>]*)`, "iy");
/**
 * An attribute as a browser reads it (the HTML standard, 13.2.5.32 to 13.2.5.39): a slash separates it as a blank does, and after a quoted
 * value nothing has to. A value that shows a tag (`alt="a <script>"`) is skipped with its own tag.
 */
const ATTRIBUTE = /[\s/]*(=?[^\s/>=]+|=)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>][^\s>]*)))?/y;
/** An end tag, or a start tag with its attributes that can do no harm, as we write nearly all. Finding it takes a fifth of the time. */
const HARMLESS = new RegExp(
  String.raw`<(?:/[a-z][a-z0-9-]*|(?!(?:${DANGEROUS})\b)[a-z][a-z0-9-]*` +
    `(?: (?:(?:class|id|alt|title|lang|dir|rel|width|height|loading)="[^"]*"|(?:href|src)="(?:https?:|#)[^"]*"))*)/?>`,
  "y",
);

const ADDRESSES = new Set(["href", "src", "poster", "cite", "data", "action", "formaction", "background"]);
/**
 * An address within the body, or an absolute one whose scheme runs or reads nothing, and not one of our own marks that should
 * have been replaced.
 */
const LEADS_SOMEWHERE =
  /^(?:#|(?!javascript:|vbscript:|data:(?!image\/)|file:|blob:|wireroom-self:|wireroom-media:|wireroom-article:)[a-z][a-z0-9+.-]*:)/i;

/** Bodies that the gate has found safe, to the letter: the formats of a document show the same ones. */
export type SafeBodies = Set<string>;

/** Why the HTML of a body must not be shown to readers. Adds it to the safe ones if there is no reason. */
export const unsafe = (where: FeedPlace, html: string | undefined, safe: SafeBodies): readonly string[] => {
  if (html === undefined || safe.has(html)) return [];
  const reasons = reasonsAgainst(where, html);
  if (reasons.length === 0) safe.add(html);
  return reasons;
};

const reasonsAgainst = (where: FeedPlace, html: string): readonly string[] => {
  const reasons: string[] = [];
  for (let at = html.indexOf("<"); at !== -1; at = html.indexOf("<", at)) {
    HARMLESS.lastIndex = at;
    TAG.lastIndex = at;
    const tag = HARMLESS.test(html) ? null : TAG.exec(html);
    // Neither has an index if it matched nothing, which is then text.
    at = HARMLESS.lastIndex || TAG.lastIndex || at + 1;
    if (tag === null) continue;
    const [whole, dangerous, other] = tag;
    if (dangerous !== undefined) reasons.push(`${where}: the body contains a <${dangerous.toLowerCase()}>.`);
    if (other !== undefined) reasons.push(`${where}: the body contains markup that is no tag: ${quotedValue(whole)}.`);
    ATTRIBUTE.lastIndex = at;
    for (let found = ATTRIBUTE.exec(html); found !== null; found = ATTRIBUTE.exec(html)) {
      const [attribute, name = "", double, single, bare] = found;
      at += attribute.length;
      reasons.push(...unsafeValue(where, name.toLowerCase(), double ?? single ?? bare ?? ""));
    }
  }
  return reasons;
};

const unsafeValue = (where: FeedPlace, name: string, value: string): readonly string[] => {
  if (name.startsWith("on")) return [`${where}: the body contains a script (${quotedValue(name)}).`];
  return addressesIn(name, value)
    .filter((address) => !LEADS_SOMEWHERE.test(address))
    .map((address) => `${where}: the body contains an address that is not absolute: ${quotedValue(address)}.`);
};

/** A `srcset` holds several addresses, each with a width or density; no space follows a comma within an address. */
const addressesIn = (name: string, value: string): readonly string[] => {
  if (name === "srcset") return value.split(/,\s+/).map((candidate) => candidate.trim().split(/\s/)[0] ?? "");
  return ADDRESSES.has(name) ? [value] : [];
};
