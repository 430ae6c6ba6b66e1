import { endsWithoutList } from "./attribute-lists.ts";
import { UNKNOWN, type Untemplated, withoutTemplates } from "./templates/templates.ts";

const SUSPECT = /\{[{%#:]|\[\[|:::/;

/**
 * The plain text of a title or summary from front matter: without template tags, and with leftover signs reduced to the words inside them,
 * so that no word is lost.
 */
export function withoutTemplateTags(written: string): Untemplated {
  const { text, losses } = withoutTemplates(written, "html");
  const plain = text === written ? text : text.replaceAll("&#123;", "{").replaceAll(UNKNOWN, "");
  return { text: withoutSigns(endsWithoutList(plain)).trim(), losses };
}

/** Whether a text may hold template signs. */
export const mayHoldSigns = (text: string): boolean => SUSPECT.test(text);

/** Removes template signs and keeps the words between them, so that nobody takes them for a tag. */
export function withoutSigns(text: string): string {
  if (!mayHoldSigns(text)) return text;
  return text
    .replace(/!?\[\[([^[\]|]{1,300})(?:\|([^[\]]{0,300}))?\]\]/g, (_, target: string, words?: string) => words || target)
    .replace(/\{\{[<%{-]?([^\n]{0,500}?)[>%-]?\}\}+/g, "$1")
    .replace(/\{%-?([^\n]{0,500}?)-?%\}/g, "$1")
    .replace(/\{([#:][^{}\n]{0,300})\}/g, "$1")
    .replace(/\{\{[<%]?|\{%|\[\[+/g, "")
    .replace(/\{(?=[#:])/g, "")
    .replace(/:{3,}/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}
