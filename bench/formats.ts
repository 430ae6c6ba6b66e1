import { Feed } from "feed";
import { generateAtomFeed, generateJsonFeed, generateRssFeed } from "feedsmith";
import { renderFormats } from "../lambda/feeds/formats/formats.ts";
import { gate } from "../lambda/feeds/gate/gate.ts";
import type { Entry, FeedDocument } from "../lambda/feeds/model/feed.ts";
import { table } from "../lambda/terminal/screen/table.ts";
import { interleave, spread } from "./rounds.ts";

const ENTRIES = 50;
/** How often each contender works in one round: once takes only a few milliseconds, too little to measure. */
const TIMES = 10;

/** About 3 KB of HTML, as in real articles: links, a list, escapes, letters of two scripts. */
const body = (number: number): string => {
  const paragraph = `<p>The ferry of ${number} o&#x27;clock <a href="https://wire.example/world/${number}/?a=1&amp;b=2">leaves when it is full</a>, say those who have waited for it on the quay since the thaw; nobody has seen a timetable &amp; nobody has missed one. Паром уходит, когда полон.</p>\n`;
  return `${paragraph.repeat(10)}<ul>\n<li>one way: 400</li>\n<li>both ways: 700</li>\n</ul>\n<p><img src="https://wire.example/media/${number}.jpg" alt="The quay &lt;north&gt;"></p>\n`;
};

const entry = (_: unknown, number: number): Entry => ({
  id: `tag:wire.example,2026-01-01:world/${number}`,
  uri: `tag:wire.example,2026-01-01:world/${number}`,
  url: `https://wire.example/en/world/${number}/`,
  title: `The ferry has no timetable & needs none (${number})`,
  summary: "It leaves when it is full, as it has since the thaw; those who wait for it on the quay would not have it otherwise.",
  html: body(number),
  published: new Date(Date.UTC(2026, 9, 1, 0, -number)).toISOString(),
  updated: new Date(Date.UTC(2026, 9, 2, 0, -number)).toISOString(),
  language: "en",
  authors: [{ name: "Sofia Marlen" }],
  section: "transport",
  tags: ["water", "travel"],
  attachments: [],
});

const at = (file: string): string => `https://feeds.wire.example/all/${file}`;
const DOCUMENT: FeedDocument = {
  kind: "window",
  path: "all",
  urls: { rss: at("rss.xml"), atom: at("atom.xml"), json: at("feed.json") },
  id: "tag:wire.example,2026-01-01:feed:all",
  title: "The Wire",
  description: "News of the valley",
  site: "https://wire.example/",
  page: at(""),
  language: "en",
  updated: "2026-10-02T00:00:00.000Z",
  author: { name: "The Wire" },
  alternates: [],
  tombstones: [],
  entries: Array.from({ length: ENTRIES }, entry),
};

/** Three formats as published: rendered, and each read back by the gate. */
const ours = (): number =>
  renderFormats(DOCUMENT).reduce((sum, { format, text }) => {
    const reasons = gate({ format, text, expected: { entries: ENTRIES } });
    if (reasons.length > 0) throw new Error(reasons.join("\n"));
    return sum + text.length;
  }, 0);

/** The same entries in the library's documented way: one feed, its three methods, no gate. */
const bare = (): number => {
  const feed = new Feed({
    id: DOCUMENT.id,
    title: DOCUMENT.title,
    description: DOCUMENT.description,
    link: DOCUMENT.site,
    language: "en",
    copyright: "",
    updated: new Date(DOCUMENT.updated),
    feedLinks: { rss: at("rss.xml"), atom: at("atom.xml"), json: at("feed.json") },
    author: { name: DOCUMENT.author.name },
  });
  for (const { uri, url = "", title, summary, html = "", published, updated, authors, section = "", tags } of DOCUMENT.entries)
    feed.addItem({
      id: uri,
      link: url,
      title,
      description: summary,
      content: html,
      date: new Date(updated),
      published: new Date(published),
      author: authors.map(({ name }) => ({ name })),
      category: [section, ...tags].map((name) => ({ name })),
    });
  return feed.rss2().length + feed.atom1().length + feed.json1().length;
};

