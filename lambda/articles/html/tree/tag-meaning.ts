import { ELEMENTS, STRIPPED } from "./allowed.ts";
import { EMBEDS } from "./embeds.ts";
import type { Tag } from "./html-tags.ts";

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

export const VOID = words("area base br col embed hr img input link meta param source track wbr image keygen frame basefont bgsound");

/** Elements of the HTML standard, current or obsolete, that are neither kept nor removed with their content. */
const UNWRAPPED = words(
  "acronym applet area article basefont bdo bgsound big blink body button canvas center data dir fieldset font footer form frame frameset header " +
    "hgroup html image isindex keygen label legend listing main map marquee math menu menuitem meter multicol nav nextid nobr noscript object " +
    "optgroup option output plaintext progress rb rtc search slot spacer strike textarea tt xmp",
);
/** Names of other vocabularies (Word's `<o:p>`) are never text. */
export const isKnown = (name: string): boolean =>
  ELEMENTS.has(name) || STRIPPED.has(name) || UNWRAPPED.has(name) || EMBEDS.has(name) || name.includes(":");

/** Elements that are removed with their content, so an unclosed one would remove everything after it. */
export const isTakenWhole = (name: string): boolean => !VOID.has(name) && (STRIPPED.has(name) || RAW.has(name));

/** Elements whose content is text, not HTML. */
export const RAW = words("script style xmp noembed noframes textarea iframe");

/**
 * Formatting and containers that authors often leave open: without its end, such a tag means nothing and is dropped. Others are words in a
 * sentence.
 */
const OFTEN_LEFT = words(
  "p li dt dd dl ul ol a b big blockquote center div em font i nobr s small span strike strong sub sup table tt u thead tbody tfoot tr td th col colgroup",
);
/** Void elements that need no attribute. */
const BARE = words("br hr wbr");

/** Whether a tag has its partner, and the text before it. */
export type TagContext = { readonly paired: boolean; readonly before: string };

/**
 * Whether a tag in Markdown is text: `List<Object>`, `<your-name>`, "the <title> of a page". Either HTML has no such name, or the tag has
 * no effect: no end, no attributes, no content. A site's custom element (`<x-card>…</x-card>`) is HTML.
 */
export function isTextTag({ name, written, closing, selfClosing, hasAttributes }: Tag, { paired, before }: TagContext): boolean {
  if (BARE.has(name)) return false;
  if (!isKnown(name)) return !(written.includes("-") && written === name && (paired || hasAttributes));
  // `<Button>` is some program's component; `<BUTTON>` and `<button>` are HTML.
  const mixed = written !== name && written !== written.toUpperCase();
  if (mixed && !ELEMENTS.has(name) && (isTakenWhole(name) || name === "button")) return true;
  if (paired || selfClosing) return false;
  if (isTakenWhole(name) || name === "html" || name === "body") return true;
  if (closing || hasAttributes) return false;
  return !OFTEN_LEFT.has(name) || /[\p{L}\p{N}]$/u.test(before.slice(-2));
}
