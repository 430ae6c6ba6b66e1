/**
 * One pass over HTML before any tree is made of it, because trees are walked by functions that call themselves: takes out what
 * no reader shows (comments, scripts, styles, the inside of frames) and what nobody can nest by hand. The tokens are those of
 * the HTML standard, 13.2.5; time is linear in the length.
 */
export type Flat = {
  readonly html: string;
  /** Elements were nested so deep, or left open so often, that their tags were set in order. */
  readonly cut: boolean;
};

/** `limit`: where a tag has to end that has more attributes than anybody writes (the parser compares each with each). */
type Tag = { readonly end: number; readonly limit: number | undefined; readonly name: string; readonly closing: boolean };

const VOID = new Set("area base br col embed hr img input link meta param source track wbr image keygen frame basefont bgsound".split(" "));
/** What the parser closes by itself at the next of its kind: left open by custom, and never deep. */
const SELF_ENDING = new Set(
  "p li dt dd tr td th thead tbody tfoot colgroup option optgroup rp rt a nobr body html head caption".split(" "),
);
/** What the parser opens again in every block that follows, so that a few hundred left open multiply a text. */
const FORMATTING = new Set("a b big code em font i nobr s small strike strong tt u".split(" "));
/** What may stand within a mark, and ends no paragraph around it. */
const INLINE = new Set([
  ...FORMATTING,
  ..."abbr acronym audio bdi bdo cite data del dfn ins kbd label mark picture q rp rt ruby samp span sub sup time var video".split(" "),
]);
/** What holds text that is no HTML: taken out whole. Of a frame, the tags stay. */
const RAW = new Set("script style xmp noembed noframes textarea iframe".split(" "));
/** Tags that change how all that follows is read. */
const UNWANTED = new Set(["plaintext", "frameset", "frame"]);

const DEEPEST = 256;
const MOST_FORMATTING = 16;
/** So many times may marks left open be opened again, beyond once for each tag. */
const MOST_REOPENED = 5000;

export function flatten(html: string): Flat {
  if (!html.includes("<")) return { html, cut: false };
  const parts: string[] = [];
  const tags: (Tag | undefined)[] = [];
  let plain = 0;
  const text = (until: number): void => {
    if (until > plain) parts.push(escapeStray(html.slice(plain, until)));
    while (tags.length < parts.length) tags.push(undefined);
  };
  for (let at = html.indexOf("<"); at !== -1; at = html.indexOf("<", at)) {
    const tag = tagAt(html, at);
    if (tag === undefined) {
      at += 1; // a "<" that is only text
      continue;
    }
    text(at);
    plain = tag.end;
    if (tag.name !== "") {
      const raw = !tag.closing && RAW.has(tag.name) ? rawEnd(html, tag) : undefined;
      if (raw !== undefined) plain = raw;
      const written = tag.limit === undefined ? html.slice(at, tag.end) : `${html.slice(at, tag.limit)}>`;
      if (!RAW.has(tag.name) && !UNWANTED.has(tag.name)) push(parts, tags, written, tag);
      else if (tag.name === "iframe" && !tag.closing) push(parts, tags, `${written}</iframe>`, undefined);
    }
    at = plain;
  }
  text(html.length);
  return isDeep(tags) ? { html: ordered(parts, tags), cut: true } : { html: parts.join(""), cut: false };
}

function push(parts: string[], tags: (Tag | undefined)[], part: string, tag: Tag | undefined): void {
  parts.push(part);
  tags.push(tag);
}

/** Two pieces of text that were apart must not make a tag together. */
const escapeStray = (text: string): string => (text.includes("<") ? text.replaceAll("<", "&lt;") : text);

/** The tag, comment or other markup (its name is empty) that begins at a "<"; undefined where that is text. */
function tagAt(html: string, start: number): Tag | undefined {
  const closing = html[start + 1] === "/";
  const first = html[start + (closing ? 2 : 1)] ?? "";
  if (/[A-Za-z]/.test(first)) {
    const nameStart = start + (closing ? 2 : 1);
    NAME_END.lastIndex = nameStart;
    const nameEnd = NAME_END.test(html) ? NAME_END.lastIndex - 1 : html.length;
    const { end, limit } = tagEnd(html, nameEnd);
    return { end, limit, name: html.slice(nameStart, nameEnd).toLowerCase(), closing };
  }
  if (first === "!" && !closing) return nothing(markupEnd(html, start));
  if (first === "?" || (closing && first !== "")) return nothing(behind(html, ">", start));
  return undefined;
}

