import { type Form, piecesOf } from "./template-pieces.ts";
import { escaped } from "./template-shown.ts";

const LONGEST_LINE = 500;

/** What stands before the first word of the line that is being written, as the lines below it need it: list marks become space. */
export function lineStart(written: string): { readonly prefix: string; readonly isOwn: boolean } {
  const line = written.slice(written.lastIndexOf("\n") + 1);
  const mark = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*/.exec(line)?.[0] ?? "";
  return { prefix: mark.replace(/[^\s>]/g, " "), isOwn: mark.length === line.length };
}

/** What stands between the tags of `{% highlight ruby %}` and its kin, as code. `written`: what stands before it on its line. */
export function codeBetween(words: string, content: string, written: string, next: string, form: Form): string {
  const [, named, first = ""] =
    /^\w+(?:.*?\blang(?:uage)?[:=]\s*["']?([\w+#.-]+))?(?:\s+["']?([\w+#.-]+)(?![\w+#.-]*=))?/s.exec(words.slice(0, LONGEST_LINE)) ?? [];
  const language = named ?? (/^highlight/.test(words) ? first : "");
  const body = content.replace(/^[ \t]*\n/, "").replace(/\n?[ \t>]*$/, "");
  if (form === "html") return `<pre><code${language === "" ? "" : ` class="language-${escaped(language)}"`}>${plain(body)}\n</code></pre>`;
  const { prefix, isOwn } = lineStart(written);
  const isLast = /^[ \t]*(?:\n|$)/.test(next);
  const longest = Math.max(0, ...(body.match(/`+/g) ?? []).slice(0, 10_000).map(({ length }) => length));
  if (!content.includes("\n") && !(isOwn && isLast)) {
    const fence = "`".repeat(longest + 1);
    return `${fence} ${body.trim()} ${fence}`;
  }
  const fence = "`".repeat(Math.max(4, longest + 1));
  const lines = body.split("\n").map((line) => (line.startsWith(prefix) ? line : `${prefix}${line}`));
  if (isOwn) lines[0] = lines[0]?.replace(/^/, content.startsWith("\n") || /^[ \t]*\n/.test(content) ? "" : "") ?? "";
  return `${isOwn ? "" : `\n\n${prefix}`}${fence}${language}\n${lines.join("\n")}\n${prefix}${fence}${isLast ? "" : `\n${prefix}`}`;
}

const plain = (code: string): string => code.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** What is to be shown as it is: outside of code, its braces are written so that they begin no tag. */
export function asWritten(content: string, form: Form): string {
  return piecesOf(content, form)
    .map(({ kind, text }) => (kind === "code" ? text : protectedBraces(text)))
    .join("");
}

export const protectedBraces = (text: string): string => text.replaceAll("{", "&#123;");
