import { isCalloutName, titleOfCalloutKind } from "../templates/callouts.ts";
import { lineStart } from "../templates/template-code.ts";
import { escaped, picture, shownByTag } from "../templates/template-shown.ts";
import { calloutEnd, calloutStart } from "../templates/templates.ts";
import { type JsxTag, type JsxValue, literalOf } from "./jsx.ts";

type Place = {
  /** Each imported name with its module. */
  readonly imports: ReadonlyMap<string, string>;
  /** The text before the tag. */
  readonly written: string;
  /** Nothing follows it on its line. */
  readonly isOwnLine: boolean;
};

/** What replaces an element's tags; undefined: only its content is shown. */
export type ShownByJsx = { readonly before: string; readonly behind: string } | undefined;

const LINKS = /^(?:Link|NavLink|ExternalLink|A|Anchor|LinkCard|LinkButton|ButtonLink|DocLink|InternalLink)$/;
/** Attributes that readers see. */
const TITLES = ["title", "label", "header", "heading", "summary"] as const;
const VOID: ReadonlySet<string> = new Set("area base br col embed hr img input link meta source track wbr".split(" "));
/** Inline elements of HTML; inside all others, MDX reads separate lines as Markdown. */
const INLINE =
  /^(?:a|abbr|b|bdi|bdo|cite|code|del|dfn|em|i|img|input|ins|kbd|label|mark|pre|q|rp|rt|ruby|s|samp|small|span|strong|sub|sup|time|u|var|wbr|br)$/;
export const isBlock = (name: string): boolean => !INLINE.test(name);

export function shownByComponent(tag: JsxTag, { imports, written, isOwnLine }: Place): ShownByJsx {
  const { name, isAlone } = tag;
  const known = (...keys: readonly string[]): string | undefined =>
    keys.map((key) => textOf(tag.attributes.get(key), imports)).find((text) => text !== undefined && text !== "");
  const { isOwn } = lineStart(written);
  if (name === "") return undefined;
  if (!/^[A-Z]|\./.test(name)) return html(tag, imports, isOwn && isOwnLine);
  const title = known(...TITLES);
  const kind = name.toLowerCase();
  if (isCalloutName(kind) && !isAlone) {
    return {
      before: calloutStart(title ?? titleOfCalloutKind(known("type", "kind", "variant") ?? kind), written, "markdown"),
      behind: calloutEnd(written, "markdown"),
    };
  }
  const address = known("href", "to", "url");
  if (LINKS.test(name) && address !== undefined) {
    const words = [title, known("description", "text")].filter((text) => text !== undefined).map(escaped);
    return { before: `<a href="${escaped(address)}">${words.join(": ")}${isAlone ? "</a>" : ""}`, behind: "</a>" };
  }
  const source = known("src", "source", "image", "url");
  if (/image|img|figure|picture|photo/i.test(name) && source !== undefined) {
    return { before: picture({ source, alt: known("alt") ?? "", caption: known("caption", "title") ?? "" }, !isOwn), behind: "" };
  }
  const player = /^(video|audio)(?:player)?$/.exec(kind)?.[1];
  if (player !== undefined && source !== undefined) {
    const poster = known("poster");
    const shown = `<${player} src="${escaped(source)}"${poster === undefined ? "" : ` poster="${escaped(poster)}"`} controls></${player}>`;
    return { before: shown, behind: "" };
  }
  if (/^(?:Lite)?(?:YouTube|Vimeo)/i.test(name)) {
    const id = known("id", "videoId", "videoid", "youTubeId", "url", "src");
    const player =
      id === undefined ? undefined : shownByTag(`${/vimeo/i.test(name) ? "vimeo" : "youtube"} "${id.replaceAll('"', "")}"`, !isOwn);
    return player === undefined ? undefined : { before: player, behind: "" };
  }
  if (title === undefined) return undefined;
  const { prefix } = lineStart(written);
  const words = isOwn ? `<p><strong>${escaped(title)}</strong></p>\n${prefix}\n${prefix}` : `${escaped(title)} `;
  return { before: words, behind: "" };
}

/** A literal text, the argument of `require` or `useBaseUrl`, or the module of an imported name. */
function textOf(value: JsxValue | undefined, imports: ReadonlyMap<string, string>): string | undefined {
  if (value === undefined || !value.isCode) return value?.text;
  const called = /^(?:require|useBaseUrl|withBase|asset|url)\(\s*(["'`])([^"'`$]*)\1\s*\)(?:\.default)?$/.exec(value.text)?.[2];
  return called ?? literalOf(value.text) ?? imports.get(value.text.replace(/\.(?:src|default)$/, ""));
}

/** JSX as plain HTML: drops values that are JavaScript, and closes what JSX closes with "/>". */
function html(tag: JsxTag, imports: ReadonlyMap<string, string>, hasOwnLine: boolean): ShownByJsx {
  const { name, attributes, isAlone } = tag;
  const kept = [...attributes].flatMap(([key, value]) => {
    const text = /^(?:className|style|on[A-Z]|key$|ref$)/.test(key) ? undefined : textOf(value, imports);
    return text === undefined || !/^[\w:-]+$/.test(key)
      ? []
      : [` ${key}="${value.isCode ? escaped(text) : text.replaceAll('"', "&quot;")}"`];
  });
  const written = `<${name}${kept.join("")}>`;
  // A paragraph around Markdown lines, which become paragraphs themselves.
  if (hasOwnLine && name === "p" && !isAlone) return { before: "\n", behind: "\n" };
  const around = hasOwnLine && isBlock(name) ? "\n" : "";
  const closing = VOID.has(name) ? "" : `</${name}>`;
  return { before: `${written}${isAlone ? closing : ""}${around}`, behind: `${around}${closing}${around}` };
}
