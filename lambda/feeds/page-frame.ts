import { directionOf } from "../articles/direction.ts";
import type { Format } from "./feed.ts";
import { MEDIA_TYPE } from "./media-types.ts";
import { STYLE } from "./page-style.ts";
import { htmlText } from "./text.ts";

export type Urls = Readonly<Partial<Record<Format, string>>>;

/** What all pages of a site know beside what they show. */
export type Setting = {
  /** IANA name: the days of a page are those of this zone. */
  readonly timezone: string;
  /** The page that lists all feeds. */
  readonly feedsPage?: string;
  /** Url of a licence for people, and of one for machines (RSL 1.0). */
  readonly license?: string;
  readonly rsl?: string;
};

export type Page = {
  /** BCP 47. */
  readonly language: string;
  readonly title: string;
  readonly description: string;
  readonly icon?: string;
  readonly setting: Setting;
  /** What feed readers and browsers find on their own. */
  readonly feeds: readonly { readonly title: string; readonly urls: Urls }[];
  /** More finished elements of the head. */
  readonly head?: readonly string[];
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
    ...(page.description === "" ? [] : [`<meta name="description" content="${htmlText(page.description)}">`]),
    // An empty one: else every browser asks for /favicon.ico, which is not there.
    `<link rel="icon" href="${htmlText(page.icon ?? "data:,")}">`,
    ...(page.setting.license === undefined ? [] : [`<link rel="license" href="${htmlText(page.setting.license)}">`]),
    ...(page.setting.rsl === undefined ? [] : [`<link rel="license" type="application/rsl+xml" href="${htmlText(page.setting.rsl)}">`]),
    ...page.feeds.flatMap(({ title, urls }) => discovery(title, urls)),
    ...(page.head ?? []),
    `<style>\n${STYLE}\n</style>`,
    "</head>",
    "<body>",
    ...page.body,
    "</body>",
    "</html>",
  ].join("\n")}\n`;

/** ` lang` and ` dir` of a piece of text. */
export const tongue = (language: string): string => ` lang="${htmlText(language)}" dir="${directionOf(language)}"`;

/** ` lang` and ` dir` where they are not those around. */
export const tongueWithin = (around: string, language: string): string => (around === language ? "" : tongue(language));

/** A `link` element for each format of a feed: how pages tell browsers and readers where it is. */
export const discovery = (title: string, urls: Urls): readonly string[] =>
  present(urls).map(
    ([format, url]) =>
      `<link rel="alternate" type="${MEDIA_TYPE[format]}" title="${htmlText(`${title} (${LABEL[format]})`)}" href="${htmlText(url)}">`,
  );

const LABEL: Readonly<Record<Format, string>> = { rss: "RSS", atom: "Atom", json: "JSON Feed" };

/** The addresses of a feed, to copy: the address is text and no link, so that one press selects the whole of it. */
export const addresses = (urls: Urls): readonly string[] => [
  "<dl>",
  ...present(urls).map(([format, url]) => `<dt>${linked(url, LABEL[format])}</dt>\n<dd>${copyable(url)}</dd>`),
  "</dl>",
];

/** A long address is broken after a slash rather than within a word; what is copied does not have the breaks. */
export const copyable = (address: string): string =>
  `<code class="copy" dir="ltr">${htmlText(address).replace(/(?<=[^/:]\/)(?=[^/])/g, "<wbr>")}</code>`;

/** The formats of a feed as links on one line. */
export const formatLinks = (urls: Urls): string =>
  `<p class="row">${present(urls)
    .map(([format, url]) => linked(url, LABEL[format]))
    .join(" ")}</p>`;

/** Lines for the newsroom's own pages, in a field from which they are copied with the keyboard too. */
export const snippet = (
  lines: readonly string[],
  words: { readonly forYourSite: string; readonly pasteThis: string },
): readonly string[] => [
  "<details>",
  `<summary>${words.forYourSite}</summary>`,
  `<p class="faint" id="paste">${words.pasteThis}</p>`,
  // The line end after the tag is not part of the text.
  `<textarea readonly dir="ltr" rows="${Math.min(10, lines.length * 3)}" spellcheck="false" aria-labelledby="paste">\n${htmlText(lines.join("\n"))}</textarea>`,
  "</details>",
];

const FORMATS = ["rss", "atom", "json"] as const;

const present = (urls: Urls): readonly (readonly [Format, string])[] =>
  FORMATS.flatMap((format) => {
    const url = urls[format];
    return url === undefined ? [] : [[format, url] as const];
  });

/** A feed in the one format that most readers take. */
export const firstOf = (urls: Urls): Urls => Object.fromEntries(present(urls).slice(0, 1));

/** A link, where there is an address that a page may lead to. */
export const linked = (url: string | undefined, text: string, attributes = ""): string =>
  url === undefined || !/^https?:\/\//i.test(url) ? htmlText(text) : `<a href="${htmlText(url)}"${attributes}>${htmlText(text)}</a>`;
