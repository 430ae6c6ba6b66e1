/** Applies `change` to what is outside of elements such as `<pre>`; `inside` to these. Each character is looked at a bounded number of times. */
export function outsideElements(
  html: string,
  names: readonly string[],
  change: (part: string) => string,
  inside: (part: string) => string = (part) => part,
): string {
  const opening = new RegExp(`<(${names.join("|")})\\b`, "gi");
  const lower = html.toLowerCase();
  // An element that is never closed is asked for once, not once for each time that it is opened.
  const unclosed = new Set<string>();
  const parts: string[] = [];
  let from = 0;
  for (let found = opening.exec(html); found !== null; found = opening.exec(html)) {
    const end = `</${found[1]?.toLowerCase()}>`;
    const close = unclosed.has(end) ? -1 : lower.indexOf(end, found.index);
    if (close === -1) unclosed.add(end);
    else {
      parts.push(change(html.slice(from, found.index)), inside(html.slice(found.index, close + end.length)));
      from = close + end.length;
      opening.lastIndex = from;
    }
  }
  return [...parts, change(html.slice(from))].join("");
}

/** Replaces each comment by what `change` makes of its text. */
export function withComments(html: string, change: (text: string, whole: string) => string): string {
  const parts: string[] = [];
  let from = 0;
  for (;;) {
    const start = html.indexOf("<!--", from);
    const end = start === -1 ? -1 : html.indexOf("-->", start + 4);
    if (end === -1) return [...parts, html.slice(from)].join("");
    parts.push(html.slice(from, start), change(html.slice(start + 4, end), html.slice(start, end + 3)));
    from = end + 3;
  }
}