const NAME_END = /[\t\n\f\r />]/g;

const nothing = (end: number): Tag => ({ end, limit: undefined, name: "", closing: false });

function behind(html: string, mark: string, from: number): number {
  const at = html.indexOf(mark, from);
  return at === -1 ? html.length : at + mark.length;
}

/** A comment, a CDATA section, a doctype. */
function markupEnd(html: string, start: number): number {
  if (!html.startsWith("<!--", start)) return html.startsWith("<![CDATA[", start) ? behind(html, "]]>", start) : behind(html, ">", start);
  if (html.startsWith(">", start + 4)) return start + 5;
  if (html.startsWith("->", start + 4)) return start + 6;
  COMMENT_END.lastIndex = start + 4;
  return COMMENT_END.test(html) ? COMMENT_END.lastIndex : html.length;
}

const COMMENT_END = /--!?>/g;

/** Spaces and "/", then an attribute's name, then perhaps a value: quotation marks only count around a value. */
const ATTRIBUTE =
  /[\t\n\f\r /]*(?:(>)|[^\t\n\f\r />][^\t\n\f\r />=]*(?:[\t\n\f\r ]*=[\t\n\f\r ]*(?:"[^"]*(?:"|$)|'[^']*(?:'|$)|[^\t\n\f\r >"'][^\t\n\f\r >]*|(?=>)))?|$)/y;

const MOST_ATTRIBUTES = 100;

/** The index behind a tag's ">", from behind its name. */
function tagEnd(html: string, from: number): { readonly end: number; readonly limit: number | undefined } {
  ATTRIBUTE.lastIndex = from;
  let limit: number | undefined;
  for (let count = 0; ; count += 1) {
    if (count === MOST_ATTRIBUTES) limit = ATTRIBUTE.lastIndex;
    const match = ATTRIBUTE.exec(html);
    if (match === null || ATTRIBUTE.lastIndex >= html.length || match[1] !== undefined) {
      return { end: match?.[1] === undefined ? html.length : ATTRIBUTE.lastIndex, limit };
    }
  }
}

/** The index behind the closing tag of an element whose content is no HTML. */
function rawEnd(html: string, tag: Tag): number {
  const close = new RegExp(`</${tag.name}(?=[\\t\\n\\f\\r />])`, "gi");
  close.lastIndex = tag.end;
  return close.test(html) ? tagEnd(html, close.lastIndex).end : html.length;
}

/**
 * An upper bound of the depth that a parser would reach: an element counts as closed only where its closing tag comes next in order.
 */
function isDeep(tags: readonly (Tag | undefined)[]): boolean {
  const open: string[] = [];
  let formatting = 0;
  let reopened = -MOST_REOPENED;
  for (const tag of tags) {
    if (tag === undefined || VOID.has(tag.name)) continue;
    reopened += formatting - 1;
    if (reopened > 0) return true;
    if (SELF_ENDING.has(tag.name)) continue;
    if (!tag.closing) open.push(tag.name);
    else if (open.at(-1) === tag.name) open.pop();
    else continue;
    if (FORMATTING.has(tag.name)) formatting += tag.closing ? -1 : 1;
    if (open.length > DEEPEST || formatting > MOST_FORMATTING) return true;
  }
  return false;
}

/** Every element closed in order, and none deeper than the limit: tags beyond it go, their text stays. */
function ordered(parts: readonly string[], tags: readonly (Tag | undefined)[]): string {
  const open: string[] = [];
  const isOpen = new Map<string, number>();
  const made: string[] = [];
  const close = (): void => {
    const name = open.pop() ?? "";
    isOpen.set(name, (isOpen.get(name) ?? 1) - 1);
    made.push(`</${name}>`);
  };
  for (const [index, part] of parts.entries()) {
    const tag = tags[index];
    if (tag === undefined || VOID.has(tag.name)) made.push(part);
    else if (!tag.closing) {
      // A mark that is open where a block begins would be opened again in each that follows.
      while (!INLINE.has(tag.name) && FORMATTING.has(open.at(-1) ?? "")) close();
      if (SELF_ENDING.has(tag.name) && open.at(-1) === tag.name) close();
      if (open.length >= DEEPEST) continue;
      open.push(tag.name);
      isOpen.set(tag.name, (isOpen.get(tag.name) ?? 0) + 1);
      made.push(part);
    } else if ((isOpen.get(tag.name) ?? 0) > 0) {
      while (open.at(-1) !== tag.name) close();
      close();
    }
  }
  while (open.length > 0) close();
  return made.join("");
}
