import { directionOf } from "../../../articles/language/direction.ts";
import { printable } from "../../../fault.ts";
import { htmlText } from "../../../feeds/model/text.ts";

/** Addresses of the desk, all below one path that no published file can have. */
export const deskPath = "/-/";
const sections = { articles: deskPath, plan: "/-/plan", feeds: "/-/feeds", holds: "/-/holds", fetched: "/-/fetched" } as const;
const labels = { articles: "Articles", plan: "Next publish", feeds: "Feeds", holds: "Holds", fetched: "Fetched" } as const;

export type DeskPage = {
  readonly title: string;
  readonly section?: keyof typeof sections;
  readonly site: string;
  /** How many channels are held, if that is known. */
  readonly holds?: number;
  /** Addresses of further scripts. */
  readonly scripts?: readonly string[];
  /** Finished HTML. */
  readonly body: readonly string[];
};

/** A whole page of the desk, in English, with one main landmark and one heading of the first level. */
export function renderDeskPage({ title, section, site, holds = 0, scripts = [], body }: DeskPage): string {
  const tabs = (Object.keys(sections) as (keyof typeof sections)[]).map((name) => {
    const count = name === "holds" && holds > 0 ? ` <span class="count">${holds}</span>` : "";
    return `<li><a href="${sections[name]}"${name === section ? ' aria-current="page"' : ""}>${labels[name]}${count}</a></li>`;
  });
  return `${[
    "<!doctype html>",
    '<html lang="en" dir="ltr">',
    "<head>",
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${safeText(title)} · ${safeText(site)}</title>`,
    '<link rel="icon" href="data:,">',
    '<link rel="stylesheet" href="/-/desk.css">',
    ...["/-/desk.js", ...scripts].map((address) => `<script src="${address}" defer></script>`),
    "</head>",
    '<body class="desk">',
    '<a class="skip" href="#main">Skip to the content</a>',
    '<header class="bar">',
    `<p><a href="/">${safeText(site)}</a></p>`,
    `<nav aria-label="Desk"><ul class="row">${tabs.join("")}</ul></nav>`,
    "</header>",
    '<main id="main" tabindex="-1">',
    `<h1>${safeText(title)}</h1>`,
    ...body,
    "</main>",
    "</body>",
    "</html>",
  ].join("\n")}\n`;
}

/** Foreign text as HTML: no character in it can move or hide the text around it. */
export function safeText(written: string): string {
  return htmlText(written.replaceAll(/[^\n\t]+/g, printable));
}

/** An address of the desk with parameters, for an attribute. */
export function deskLink(path: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== "");
  return htmlText(given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`);
}

/** Text in its own language and direction. */
export function inLanguage(element: string, language: string | undefined, content: string, attributes = ""): string {
  const own = language === undefined ? "" : ` lang="${htmlText(language)}" dir="${directionOf(language)}"`;
  return `<${element}${own}${attributes}>${content}</${element}>`;
}

/** To the minute, in UTC: the same on every machine. */
export function moment(at: string): string {
  return `<time datetime="${htmlText(at)}">${htmlText(`${at.slice(0, 10)} ${at.slice(11, 16)}`)} UTC</time>`;
}

/** A command, selected by one press; the script shows its button. */
export function command(line: string): string {
  return `<div class="copy"><code dir="ltr">${safeText(line)}</code><button type="button" data-copied="Copied" aria-live="polite" hidden>Copy</button></div>`;
}

/** Numbered lines, as they are. `addressed`: each line has an address, `#L3`; at most one text of a page. `marked`: lines to show, from 1. */
export function numbered(
  content: string,
  name: string,
  { addressed = false, marked = new Set() }: { readonly addressed?: boolean; readonly marked?: ReadonlySet<number> } = {},
): string {
  const lines = content.replace(/\n$/, "").split("\n");
  const shown = lines.map((line, index) => {
    const id = addressed ? ` id="L${index + 1}"` : "";
    return `<span${id}${marked.has(index + 1) ? ' class="marked"' : ""}>${safeText(line)}\n</span>`;
  });
  return `<pre class="lines" dir="ltr" tabindex="0" role="region" aria-label="${safeText(name)}"><code>${shown.join("")}</code></pre>`;
}
