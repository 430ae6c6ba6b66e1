import { aPartnerItem, longText } from "../a-partner.ts";
import { describeProfile } from "./a-profile-table.ts";

const image = { url: "https://wire.example/a.jpg", type: "image/jpeg", width: 1200, height: 675 };
const fits = aPartnerItem({ entry: { image, language: "ru" } });
const tail = `<p>${longText(80)}</p>`;
const entry = (html: string) => ({ html: html + tail });
const table = "<table><tr><th>Crop</th><th>Tons</th></tr><tr><td>Wheat</td><td>40</td></tr></table>";

describeProfile("dzen", fits, {
  breaks: [
    ["1.2 content:encoded", { html: `<p>${"а".repeat(299)}</p>` }, "body-too-short skipped"],
    ["1.2 content:encoded", aPartnerItem({ ...fits, entry: { ...fits.entry, html: "" } }), "body-missing skipped"],
    ["1.2 content:encoded", entry("<p><em>a</em> <strong>b</strong><br>c</p>"), "body-tags fixed", /<p><i>a<\/i> <b>b<\/b><\/p><p>c<\/p>/],
    ["1.2 content:encoded", entry("<div><span>a</span></div><hr><h5>b</h5>"), "body-tags fixed", /<p>a<\/p><h4>b<\/h4>/],
    ["1.2 content:encoded", entry(table), "body-tables fixed", /<ul><li>Crop: Wheat; Tons: 40<\/li><\/ul>/],
    ["1.2 body images", entry('<p>a</p><img src="https://wire.example/s.jpg" width="479" height="320">'), "body-images dropped"],
    ["1.2 body images", entry('<p>a</p><img src="https://wire.example/s.jpg" width="480" height="319">'), "body-images dropped"],
    ["1.2 body images", entry('<p>a</p><img src="https://cdn.example/s.jpg">'), "body-images dropped"],
    ["1.2 video", entry('<video src="https://wire.example/a.webm" controls></video>'), "body-videos dropped"],
    ["1.2 video", entry('<video src="https://wire.example/a.mp4" width="799" height="400" controls></video>'), "body-videos dropped"],
    ["1.2 enclosure", { image: { ...image, width: 699 } }, "image-too-small dropped"],
    ["1.2 enclosure", { image: { ...image, type: "image/svg+xml" } }, "image-type dropped"],
    ["1.2 enclosure", aPartnerItem({ ...fits, entry: { ...fits.entry, image: undefined } as never }), "image-missing noted"],
    ["1.2 link", { url: "https://wire.example/a/?utm_source=x" }, "link-tracking fixed", /<link>https:\/\/wire\.example\/a\/<\/link>/],
    ["1.2 link", { url: "https://wire.example/?p=12" }, "link-query skipped"],
    ["1.2 host", { url: "https://новости.рф/a/" }, "link-host skipped"],
    ["1.2 News export limits", aPartnerItem({ ...fits, entry: { ...fits.entry, url: undefined } as never }), "link-missing skipped"],
  ],
  files: [
    ["1.2 window / volume", "file-too-few noted", {}],
    ["1.2 channel", "file-logo noted", {}],
    ["1.2 channel", "file-language failed", {}, { language: undefined } as never],
    ["1.2 host", "file-host failed", {}, { url: "https://xn--b1amnebsh.xn--p1ai/partners/dzen/ru/rss.xml" }],
  ],
  writes: [
    ["1.2 format", /xmlns:georss="http:\/\/www\.georss\.org\/georss" xmlns:media="[^"]+" xmlns:yandex="http:\/\/news\.yandex\.ru"/],
    ["1.2 contentType", /<contentType>news<\/contentType>/],
    ["1.2 contentType", /<contentType>blogs_only<\/contentType>/, fits, { settings: { contentType: "blogs_only" } }],
    [
      "1.2 channel",
      /<yandex:logo>https:\/\/a\/l\.png<\/yandex:logo>\n\s*<yandex:logo type="square">https:\/\/a\/s\.png</,
      fits,
      { settings: { logo: "https://a/l.png", squareLogo: "https://a/s.png" } },
    ],
    ["1.2 guid", /<guid isPermaLink="false">tag:wire/],
    ["1.2 pubDate", /<pubDate>Fri, 20 Nov 2026 08:00:00 GMT<\/pubDate>/],
    [
      "1.2 category",
      /<category>format-article<\/category>\n\s*<category>comment-all<\/category>/,
      fits,
      { settings: { directives: ["format-article", "comment-all"] } },
    ],
    ["1.2 category", /<category>noindex<\/category>/, fits, { attribution: { canonical: false, noindex: true, parameters: {} } }],
    ["1.2 category", /^(?![\s\S]*<category>)/, aPartnerItem({ ...fits, entry: { ...fits.entry, tags: ["harvest"], section: "world" } })],
    ["1.2 media:rating", /<media:rating scheme="urn:simple">nonadult<\/media:rating>/],
    ["1.2 media:rating", /<media:rating scheme="urn:simple">adult<\/media:rating>/, fits, { settings: { rating: "adult" } }],
    ["1.2 enclosure", /<enclosure url="https:\/\/wire\.example\/a\.jpg" length="0" type="image\/jpeg"\/>/],
    ["1.2 content:encoded", /<p>a b<\/p>/, aPartnerItem({ ...fits, entry: { ...fits.entry, html: `<p>a&nbsp;b</p>${tail}` } })],
    [
      "1.2 video",
      /<video src="https:\/\/wire\.example\/a\.mp4" controls><\/video>/,
      aPartnerItem({ ...fits, entry: { ...fits.entry, html: `<video src="https://wire.example/a.mp4" controls></video>${tail}` } }),
    ],
    [
      "1.2 link",
      /<link>https:\/\/wire\.example\/world\/harvest\/<\/link>/,
      fits,
      { attribution: { canonical: true, noindex: false, line: "From The Wire", parameters: { utm_source: "dzen" } } },
    ],
    ["1.2 validity", /<contentType>/],
    [
      "1.2 delete",
      /<title>Отозвано: [^<]+<\/title>\n\s*<link>[^<]+<\/link>\n\s*<guid isPermaLink="false">tag:wire/,
      aPartnerItem({ ...fits, life: { kind: "canceled", since: "2026-11-22T09:00:00.000Z" } }),
    ],
  ],
  states: [
    ["1.2 window / volume", "hours", 72],
    ["1.2 window / volume", "entries", 500],
    ["1.2 window / volume", "leastEntries", 10],
    ["1.2 News export limits", "fileBytes", 10_000_000],
    ["1.2 host", "access", ["path"]],
    ["0.6", "oneLanguage", true],
  ],
});
