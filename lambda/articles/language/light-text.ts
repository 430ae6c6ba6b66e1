/** How many characters of a source are looked at for the detector's four thousand: code and addresses are left out. */
const LOOKED_AT = 16_000;

/**
 * The words at the beginning of a source, without parsing it: enough to detect its language. Leaves out what is in no language of people:
 * code, tables, tags, addresses and template tags.
 */
export function lightText(source: string): string {
  return source
    .slice(0, LOOKED_AT)
    .replace(/^[ \t>]*(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^[ \t>]*\1[^\n]*$|$(?![\s\S]))/gm, " ")
    .replace(/<(script|style|pre|code|table|svg|head|textarea)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, " ")
    .replace(/<!--[\s\S]*?(?:-->|$)/g, " ")
    .replace(/<\/?[a-z][^<>]{0,2000}>/gi, " ")
    .replace(/\{\{[\s\S]{0,2000}?\}\}|\{%[\s\S]{0,2000}?%\}|\{:[^{}\n]{0,300}\}|<%[\s\S]{0,2000}?%>/g, " ")
    .replace(/(?<!`)(`+)(?!`)[^\n]{0,300}?(?<!`)\1(?!`)/g, " ")
    .replace(/^[ \t]*\|.*$/gm, " ")
    .replace(/^[ \t]*\[[^\]\n]{1,300}\]:.*$/gm, " ")
    .replace(/(!?\[[^\]\n]{0,500}\])\([^()\n]{0,2000}(?:\([^()\n]{0,300}\)[^()\n]{0,300})*\)/g, "$1 ")
    .replace(/\b(?:https?:\/\/|www\.)[^\s<>)\]]+/gi, " ")
    .replace(/^(?: {4}|\t).*$/gm, " ")
    .replace(/&(?:#\d+|#x[\da-f]+|\w+);/gi, " ")
    .replace(/[\s*_#>|~]+/g, " ")
    .trim();
}
