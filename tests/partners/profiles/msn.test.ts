import { aPartnerItem, longText } from "../a-partner.ts";
import { describeProfile } from "./a-profile-table.ts";

const image = { url: "https://wire.example/a.jpg", type: "image/jpeg", width: 1200, height: 675, bytes: 90_000 };
const fits = aPartnerItem({ entry: { image } });
const canceled = aPartnerItem({ life: { kind: "canceled", since: "2026-11-22T09:00:00.000Z" } });

describeProfile("msn", fits, {
  breaks: [
    ["1.5 title", { title: "Twenty characters..." }, "title-too-short skipped"],
    ["1.5 title", { title: "Жизнь в долине рек" }, "title-too-short skipped"],
    ["1.5 title", { title: "a".repeat(151) }, "title-too-long fixed", /<title>a{151}<\/title>\n\s*<mi:shortTitle>a{52}…<\/mi:shortTitle>/],
    ["1.5 pubDate", { published: "2026-11-22T10:00:01.000Z", updated: "2026-11-22T10:00:01.000Z" }, "date-future skipped"],
    ["1.5 pubDate", { published: "2025-11-21T10:00:00.000Z" }, "date-too-old skipped"],
    ["1.5 body", aPartnerItem({ ...fits, entry: { ...fits.entry, html: "" } }), "body-missing skipped"],
    ["1.5 body", { html: "<p>a <code>b</code></p><h6>c</h6>" }, "body-tags fixed", /<p>a b<\/p><h5>c<\/h5>/],
    ["1.5 body", { html: '<p>a</p><video src="https://wire.example/a.mp4" controls></video>' }, "body-videos dropped"],
    ["1.5 image", { html: '<p>a <img src="https://wire.example/a.svg"> b</p>' }, "body-images dropped", /<p>a {2}b<\/p>/],
    ["1.5 image", { image: { ...image, type: "image/gif" } }, "image-type dropped"],
    ["1.5 image", { image: { ...image, width: 639 } }, "image-too-small dropped"],
    ["1.5 image", { image: { ...image, width: 700, height: 400 } }, "image-advised noted", /<media:content /],
    ["1.5 image", { image: { ...image, width: 2000, height: 1000 } }, "image-ratio dropped"],
    ["1.5 image", { image: { ...image, width: 700, height: 1401 } }, "image-ratio dropped"],
    ["1.5 transport", { image: { ...image, bytes: 14_000_001 } }, "image-too-large dropped"],
    ["1.5 image", aPartnerItem({ entry: { image: undefined } as never }), "image-missing noted"],
  ],
  files: [
    ["1.5 formats", "file-language failed", {}, { language: undefined } as never],
    ["1.5 transport", "file-scheme failed", {}, { url: "http://feeds.wire.example/partners/msn/en/rss.xml" }],
  ],
  writes: [
    ["1.5 namespaces", /xmlns:mi="http:\/\/schemas\.ingestion\.microsoft\.com\/common\/"/],
    ["1.5 namespaces", /xmlns:dc="http:\/\/purl\.org\/dc\/elements\/1\.1\/".* xmlns:dcterms="http:\/\/purl\.org\/dc\/terms\/"/],
    ["1.5 id", /<guid isPermaLink="false">tag:wire\.example,2026:articles\/harvest<\/guid>/],
    ["1.5 update", /<dcterms:modified>2026-11-21T09:30:00Z<\/dcterms:modified>/],
    ["1.5 pubDate", /<pubDate>Fri, 20 Nov 2026 08:00:00 GMT<\/pubDate>/],
    ["1.5 takedown", /<mi:expirationDate>2026-11-22T09:00:00Z<\/mi:expirationDate>/, canceled],
    ["1.5 takedown", /<dcterms:valid>end=2026-11-22T09:00:00Z; scheme=W3C-DTF<\/dcterms:valid>/, canceled],
    [
      "1.5 title",
      /<title>The harvest &#x3C;b&#x3E;of the valley<\/title>/,
      aPartnerItem({ entry: { title: "The harvest <b>of the valley" } }),
    ],
    ["1.5 body", /<content:encoded><!\[CDATA\[<p>word0/],
    [
      "1.5 body",
      /<link>https:\/\/wire\.example\/world\/harvest\/<\/link>/,
      fits,
      { attribution: { canonical: false, noindex: false, parameters: { utm_source: "msn" } } },
    ],
    ["1.5 image", /<mi:hasSyndicationRights>1<\/mi:hasSyndicationRights>/],
    ["1.5 image", /<media:credit role="photographer">A\. Nurlan<\/media:credit>/, aPartnerItem({ imageRights: { credit: "A. Nurlan" } })],
    ["1.5 formats", /<language>en-us<\/language>/],
    ["7 language tags", /<language>zh-cn<\/language>/, fits, {}, { language: "zh-Hans" }],
    ["1.5 body", new RegExp(longText(80)), fits],
  ],
  states: [
    ["1.5 transport", "fileBytes", 10_000_000],
    ["1.5 transport", "entries", 29],
    ["1.5 transport", "hours", 72],
    ["1.5 poll / SLA", "pollSeconds", 900],
    ["1.5 auth", "access", ["basic", "header", "path"]],
    ["1.5 formats", "oneLanguage", true],
    ["1.5 pubDate", "oldestDays", 365],
  ],
});
