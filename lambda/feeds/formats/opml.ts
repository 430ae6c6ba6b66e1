import { cleanText, xmlAttributes, xmlText } from "../model/text.ts";

/** `url`: the feed itself, in the format that most readers take (RSS, or its first one); `page`: the same feed for people. */
export type ListedFeed = { readonly title: string; readonly url: string; readonly page?: string; readonly language?: string };

/** OPML 2.0: all feeds of a newsroom in one file that readers import. Without dates, which would change its bytes on every run. */
export const renderOpml = ({ title, feeds }: { readonly title: string; readonly feeds: readonly ListedFeed[] }): string =>
  `${[
    '<?xml version="1.0" encoding="utf-8"?>',
    '<opml version="2.0">',
    "  <head>",
    `    <title>${xmlText(cleanText(title))}</title>`,
    "  </head>",
    "  <body>",
    ...feeds.map((feed) => `    <outline${outline(feed)}/>`),
    "  </body>",
    "</opml>",
  ].join("\n")}\n`;

const outline = ({ title, url, page, language }: ListedFeed): string => {
  const text = cleanText(title);
  return xmlAttributes({ type: "rss", text, title: text, xmlUrl: url, htmlUrl: page, language });
};
