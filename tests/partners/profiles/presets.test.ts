import { aPartnerItem, longText } from "../a-partner.ts";
import { describeProfile } from "./a-profile-table.ts";

const fits = aPartnerItem();
const image = fits.entry.image!;
const canceled = aPartnerItem({ life: { kind: "canceled", since: "2026-11-22T09:00:00.000Z" } });
const without = (name: string) => aPartnerItem({ ...fits, entry: { ...fits.entry, [name]: undefined } as never });

describeProfile("yahoo", fits, {
  breaks: [
    ["1.8 Yahoo", { html: `<p>${longText(149)}</p>` }, "body-too-few-words skipped"],
    ["1.8 Yahoo", { image: { ...image, width: 1279 } }, "image-too-small dropped"],
    ["1.8 Yahoo", { image: { ...image, height: 719 } }, "image-too-small dropped"],
    ["1.8 Yahoo", { image: { ...image, bytes: 5_000_001 } }, "image-too-large dropped"],
    ["1.8 Yahoo", without("html"), "body-missing skipped"],
  ],
  writes: [
    ["1.8 Yahoo", /xmlns:media="http:\/\/search\.yahoo\.com\/rss"/],
    ["1.8 Yahoo", /<pubDate>Fri, 20 Nov 2026 08:00:00 GMT<\/pubDate>\n\s*<updated>2026-11-21T09:30:00Z<\/updated>/],
    ["1.8 Yahoo", /<title>Withdrawn: /, canceled],
  ],
  states: [["1.8 Yahoo", "pollSeconds", 300]],
});

describeProfile("rambler", fits, {
  breaks: [
    ["1.4 Rambler", without("url"), "link-missing skipped"],
    ["1.4 Rambler", without("html"), "body-missing skipped"],
    ["1.4 Rambler", { url: "https://wire.example/a/?utm_source=x" }, "link-tracking fixed"],
  ],
  writes: [
    ["1.4 Rambler", /xmlns:rambler="http:\/\/news\.rambler\.ru"/],
    ["1.4 Rambler", /^<\?xml version="1\.0" encoding="utf-8"\?>/],
    ["1.4 Rambler", /<rambler:fulltext><!\[CDATA\[<p>word0/],
    ["1.4 Rambler", /<enclosure url="[^"]+" length="90000" type="image\/jpeg"\/>/],
    ["1.4 Rambler", /<title>Withdrawn: /, canceled],
  ],
  states: [["1.4 Rambler", "contentType", "application/rss+xml; charset=utf-8"]],
});

const breaking = aPartnerItem({ entry: { tags: ["breaking"] } });

describeProfile("mailru", fits, {
  breaks: [
    ["1.4 Mail.ru", without("html"), "body-missing skipped"],
    ["1.4 Mail.ru", without("url"), "link-missing skipped"],
  ],
  writes: [
    ["1.4 Mail.ru", /xmlns:mailru="http:\/\/news\.mail\.ru\/"/],
    ["1.4 Mail.ru", /<mailru:full-text><!\[CDATA\[<p>word0/],
    ["1.4 Mail.ru", /<breaking>0<\/breaking>\n\s*<exclusive>0<\/exclusive>/],
    ["1.4 Mail.ru", /<breaking>1<\/breaking>/, breaking],
    ["1.4 Mail.ru", /<breaking>0<\/breaking>/, breaking, { settings: { breakingTag: "urgent" } }],
    ["1.4 Mail.ru", /<enclosure /],
  ],
  states: [],
});

describeProfile("line", fits, {
  breaks: [["1.8 LINE NEWS", { published: "2026-11-23T00:00:00.000Z", updated: "2026-11-23T00:00:00.000Z" }, "date-future skipped"]],
  writes: [
    ["1.8 LINE NEWS", /xmlns:oa="http:\/\/news\.line\.me\/rss\/1\.0\/oa"/],
    ["1.8 LINE NEWS", /<oa:lastPubDate>Sat, 21 Nov 2026 09:30:00 GMT<\/oa:lastPubDate>/],
    ["1.8 LINE NEWS", /<oa:pubStatus>2<\/oa:pubStatus>/],
    ["1.8 LINE NEWS", /<oa:pubStatus>0<\/oa:pubStatus>/, canceled],
    [
      "1.8 LINE NEWS",
      /<oa:category>7<\/oa:category>/,
      aPartnerItem({ entry: { section: "world" } }),
      { settings: { categories: { world: "7" } } },
    ],
  ],
  states: [],
});

describeProfile("goo", fits, {
  breaks: [
    ["1.8 Gunosy / mediba / goo", { published: "2026-11-23T00:00:00.000Z", updated: "2026-11-23T00:00:00.000Z" }, "date-future skipped"],
  ],
  writes: [
    ["1.8 Gunosy / mediba / goo", /<goonews:modified>Sat, 21 Nov 2026 09:30:00 GMT<\/goonews:modified>/],
    ["1.8 Gunosy / mediba / goo", /<goonews:delete>1<\/goonews:delete>/, canceled],
    ["1.8 Gunosy / mediba / goo", /<media:status state="deleted"\/>/, canceled, { settings: { deletion: "media-status" } }],
    [
      "1.8 Gunosy / mediba / goo",
      /<mdf:deleted\/>/,
      canceled,
      { settings: { deletion: "element", deletedElement: "mdf:deleted", deletedText: "", namespaces: { mdf: "http://example.com/mdf" } } },
    ],
  ],
  states: [],
});
