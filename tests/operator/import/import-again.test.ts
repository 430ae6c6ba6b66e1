import { parseAtomFeed, parseJsonFeed, parseRssFeed } from "feedsmith";
import { describe, expect, test } from "vitest";
import { siteText } from "../../../lambda/channels/site/site-file.ts";
import { preview } from "../../../lambda/preview/preview.ts";
import { aFile, aNewsroom } from "../../support/a-newsroom.ts";
import { anImport } from "../../support/an-import.ts";

const now = "2026-11-28T12:00:00Z";

const siteAt = (url: string) =>
  `title: The Wire\nurl: ${url}\nfeedUrl: ${url}\npermalink: "/{section}/{slug}/"\nids: { authority: wire.example, since: 2026-01-01 }\nchannels: [{ name: all, limit: 3, archive: monthly }]\n`;

/** Twelve articles over six months; one of them names an id that is no URI. */
const articles = Object.fromEntries(
  Array.from({ length: 12 }, (_, index) => {
    const date = `2026-0${1 + Math.floor(index / 2)}-1${index % 2}T09:00:00Z`;
    const fields = {
      title: `Story ${index} & "more" <b>`,
      date,
      section: "Trade",
      author: "Ann Lee",
      ...(index === 5 ? { id: "number 5" } : {}),
      ...(index % 3 === 0 ? { updated: "2026-10-01T08:00:00Z" } : {}),
    };
    return [
      `s${index}.md`,
      aFile(fields, `Words of *story* ${index}, with {% raw %}{{ braces }}{% endraw %}.\n\n![](https://wire.example/${index}.png)`),
    ];
  }),
);

type Seen = {
  readonly id: string;
  readonly title: string;
  readonly published: string;
  readonly updated: string;
  readonly link: string;
  readonly html: string;
};

/** Every entry of every document, as an independent reader finds it. */
function entriesOf(files: Readonly<Record<string, string>>, format: "rss" | "atom" | "json"): readonly Seen[] {
  const name = { rss: "rss.xml", atom: "atom.xml", json: "feed.json" }[format];
  const texts = Object.entries(files).flatMap(([key, text]) => (key.startsWith("all/") && key.endsWith(`/${name}`) ? [text] : []));
  const all = texts.flatMap((text) => read[format](text)).map((one) => ({ ...one, published: new Date(one.published).toISOString() }));
  return all.sort((a, b) => (a.published < b.published ? -1 : 1));
}

const read = {
  rss: (text: string): Seen[] =>
    (parseRssFeed(text).items ?? []).map(({ guid, title = "", pubDate = "", link = "", content, atom }) => ({
      id: guid?.value ?? "",
      title,
      published: pubDate,
      updated: atom?.updated ?? "",
      link,
      html: content?.encoded ?? "",
    })),
  atom: (text: string): Seen[] =>
    (parseAtomFeed(text).entries ?? []).map(({ id = "", title, published = "", updated = "", links, content }) => ({
      id,
      title: title?.value ?? "",
      published,
      updated,
      link: links?.[0]?.href ?? "",
      html: content?.value ?? "",
    })),
  json: (text: string): Seen[] =>
    (parseJsonFeed(text).items ?? []).map(
      ({ id = "", title = "", date_published = "", date_modified = "", url = "", content_html = "" }) => ({
        id,
        title,
        published: date_published,
        updated: date_modified,
        link: url,
        html: content_html,
      }),
    ),
};

describe.each(["rss", "atom", "json"] as const)("a feed with archives in %s, imported and published", (format) => {
  test("has every id, title, both dates, link and text as before", async () => {
    const old = await aNewsroom(articles);
    const server = await preview(old.target, { url: "http://127.0.0.1/", feedUrl: "http://127.0.0.1/" }, 0);
    using work = anImport();
    try {
      await old.publish(now, { site: siteAt(`${server.address}/`) });
      const file = { rss: "rss.xml", atom: "atom.xml", json: "feed.json" }[format];
      const report = await work.run([`${server.address}/all/${file}`]);
      expect([report.entries, report.reappear, report.absent, report.redated, report.notTaken]).toEqual([12, [], [], [], []]);
    } finally {
      await server.close();
    }
    const written = await work.content.read("site.yaml");
    const next = await aNewsroom({}, { content: work.content });
    await next.publish(now, { site: siteText(written?.bytes ?? new Uint8Array(), "site.yaml") });
    const before = entriesOf(await old.files(), format);
    expect(before.length).toBe(12);
    expect(entriesOf(await next.files(), format)).toEqual(before);
  });
});
