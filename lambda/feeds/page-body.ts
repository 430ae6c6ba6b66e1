/** A start tag of safe HTML, whole, so that what looks like one within a value is passed over with it. */
const TAG = /<([a-z][a-z0-9]*)((?: [^\s"<>=]+(?:="[^"]*")?)*)>(\s*<\/th>)?/g;

/**
 * A safe body as a page of ours shows it, where there is nobody between it and a screen reader: a heading of a table's column that
 * says nothing is a cell (as of Markdown's `| | A | B |`), a task is ticked or not in writing, and of a picture that nobody has
 * described the address is not read out. Feeds have the body as it is.
 */
export const onPage = (html: string): string =>
  html.replace(TAG, (whole, name: string, attributes: string, end: string | undefined) => {
    if (name === "th" && end !== undefined) return `<td${attributes.replace(/ scope="[^"]*"/, "")}></td>`;
    if (name === "input") return has(attributes, "checked") ? "☑" : "☐";
    if (name === "img" && !has(attributes, "alt")) return `<img${attributes} alt="">`;
    return whole;
  });

const has = (attributes: string, name: string): boolean =>
  ` ${attributes.replaceAll(/"[^"]*"/g, "")} `.match(new RegExp(` ${name}[ =]`)) !== null;
