import { aPartnerItem, longText } from "../a-partner.ts";
import { describeProfile } from "./a-profile-table.ts";

const image = { url: "https://wire.example/a.jpg", type: "image/jpeg", width: 1200, height: 675 };
const fits = aPartnerItem({ entry: { image, summary: longText(60) } });

describeProfile("flipboard", fits, {
  breaks: [
    ["1.7 item", { summary: "Too short." }, "description-too-short fixed", /<description>word0[^<]{300,}<\/description>/],
    [
      "1.7 item",
      { summary: "Too short.", html: "<p>So is the text.</p>" },
      "description-too-short noted",
      /<description>Too short\.<\/description>/,
    ],
    ["1.7 item", aPartnerItem({ ...fits, entry: { ...fits.entry, html: "" } }), "body-missing skipped"],
    ["1.7 image", { image: { ...image, height: 499 } }, "image-too-small dropped"],
    ["1.7 image", aPartnerItem({ ...fits, entry: { ...fits.entry, image: undefined } as never }), "image-missing noted"],
    ["1.7 feed", { url: "https://elsewhere.example/a/" }, "link-other-host noted"],
    ["1.7 feed", aPartnerItem({ ...fits, entry: { ...fits.entry, url: undefined } as never }), "link-missing skipped"],
  ],
  files: [
    ["1.7 feed", "file-too-few noted", {}],
    ["1.7 feed", "file-too-few failed", { settings: { remedies: { "file-too-few": "fail" } } }],
    ["1.7 feed", "file-language failed", {}, { language: undefined } as never],
  ],
  writes: [
    ["1.7 feed", /<language>zh<\/language>/, fits, {}, { language: "zh-Hans" }],
    ["1.7 feed", /<language>pt-BR<\/language>/, fits, {}, { language: "pt-BR" }],
    ["1.7 item", /<content:encoded><!\[CDATA\[<p>word0/],
    ["1.7 item", /<dc:creator>Aigerim Nurlan<\/dc:creator>/],
    [
      "1.7 image",
      /<enclosure url="https:\/\/wire\.example\/a\.jpg" length="0" type="image\/jpeg"\/>\n\s*<media:content url="https:\/\/wire\.example\/a\.jpg"/,
    ],
    ["1.7 push", /<atom:link rel="hub" href="https:\/\/hub\.example\/"\/>/, fits, {}, { hub: "https://hub.example/" }],
    ["4 rss", /<media:status state="deleted"\/>/, aPartnerItem({ ...fits, life: { kind: "expired", since: "2026-11-22T09:00:00.000Z" } })],
  ],
  states: [
    ["1.7 feed", "leastEntries", 20],
    ["1.7 feed", "entries", 50],
    ["0.6", "oneLanguage", true],
  ],
});
