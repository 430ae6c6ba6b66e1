import { outsideElements, withComments } from "./html-parts.ts";
import type { Attached } from "./post-head.ts";
import { htmlOfShortcodes } from "./shortcodes.ts";

/** The HTML that WordPress would show of a post, and what only WordPress can make, with the number of times. */
export type PostBody = { readonly html: string; readonly lost: ReadonlyMap<string, number> };

/** Turns what the editor stored into HTML: blocks, shortcodes, paragraphs by blank lines, addresses that become players. */
export function postBody(stored: string, id: string, attached: ReadonlyMap<string, Attached>): PostBody {
  const lost = new Map<string, number>();
  const lose = (what: string) => void lost.set(what, (lost.get(what) ?? 0) + 1);
  const content = stored.replace(/\r\n?/g, "\n");
  const isBlocks = content.includes("<!-- wp:");
  const plain = isBlocks ? withoutBlockMarks(content, lose) : content;
  const html = outsideElements(plain, code, (part) => htmlOfShortcodes(part, id, attached, lose));
  return { html: isBlocks ? html.trim() : withParagraphs(html), lost };
}

/** Blocks that hold nothing of their own. */
const empty = new Set(["more", "nextpage", "spacer", "separator"]);

/** Blocks are marked by comments. One that closes itself is made anew at each view: `<!-- wp:latest-posts /-->`. */
function withoutBlockMarks(content: string, lose: (what: string) => void): string {
  const plain = withComments(content, (text, whole) => {
    const [, closes, name = ""] = /^ (\/?)wp:([a-z][a-z0-9/-]*)/.exec(text) ?? [];
    if (closes === undefined) return whole;
    if (text.endsWith(" /") && !empty.has(name)) lose(name);
    return "";
  });
  return plain
    .replace(/\n{3,}/g, "\n\n")
    .replace(
      /(<div class="wp-block-embed__wrapper">)\s*(https?:\/\/[^\s<]+)\s*(?=<\/div>)/g,
      (_, open: string, url: string) => open + linkTo(url),
    );
}

/** In these, brackets and blank lines are the text itself. */
const code = ["pre", "code", "script", "style"];

const blocks =
  "address|article|aside|audio|blockquote|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|li|menu|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul|video";
const edges = new RegExp(`(</?(?:${blocks})(?:s[^<>]*)?/?>)`, "gi");
/** In these, WordPress makes no paragraphs of its own. */
const opensWords = /^<(?:p|h[1-6]|li|td|th|dt|dd|figure|figcaption|summary)\b(?! hidden)/i;
const closesWords = /^<\/(?:p|h[1-6]|li|td|th|dt|dd|figure|figcaption|summary)\b/i;
const beginsBlock = new RegExp(`^</?(?:${blocks})\\b|^<!--`, "i");

/** Without blocks, WordPress makes paragraphs at blank lines and breaks at line ends. */
function withParagraphs(html: string): string {
  const kept: string[] = [];
  const keep = (part: string) => `

<p hidden ${kept.push(part) - 1}>

`;
  const hidden = outsideElements(html, ["pre", "script", "style"], (part) => part, keep);
  const parts = hidden.replace(edges, "\n\n$1\n\n").split(/\n\s*\n/);
  const made = parts.map((part) => part.trim()).filter((part) => part !== "");
  let depth = 0;
  const shown = made.map((part) => {
    if (beginsBlock.test(part)) {
      if (opensWords.test(part)) depth += 1;
      if (closesWords.test(part)) depth = Math.max(0, depth - 1);
      return part;
    }
    const broken = part.replace(/\n/g, "<br>\n");
    if (depth > 0) return broken;
    return `<p>${/^https?:\/\/[^\s<]+$/.test(part) ? linkTo(part) : broken}</p>`;
  });
  return shown.join("\n").replace(/<p hidden (\d+)>/g, (_, number: string) => kept[Number(number)] ?? "");
}

function linkTo(url: string): string {
  const address = url.replace(/&(?!amp;|#)/g, "&amp;").replaceAll('"', "%22");
  return `<a href="${address}">${address}</a>`;
}
