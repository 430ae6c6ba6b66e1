/**
 * A reader of the parser's output that shares no code with it: every "<" must begin a whole tag, every value has double quotes, and only
 * the few references that we write are allowed. Anything that a browser might read differently is an offence.
 */
export type Tag = { readonly name: string; readonly attributes: readonly (readonly [name: string, value: string | undefined])[] };

const TAG = /<(\/?)([a-z][a-z0-9]*)((?: [a-z][a-z-]*(?:="[^"<]*")?)*)>/y;
const TAG_WITH_SIGNS = /<(\/?)([a-z][a-z0-9]*)((?: [a-z][a-z-]*(?:="[^"]*")?)*)>/y;
const REFERENCE = /&(?:amp|lt|gt|quot|#x[0-9A-Fa-f]{1,6}|#\d{1,7});/y;

/** Every opening tag, in order; and everything that is not strict or not closed in order. */
export function readStrictly(html: string): { readonly tags: readonly Tag[]; readonly offences: readonly string[] } {
  const tags: Tag[] = [];
  const open: string[] = [];
  const offences: string[] = [];
  for (let at = html.search(/[<&]/); at !== -1 && at < html.length; at = next(html, at)) {
    if (html[at] === "&") {
      REFERENCE.lastIndex = at;
      if (!REFERENCE.test(html)) offences.push(`a bare & at ${html.slice(at, at + 30)}`);
      at += 1;
      continue;
    }
    TAG.lastIndex = at;
    TAG_WITH_SIGNS.lastIndex = at;
    const match = TAG.exec(html) ?? TAG_WITH_SIGNS.exec(html);
    if (match === null) {
      offences.push(`no tag at ${html.slice(at, at + 60)}`);
      at += 1;
      continue;
    }
    const [whole, slash, name = "", written = ""] = match;
    at += whole.length;
    if (slash === "/") {
      if (open.pop() !== name) offences.push(`</${name}> closes nothing`);
      continue;
    }
    if (!VOID.has(name)) open.push(name);
    tags.push({ name, attributes: [...written.matchAll(/ ([a-z-]+)(?:="([^"]*)")?/g)].map(([, key = "", value]) => [key, value]) });
  }
  if (open.length > 0) offences.push(`left open: ${open.slice(0, 5).join(" ")}`);
  return { tags, offences };
}

const VOID = new Set(["br", "col", "hr", "img", "input", "source", "wbr"]);

function next(html: string, from: number): number {
  const found = html.slice(from).search(/[<&]/);
  return found === -1 ? -1 : from + found;
}

/** Elements that run, load, ask for input or change how the rest is read. */
const FORBIDDEN =
  /^(?:script|style|iframe|frame|frameset|object|embed|applet|form|button|select|textarea|svg|math|template|base|meta|link|title|head|body|html|noscript|canvas|portal|dialog|marquee|plaintext|xmp|noembed|noframes|slot|param|track|map|area|fencedframe)$/;
const ADDRESSES = new Set([
  "href",
  "src",
  "poster",
  "cite",
  "srcset",
  "action",
  "formaction",
  "data",
  "background",
  "ping",
  "longdesc",
  "usemap",
]);

const plain = (value: string): string =>
  value
    .replace(/&#x([0-9A-Fa-f]+);/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");

/** What an article's html must not hold: anything that runs, an event, a style, a relative address or one with a forbidden protocol. */
export function offencesIn(html: string): readonly string[] {
  const { tags, offences } = readStrictly(html);
  const found = [...offences];
  for (const { name, attributes } of tags) {
    if (FORBIDDEN.test(name)) found.push(`<${name}>`);
    for (const [attribute, value = ""] of attributes) {
      if (/^on|^style$|^srcdoc$|^xlink|^xmlns|^is$|^class$/.test(attribute) && !/^language-/.test(value))
        found.push(`${name} ${attribute}="${value}"`);
      if (!ADDRESSES.has(attribute)) continue;
      const addresses = attribute === "srcset" ? plain(value).split(/, /) : [plain(value)];
      for (const address of addresses) if (!isAllowed(address.replace(/ \S+$/, ""))) found.push(`${name} ${attribute}="${address}"`);
    }
  }
  return found;
}

/** Absolute, for a page, a mail or a phone call; our own marks stand for such addresses. */
function isAllowed(address: string): boolean {
  const otherwise = /^(?:wireroom-media:[^;]*|wireroom-article:(?:file|name|address);[\w.~%-]*;[\w.~%-]*);(.*)$/.exec(address)?.[1];
  if (otherwise !== undefined) return /^[\w.~%-]*$/.test(otherwise) && (otherwise === "" || isAllowed(decodeURIComponent(otherwise)));
  return (
    /^wireroom-self:(?:#[^\s"<>]*|[\w.~%-]+)$/.test(address) ||
    /^(?:https?:\/\/[^\s/?#"<>]+[^\s"<>]*|mailto:[^\s"<>]*|tel:[^\s"<>]*)$/.test(address)
  );
}
