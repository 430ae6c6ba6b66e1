import { endsWithoutList } from "./attribute-lists.ts";
import { UNKNOWN, type Untemplated, withoutTemplates } from "./templates.ts";

const SUSPECT = /\{[{%#:]|\[\[|:::|\}\}|%\}/;

/**
 * A title or summary of front matter, which is plain text and has no code: without tags, and of signs that are none without the braces
 * and brackets that they double, so that no word is lost.
 */
export function plainOf(written: string): Untemplated {
  const { text, losses } = withoutTemplates(written, "html");
  if (!SUSPECT.test(text) && text === written) return { text, losses };
  const plain = endsWithoutList(text.replaceAll("&#123;", "{"))
    .replace(/!?\[\[([^[\]|]{1,300})(?:\|([^[\]]{0,300}))?\]\]/g, (_, target: string, words?: string) => words || target)
    .replace(/\{\{[<%]?|[>%]?\}\}|\{%|%\}|\[\[+|\]\]+/g, "")
    .replace(/\{(?=[#:])/g, "")
    .replace(/:{3,}/g, " ")
    .replaceAll(UNKNOWN, "");
  return { text: plain.replace(/\s+/g, " ").trim(), losses };
}
