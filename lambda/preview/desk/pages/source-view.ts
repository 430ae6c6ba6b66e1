import type { Key } from "../../../stores/store.ts";
import { deskLink, numbered, safeText } from "./desk-page.ts";

/** How much of a file is shown, in characters: a browser would take minutes for more. */
const most = 3_000_000;

/** The text of a published file with numbered lines; XML on a single line is broken between its elements. The file itself stays as it is. */
export function sourceView(key: Key, content: string, siblings: readonly Key[]): readonly string[] {
  const shown = readable(key, content);
  const links = siblings.map(
    (one) =>
      `<li><a href="${deskLink("/-/source", { path: one })}"${one === key ? ' aria-current="true"' : ""}>${safeText(one.slice(one.lastIndexOf("/") + 1))}</a></li>`,
  );
  return [
    `<p class="where">${Buffer.byteLength(content).toLocaleString("en")} bytes${shown === content ? "" : ", with line breaks that the file does not have"}. <a href="/${safeText(encodeURI(key))}?raw">The file itself</a></p>`,
    ...(links.length < 2 ? [] : [`<nav aria-label="Formats"><ul class="row">${links.join("")}</ul></nav>`]),
    numbered(shown.slice(0, most), key, { addressed: true }),
    ...(shown.length > most ? [`<p class="notice">The rest is not shown here: ${shown.length - most} characters.</p>`] : []),
  ];
}

function readable(key: Key, content: string): string {
  if (key.endsWith(".json") && !content.trimEnd().includes("\n")) {
    try {
      return JSON.stringify(JSON.parse(content), null, 2);
    } catch {
      return content;
    }
  }
  const isDense = key.endsWith(".xml") && content.length > 2_000 && content.split("\n").length < content.length / 2_000;
  return isDense ? content.replaceAll(/<!\[CDATA\[[\s\S]*?\]\]>|></g, (found) => (found === "><" ? ">\n<" : found)) : content;
}
