import fc from "fast-check";
import type { ElementContent, Root, RootContent } from "hast";
import { fromHtml } from "hast-util-from-html";
import { sanitize } from "hast-util-sanitize";
import { toHtml } from "hast-util-to-html";
import { describe, expect, test } from "vitest";
import { serialize as serializeWithin } from "../../lambda/articles/html/serialize.ts";
import { ELEMENTS, SCHEMA, STRIPPED } from "../../lambda/articles/html/tree/allowed.ts";
import { EMBEDS } from "../../lambda/articles/html/tree/embeds.ts";
import { preclean } from "../../lambda/articles/html/tree/preclean.ts";
import { parseHtml, safeTree } from "../../lambda/articles/html/tree/tree.ts";
import { countTraps } from "../support/histories/traps.ts";

const settings = { numRuns: Number(process.env.WIREROOM_LAW_RUNS ?? 300) };

const { reach, missed } = countTraps();

/** Input on which parsers and sanitisers have differed before. */
const TRAPS: Readonly<Record<string, RegExp>> = {
  "an event attribute": /<[^>]* onclick/,
  "a javascript: address": /javascript:/,
  "a set of pictures": / srcset/,
  "a style": / style/,
  "a class of code": /language-/,
  "an attribute without quotation marks": / [a-z-]+=(?!")/,
  "an attribute twice": / ([a-z-]+)(?=[ =])[^<>]* \1[ =>]/,
  "what is taken out whole": /<(?:script|template|svg|math|noembed|select)[ >]/,
  "a script that hides the rest": /<(?:script|style|textarea|noscript|plaintext)[ >]/,
  "an element that nobody knows": /<x-y[ >]/,
  "part of a table": /<(?:td|tr|tbody|caption|col)[ >]/,
  "a mark that crosses a block": /<(?:b|i|a|em)[ >](?:(?!<\/(?:b|i|a|em)>)[\s\S])*<(?:p|div|ul|table)[ >]/,
  "a closing tag first": /^[^<]*<\//,
  "a reference": /&(?:[a-z]+|#)/,
  "a NUL": /\0/,
  "a comment": /<!--/,
};
const seen = (html: string): string => {
  for (const [name, pattern] of Object.entries(TRAPS)) if (pattern.test(html)) reach(name);
  return html;
};

/** Every name of the allow-list, some elements that are removed whole, and some unknown ones. */
const NAMES = [
  ...[...ELEMENTS].filter((name) => name !== "img"),
  ...[...STRIPPED].filter((name) => !EMBEDS.has(name) && name !== "math"),
  ...["div", "font", "center", "article", "x-y", "nobr", "noscript", "plaintext"],
];

/** Attributes of each kind: texts, numbers, lists separated by spaces and by commas, booleans, and forbidden ones. */
const ATTRIBUTES = [
  ..."id lang dir title href hreflang src poster cite datetime alt abbr media align scope type sizes style onclick data-x".split(" "),
  ..."width height span start value colspan rowspan".split(" "),
  ..."class headers rel srcset".split(" "),
  ..."controls open reversed checked disabled muted".split(" "),
];

const VALUES = [
  ..."7,-3,07,1e3,0x10,NaN,Infinity,language-js,language-js hljs,checkbox,controls,OPEN,ltr,javascript:alert(1),a.png 1x".split(","),
  ...[
    "",
    " ",
    "a b  c",
    "a.png 1x, b.png 2x",
    "a,b,c d",
    "&quot;",
    "it's",
    "`",
    "<b>",
    "&amp;amp;",
    "&",
    "&copy",
    "\0",
    "ё漢",
    "\u00a0",
    "👩🏽‍🚀",
  ],
];

const attribute = fc
  .tuple(fc.constantFrom(...ATTRIBUTES), fc.constantFrom(...VALUES), fc.constantFrom('"', "bare", "none"))
  .map(([name, value, quote]) => {
    if (quote === "none") return ` ${name}`;
    return quote === "bare" && /^[\w-]+$/.test(value) ? ` ${name}=${value}` : ` ${name}="${value.replaceAll('"', "&quot;")}"`;
  });
/** Names on which parsers differ come more often. */
const name = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...NAMES) },
  { weight: 1, arbitrary: fc.constantFrom(..."a b i em p div ul li table tr td script svg noscript".split(" ")) },
);
const startTag = fc.tuple(name, fc.array(attribute, { maxLength: 4 })).map(([name, attributes]) => `<${name}${attributes.join("")}>`);
const text = fc.constantFrom(...VALUES, "\n", "two words", "\r\n", "&lt;p&gt;", "<!-- no -->", "<!doctype html>", "&#0;", "&#x80;");
const piece = fc.oneof({ weight: 4, arbitrary: startTag }, { weight: 3, arbitrary: name.map((closed) => `</${closed}>`) }, text);
const markup = fc.array(piece, { maxLength: 30 }).map((pieces) => seen(pieces.join("")));

const serialize = (tree: Root): string => serializeWithin(tree, Number.POSITIVE_INFINITY) ?? "";
const treeOf = (html: string): Root => safeTree(parseHtml(html, "fragment")).tree;

describe("the result for any HTML", () => {
  test("is the tree that the sanitiser makes of the parser's own", () => {
    fc.assert(
      fc.property(markup, (html) => {
        // Fields, lazy images, formulas and hidden parts follow this project's own rules, which have their own tests.
        fc.pre(!/<input(?![^>]* type="?checkbox)|data-/i.test(html));
        const whole = fromHtml(preclean(html, "page").html, { fragment: true });
        expect(treeOf(html).children).toEqual((sanitize(whole, SCHEMA) as Root).children.map(withoutPosition));
      }),
      settings,
    );
  });

  test("is written as hast-util-to-html writes it", () => {
    fc.assert(
      fc.property(markup, (html) => {
        const tree = treeOf(html);
        expect(serialize(tree)).toBe(withSignsInValues(toHtml(tree, { quote: '"', characterReferences: { useNamedReferences: true } })));
      }),
      settings,
    );
  });

  test("does not change when it is read again", () => {
    fc.assert(
      fc.property(markup, (html) => {
        const once = serialize(treeOf(serialize(treeOf(html))));
        expect(serialize(treeOf(once))).toBe(once);
      }),
      settings,
    );
  });
});

/**
 * In values, this project also writes "<" and ">" as references, and leaves out a list (of classes, of headers) that becomes
 * empty.
 */
const withSignsInValues = (html: string): string =>
  html
    .replaceAll(/ (?:class|headers)=""/g, "")
    .replace(
      /(<[a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"]*")?)+)>/g,
      (_, name: string, attributes: string) => `${name}${attributes.replaceAll("<", "&lt;").replaceAll(">", "&gt;")}>`,
    );

/** The parser's tree contains the position of everything. */
function withoutPosition({ position: _, ...node }: RootContent): RootContent {
  return node.type === "element" ? { ...node, children: node.children.map(withoutPosition) as ElementContent[] } : (node as RootContent);
}

test("the generators reach their traps", () => expect(missed(Object.keys(TRAPS), Math.ceil(settings.numRuns / 300))).toEqual([]));
