/** A JSX tag. Values in braces are JavaScript, which is never run: only a literal text in them is known. */
export type JsxTag = {
  /** "" for a fragment, `<>`. */
  readonly name: string;
  readonly closes: boolean;
  readonly isAlone: boolean;
  readonly attributes: ReadonlyMap<string, JsxValue>;
  /** It has syntax that HTML lacks: braces, or `className`. */
  readonly isJsxOnly: boolean;
  readonly end: number;
};

export type JsxValue = { readonly text: string; readonly isCode: boolean };

/** Reads tags and braces of one source; `undefined` if none ends here. The total work is bounded. */
export type JsxReader = { readonly tag: (at: number) => JsxTag | undefined; readonly braces: (at: number) => number | undefined };

const LONGEST = 50_000;

export function jsxReader(source: string): JsxReader {
  // Closed syntax is read once and skipped; only unclosed syntax can be read again.
  let budget = 1_000_000 + 4 * source.length;

  /** The index after the brace that closes the one at `at`. */
  const braces = (at: number): number | undefined => {
    let depth = 0;
    const until = Math.min(source.length, at + LONGEST);
    for (let place = at; place < until && budget > 0; ) {
      budget -= 1;
      const sign = source[place];
      if (sign === "{") depth += 1;
      else if (sign === "}") depth -= 1;
      if (depth === 0) return place + 1;
      place = sign === "/" || sign === '"' || sign === "'" || sign === "`" ? behindQuoted(source, place) : place + 1;
    }
    return undefined;
  };

  const value = (at: number): { readonly value: JsxValue; readonly end: number } | undefined => {
    const sign = source[at];
    if (sign === '"' || sign === "'") {
      const end = source.slice(at + 1, at + 1 + LONGEST).indexOf(sign);
      budget -= end === -1 ? LONGEST : end;
      return end === -1 ? undefined : { value: { text: source.slice(at + 1, at + 1 + end), isCode: false }, end: at + end + 2 };
    }
    const end = sign === "{" ? braces(at) : undefined;
    return end === undefined ? undefined : { value: { text: source.slice(at + 1, end - 1).trim(), isCode: true }, end };
  };

  const tag = (at: number): JsxTag | undefined => {
    NAME.lastIndex = at;
    const [head, slash, name = ""] = NAME.exec(source) ?? [];
    if (head === undefined) return undefined;
    const attributes = new Map<string, JsxValue>();
    let isJsxOnly = name === "";
    for (let place = at + head.length; budget > 0; ) {
      SPACE.lastIndex = place;
      place += SPACE.exec(source)?.[0].length ?? 0;
      const end = source.startsWith("/>", place) ? place + 2 : source[place] === ">" ? place + 1 : undefined;
      if (end !== undefined) return { name, closes: slash === "/", isAlone: end - place === 2, attributes, isJsxOnly, end };
      if (source[place] === "{") {
        isJsxOnly = true;
        const behind = braces(place);
        if (behind === undefined) return undefined;
        place = behind;
        continue;
      }
      KEY.lastIndex = place;
      const [written, key = "", equals] = KEY.exec(source) ?? [];
      if (written === undefined) return undefined;
      budget -= written.length;
      place += written.length;
      const found = equals === undefined ? { value: { text: "", isCode: false }, end: place } : value(place);
      if (found === undefined) return undefined;
      isJsxOnly ||= found.value.isCode || key === "className";
      if (attributes.size < MOST_ATTRIBUTES) attributes.set(key, found.value);
      place = found.end;
    }
    return undefined;
  };
  return { tag, braces };
}

const MOST_ATTRIBUTES = 100;
const NAME = /<(\/?)\s{0,9}([A-Za-z_$][\w.$:-]{0,100})?(?=[\s/>{])/y;
const SPACE = /\s{0,1000}/y;
const KEY = /([A-Za-z_$@:][\w.$:@-]{0,100})(?:\s{0,9}(=)\s{0,9}(?=["'{]))?/y;

/** The index after a comment or quoted text that begins here; an apostrophe in prose opens no quotation. */
function behindQuoted(source: string, at: number): number {
  const near = source.slice(at, at + LONGEST_QUOTED);
  const found = (near.startsWith("/*") ? COMMENT : near.startsWith("`") ? TEMPLATE : near.startsWith("/") ? undefined : QUOTED)?.exec(near);
  return at + (found?.[0].length ?? 1);
}

const LONGEST_QUOTED = 5000;
const COMMENT = /^\/\*[\s\S]*?\*\//;
const TEMPLATE = /^`(?:[^`\\]|\\[\s\S])*`/;
const QUOTED = /^(["'])(?:(?!\1)[^\\\n]|\\[\s\S])*\1/;

/** The text of an expression that is a single literal; undefined for all others. */
export function literalOf(expression: string): string | undefined {
  const words = expression.trim();
  const quoted = /^(["'`])((?:(?!\1)[^\\]|\\[\s\S])*)\1$/.exec(words);
  if (quoted !== null && !(quoted[1] === "`" && quoted[2]?.includes("${")))
    return quoted[2]?.replace(/\\(["'`\\])/g, "$1").replaceAll("\\n", "\n");
  return /^-?\d+(?:\.\d+)?$/.test(words) ? words : undefined;
}
