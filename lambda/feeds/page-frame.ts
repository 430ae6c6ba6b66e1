import { directionOf } from "../articles/direction.ts";
import type { Format } from "./feed.ts";
import { MEDIA_TYPE } from "./media-types.ts";
import { htmlText } from "./text.ts";

/** Colours reach 7:1 in both schemes; logical properties turn the page round for languages written from the right. */
const STYLE = `:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #fff; --faint: #4d4d4d; --line: #767676; --link: #003f8a; }
@media (prefers-color-scheme: dark) { :root { --ink: #ececec; --paper: #141414; --faint: #bdbdbd; --line: #8c8c8c; --link: #9cc4ff; } }
body { max-inline-size: 42rem; margin-inline: auto; padding: 1rem; color: var(--ink); background: var(--paper); font: 1.0625rem/1.6 system-ui, sans-serif; }
h1, h2, h3 { line-height: 1.25; overflow-wrap: anywhere; }
p, dd { overflow-wrap: anywhere; }
a { color: var(--link); }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
ul { padding: 0; list-style: none; }
article, .feed { padding-block: 0.75rem; border-block-start: 1px solid var(--line); }
article h3, .feed h3 { margin-block: 0; }
article p, .feed p { margin-block: 0.25rem; }
dt { font-weight: 600; }
dd { margin: 0 0 0.75rem; }
code { user-select: all; overflow-wrap: anywhere; font-size: 0.9375rem; }
time, footer { color: var(--faint); }`;

export type Page = {
  /** Of the page's own words; BCP 47. */
  readonly language: string;
  readonly title: string;
  readonly description: string;
  readonly icon?: string;
  /** What feed readers and browsers find on their own. */
  readonly feeds: readonly { readonly title: string; readonly urls: Readonly<Partial<Record<Format, string>>> }[];
  /** Finished HTML. */
  readonly body: readonly string[];
};

/** A whole HTML document, without script; ends with a newline. */
export const framed = (page: Page): string =>
  `${[
    "<!doctype html>",
    `<html${tongue(page.language)}>`,
    "<head>",
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${htmlText(page.title)}</title>`,
    `<meta name="description" content="${htmlText(page.description)}">`,
    ...(page.icon === undefined ? [] : [`<link rel="icon" href="${htmlText(page.icon)}">`]),
    ...page.feeds.flatMap(({ title, urls }) => present(urls).map(([format, url]) => discovery(format, title, url))),
    `<style>\n${STYLE}\n</style>`,
    "</head>",
    "<body>",
    ...page.body,
    "</body>",
    "</html>",
  ].join("\n")}\n`;

/** ` lang` and ` dir` of a piece of text. */
export const tongue = (language: string): string => ` lang="${htmlText(language)}" dir="${directionOf(language)}"`;

const discovery = (format: Format, title: string, url: string): string =>
  `<link rel="alternate" type="${MEDIA_TYPE[format]}" title="${htmlText(`${title} (${LABEL[format]})`)}" href="${htmlText(url)}">`;

const LABEL: Readonly<Record<Format, string>> = { rss: "RSS", atom: "Atom", json: "JSON Feed" };

/** The addresses of a feed, to copy: the address is text and no link, so that one press selects the whole of it. */
export const addresses = (urls: Readonly<Partial<Record<Format, string>>>): readonly string[] => [
  "<dl>",
  ...present(urls).map(([format, url]) => `<dt>${linked(url, LABEL[format])}</dt>\n<dd><code dir="ltr">${htmlText(url)}</code></dd>`),
  "</dl>",
];

const present = (urls: Readonly<Partial<Record<Format, string>>>): readonly (readonly [Format, string])[] =>
  (["rss", "atom", "json"] as const).flatMap((format) => {
    const url = urls[format];
    return url === undefined ? [] : [[format, url] as const];
  });

/** A link, where there is an address that a page may lead to. */
export const linked = (url: string | undefined, text: string, attributes = ""): string =>
  url === undefined || !/^https?:\/\//i.test(url) ? htmlText(text) : `<a href="${htmlText(url)}"${attributes}>${htmlText(text)}</a>`;
