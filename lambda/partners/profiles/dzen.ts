import { fact, type Profile } from "./profile.ts";

const pictures = ["image/jpeg", "image/png", "image/gif", "image/webp"];

export const dzen: Profile = {
  name: "dzen",
  title: "Dzen",
  file: "rss.xml",
  facts: {
    namespaces: fact(
      {
        atom: "http://www.w3.org/2005/Atom",
        content: "http://purl.org/rss/1.0/modules/content/",
        dc: "http://purl.org/dc/elements/1.1/",
        georss: "http://www.georss.org/georss",
        media: "http://search.yahoo.com/mrss/",
        yandex: "http://news.yandex.ru",
      },
      "1.2 format [C]",
    ),
    fileBytes: fact(10_000_000, "1.2 News export limits [C]"),
    entries: fact(500, "1.2 window / volume [C]"),
    leastEntries: fact(10, "1.2 window / volume [C]"),
    hours: fact(72, "1.2 window / volume [C]"),
    access: fact(["path"], "1.2 host [K]"),
    oneLanguage: fact(true, "0.6 [H]"),
    channelLanguage: fact(true, "1.2 channel [C]"),
    channelLogo: fact(true, "1.2 channel [C]"),

    bodyRequired: fact(true, "1.2 content:encoded [C]"),
    bodyMinCharacters: fact(300, "1.2 content:encoded [C]"),
    bodyTags: fact("p a b i u s h1 h2 h3 h4 blockquote ul ol li figure figcaption img video source".split(" "), "1.2 content:encoded [C]"),
    renameTags: fact({ em: "i", strong: "b", br: "p", del: "s", h5: "h4", h6: "h4" }, "1.2 content:encoded [C]"),
    plainSpaces: fact(true, "1.2 content:encoded [O]"),
    bodyImageMinWidth: fact(480, "1.2 body images [C]"),
    bodyImageMinHeight: fact(320, "1.2 body images [C]"),
    bodyImageTypes: fact(pictures, "1.2 enclosure [C]"),
    ownImages: fact(true, "1.2 body images [C]"),
    bodyVideos: fact("mp4", "1.2 video [C]"),
    bodyVideoMinWidth: fact(800, "1.2 video [C]"),
    bodyVideoMinHeight: fact(400, "1.2 video [C]"),

    imageElements: fact(["enclosure"], "1.2 enclosure [C]"),
    imageMinWidth: fact(700, "1.2 enclosure [C]"),
    imageTypes: fact(pictures, "1.2 enclosure [C]"),

    updatedElement: fact("", "1.2 guid [O]"),
    linkRequired: fact(true, "1.2 News export limits [C]"),
    plainLinks: fact(true, "1.2 link [C]"),
    linkQuery: fact(false, "1.2 link [C]"),
    asciiHost: fact(true, "1.2 host [C]"),
    attribution: fact(["noindex"], "1.2 link [C]"),
    noindexCategory: fact("noindex", "1.2 category [C]"),
    deletion: fact("notice", "1.2 delete [O]"),
  },
  own: {
    contentType: { ...fact("news", "1.2 contentType [C]"), choices: ["news", "news_only", "blogs_only"] },
    rating: { ...fact("nonadult", "1.2 media:rating [C]"), choices: ["nonadult", "adult"] },
    directives: fact([], "1.2 category [C]"),
    logo: fact("", "1.2 channel [C]"),
    squareLogo: fact("", "1.2 channel [C]"),
  },
  remedies: {},
  open: false,
};
