import { fact, type Profile } from "./profile.ts";

export const yandex: Profile = {
  name: "yandex",
  title: "Yandex",
  file: "rss.xml",
  facts: {
    namespaces: fact(
      {
        dc: "http://purl.org/dc/elements/1.1/",
        dcterms: "http://purl.org/dc/terms/",
        media: "http://search.yahoo.com/mrss/",
        yandex: "http://news.yandex.ru",
      },
      "1.3 yandex:full-text [O]",
    ),
    fileBytes: fact(10_000_000, "1.3 pubDate [C]"),
    entries: fact(500, "1.3 pubDate [H]"),
    hours: fact(192, "1.3 pubDate [C]"),
    pollSeconds: fact(300, "1.3 pubDate [C]"),
    access: fact(["path"], "1.3 entry point [K]"),
    selfLink: fact(false, "1.3 entry point [H]"),
    hub: fact(false, "1.3 entry point [H]"),

    bodyElement: fact("yandex:full-text", "1.3 yandex:full-text [O]"),
    bodyFormat: fact("text", "1.3 yandex:full-text [O]"),
    bodyRequired: fact(true, "1.3 yandex:full-text [O]"),
    plainSpaces: fact(true, "7 guillemets, nbsp, dashes [T]"),
    imageElements: fact(["enclosure"], "1.3 yandex:full-text [H]"),

    linkRequired: fact(true, "1.3 link [O]"),
    plainLinks: fact(true, "1.3 link [H]"),
    attribution: fact([], "1.3 yandex:full-text [O]"),
    sponsored: fact(false, "1.3 content [O]"),
    deletion: fact("notice", "4 dzen [K]"),
  },
  own: { genre: { ...fact("", "1.3 yandex:genre [K]"), choices: ["", "lede", "message", "article", "interview"] } },
  remedies: {},
  open: false,
};
