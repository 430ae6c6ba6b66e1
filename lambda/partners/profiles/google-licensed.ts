import { fact, type Profile } from "./profile.ts";

/** Nothing of this was read on a page of Google's own. */
export const googleLicensed: Profile = {
  name: "google-licensed",
  title: "Google licensed news",
  file: "rss.xml",
  facts: {
    namespaces: fact(
      {
        content: "http://purl.org/rss/1.0/modules/content/",
        dcterms: "http://purl.org/dc/terms/",
        licensed_news: "https://www.google.com/schemas/rss-licensed-news/",
        media: "http://search.yahoo.com/mrss/",
      },
      "demand 1 [C]",
    ),
    fileBytes: fact(52_428_800, "demand 1 [C]"),
    entries: fact(0, "demand 1 [C]"),
    hours: fact(72, "demand 1 [C]"),
    leastHours: fact(48, "demand 1 [C]"),
    archiveDays: fact(0, "demand 1 [C]"),
    pollSeconds: fact(120, "demand 1 [C]"),
    access: fact(["path", "header"], "demand 1 [C]"),
    selfLink: fact(false, "demand 1 [C]"),
    hub: fact(false, "demand 1 [C]"),

    bodyRequired: fact(true, "demand 1 [C]"),
    bodyTags: fact("p a b i em strong ul ol li h2 h3 h4 blockquote br".split(" "), "demand 1 [C]"),
    renameTags: fact({ h1: "h2", h5: "h4", h6: "h4" }, "demand 1 [H]"),
    bodyImages: fact(false, "demand 1 [C]"),
    bodyVideos: fact("none", "demand 1 [C]"),
    imageElements: fact(["media:content"], "demand 1 [C]"),

    creatorElement: fact("dcterms:creator", "demand 1 [C]"),
    updatedElement: fact("dcterms:modified", "demand 1 [C]"),
    linkRequired: fact(true, "demand 1 [C]"),
    plainLinks: fact(true, "demand 1 [C]"),
    attribution: fact([], "demand 1 [C]"),
    deletion: fact("licensed-deleted", "demand 1 [C]"),
  },
  own: {
    topics: fact({}, "demand 1 [C]"),
    topicDomain: fact("http://cv.iptc.org/newscodes/mediatopic/", "demand 1 [C]"),
    genres: fact({}, "demand 1 [C]"),
  },
  remedies: {},
  open: false,
};
