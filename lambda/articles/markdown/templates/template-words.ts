/** The words of a tag: `figure src="a.png" "A caption"` has a name, a named value and a positional one. */
export type TagWords = {
  readonly name: string;
  readonly named: (...keys: readonly string[]) => string | undefined;
  readonly placed: readonly PositionalValue[];
};

export type PositionalValue = { readonly text: string; readonly isQuoted: boolean };

const LONGEST = 2000;
/** Liquid writes `src: "a"`, Hugo `src="a"`; a colon inside an address is neither. */
const VALUE = /(?:([\w-]{1,60})(?:\s{0,5}=\s{0,5}|:\s{0,5}(?=["'])|:\s{1,5}))?(?:"([^"]*)"|'([^']*)'|`([^`]*)`|([^\s,"'`=]+))/g;

/** The name in lower case; `{% include a.html x="y" %}` is named after the file. */
export function tagWords(written: string): TagWords {
  const words = written.slice(0, LONGEST);
  const first = /^\/?\s*([^\s"'=(,]+)/.exec(words);
  const named = new Map<string, string>();
  const placed: PositionalValue[] = [];
  for (const [, key, double, single, back, bare] of words.slice(first?.[0].length ?? 0).matchAll(VALUE)) {
    const quoted = double ?? single ?? back;
    const text = quoted ?? bare ?? "";
    if (key === undefined) placed.push({ text, isQuoted: quoted !== undefined });
    else if (!named.has(key.toLowerCase()) && (quoted !== undefined || isLiteral(text))) named.set(key.toLowerCase(), text);
  }
  const name = (first?.[1] ?? "").toLowerCase();
  const isInclude = /^(?:include|include_cached|include_relative|render|component|partial)$/.test(name) && placed.length > 0;
  const file = isInclude ? placed.shift()?.text : undefined;
  return {
    name: file === undefined ? name : (file.split("/").at(-1) ?? "").replace(/\.\w+$/, "").toLowerCase(),
    named: (...keys) => keys.map((key) => named.get(key)).find((value) => value !== undefined),
    placed,
  };
}

/** An address, a number or a plain word; `page.image` names a value that only the site knows. */
const isLiteral = (word: string): boolean =>
  !/^(?:page|site|include|post|item|image|img|this)?\.?[\w]+(?:\.\w+)+$/.test(word) || IMAGE.test(word);

const IMAGE = /\.(?:png|jpe?g|gif|svg|webp|avif|bmp|jfif)(?:[?#].*)?$/i;
export const isImageAddress = (text: string): boolean => IMAGE.test(text) && !/\s{2}|[<>]/.test(text);
