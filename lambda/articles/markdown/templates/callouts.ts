import type { TagWords } from "./template-words.ts";

/** Kinds of admonitions, as GitHub, Docusaurus, MkDocs, Obsidian and others name them. */
const KINDS: ReadonlySet<string> = new Set(
  (
    "note tip info information warning warn danger caution important attention error alert success hint question help faq failure fail bug " +
    "example quote cite abstract summary tldr todo check done seealso update notice details aside spoiler remark security deprecated experimental"
  ).split(" "),
);
/** Names of boxes that state their kind in another word. */
const BOXES =
  /^(?:notice|callout|admonition|alert|hint|box|infobox|panel|aside|message|banner|blockquote|pullquote|quote|details|expand|spoiler|notification)$/;
const QUOTATIONS: ReadonlySet<string> = new Set(["blockquote", "pullquote", "quote", "cite"]);

export const isCalloutKind = (word: string): boolean => KINDS.has(word.toLowerCase());
export const isCalloutName = (name: string): boolean => BOXES.test(name) || KINDS.has(name);

/** The kind as a default title: "Warning". A quotation needs none. */
export function titleOfCalloutKind(kind: string): string {
  const word = kind.toLowerCase();
  if (!KINDS.has(word) || QUOTATIONS.has(word)) return "";
  return word === "tldr" ? "TL;DR" : `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}

/** The title of a box that a tag opens: `{{< notice warning "Mind" >}}`, `{% aside "caution" %}`, `{{% alert title="Mind" color="warning" %}}`. */
export function titleOfCalloutTag({ name, named, placed }: TagWords): string {
  const title = named("title", "header", "heading", "summary", "headline", "label", "author");
  if (title !== undefined) return title;
  const kind = [named("type", "style", "kind", "class", "level", "color", "status", "variant"), ...placed.map(({ text }) => text)].find(
    (word) => word !== undefined && isCalloutKind(word),
  );
  const words = placed.filter(({ text, isQuoted }) => isQuoted && text !== "" && !isCalloutKind(text)).at(0)?.text;
  // Hexo writes titles without quotes: `{% note info Mind the gap %}`.
  const bare = placed
    .filter(({ text, isQuoted }) => !isQuoted && !isCalloutKind(text) && text !== "no-icon")
    .map(({ text }) => text)
    .join(" ");
  const own = isCalloutKind(name) ? name : "";
  return words ?? (bare !== "" && placed.length > 1 ? bare : titleOfCalloutKind(kind ?? own));
}