const smith = (): number => {
  const { title, description, site, updated, id } = DOCUMENT;
  const terms = ({ section = "", tags }: Entry): readonly string[] => [section, ...tags];
  const rss = generateRssFeed({
    title,
    link: site,
    description,
    lastBuildDate: new Date(updated),
    items: DOCUMENT.entries.map((one) => ({
      title: one.title,
      link: one.url ?? "",
      guid: { value: one.id, isPermaLink: false },
      description: one.summary,
      pubDate: new Date(one.published),
      categories: terms(one).map((name) => ({ name })),
      dc: { creators: one.authors.map(({ name }) => name) },
      content: { encoded: one.html ?? "" },
    })),
  });
  const atom = generateAtomFeed({
    id,
    title: { value: title },
    updated: new Date(updated),
    entries: DOCUMENT.entries.map((one) => ({
      id: one.uri,
      title: { value: one.title },
      updated: new Date(one.updated),
      published: new Date(one.published),
      links: [{ href: one.url ?? "", rel: "alternate" }],
      authors: one.authors.map(({ name }) => ({ name })),
      categories: terms(one).map((term) => ({ term })),
      summary: { value: one.summary },
      content: { value: one.html ?? "", type: "html" },
    })),
  });
  const json = generateJsonFeed({
    title,
    home_page_url: site,
    items: DOCUMENT.entries.map((one) => ({
      id: one.uri,
      url: one.url ?? "",
      title: one.title,
      summary: one.summary,
      content_html: one.html ?? "",
      date_published: new Date(one.published),
      date_modified: new Date(one.updated),
      authors: one.authors.map(({ name }) => ({ name })),
      tags: [...terms(one)],
    })),
  });
  return rss.length + atom.length + JSON.stringify(json).length;
};

const repeated =
  (work: () => number): (() => void) =>
  () => {
    // Counts the results, so that no compiler leaves out the work.
    let made = 0;
    for (let time = 0; time < TIMES; time += 1) made += work();
    if (made < 1) throw new Error("Nothing was made.");
  };

/** A feed of 50 entries with 3 KB bodies in three formats and read back, compared with two libraries that only write. */
export async function formats(rounds: number): Promise<readonly string[]> {
  const contenders = [
    { name: "feed", work: repeated(bare) },
    { name: "feedsmith", work: repeated(smith) },
    { name: "Wireroom, with gate", work: repeated(ours) },
    { name: "  without gate", work: repeated(() => renderFormats(DOCUMENT).reduce((sum, { text }) => sum + text.length, 0)) },
  ];
  const times = interleave(contenders, rounds, 20);
  const column = (index: number): readonly number[] => times.map((round) => (round[index] ?? Number.NaN) / TIMES);
  const rows = contenders.map(({ name }, index) => {
    const { median, low, high } = spread(column(index));
    return [name, median.toFixed(2), `${low.toFixed(2)}–${high.toFixed(2)}`, Math.round(1000 / median)];
  });
  const against = (index: number): string => {
    const { median, low, high } = spread(times.map((round) => (round[2] ?? Number.NaN) / (round[index] ?? Number.NaN)));
    return `${median.toFixed(2)} (middle half ${low.toFixed(2)}–${high.toFixed(2)})`;
  };
  const bytes = renderFormats(DOCUMENT).reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  return [
    ...table(["", "ms", "middle half", "feeds/s"], rows).map((line) => `  ${line}`),
    `  Ratio to feed ${against(0)}; goal: at most 2.5. To feedsmith ${against(1)}. ${rounds} rounds of ${TIMES}.`,
    `  ${ENTRIES} entries, bodies of ${Math.round(Buffer.byteLength(body(1)) / 100) / 10} KB, ${Math.round(bytes / 1000)} KB in three formats.`,
  ];
}
