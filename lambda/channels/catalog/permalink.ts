import { dayOf } from "../../articles/dates/zone.ts";
import { isUnknown } from "../../articles/language/language.ts";
import type { Instant } from "../../articles/model/article.ts";
import type { Site } from "../site/site.ts";
import type { Metadata } from "./ledger/record.ts";

/**
 * The url of an article that names none: the template of the site with its parts filled in; an empty part is removed with its
 * slash. Words are in lower case and percent-encoded; dates are in the time zone of the site. Undefined if the site has no
 * template.
 */
export function permalinkOf(
  site: Pick<Site, "permalink" | "url" | "timezone" | "language">,
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
  const filled = site.permalink.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(pathWord(words[name] ?? "", name)));
  return new URL(`.${filled.replace(/\/{2,}/g, "/")}`, site.url).href;
}

function pathWord(word: string, name: string): string {
  if (name === "language") return word;
  const plain = word.normalize("NFC").trim().toLowerCase().replace(/\s+/gu, "-");
  // A segment of only dots would climb the path.
  return /^\.+$/.test(plain) ? "" : plain;
}
