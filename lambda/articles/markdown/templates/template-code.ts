import { piecesOf, type TemplatedFormat } from "./template-pieces.ts";
import { escaped } from "./template-shown.ts";

const LONGEST_LINE = 500;

/** The prefix of the current line, for use on the lines below it: list marks become spaces. `isOwn`: the line holds nothing else yet. */
export function lineStart(written: string): { readonly prefix: string; readonly isOwn: boolean } {
  const line = written.slice(written.lastIndexOf("\n") + 1);
  const mark = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*/.exec(line)?.[0] ?? "";
  return { prefix: mark.replace(/[^\s>]/g, " "), isOwn: mark.length === line.length };
}

/** The content of `{% highlight ruby %}` and similar tags, as code. `written`: the text before it. */
export function codeBetween(words: string, content: string, written: string, next: string, form: TemplatedFormat): string {
  const [, named, first = ""] =
    /^\w+(?:.*?\blang(?:uage)?[:=]\s*["']?([\w+#.-]+))?(?:\s+["']?([\w+#.-]+)(?![\w+#.-]*=))?/s.exec(words.slice(0, LONGEST_LINE)) ?? [];
  const language = named ?? (/^highlight/.test(words) ? first : "");
  // These tags also run their content, so authors wrap tags to be shown in `{% raw %}`.
  const body = content
    .replace(/\{%[-~+]?\s{0,9}(?:end)?(?:raw|verbatim)\s{0,9}[-~+]?%\}/g, "")
    .replace(/^[ \t]*\n/, "")
    .replace(/\n[ \t>]*$|[ \t]+$/, "");
  const { prefix, isOwn } = lineStart(written);
  const isLast = /^[ \t]*(?:\n|$)/.test(next);
  if (form !== "html" && !content.includes("\n") && !(isOwn && isLast)) {
    const longest = Math.max(0, ...(body.match(/`+/g) ?? []).slice(0, 10_000).map(({ length }) => length));
    const fence = "`".repeat(longest + 1);
    return `${fence} ${body.trim()} ${fence}`;
  }
  const mark = `<pre><code${language === "" ? "" : ` class="language-${escaped(language)}"`}>`;
  if (form === "html") return `${mark}${plain(body)}\n</code></pre>`;
  // In HTML inside Markdown, a fence would be text and an empty line would end the HTML.
  const lines: string[] = [];
  for (const line of plain(body).split("\n")) {
    if (line.trim() === "" && lines.length > 0) lines[lines.length - 1] += "&#10;";
    else lines.push(lines.length === 0 || line.startsWith(prefix) ? line : `${prefix}${line}`);
  }
  return `${isOwn ? "" : `\n\n${prefix}`}${mark}${lines.join("\n")}\n${prefix}</code></pre>${isLast ? "" : `\n${prefix}`}`;
}

const plain = (code: string): string => code.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** Text to show literally: outside of code, its braces are escaped so that they begin no tag. */
export function asWritten(content: string, form: TemplatedFormat): string {
  return piecesOf(content, form)
    .map(({ kind, text }) => (kind === "code" ? text : protectedBraces(text)))
    .join("");
}

export const protectedBraces = (text: string): string => text.replaceAll("{", "&#123;");
