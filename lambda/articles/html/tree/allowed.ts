import type { Schema } from "hast-util-sanitize";

const words = (text: string): readonly string[] => text.split(" ");

/** Elements that mean something in a feed reader. Others are unwrapped and keep their content. */
export const ELEMENTS: ReadonlySet<string> = new Set(
  words(
    "a abbr address aside audio b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure " +
      "h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p picture pre q rp rt ruby s samp section small source span strong sub summary " +
      "sup table tbody td tfoot th thead time tr u ul var video wbr",
  ),
);

/**
 * Elements that are removed with their content: scripts, embeds, choices, and what belongs in a page's head. Object, canvas and meter are
 * not among them: their content is for readers who do not see the element (HTML, "fallback content").
 */
export const STRIPPED: ReadonlySet<string> = new Set(
  words(
    "script style head title iframe frame embed noembed noframes template svg math dialog select datalist portal base link meta param " +
      "track",
  ),
);

/** Elements that only mean something inside a table. */
export const TABLE_PARTS: ReadonlySet<string> = new Set(words("tbody td tfoot th thead tr caption col colgroup"));

/** The class that names a code block's language to highlighters. */
export const LANGUAGE = /^language-[\p{L}\p{N}+#._-]+$/u;

/**
 * The allow-list: no scripts, styles, forms, event attributes or classes. Ids stay as written: a fragment link becomes a link to the
 * article's own page, where the id must still match.
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
  // addresses.ts makes addresses absolute and checks their protocol then.
  protocols: {},
  clobber: [],
  clobberPrefix: "",
};
