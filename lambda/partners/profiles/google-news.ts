import { fact, type Profile } from "./profile.ts";

export const googleNews: Profile = {
  name: "google-news",
  title: "Google News sitemap",
  file: "sitemap-news.xml",
  facts: {
    contentType: fact("application/xml; charset=utf-8", "1.1 Sitemap window [O]"),
    namespaces: fact({ news: "http://www.google.com/schemas/sitemap-news/0.9" }, "1.1 news:title [S]"),
    // Its files hold no texts, and there is always one more.
    fileBytes: fact(0, "1.1 Sitemap window [O]"),
    entries: fact(0, "1.1 Size [C]"),
    hours: fact(48, "1.1 Sitemap window [O]"),
    retainDays: fact(0, "1.1 Delete [K]"),
    pollSeconds: fact(300, "5 freshness [H]"),
    access: fact(["public", "path"], "1.1 Sitemap window [H]"),
    linkRequired: fact(true, "1.1 Sitemap window [O]"),
    bodyBytes: fact(0, "1.1 Size [H]"),
    deletion: fact("remove", "1.1 Delete [K]"),
    attribution: fact([], "1.1 Syndicated copies [K]"),
  },
  own: {
    publicationName: fact("", "1.1 news:publication/name [S]"),
    fileEntries: fact(1000, "1.1 Size [C]"),
  },
  remedies: {},
  open: false,
};
