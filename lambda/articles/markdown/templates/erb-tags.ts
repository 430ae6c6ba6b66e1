/** A tag of ERB or EJS (`<% … %>`) in the words of Liquid: `<% } else { %>` is `else`. */
export type ErbTag = { readonly kind: "comment" } | { readonly kind: "value" | "tag"; readonly words: string };

const OPENS_BLOCK = /(?:\bdo(?:\s*\|[^|]*\|)?|\{(?:\s*\|[^|]*\|)?|=>\s*\{)$/;
const LOOP = /^(?:for|while|until|loop)\b|[.\w](?:each\w*|forEach|map|times|upto|downto|step)\b/;
const MOST_OPEN = 10_000;

/** Reads the tags of one source in order: `<% end %>` and `<% } %>` end the tag that was opened last. */
export function erbReader(): (inside: string) => ErbTag {
  const open: string[] = [];
  const opened = (name: string, rest: string): ErbTag => {
    if (open.length < MOST_OPEN) open.push(name);
    return { kind: "tag", words: `${name} ${rest}`.trim() };
  };
  return (inside) => {
    const [, sign = "", written = ""] = /^([=\-_~:@!#]*)([\s\S]*?)[-_~=]?$/.exec(inside) ?? [];
    const code = written.trim();
    if (sign.startsWith("#") || sign.startsWith("--") || isComment(code)) return { kind: "comment" };
    const isShown = /[=:]/.test(sign) || /^["']/.test(code);
    if (isShown && !OPENS_BLOCK.test(code)) return { kind: isValue(code) ? "value" : "tag", words: code };
    if (/^(?:end\b|\}+)[\s);]*$/.test(code)) return { kind: "tag", words: `end${open.pop() ?? ""}` };
    const [, branch, rest = ""] = /^(?:\}\s*)?(else\s+if|elsif|else|when|case(?=[^:]*:$)|default(?=\s*:$))\b([\s\S]*)$/.exec(code) ?? [];
    if (branch !== undefined) return { kind: "tag", words: `${branchName(branch)} ${condition(rest)}`.trim() };
    const [, name, asked = ""] = /^(if|unless|case|switch)\b([\s\S]*)$/.exec(code) ?? [];
    if (name !== undefined && !/\bend$/.test(code) && !/\}\s*;?$/.test(code)) return opened(name, condition(asked));
    if (LOOP.test(code) && (OPENS_BLOCK.test(code) || /^(?:for|while|until)\b[^{}]*$/.test(code))) return opened("for", code);
    return OPENS_BLOCK.test(code) ? opened("do", code) : { kind: "tag", words: code };
  };
}

const isComment = (code: string): boolean => /^(?:#|\/\/)[^\n]*$|^\/\*[\s\S]*\*\/$/.test(code);

/** A literal or a name; anything else calls something. */
const isValue = (code: string): boolean => /^["']|^[@$]?[\w.]+$/.test(code);

const branchName = (written: string): string =>
  /^else\s+if$/.test(written) ? "elsif" : /^(?:case|default)$/.test(written) ? "when" : written;

/** `(x) {`, `x then`: x. */
const condition = (written: string): string => {
  const words = written.replace(/(?:\{|\bthen|:)\s*$/, "").trim();
  return /^\([^()]*\)$/.test(words) ? words.slice(1, -1).trim() : words;
};
