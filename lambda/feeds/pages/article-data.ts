import { namedAuthors } from "../model/entry.ts";
import type { Entry } from "../model/feed.ts";

/** What search engines read about an article (schema.org, NewsArticle): data in a script element that no browser runs. */
export const structuredData = (
  entry: Entry & { readonly url: string },
  site: { readonly title: string; readonly url: string },
  license: string | undefined,
): string => {
  const data = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    headline: entry.title,
    mainEntityOfPage: entry.url,
    inLanguage: entry.language,
    datePublished: entry.published,
    dateModified: entry.updated,
    author: namedAuthors(entry).map(({ name, url }) => ({ "@type": "Person", name, url })),
    publisher: { "@type": "Organization", name: site.title, url: site.url },
    image: entry.image?.url,
    articleSection: entry.section,
    license,
  };
  // Only "<" could end the element or begin another one.
  return `<script type="application/ld+json">${JSON.stringify(data).replaceAll("<", "\\u003C")}</script>`;
};
