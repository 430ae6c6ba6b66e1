/** How many characters of a source are looked at; more if code and addresses, which are left out, leave too few for the detector. */
const LOOKED_AT = 4_000;
const AT_MOST = 16_000;
const ENOUGH = 1_000;

/** What is left out, in this order, each with signs without which a text holds none of it: most texts need few of these searches. */
const LEFT_OUT: readonly (readonly [signs: readonly string[], pattern: RegExp, instead?: string])[] = [
  [["```", "~~~"], /^[ \t>]*(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^[ \t>]*\1[^\n]*$|$(?![\s\S]))/gm],
  // Before tags: a sentence may speak of `<script>`.
  [["`"], /(?<!`)(`+)(?!`)[^\n]{0,300}?(?<!`)\1(?!`)/g],
  // Modules that an MDX file imports.
  [["import"], /^import\s(?:[\w$*\s{},]{1,1000}\sfrom\s+)?(["'])[^"'\n]{1,300}\1;?[ \t]*$/gm],
  [["<"], /<(script|style|pre|code|table|svg|head|textarea)\b[\s\S]*?(?:<\/\1\s*>|$)/gi],
  [["<!--"], /<!--[\s\S]*?(?:-->|$)/g],
  [["<"], /<\/?[a-z][^<>]{0,2000}>/gi],
  [["{{", "{%", "{:", "<%"], /\{\{[\s\S]{0,2000}?\}\}|\{%[\s\S]{0,2000}?%\}|\{:[^{}\n]{0,300}\}|<%[\s\S]{0,2000}?%>/g],
  [["|"], /^[ \t]*\|.*$/gm],
  [["]:"], /^[ \t]*\[[^\]\n]{1,300}\]:.*$/gm],
  [["]("], /(!?\[[^\]\n]{0,500}\])\([^()\n]{0,2000}(?:\([^()\n]{0,300}\)[^()\n]{0,300})*\)/g, "$1 "],
  [["://", "ww", "WW", "wW", "Ww"], /\b(?:https?:\/\/|www\.)[^\s<>)\]]+/gi],
  [["    ", "\t"], /^(?: {4}|\t).*$/gm],
  [["&"], /&(?:#\d+|#x[\da-f]+|\w+);/gi],
];

/**
 * The words at the beginning of a source, without parsing it: enough to detect its language. Leaves out what is in no language of people:
 * code, tables, tags, addresses and template tags.
 */
export function lightText(source: string): string {
  const text = wordsOf(source.slice(0, LOOKED_AT));
  return text.length >= ENOUGH || source.length <= LOOKED_AT ? text : wordsOf(source.slice(0, AT_MOST));
}

function wordsOf(source: string): string {
  let text = source;
  for (const [signs, pattern, instead = " "] of LEFT_OUT)
    if (signs.some((sign) => text.includes(sign))) text = text.replace(pattern, instead);
  return text.replace(/[\s*_#>|~]+/g, " ").trim();
}
