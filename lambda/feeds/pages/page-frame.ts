import { directionOf } from "../../articles/language/direction.ts";
import type { Format } from "../model/feed.ts";
import { MEDIA_TYPE } from "../model/media-types.ts";
import { htmlText } from "../model/text.ts";
import { accentIn } from "./accent.ts";
import { COPY_SCRIPT, hasCopyButton } from "./copy-script.ts";
import { STYLE } from "./page-style.ts";

export type Urls = Readonly<Partial<Record<Format, string>>>;

/** What all pages of a site share. */
export type Setting = {
  /** IANA name of the time zone for dates on pages. */
  readonly timezone: string;
  /** The page that lists all feeds. */
  readonly feedsPage?: string;
  /** Url of a licence for people, and of one for machines (RSL 1.0). */
  readonly license?: string;
  readonly rsl?: string;
  /** The newsroom's account in the Fediverse, for articles without an author. */
  readonly fediverse?: string;
  /** The newsroom's color for links, `#rrggbb`. */
  readonly accent?: string;
  /** The address of the newsroom's own stylesheet. */
  readonly stylesheet?: string;
};

export type PageFrame = {
  /** BCP 47. */
  readonly language: string;
  readonly title: string;
  readonly description: string;
  readonly icon?: string;
  readonly setting: Setting;
  /** The feeds that feed readers and browsers discover from the page. */
  readonly feeds: readonly { readonly title: string; readonly urls: Urls }[];
  /** Further finished elements of the head. */
  readonly head?: readonly string[];
  /** Finished HTML. */
  readonly body: readonly string[];
};

/** A whole HTML document, with no script but the one that copies addresses; ends with a newline. */
export const pageDocument = (page: PageFrame): string => {
  const body = page.body.join("\n");
  return `${[
    "<!doctype html>",
    `<html${languageAttributes(page.language)}>`,
    "<head>",
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${htmlText(page.title)}</title>`,
    ...(page.description === "" ? [] : [`<meta name="description" content="${htmlText(page.description)}">`]),
    // Empty if the site has no icon; without the element every browser asks for /favicon.ico, which does not exist.
    `<link rel="icon" href="${htmlText(page.icon ?? "data:,")}">`,
    ...(page.setting.license === undefined ? [] : [`<link rel="license" href="${htmlText(page.setting.license)}">`]),
    ...(page.setting.rsl === undefined ? [] : [`<link rel="license" type="application/rsl+xml" href="${htmlText(page.setting.rsl)}">`]),
    ...page.feeds.flatMap(({ title, urls }) => discovery(title, urls)),
    ...(page.head ?? []),
    `<style>\n${STYLE}\n${accentStyle(page.setting.accent)}</style>`,
    ...(page.setting.stylesheet === undefined ? [] : [`<link rel="stylesheet" href="${htmlText(page.setting.stylesheet)}">`]),
    "</head>",
    "<body>",
    body,
    ...(hasCopyButton(body) ? [`<script>${COPY_SCRIPT}</script>`] : []),
    "</body>",
    "</html>",
  ].join("\n")}\n`;
};

const accentStyle = (accent: string | undefined): string => {
  if (accent === undefined) return "";
  const { light, dark } = accentIn(accent);
  return `:root { --link: ${light}; }\n@media (prefers-color-scheme: dark) { :root { --link: ${dark}; } }\n`;
};

/** The attributes ` lang` and ` dir` of a piece of text. */
export const languageAttributes = (language: string): string => ` lang="${htmlText(language)}" dir="${directionOf(language)}"`;

/** The attributes ` lang` and ` dir`, if they differ from those of the surrounding text. */
export const languageAttributesWithin = (around: string, language: string): string =>
  around === language ? "" : languageAttributes(language);

/** A `link` element for each format of a feed, from which browsers and readers discover it. */
export const discovery = (title: string, urls: Urls): readonly string[] =>
  present(urls).map(
    ([format, url]) =>
      `<link rel="alternate" type="${MEDIA_TYPE[format]}" title="${htmlText(`${title} (${LABEL[format]})`)}" href="${htmlText(url)}">`,
  );

const LABEL: Readonly<Record<Format, string>> = { rss: "RSS", atom: "Atom", json: "JSON Feed" };

/** The words of the button that copies an address. */
export type CopyWords = { readonly copy: string; readonly copied: string };

/** The addresses of a feed for copying: plain text and not links, so that one press selects a whole address. */
export const addresses = (urls: Urls, words: CopyWords): readonly string[] => [
  "<dl>",
  ...present(urls).map(([format, url]) => `<dt>${linked(url, LABEL[format])}</dt>\n<dd>${copyable(url, words)}</dd>`),
  "</dl>",
];

/**
 * Lets a long address break after a slash instead of within a word; a copy of it does not contain the breaks. The script shows the
 * button, which only a script can serve.
 */
export const copyable = (address: string, { copy, copied }: CopyWords): string =>
  `<span class="copy"><code dir="ltr">${htmlText(address).replace(/(?<=[^/:]\/)(?=[^/])/g, "<wbr>")}</code>` +
  `<button type="button" data-copied="${htmlText(copied)}" aria-live="polite" hidden>${htmlText(copy)}</button></span>`;

/** The formats of a feed as links on one line. */
export const formatLinks = (urls: Urls): string =>
  `<p class="row">${present(urls)
    .map(([format, url]) => linked(url, LABEL[format]))
    .join(" ")}</p>`;

/** Lines for the newsroom's own pages, in a field from which the keyboard can copy them too. */
export const snippet = (
  lines: readonly string[],
  words: { readonly forYourSite: string; readonly pasteThis: string },
): readonly string[] => [
  "<details>",
  `<summary>${words.forYourSite}</summary>`,
  `<p class="faint" id="paste">${words.pasteThis}</p>`,
  // HTML ignores the line end after the tag.
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

/** A link, or only its text if there is no address that a page may link to. */
export const linked = (url: string | undefined, text: string, attributes = ""): string =>
  url === undefined || !/^https?:\/\//i.test(url) ? htmlText(text) : `<a href="${htmlText(url)}"${attributes}>${htmlText(text)}</a>`;

/** A name with the newsroom's own sign before it, which says the same. `name`: a finished element. */
export const withLogo = (icon: string | undefined, name: string): string =>
  icon === undefined || !/^https?:\/\//i.test(icon)
    ? name
    : `<div class="name"><img class="logo" src="${htmlText(icon)}" alt="">${name}</div>`;

/** The way to the addresses, which stand below the articles on a phone. */
export const toSubscribe = ({ subscribe }: { readonly subscribe: string }): string => `<a href="#subscribe">${subscribe}</a>`;
