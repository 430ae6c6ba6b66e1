import { fact, type PartnerFacts, type Profile } from "./profile.ts";

const content = "http://purl.org/rss/1.0/modules/content/";
const dc = "http://purl.org/dc/elements/1.1/";
const media = "http://search.yahoo.com/mrss/";

/** The generic profile with other defaults: every demand is a setting. */
const preset = (name: Profile["name"], title: string, facts: Partial<PartnerFacts>, own: Profile["own"] = {}): Profile => ({
  name,
  title,
  file: "rss.xml",
  facts,
  own,
  remedies: {},
  open: true,
});

export const yahoo = preset("yahoo", "Yahoo", {
  namespaces: fact({ atom: "http://www.w3.org/2005/Atom", content, dc, media: "http://search.yahoo.com/rss" }, "1.8 Yahoo [C]"),
  pollSeconds: fact(300, "1.8 Yahoo [C]"),
  bodyRequired: fact(true, "1.8 Yahoo [C]"),
  bodyMinWords: fact(150, "1.8 Yahoo [C]"),
  imageElements: fact(["media:content"], "1.8 Yahoo [C]"),
  imageMinWidth: fact(1280, "1.8 Yahoo [C]"),
  imageMinHeight: fact(720, "1.8 Yahoo [C]"),
  imageBytes: fact(5_000_000, "1.8 Yahoo [C]"),
  updatedElement: fact("updated", "1.8 Yahoo [C]"),
  deletion: fact("notice", "1.8 Yahoo [K]"),
});

export const rambler = preset("rambler", "Rambler", {
  contentType: fact("application/rss+xml; charset=utf-8", "1.4 Rambler [O]"),
  namespaces: fact({ dc, rambler: "http://news.rambler.ru" }, "1.4 Rambler [O]"),
  selfLink: fact(false, "1.4 Rambler [K]"),
  hub: fact(false, "1.4 Rambler [K]"),
  bodyElement: fact("rambler:fulltext", "1.4 Rambler [O]"),
  bodyRequired: fact(true, "1.4 Rambler [C]"),
  imageElements: fact(["enclosure"], "1.4 Rambler [O]"),
  linkRequired: fact(true, "1.4 Rambler [O]"),
  plainLinks: fact(true, "1.4 Rambler [H]"),
  updatedElement: fact("", "1.4 Rambler [K]"),
  deletion: fact("notice", "1.4 Rambler [K]"),
});

export const mailru = preset(
  "mailru",
  "Mail.ru",
  {
    namespaces: fact({ dc, mailru: "http://news.mail.ru/" }, "1.4 Mail.ru [C]"),
    selfLink: fact(false, "1.4 Mail.ru [K]"),
    hub: fact(false, "1.4 Mail.ru [K]"),
    bodyElement: fact("mailru:full-text", "1.4 Mail.ru [C]"),
    bodyRequired: fact(true, "1.4 Mail.ru [C]"),
    imageElements: fact(["enclosure"], "1.4 Mail.ru [C]"),
    linkRequired: fact(true, "1.4 Mail.ru [K]"),
    updatedElement: fact("", "1.4 Mail.ru [K]"),
    deletion: fact("notice", "1.4 Mail.ru [K]"),
  },
  { breakingTag: fact("breaking", "1.4 Mail.ru [C]"), exclusiveTag: fact("exclusive", "1.4 Mail.ru [C]") },
);

export const line = preset(
  "line",
  "LINE NEWS",
  {
    namespaces: fact({ content, dc, media, oa: "http://news.line.me/rss/1.0/oa" }, "1.8 LINE NEWS [C]"),
    selfLink: fact(false, "1.8 LINE NEWS [K]"),
    hub: fact(false, "1.8 LINE NEWS [K]"),
    updatedElement: fact("oa:lastPubDate", "1.8 LINE NEWS [C]"),
    updatedDates: fact("rfc822", "1.8 LINE NEWS [K]"),
    deletion: fact("pub-status", "1.8 LINE NEWS [C]"),
  },
  { categories: fact({}, "1.8 LINE NEWS [C]") },
);

export const goo = preset("goo", "goo", {
  namespaces: fact({ content, dc, goonews: "http://news.goo.ne.jp/rss/2.0/news/goonews/", media }, "1.8 Gunosy / mediba / goo [C]"),
  selfLink: fact(false, "1.8 Gunosy / mediba / goo [K]"),
  hub: fact(false, "1.8 Gunosy / mediba / goo [K]"),
  updatedElement: fact("goonews:modified", "1.8 Gunosy / mediba / goo [C]"),
  updatedDates: fact("rfc822", "1.8 Gunosy / mediba / goo [C]"),
  deletion: fact("element", "1.8 Gunosy / mediba / goo [C]"),
  deletedElement: fact("goonews:delete", "1.8 Gunosy / mediba / goo [C]"),
  deletedText: fact("1", "1.8 Gunosy / mediba / goo [C]"),
});
