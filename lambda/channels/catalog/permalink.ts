import picomatch from "picomatch";
import { dayOf } from "../../articles/dates/zone.ts";
import { isUnknown } from "../../articles/language/language.ts";
import type { Instant } from "../../articles/model/article.ts";
import { pathOf } from "../../articles/title/identity.ts";
import { slugOf } from "../../articles/title/slug.ts";
import type { Site } from "../site/site.ts";
import type { Metadata } from "./ledger/record.ts";

/**
 * The url of an article that names none: the template of the site with its parts filled in; an empty part is removed with its
 * slash. Words are in lower case and percent-encoded; dates are in the time zone of the site. Undefined if the site has no
 * template.
 */
export function permalinkOf(
  site: Pick<Site, "permalink" | "url" | "timezone" | "language" | "articles">,
  article: { readonly meta: Metadata; readonly slug: string; readonly published: Instant },
): string | undefined {
  if (site.permalink === undefined) return undefined;
  const [year = "", month = "", day = ""] = dayOf(article.published, site.timezone).split("-");
  const words: Readonly<Record<string, string>> = {
    section: article.meta.section ?? "",
    language: isUnknown(article.meta.language) ? site.language : article.meta.language,
    slug: article.slug,
    year,
    month,
    day,
  };
  const wordOf = (name: string) => encodeURIComponent(pathWord(words[name] ?? "", name));
  const filled = site.permalink.replace(/\{(\w+)\}/g, (_, name: string) => (name === "path" ? pathIn(site, article) : wordOf(name)));
  return new URL(`.${filled.replace(/\/{2,}/g, "/")}`, site.url).href;
}

/**
 * The way to the file below the folder that its glob names, as site generators make addresses: without its ending, an `index.*` as its
 * folder. A slug of the article's own replaces the last word.
 */
function pathIn({ articles }: Pick<Site, "articles">, { meta, slug }: { readonly meta: Metadata; readonly slug: string }): string {
  const bases = articles.map((glob) => picomatch.scan(glob).base).filter((base) => base !== "" && meta.key.startsWith(`${base}/`));
  const base = bases.sort((a, b) => b.length - a.length)[0];
  const segments = pathOf(base === undefined ? meta.key : meta.key.slice(base.length + 1)).split("/");
  const last = slug === slugOf(meta.key, meta.title) ? (segments.at(-1) ?? "") : slug;
  return [...segments.slice(0, -1), last].map((segment) => encodeURIComponent(pathWord(segment, "path"))).join("/");
}

function pathWord(word: string, name: string): string {
  if (name === "language") return word;
  const plain = word.normalize("NFC").trim().toLowerCase().replace(/\s+/gu, "-");
  // A segment of only dots would climb the path.
  return /^\.+$/.test(plain) ? "" : plain;
}
