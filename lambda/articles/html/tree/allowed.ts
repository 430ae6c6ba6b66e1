import type { Schema } from "hast-util-sanitize";

const words = (text: string): readonly string[] => text.split(" ");

/** Elements that say something in a feed reader. Others are unwrapped, their content stays. */
export const ELEMENTS: ReadonlySet<string> = new Set(
  words(
    "a abbr address aside audio b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure " +
      "h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p picture pre q rp rt ruby s samp section small source span strong sub summary " +
      "sup table tbody td tfoot th thead time tr u ul var video wbr",
  ),
);

/**
 * Elements that go with all that is in them: what runs, what loads, what is chosen from, and what only a page's head says. What stands in
 * an object, a canvas or a meter is for readers who do not see the element itself (HTML, "fallback content").
 */
export const STRIPPED: ReadonlySet<string> = new Set(
  words(
    "script style head title iframe frame embed noembed noframes template svg math dialog select datalist portal base link meta param " +
      "track",
  ),
);

/** Elements that only mean something within a table. */
export const TABLE_PARTS: ReadonlySet<string> = new Set(words("tbody td tfoot th thead tr caption col colgroup"));

/** The class of code, which names its language to highlighters. */
export const LANGUAGE = /^language-[\p{L}\p{N}+#._-]+$/u;

/**
 * The allow-list. Scripts, styles, forms, event attributes and classes are not on it. Ids stay as they are written: a link to a
 * place in the article is made to lead to the article's own page, where the place must still have its name.
 */
export const SCHEMA: Schema = {
  tagNames: [...ELEMENTS],
  strip: [...STRIPPED],
  ancestors: Object.fromEntries([...TABLE_PARTS].map((name) => [name, ["table"]])),
  attributes: {
    "*": ["dir", "id", "lang", "title"],
    a: ["href", "hrefLang"],
    audio: ["src", ["controls", true]],
    blockquote: ["cite"],
    code: [["className", LANGUAGE]],
    col: ["span"],
    colgroup: ["span"],
    del: ["cite", "dateTime"],
    details: ["open"],
    img: ["alt", "height", "sizes", "src", "srcSet", "width"],
    input: [
      ["checked", true],
      ["disabled", true],
      ["type", "checkbox"],
    ],
    ins: ["cite", "dateTime"],
    li: ["value"],
    ol: ["reversed", "start", "type"],
    pre: [["className", LANGUAGE]],
    q: ["cite"],
    section: [["role", "doc-endnotes"]],
    source: ["media", "sizes", "src", "srcSet", "type"],
    td: ["align", "colSpan", "headers", "rowSpan"],
    th: ["abbr", "align", "colSpan", "headers", "rowSpan", "scope"],
    time: ["dateTime"],
    video: ["height", "poster", "src", "width", ["controls", true]],
  },
  required: {
    audio: { controls: true },
    input: { disabled: true, type: "checkbox" },
    video: { controls: true },
  },
  // Addresses are made absolute, and judged by what they then are, in addresses.ts.
  protocols: {},
  clobber: [],
  clobberPrefix: "",
};
