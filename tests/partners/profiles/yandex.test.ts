import { aPartnerItem } from "../a-partner.ts";
import { describeProfile } from "./a-profile-table.ts";

const fits = aPartnerItem();
const attribution = {
  canonical: true,
  noindex: true,
  line: "From The Wire",
  pixel: "https://count.example/",
  parameters: { utm_source: "y" },
};

describeProfile("yandex", fits, {
  breaks: [
    ["1.3 yandex:full-text", aPartnerItem({ ...fits, entry: { ...fits.entry, html: "<p></p>" } }), "body-missing skipped"],
    ["1.3 link", aPartnerItem({ ...fits, entry: { ...fits.entry, url: undefined } as never }), "link-missing skipped"],
    ["1.3 link", { url: "https://wire.example/a/?fbclid=x" }, "link-tracking fixed", /<link>https:\/\/wire\.example\/a\/<\/link>/],
    ["1.3 content", aPartnerItem({ sponsored: true }), "sponsored-refused skipped"],
  ],
  writes: [
    ["1.3 yandex:full-text", /xmlns:yandex="http:\/\/news\.yandex\.ru"/],
    [
      "1.3 yandex:full-text",
      /<yandex:full-text>a b\nc\n40 &#x3C; 50<\/yandex:full-text>/,
      aPartnerItem({ entry: { html: "<h2>a <em>b</em></h2><ul><li>c</li><li>40 &lt; 50</li></ul>" } }),
    ],
    ["1.3 yandex:full-text", /<enclosure url="[^"]+" length="90000" type="image\/jpeg"\/>/],
    ["1.3 yandex:full-text", /^(?![\s\S]*(?:From The Wire|count\.example|utm_source|noindex|canonical))/, fits, { attribution }],
    ["1.3 yandex:genre", /^(?![\s\S]*yandex:genre)/],
    ["1.3 yandex:genre", /<yandex:genre>message<\/yandex:genre>/, fits, { settings: { genre: "message" } }],
    ["1.3 pubDate", /<pubDate>Fri, 20 Nov 2026 08:00:00 GMT<\/pubDate>/],
    ["7 guillemets, nbsp, dashes", /«a» – b<\/yandex:full-text>/, aPartnerItem({ entry: { html: "<p>«a»\u00A0– b</p>" } })],
    ["4 dzen", /<title>Withdrawn: /, aPartnerItem({ life: { kind: "canceled", since: "2026-11-22T09:00:00.000Z" } })],
  ],
  states: [
    ["1.3 pubDate", "hours", 192],
    ["1.3 pubDate", "fileBytes", 10_000_000],
    ["1.3 pubDate", "pollSeconds", 300],
    ["1.3 entry point", "access", ["path"]],
  ],
});
