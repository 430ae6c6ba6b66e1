import { fact, type Profile } from "./profile.ts";

export const msn: Profile = {
  name: "msn",
  title: "MSN",
  file: "rss.xml",
  facts: {
    namespaces: fact(
      {
        atom: "http://www.w3.org/2005/Atom",
        content: "http://purl.org/rss/1.0/modules/content/",
        dc: "http://purl.org/dc/elements/1.1/",
        dcterms: "http://purl.org/dc/terms/",
        media: "http://search.yahoo.com/mrss/",
        mi: "http://schemas.ingestion.microsoft.com/common/",
      },
      "1.5 namespaces [O]",
    ),
    fileBytes: fact(10_000_000, "1.5 transport [O]"),
    entries: fact(29, "1.5 transport [O]"),
    hours: fact(72, "1.5 transport [O]"),
    pollSeconds: fact(900, "1.5 poll / SLA [O]"),
    access: fact(["basic", "header", "path"], "1.5 auth [O]"),
    oneLanguage: fact(true, "1.5 formats [O]"),
    channelLanguage: fact(true, "1.5 formats [O]"),
    languageTags: fact("lower", "7 language tags [T]"),

    titleMin: fact(21, "1.5 title [O]"),
    titleMax: fact(150, "1.5 title [O]"),
    shortTitle: fact(54, "1.5 title [C]"),
    shortTitleElement: fact("mi:shortTitle", "1.5 title [O]"),

    bodyRequired: fact(true, "1.5 body [C]"),
    bodyTags: fact(
      (
        "b i em strong sub sup small h1 h2 h3 h4 h5 a img table thead tbody tfoot tr th td caption ul ol li p div span br " + "blockquote"
      ).split(" "),
      "1.5 body [C]",
    ),
    renameTags: fact({ h6: "h5" }, "1.5 body [H]"),
    bodyVideos: fact("none", "1.5 body [C]"),
    bodyImageTypes: fact(["image/png", "image/jpeg", "image/gif", "image/webp"], "1.5 image [O]"),

    imageMinWidth: fact(640, "1.5 image [C]"),
    imageMinHeight: fact(360, "1.5 image [C]"),
    imageAdvisedWidth: fact(720, "1.5 image [O]"),
    imageBytes: fact(14_000_000, "1.5 transport [O]"),
    imageMinRatio: fact(0.5, "1.5 image [C]"),
    imageMaxRatio: fact(1.89, "1.5 image [C]"),
    imageTypes: fact(["image/png", "image/jpeg", "image/webp"], "1.5 image [O]"),
    syndicationFlag: fact(true, "1.5 image [C]"),

    rejectFuture: fact(true, "1.5 pubDate [O]"),
    oldestDays: fact(365, "1.5 pubDate [O]"),
    updatedElement: fact("dcterms:modified", "1.5 update [O]"),
    httpsFile: fact(true, "1.5 transport [O]"),
    attribution: fact(["line", "canonical"], "1.5 body [K]"),
    deletion: fact("expiration", "1.5 takedown [O]"),
  },
  own: {},
  remedies: { "image-missing": fact("note", "1.5 image [C]") },
  open: false,
};
