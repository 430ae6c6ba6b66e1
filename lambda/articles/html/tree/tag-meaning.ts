import { ELEMENTS, STRIPPED } from "./allowed.ts";
import { EMBEDS } from "./embeds.ts";
import type { Tag } from "./html-tags.ts";

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

export const VOID = words("area base br col embed hr img input link meta param source track wbr image keygen frame basefont bgsound");

/** Elements of the HTML standard, of today and before, that neither stay nor are taken out whole. */
const UNWRAPPED = words(
  "acronym applet area article basefont bdo bgsound big blink body button canvas center data dir fieldset font footer form frame frameset header " +
    "hgroup html image isindex keygen label legend listing main map marquee math menu menuitem meter multicol nav nextid nobr noscript object " +
    "optgroup option output plaintext progress rb rtc search slot spacer strike textarea tt xmp",
);
/** Names of other vocabularies (Word's `<o:p>`) are nobody's text. */
const isKnown = (name: string): boolean =>
  ELEMENTS.has(name) || STRIPPED.has(name) || UNWRAPPED.has(name) || EMBEDS.has(name) || name.includes(":");

/** Elements that take along what is in them, so that one that is never closed would take all that follows. */
export const isTakenWhole = (name: string): boolean => !VOID.has(name) && (STRIPPED.has(name) || RAW.has(name));

/** What holds text that is no HTML. */
export const RAW = words("script style xmp noembed noframes textarea iframe");

/** Marks and containers that authors forget to close: without its end, the tag says nothing to anybody. Others are words in a sentence. */
const OFTEN_LEFT = words(
  "p li dt dd dl ul ol a b big blockquote center div em font i nobr s small span strike strong sub sup table tt u thead tbody tfoot tr td th col colgroup",
);
/** Void elements that mean something without an attribute. */
const BARE = words("br hr wbr");

/** Whether a tag is one of a pair, and what stands before it. */
export type Place = { readonly paired: boolean; readonly before: string };

/**
 * Whether a tag in Markdown is text: `List<Object>`, `<your-name>`, "the <title> of a page". Its name is none of HTML's; or it is, and
 * yet nothing is made by it: no end, no attributes, nothing to take in. A custom element of a site (`<x-card>…</x-card>`) is HTML.
 */
export function isText({ name, written, closing, selfClosing, hasAttributes }: Tag, { paired, before }: Place): boolean {
  if (BARE.has(name)) return false;
  if (!isKnown(name)) return !(written.includes("-") && written === name && (paired || hasAttributes));
  // `<Button>` is a component of some program, and `<BUTTON>` and `<button>` are HTML.
  const mixed = written !== name && written !== written.toUpperCase();
  if (mixed && !ELEMENTS.has(name) && (isTakenWhole(name) || name === "button")) return true;
  if (paired || selfClosing) return false;
  if (isTakenWhole(name) || name === "html" || name === "body") return true;
  if (closing || hasAttributes) return false;
  return !OFTEN_LEFT.has(name) || /[\p{L}\p{N}]$/u.test(before.slice(-2));
}
