import { aPartnerItem } from "../a-partner.ts";
import { describeProfile } from "./a-profile-table.ts";

const fits = aPartnerItem({ entry: { section: "World", tags: ["wheat", "opinion"] } });
const settings = { topics: { world: "20000002", Wheat: "20000003" }, genres: { opinion: "Opinion" } };

describeProfile("google-licensed", fits, {
  breaks: [
    ["demand 1", { html: '<p>a <img src="https://wire.example/a.jpg"> b</p>' }, "body-images dropped", /CDATA\[<p>a {2}b<\/p>\]/],
    [
      "demand 1",
      { html: '<figure><img src="https://wire.example/a.jpg"><figcaption>c</figcaption></figure><p>a</p>' },
      "body-images dropped",
      /CDATA\[<p>a<\/p>\]/,
    ],
    ["demand 1", { html: "<h1>a</h1><p>b</p>" }, "body-tags fixed", /<h2>a<\/h2><p>b<\/p>/],
    ["demand 1", { html: '<p>a</p><audio src="https://wire.example/a.mp3" controls></audio>' }, "body-videos dropped"],
    ["demand 1", aPartnerItem({ ...fits, entry: { ...fits.entry, html: "" } }), "body-missing skipped"],
    ["demand 1", aPartnerItem({ ...fits, entry: { ...fits.entry, url: undefined } as never }), "link-missing skipped"],
  ],
  files: [["demand 1", "file-too-short noted", { hours: 24 }]],
  writes: [
    ["demand 1", /xmlns:licensed_news="https:\/\/www\.google\.com\/schemas\/rss-licensed-news\/"/],
    ["demand 1", /^(?![\s\S]*atom)/],
    ["demand 1", /<atom:link rel="self"/, fits, { settings: { selfLink: true } }],
    ["demand 1", /<dcterms:creator>Aigerim Nurlan<\/dcterms:creator>/],
    ["demand 1", /xmlns:dc="[\s\S]*<dc:creator>Aigerim Nurlan<\/dc:creator>/, fits, { settings: { creatorElement: "dc:creator" } }],
    ["demand 1", /<dcterms:modified>2026-11-21T09:30:00Z<\/dcterms:modified>/],
    ["demand 1", /<media:content url="[^"]+" medium="image"/],
    [
      "demand 1",
      /<category domain="http:\/\/cv\.iptc\.org\/newscodes\/mediatopic\/">20000002<\/category>\n\s*<category [^>]+>20000003</,
      fits,
      { settings },
    ],
    ["demand 1", /<licensed_news:genre>Opinion<\/licensed_news:genre>/, fits, { settings }],
    ["demand 1", /^(?![\s\S]*<category)/],
    [
      "demand 1",
      /<licensed_news:deleted>yes<\/licensed_news:deleted>/,
      aPartnerItem({ life: { kind: "canceled", since: "2026-11-22T09:00:00.000Z" } }),
    ],
  ],
  states: [
    ["demand 1", "hours", 72],
    ["demand 1", "fileBytes", 52_428_800],
    ["demand 1", "pollSeconds", 120],
  ],
});
