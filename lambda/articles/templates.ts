import { codeParts } from "./code-parts.ts";

/** A Markdown text without the tags of a site's generator; `dropped`: those of which nothing is left, as written. */
export type Untemplated = { readonly text: string; readonly dropped: readonly string[] };

/** What is between such signs is run by Hugo (`{{<`, `{{%`), Jekyll and Hexo (`{%`), and by nobody here. */
const SIGNS = [
  ["{{<", ">}}"],
  ["{{%", "%}}"],
  ["{%", "%}"],
] as const;

/** Blocks of code by a tag, which become fences. */
const CODE_BEGINS = /^[ \t]*(?:\{\{[<%]|\{%)-?\s*(highlight|codeblock)\s*(?:lang:)?"?([\w+#-]*)[^\n]*[>%]\}\}?[ \t]*$/;
const CODE_ENDS = /^[ \t]*(?:\{\{[<%]|\{%)-?\s*(?:\/|end)(?:highlight|codeblock)\s*-?[>%]\}\}?[ \t]*$/;

/** The site's own address before a path, as Jekyll has it written: `{{ site.baseurl }}`, `{{ "/a" | relative_url }}`. */
const SITE = /\{\{-?\s{0,20}site\.(?:baseurl|url)\s{0,20}-?\}\}/g;
const PATH =
  /\{\{-?\s{0,20}["']([^"'{}\n]{0,500})["']\s{0,20}\|\s{0,20}(?:relative_url|absolute_url|prepend:\s{0,20}site\.\w{1,20})\s{0,20}-?\}\}/g;

/** Imports and comments of MDX, and the lines that open and close Docusaurus's boxes. */
const IMPORTS = /^\s*(?:import\s[^\n]{0,500}['"][^\n'"]{1,300}['"];?[ \t]*\n+)+/;
const MDX_COMMENT = /\{\/\*[^{}]{0,5000}\*\/\}/g;
const BOX = /^[ \t]{0,20}:::+[ \t]{0,20}(?:\w{1,50}(?:\{[^}\n]{0,200}\})?)?(?:\[([^\]\n]{0,200})\]|[ \t]([^\n{]{1,200}))?[ \t]{0,20}$/gm;

/** One of these is in every text that has a tag: it is looked for in a fraction of the time. */
const SUSPECT = /\{[%{/]|import|:::/;

/** Of what a tag shows as much as Markdown can say; tags that only a site can fill go, the text between them stays. */
export function withoutTemplates(markdown: string): Untemplated {
  if (!SUSPECT.test(markdown) || !/\{%|\{\{[<%]|\{\{-?\s*(?:site\.|["'])|^[ \t]{0,20}import\s|\{\/\*|^[ \t]{0,20}:::/m.test(markdown))
    return { text: markdown, dropped: [] };
  const dropped: string[] = [];
  const parts = codeParts(fencedCode(markdown.replace(IMPORTS, "")));
  const text = parts.map((part) => (part.isCode ? part.text : plainPart(part.text, dropped))).join("");
  return { text, dropped };
}

function fencedCode(text: string): string {
  if (!/highlight|codeblock/.test(text)) return text;
  let isOpen = false;
  const lines = text.split("\n").map((line) => {
    if (line.length > 500) return line;
    const begins = isOpen ? null : CODE_BEGINS.exec(line);
    if (begins !== null) {
      isOpen = true;
      return `\`\`\`\`${begins[2]}`;
    }
    if (!isOpen || !CODE_ENDS.test(line)) return line;
    isOpen = false;
    return "````";
  });
  return lines.join("\n");
}

function plainPart(part: string, dropped: string[]): string {
  const text = part
    .replace(SITE, "")
    .replace(PATH, "$1")
    .replace(MDX_COMMENT, "")
    .replace(BOX, (_, title?: string, words?: string) =>
      title === undefined && words === undefined ? "" : `**${(title ?? words ?? "").trim()}**`,
    );
  return SIGNS.reduce((made, [open, close]) => between(made, open, close, (inside, whole) => shown(inside, whole, dropped)), text);
}

/** Each pair of signs replaced; one that is never closed is text. */
function between(text: string, open: string, close: string, replaced: (inside: string, whole: string) => string): string {
  const parts: string[] = [];
  let done = 0;
  for (let at = text.indexOf(open); at !== -1; at = text.indexOf(open, done)) {
    const end = text.indexOf(close, at + open.length);
    if (end === -1) break;
    parts.push(text.slice(done, at), replaced(text.slice(at + open.length, end), text.slice(at, end + close.length)));
    done = end + close.length;
  }
  return parts.join("") + text.slice(done);
}

const LONGEST_TAG = 2000;

function shown(inside: string, whole: string, dropped: string[]): string {
  const words = inside.slice(0, LONGEST_TAG).replace(/^-|-$/g, "").trim();
  // Hugo shows a tag that is written as a comment.
  const escaped = /^\/\*([\s\S]*)\*\/$/.exec(words)?.[1];
  if (escaped !== undefined) return whole.replace("/*", "").replace("*/", "");
  const [name = "", ...given] = words.match(/[^\s"'=]+=(?:"[^"]*"|'[^']*'|\S+)|"[^"]*"|'[^']*'|\S+/g) ?? [];
  const named = (key: string): string | undefined => unquoted(given.find((word) => word.startsWith(`${key}=`))?.slice(key.length + 1));
  const first = unquoted(given.find((word) => !/^[\w-]+=/.test(word)));
  const tag = name.toLowerCase();
  if (tag === "raw" || tag === "endraw") return "";
  if (tag === "youtube" || tag === "vimeo") return player(tag, named("id") ?? first ?? "");
  const source = named("src") ?? (tag === "asset_img" || tag === "figure" ? first : undefined);
  if ((tag === "figure" || tag === "asset_img" || tag === "img") && source !== undefined) {
    return figure(source, named("alt") ?? "", named("caption") ?? named("title") ?? "");
  }
  dropped.push(whole);
  return "";
}

const unquoted = (word: string | undefined): string | undefined => word?.replace(/^(["'])(.*)\1$/s, "$2");

function player(name: string, id: string): string {
  const page = name === "youtube" ? "https://www.youtube.com/embed/" : "https://player.vimeo.com/video/";
  return `<iframe src="${page}${encodeURIComponent(id)}"></iframe>`;
}

function figure(source: string, alt: string, caption: string): string {
  const note = caption === "" ? "" : `<figcaption>${escaped(caption)}</figcaption>`;
  return `<figure><img src="${escaped(source)}" alt="${escaped(alt)}">${note}</figure>`;
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replace(/\s+/g, " ");
