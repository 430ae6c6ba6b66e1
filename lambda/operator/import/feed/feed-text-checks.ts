import { SaxesParser } from "saxes";

/** How many entries an XML feed has by a strict count, and where it stops being XML. */
export type FeedCount = { readonly entries: number; readonly broken?: string };

/**
 * The text without its document type declaration: entities that a feed declares itself are never expanded, so they cannot swell (RSS
 * 0.91 has a declaration; no reader needs it).
 */
export function withoutDoctype(text: string): string {
  const start = endOfProlog(text);
  if (!/^<!doctype\b/i.test(text.slice(start, start + 10))) return text;
  let [depth, quote] = [0, ""];
  for (let at = start + "<!doctype".length; at < text.length; at++) {
    const character = text.charAt(at);
    if (quote !== "") quote = character === quote ? "" : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === "[") depth += 1;
    else if (character === "]") depth -= 1;
    else if (character === ">" && depth <= 0) return text.slice(0, start) + text.slice(at + 1);
  }
  return text;
}

/** Where the first thing begins that is neither space nor a processing instruction nor a comment. */
function endOfProlog(text: string): number {
  const next = /\S/g;
  for (let at = 0; ; ) {
    next.lastIndex = at;
    const start = next.exec(text)?.index ?? text.length;
    const close = text.startsWith("<?", start) ? "?>" : text.startsWith("<!--", start) ? "-->" : undefined;
    const end = close === undefined ? -1 : text.indexOf(close, start);
    if (close === undefined || end === -1) return start;
    at = end + close.length;
  }
}

/** Counts the entries with a strict parser, to compare with what a lenient one finds. An entity that nobody declares breaks nothing here. */
export function countEntries(text: string): FeedCount {
  const parser = new SaxesParser();
  let [entries, broken]: [number, string | undefined] = [0, undefined];
  parser.on("opentag", ({ name }) => {
    if (/^(?:\w+:)?(?:item|entry)$/.test(name)) entries += 1;
  });
  parser.on("error", ({ message }) => {
    if (!/entity/i.test(message)) broken ??= `line ${parser.line}: ${message.replace(/^[\d:]+ /, "").replace(/\.$/, "")}`;
  });
  parser.write(text).close();
  return broken === undefined ? { entries } : { entries, broken };
}
