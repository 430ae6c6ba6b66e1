import { cleanText, htmlText } from "../model/text.ts";
import { wordsIn } from "../model/words.ts";
import { languageAttributesWithin, linked, pageDocument, type Setting, withLogo } from "./page-frame.ts";
import type { SitePage } from "./site-page.ts";

/**
 * The page for addresses without a page, which CloudFront sends with status 404: the way to the site and to
 * its feeds. It shows no article, so that news does not change it.
 */
export const renderNotFound = (page: Pick<SitePage, "title" | "language" | "site" | "icon">, setting: Setting): string => {
  const { language, words } = wordsIn(page.language);
  const title = cleanText(page.title);
  return pageDocument({
    language,
    title: `${words.notFound} · ${title}`,
    description: "",
    ...(page.icon === undefined ? {} : { icon: page.icon }),
    setting,
    feeds: [],
    body: [
      '<div class="story">',
      '<header class="mast">',
      withLogo(page.icon, `<p${languageAttributesWithin(language, page.language)}>${linked(page.site, title)}</p>`),
      "</header>",
      "<main>",
      `<h1>${words.notFound}</h1>`,
      `<p>${words.notFoundText}</p>`,
      `<p class="row">${[linked(page.site, words.toTheSite), linked(setting.feedsPage, htmlText(words.feeds))].join(" ")}</p>`,
      "</main>",
      "</div>",
    ],
  });
};
