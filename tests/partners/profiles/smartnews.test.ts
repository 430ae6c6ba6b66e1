import { aPartnerItem } from "../a-partner.ts";
import { describeProfile } from "./a-profile-table.ts";

const image = { url: "https://wire.example/a.jpg", type: "image/jpeg", width: 1200, height: 675 };
const fits = aPartnerItem({ entry: { image } });
const links = Array.from({ length: 21 }, (_, index) => `<a href="https://wire.example/${index}">l${index}</a>`).join(" ");

describeProfile("smartnews", fits, {
  breaks: [
    ["1.6 item", aPartnerItem({ ...fits, entry: { ...fits.entry, html: "" } }), "body-missing skipped"],
    ["1.6 item", { published: "2026-11-22T10:00:01.000Z", updated: "2026-11-22T10:00:01.000Z" }, "date-future skipped"],
    ["1.6 item", { image: { ...image, width: 199 } }, "image-too-small dropped"],
    ["1.6 item", { image: { ...image, height: 199 } }, "image-too-small dropped"],
    ["1.6 item", { image: { ...image, width: 1000, height: 300 } }, "image-ratio dropped"],
    ["1.6 item", { image: { ...image, width: 300, height: 1000 } }, "image-ratio dropped"],
    ["1.6 item", aPartnerItem({ ...fits, entry: { ...fits.entry, image: undefined } as never }), "image-missing noted"],
    ["1.6 item", aPartnerItem({ ...fits, entry: { ...fits.entry, url: undefined } as never }), "link-missing skipped"],
    ["1.6 link", { url: "http://wire.example/a/" }, "link-scheme skipped"],
    [
      "1.6 link",
      { url: "https://wire.example/a/?utm_medium=x&p=1" },
      "link-tracking fixed",
      /<link>https:\/\/wire\.example\/a\/\?p=1<\/link>/,
    ],
    ["1.6 link density", { html: `<p>${links}</p>` }, "body-links fixed", /<a href="https:\/\/wire\.example\/19">l19<\/a> l20<\/p>/],
  ],
  files: [
    ["1.6 channel", "file-language failed", {}, { language: undefined } as never],
    ["1.6 channel", "file-logo noted", {}],
    ["1.6 format", "file-too-large failed", {}, { description: "", title: "a".repeat(1_000_001) }],
  ],
  writes: [
    ["1.6 format", /xmlns:snf="http:\/\/www\.smartnews\.be\/snf"/],
    ["1.6 format", /^<\?xml version="1\.0" encoding="utf-8"\?>/],
    [
      "1.6 channel",
      /<description>News of the valley<\/description>\n\s*<language>en<\/language>\n\s*<copyright>©<\/copyright>\n\s*<pubDate>Sun, 22 Nov 2026 10:00:00 GMT<\/pubDate>/,
      fits,
      {},
      { copyright: "©" },
    ],
    [
      "1.6 channel",
      /<description>.{1,30}<\/description>\n\s*<language>/,
      fits,
      {},
      { description: "All the news of the valley and of the hills around it" },
    ],
    ["1.6 channel", /<ttl>15<\/ttl>/],
    [
      "1.6 channel",
      /<snf:logo><url>https:\/\/a\/l\.png<\/url><\/snf:logo>\n\s*<snf:darkModeLogo><url>https:\/\/a\/d\.png<\/url>/,
      fits,
      { settings: { logo: "https://a/l.png", darkModeLogo: "https://a/d.png" } },
    ],
    ["1.6 item", /<dc:creator>Aigerim Nurlan<\/dc:creator>/],
    ["1.6 item", /<media:thumbnail url="https:\/\/wire\.example\/a\.jpg" width="1200" height="675"\/>/],
    ["1.6 delete", /<media:status>active<\/media:status>/],
    [
      "1.6 delete",
      /<media:status>deleted<\/media:status>/,
      aPartnerItem({ ...fits, life: { kind: "canceled", since: "2026-11-22T09:00:00.000Z" } }),
    ],
    [
      "1.6 link",
      /<snf:analytics><!\[CDATA\[<img src="https:\/\/count\.example\/\?u=https%3A%2F%2Fwire/,
      fits,
      { attribution: { canonical: false, noindex: false, pixel: "https://count.example/?u={url}", parameters: {} } },
    ],
    ["4 smartnews", /^(?![\s\S]*dcterms)/],
  ],
  states: [
    ["1.6 format", "fileBytes", 1_000_000],
    ["0.6", "oneLanguage", true],
  ],
});
