import type { Attached } from "./post-head.ts";

const attribute = /([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'\]]+))/g;

/**
 * WordPress's own shortcodes as HTML. Any other that has attributes, or a closing tag, was a plugin's: it leaves, what it encloses stays. A
 * word in brackets is text.
 */
export function htmlOfShortcodes(html: string, id: string, attached: ReadonlyMap<string, Attached>, lose: (what: string) => void): string {
  const closed = new Set([...html.matchAll(/\[\/([a-z][\w-]*)\]/gi)].map(([, name = ""]) => name.toLowerCase()));
  const lost = (whole: string, name: string) => {
    if (/[=]/.test(whole) || closed.has(name.toLowerCase())) lose(`[${name}]`);
    else return whole;
    return "";
  };
  return html
    .replace(/\[((?:wp_)?caption)\b([^[\]]*)\]((?:(?!\[\1\b)[\s\S]){0,5000}?)\[\/\1\]/g, (_, _name, attributes: string, inner: string) =>
      captioned(attributes, inner),
    )
    .replace(/\[embed\b[^[\]]*\]\s*(https?:\/\/[^\s<[\]]+)\s*\[\/embed\]/g, (_, url: string) => `\n\n${url}\n\n`)
    .replace(
      /\[(audio|video)\b([^[\]]*)\](?:\[\/\1\])?/g,
      (whole, kind: string, attributes: string) => player(kind, attributes, lose) ?? whole,
    )
    .replace(/\[gallery\b([^[\]]*)\]/g, (_, attributes: string) => gallery(attributes, id, attached, lose))
    .replace(/\[([a-z][\w-]*)((?:\s+[\w-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'[\]]+))*)\s*\/?\]/gi, lost)
    .replace(/\[\/[a-z][\w-]*\]/gi, "");
}

/** The most characters of attributes. */
const longestAttributes = 5_000;

function attributesIn(written: string): ReadonlyMap<string, string> {
  return new Map(
    [...written.slice(0, longestAttributes).matchAll(attribute)].map(([, name = "", a, b, c]) => [name.toLowerCase(), a ?? b ?? c ?? ""]),
  );
}

function captioned(attributes: string, inner: string): string {
  const picture = /^\s*(?:<a\b[^>]*>\s*<img\b[^>]*>\s*<\/a>|<img\b[^>]*>)/i.exec(inner)?.[0];
  if (picture === undefined) return inner;
  const words = inner.slice(picture.length).trim() || (attributesIn(attributes).get("caption") ?? "");
  return `\n\n<figure>${picture.trim()}<figcaption>${words}</figcaption></figure>\n\n`;
}

function player(kind: string, attributes: string, lose: (what: string) => void): string | undefined {
  const named = attributesIn(attributes);
  const url = ["src", "mp3", "m4a", "ogg", "wav", "mp4", "m4v", "webm", "ogv"]
    .map((name) => named.get(name))
    .find((value) => value !== undefined);
  if (url === undefined && named.size === 0) return undefined;
  if (url === undefined || !/^https?:/.test(url)) {
    lose(`[${kind}]`);
    return "";
  }
  return `\n\n<${kind} controls src="${quoted(url)}"></${kind}>\n\n`;
}

/** The pictures that it names, or those that were uploaded for the post. */
function gallery(attributes: string, id: string, attached: ReadonlyMap<string, Attached>, lose: (what: string) => void): string {
  const ids = attributesIn(attributes).get("ids");
  const files =
    ids === undefined
      ? [...attached.values()].filter(({ parent }) => parent === id)
      : ids.split(",").flatMap((one) => attached.get(one.trim()) ?? []);
  const pictures = files.filter(({ url }) => url !== undefined && /\.(?:jpe?g|png|gif|webp|avif|svg)$/i.test(url));
  if (pictures.length === 0) lose("[gallery]");
  const figures = pictures.map(({ url = "", alt = "", caption }) => {
    const words = caption === undefined ? "" : `<figcaption>${quoted(caption)}</figcaption>`;
    return `<figure><img src="${quoted(url)}" alt="${quoted(alt)}">${words}</figure>`;
  });
  return `\n\n${figures.join("\n\n")}\n\n`;
}

function quoted(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
