import { fact, type Profile } from "./profile.ts";

export const flipboard: Profile = {
  name: "flipboard",
  title: "Flipboard",
  file: "rss.xml",
  facts: {
    entries: fact(50, "1.7 feed [H]"),
    leastEntries: fact(20, "1.7 feed [O]"),
    access: fact(["path"], "1.7 feed [K]"),
    oneLanguage: fact(true, "0.6 [H]"),
    channelLanguage: fact(true, "1.7 feed [O]"),
    languageTags: fact("iso", "1.7 feed [O]"),
    hub: fact(true, "1.7 push [O]"),
    descriptionMin: fact(300, "1.7 item [O]"),
    bodyRequired: fact(true, "1.7 item [O]"),
    imageElements: fact(["enclosure", "media:content"], "1.7 image [O]"),
    imageShortSide: fact(500, "1.7 image [O]"),
    linkRequired: fact(true, "1.7 feed [O]"),
    sameHost: fact(true, "1.7 feed [O]"),
    deletion: fact("media-status", "4 rss [H]"),
  },
  own: {},
  remedies: {},
  open: false,
};
