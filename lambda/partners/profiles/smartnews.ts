import { fact, type Profile } from "./profile.ts";

export const smartnews: Profile = {
  name: "smartnews",
  title: "SmartNews",
  file: "rss.xml",
  facts: {
    namespaces: fact(
      {
        content: "http://purl.org/rss/1.0/modules/content/",
        dc: "http://purl.org/dc/elements/1.1/",
        media: "http://search.yahoo.com/mrss/",
        snf: "http://www.smartnews.be/snf",
      },
      "1.6 format [O]",
    ),
    fileBytes: fact(1_000_000, "1.6 format [O]"),
    ttl: fact(15, "1.6 channel [O]"),
    oneLanguage: fact(true, "0.6 [H]"),
    channelDescriptionMax: fact(30, "1.6 channel [O]"),
    channelPubDate: fact(true, "1.6 channel [O]"),
    channelLanguage: fact(true, "1.6 channel [O]"),
    channelLogo: fact(true, "1.6 channel [O]"),
    selfLink: fact(false, "1.6 format [O]"),
    hub: fact(false, "1.6 format [O]"),

    bodyRequired: fact(true, "1.6 item [O]"),
    bodyLinks: fact(20, "1.6 link density [K]"),
    imageElements: fact(["media:thumbnail"], "1.6 item [O]"),
    imageMinWidth: fact(200, "1.6 item [O]"),
    imageMinHeight: fact(200, "1.6 item [O]"),
    imageMinRatio: fact(0.304, "1.6 item [C]"),
    imageMaxRatio: fact(3.3, "1.6 item [C]"),

    rejectFuture: fact(true, "1.6 item [O]"),
    updatedElement: fact("", "4 smartnews [C]"),
    linkRequired: fact(true, "1.6 item [O]"),
    plainLinks: fact(true, "1.6 link [O]"),
    httpsLinks: fact(true, "1.6 link [O]"),
    attribution: fact(["line", "pixel"], "1.6 link [O]"),
    pixelElement: fact("snf:analytics", "1.6 link [O]"),
    deletion: fact("media-status-text", "1.6 delete [C]"),
  },
  own: { logo: fact("", "1.6 channel [C]"), darkModeLogo: fact("", "1.6 channel [C]") },
  remedies: {},
  open: false,
};
