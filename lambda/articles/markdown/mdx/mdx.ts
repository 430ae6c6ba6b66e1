import { isKnown } from "../../html/tree/tag-meaning.ts";
import { blocksOf } from "../templates/code-lines.ts";
import { forwardSearch } from "../templates/forward-search.ts";
import { areMentioned, hasParagraphs } from "../templates/mentions.ts";
import { importsIn, isStatement, outsideCode, statementEnd } from "./esm.ts";
import { type JsxTag, jsxReader, literalOf } from "./jsx.ts";
import { outdented } from "./jsx-indent.ts";
import { isBlock, shownByComponent } from "./jsx-shown.ts";

/** A Markdown source without JavaScript and JSX. `dropped`: what was removed without a replacement, as written. */
export type Unscripted = { readonly text: string; readonly dropped: readonly string[]; readonly isMdx: boolean };

const MARK = /`+|[{<]|^(?:import|export)\b/gm;
/** Every source with JavaScript or JSX matches this. */
const SUSPECT = /\{\/\*|<[A-Z]|=\{|<>|^import\s|^export\s/m;

/** Every match holds one of these, which are found faster. */
const SIGNS = ["<", "={", "{/*", "import", "export"];

/** Whether a source could hold JavaScript or JSX. */
export const mayBeMdx = (written: string): boolean => SIGNS.some((sign) => written.includes(sign)) && SUSPECT.test(written);

/**
 * Reduces MDX to what it shows: removes imports, exports, expressions and components, and keeps the content of components. In a file that
 * is not named `.mdx` and imports nothing, only certain JSX counts.
 */
export function withoutJsx(written: string, isNamedMdx: boolean): Unscripted {
  if (!isNamedMdx && !mayBeMdx(written)) return { text: written, dropped: [], isMdx: false };
  const prose = outsideCode(written, isNamedMdx ? "mdx" : "markdown");
  const imports = importsIn(prose);
  const top = /^(?:[ \t]*\n)*/.exec(written)?.[0].length ?? 0;
  const isUsed = (): boolean => [...prose.matchAll(/<([A-Za-z_$][\w$]*)(?![\w$-])/g)].some(([, name = ""]) => imports.has(name));
  const isMdx = isNamedMdx || isStatement(written, top) || (imports.size > 0 && isUsed());
  const source = isMdx ? outdented(written, jsxReader(written)) : written;
  const reader = jsxReader(source);
  const seekMark = forwardSearch(source, MARK);
  const seekCommentEnd = forwardSearch(source, "*/");
  const blocks = blocksOf(source, isMdx ? "mdx" : "markdown");
  const parts: string[] = [];
  const dropped: string[] = [];
  const components = new Map<string, number>();
  const closers: { readonly name: string; readonly written: string }[] = [];
  // A component around paragraphs: its tags stand alone on their lines. The last place of each closing tag.
  const closing = new Map(
    [...source.matchAll(CLOSING_LINE)].flatMap(({ 1: name = "", index }) => (isTag(name) ? [] : [[name, index] as const])),
  );
  let done = 0;
  let tail = "\n";

  const write = (text: string): void => {
    if (text === "") return;
    parts.push(text);
    tail = (tail + text).slice(-400);
  };
  const replace = (at: number, end: number, shown: string): number => {
    write(source.slice(done, at));
    write(shown);
    done = end;
    return end;
  };
  const dropFrom = (at: number, end: number): number => {
    dropped.push(source.slice(at, end));
    return replace(at, end, "");
  };

  const backticks = (at: number, mark: string): number => {
    const close =
      mark.length > 20 ? null : new RegExp(`(?<!\`)\`{${mark.length}}(?!\`)`).exec(source.slice(at + mark.length, at + LONGEST_SPAN));
    const inside = close === null ? "" : source.slice(at, at + mark.length + close.index);
    return close === null || /\n[ \t]*\n/.test(inside) ? at + mark.length : at + inside.length + mark.length;
  };
  const expression = (at: number): number => {
    // Go templates write comments inside two braces.
    if (source.startsWith("{/*", at) && source[at - 1] !== "{") {
      const end = seekCommentEnd(at + 3);
      const close = end === -1 ? null : /^\*\/\s*\}/.exec(source.slice(end, end + 100));
      const behind = end + (close?.[0].length ?? 0);
      const isSpoken = close !== null && areMentioned(source, [at, at + 3], [end, behind]) && hasParagraphs(source.slice(at, end));
      if (end !== -1 && close !== null && !isSpoken) return replace(at, behind, "");
    }
    const end = isMdx ? reader.braces(at) : undefined;
    if (end === undefined) return at + 1;
    const inside = source.slice(at + 1, end - 1);
    const text = literalOf(inside);
    if (text !== undefined) return replace(at, end, plain(text));
    return /^\s*(?:\/\*[\s\S]*\*\/|(?:\/\/[^\n]*\n\s*)*)\s*$/.test(inside) ? replace(at, end, "") : dropFrom(at, end);
  };
  const isTaken = (tag: JsxTag, at: number): boolean => {
    if (isMdx) return true;
    if (tag.closes) return (components.get(tag.name) ?? 0) > 0;
    if (!tag.isAlone && (closing.get(tag.name) ?? -1) > at && beginsLine(at) && endsLine(tag.end)) return true;
    return (tag.isJsxOnly && tag.name !== "") || (tag.isAlone && /^[A-Z].*[a-z]/.test(tag.name));
  };
  const beginsLine = (at: number): boolean => /^[ \t]*$/.test(source.slice(Math.max(source.lastIndexOf("\n", at - 1) + 1, at - 200), at));
  const endsLine = (at: number): boolean => /^[ \t]*(?:\n|$)/.test(source.slice(at, at + 200));
  const element = (at: number): number => {
    if (source.startsWith("<!--", at)) {
      const end = source.indexOf("-->", at);
      return end === -1 ? at + 4 : end + 3;
    }
    const tag = reader.tag(at);
    if (tag === undefined || !isTaken(tag, at)) return at + 1;
    if (tag.closes) {
      const opened = closers.at(-1)?.name === tag.name ? closers.pop() : undefined;
      components.set(tag.name, (components.get(tag.name) ?? 1) - 1);
      const closing = isComponent(tag) ? "" : source.slice(at, tag.end);
      // In MDX, what follows a closing tag is Markdown again.
      const below = isMdx && endsLine(tag.end) && isBlock(tag.name) ? "\n" : "";
      return replace(at, tag.end, `${opened?.written || closing}${below}`);
    }
    const shown = shownByComponent(tag, {
      imports,
      written: tail,
      isOwnLine: endsLine(tag.end),
    });
    if (!tag.isAlone) {
      components.set(tag.name, (components.get(tag.name) ?? 0) + 1);
      if (closers.length < MOST_OPEN) closers.push({ name: tag.name, written: shown?.behind ?? "" });
    }
    if (shown !== undefined) return replace(at, tag.end, shown.before);
    if (isComponent(tag) && tag.name !== "") return dropFrom(at, tag.end);
    return replace(at, tag.end, "");
  };
  const statement = (at: number): number => {
    if (!isMdx || !isStatement(source, at)) return at + 1;
    const end = statementEnd(source, at);
    return isNamedMdx ? replace(at, end, "") : dropFrom(at, end);
  };

  for (let at = 0; at < source.length; ) {
    const block = blocks(at);
    if (block.isCode) at = block.end;
    else {
      let next = seekMark(at);
      while (next !== -1 && next < block.end && at < block.end) {
        MARK.lastIndex = next;
        const mark = MARK.exec(source)?.[0] ?? "";
        if (isMdx && source[next - 1] === "\\" && !mark.startsWith("`")) at = next + 1;
        else
          at = mark.startsWith("`")
            ? backticks(next, mark)
            : mark === "{"
              ? expression(next)
              : mark === "<"
                ? element(next)
                : statement(next);
        next = seekMark(at);
      }
      at = Math.max(at, block.end);
    }
  }
  write(source.slice(done));
  return { text: parts.join(""), dropped, isMdx };
}

const CLOSING_LINE = /^[ \t]*<\/([A-Z]\w*[a-z]\w*)>[ \t]*$/gm;
/** `<Center>` and `<Table>` are HTML. */
const isTag = (name: string): boolean => isKnown(name.toLowerCase());

const LONGEST_SPAN = 5000;
const MOST_OPEN = 10_000;

const isComponent = ({ name }: JsxTag): boolean => name === "" || /^[A-Z]|\./.test(name);

/** Escapes what Markdown would interpret. */
const plain = (text: string): string => text.replaceAll("{", "&#123;").replaceAll("<", "&lt;");
