import { parseAtomFeed, parseJsonFeed, parseRssFeed } from "feedsmith";
import { describe, expect, test } from "vitest";
import type { FeedDocument } from "../../../lambda/feeds/model/feed.ts";
import { aFeed, anEntry, anEntryNumbered } from "../../support/a-feed.ts";
import { rendered } from "../rendered.ts";
import {
  ATOM,
  all,
  CONTENT,
  channelOf,
  DC,
  entriesOf,
  HISTORY,
  hrefs,
  itemsOf,
  LANG,
  MEDIA,
  strictly,
  textOf,
  texts,
} from "../strict-reader.ts";

/** The document of one entry in the three formats, parsed again. */
const readBack = (says: Parameters<typeof anEntry>[0], feed: Partial<FeedDocument> = {}) => {
  const { rss, atom, read } = rendered(aFeed({ ...feed, entries: [anEntry(says)] }));
  return { item: itemsOf(rss)[0]!, entry: entriesOf(atom)[0]!, json: read.items[0], rss, atom };
};

/** An entry without `url` or `html`; a builder cannot remove a field by leaving it out. */
const without = (...names: readonly ("url" | "html")[]) => {
  const { url, html, ...entry } = anEntry();
  return { ...entry, ...(names.includes("url") ? {} : { url: url! }), ...(names.includes("html") ? {} : { html: html! }) };
};

describe("mistakes of the library that made its XML ill-formed", () => {
  test("B1: all texts of feed and entry lose their controls, the same in all formats", () => {
    const dirty = "a\u0001b\uFFFEc\u001Bd\uD800e";
    const feed = { title: dirty, description: dirty, copyright: dirty, author: { name: dirty } };
    const { item, entry, json, rss, atom } = readBack(
      { title: dirty, summary: dirty, html: `<p>${dirty}</p>`, authors: [{ name: dirty }], tags: [dirty], section: `s${dirty}` },
      feed,
    );
    expect([textOf(item, "title"), textOf(entry, `${ATOM}title`), json.title]).toEqual(["abcde", "abcde", "abcde"]);
    expect([textOf(item, `${CONTENT}encoded`), textOf(entry, `${ATOM}content`), json.content_html]).toEqual(Array(3).fill("<p>abcde</p>"));
    expect(json.tags).toEqual(["sabcde", "abcde"]);
    expect(textOf(channelOf(rss), "copyright")).toBe("abcde");
    expect(textOf(strictly(atom), `${ATOM}rights`)).toBe("abcde");
  });

  test.each([1, 2, 5])("B2: a body and a title with ]]> %i times stay whole", (times) => {
    const text = `a${"]]>".repeat(times)}b]]]]>>c<x`;
    const { item, entry, json } = readBack({ title: text, html: text });
    expect([textOf(item, "title"), textOf(entry, `${ATOM}title`), json.title]).toEqual([text, text, text]);
    expect([textOf(item, `${CONTENT}encoded`), textOf(entry, `${ATOM}content`), json.content_html]).toEqual([text, text, text]);
  });

  test("B3, B7: & and < in categories and in their schemes", () => {
    const { item, entry, json } = readBack({ tags: ['R&D <x> "y"'] }, { site: "https://wire.example/?a=1&b=2" });
    expect(all(item, "category").map(({ text, attributes }) => [text, attributes.domain])).toEqual([
      ['R&D <x> "y"', "https://wire.example/?a=1&b=2#tag"],
    ]);
    expect(all(entry, `${ATOM}category`)[0]!.attributes).toEqual({ term: 'R&D <x> "y"', scheme: "https://wire.example/?a=1&b=2#tag" });
    expect(json.tags).toEqual(['R&D <x> "y"']);
  });

  test("B4: & and < in the title and address of an enclosure", () => {
    const file = { url: "https://wire.example/a.mp3?x=1&y=2", type: "audio/mpeg", title: "Q&A <live>" };
    const { item, entry, json } = readBack({ attachments: [file] });
    expect(all(item, "enclosure")[0]!.attributes.url).toBe(file.url);
    expect(all(entry, `${ATOM}link`)[1]!.attributes).toMatchObject({ title: file.title, href: file.url });
    expect(json.attachments[0]).toMatchObject({ title: file.title, url: file.url });
  });

  test("B5, V28: no stylesheet, which browsers no longer read", () => {
    const { rss, atom } = rendered(aFeed());
    expect(rss + atom).not.toContain("<?xml-stylesheet");
  });

  test("B6: every prefix is bound, with and without bodies, pictures and authors", () => {
    const image = { url: "https://wire.example/a.png" };
    for (const entry of [
      anEntry(),
      without("html"),
      anEntry({ image, authors: [{ name: "Ann" }] }),
      { ...without("html"), image, authors: [{ name: "Ann" }] },
    ])
      for (const kind of ["window", "archive"] as const) {
        const { rss, atom } = rendered(aFeed({ kind, entries: [entry], icon: "https://wire.example/i.png" }));
        expect(strictly(rss).name).toBe("rss");
        expect(strictly(atom).name).toBe(`${ATOM}feed`);
      }
  });
});

describe("mistakes of the library in well-formed XML", () => {
  test("V1, V2: authors without e-mail have a dc:creator each, and never the author element of RSS", () => {
    const { item, entry, json } = readBack({
      authors: [
        { name: "Ann", email: "ann@wire.example" },
        { name: "Бек", url: "https://wire.example/bek" },
      ],
    });
    expect(texts(item, `${DC}creator`)).toEqual(["Ann", "Бек"]);
    expect(all(item, "author")).toEqual([]);
    expect(all(entry, `${ATOM}author`).map((author) => textOf(author, `${ATOM}name`))).toEqual(["Ann", "Бек"]);
    expect(json.authors).toEqual([{ name: "Ann" }, { name: "Бек", url: "https://wire.example/bek" }]);
  });

  test("an author's e-mail address is published nowhere", () => {
    const { rss, atom, json } = rendered(aFeed({ entries: [anEntry({ authors: [{ name: "Ann", email: "ann@wire.example" }] })] }));
    expect(rss + atom + json).not.toContain("ann@wire.example");
  });

  test("V3: the feed has an author, for entries without one", () =>
    expect(textOf(all(strictly(rendered(aFeed()).atom), `${ATOM}author`)[0]!, `${ATOM}name`)).toBe("The Wire"));

  test("V4: an author without a name is left out", () => {
    const { item, entry, json } = readBack({ authors: [{ name: " ", email: "ann@wire.example" }] });
    expect([all(item, `${DC}creator`), all(entry, `${ATOM}author`), json.authors]).toEqual([[], [], undefined]);
  });

  test("V5: the feed has its own id", () =>
    expect(textOf(strictly(rendered(aFeed()).atom), `${ATOM}id`)).toBe("tag:wire.example,2026:feed/all"));

  test("V6: an entry without a page has no link in any format, and no text says undefined", () => {
    const { rss, atom, json, read } = rendered(aFeed({ entries: [without("url")] }));
    expect(all(itemsOf(rss)[0]!, "link")).toEqual([]);
    expect(all(entriesOf(atom)[0]!, `${ATOM}link`)).toEqual([]);
    expect(read.items[0]).not.toHaveProperty("url");
    expect(rss + atom + json).not.toMatch(/undefined|null|NaN|Invalid/);
  });

  test("an entry without page and body still has content in Atom (RFC 4287, 4.1.2)", () => {
    const entry = entriesOf(rendered(aFeed({ entries: [without("url", "html")] })).atom)[0]!;
    expect(textOf(entry, `${ATOM}content`)).toBe(anEntry().summary);
    expect(all(entry, `${ATOM}summary`)).toEqual([]);
  });

  test("V7, V8: dates are the entry's own, in the form of each format", () => {
    const { item, entry, json } = readBack({ published: "0999-12-31T23:59:59.000Z", updated: "9999-12-31T23:59:59.999Z" });
    expect(textOf(item, "pubDate")).toBe("Tue, 31 Dec 0999 23:59:59 GMT");
    expect([textOf(entry, `${ATOM}published`), json.date_published]).toEqual(Array(2).fill("0999-12-31T23:59:59.000Z"));
    expect([textOf(item, `${ATOM}updated`), textOf(entry, `${ATOM}updated`), json.date_modified]).toEqual(
      Array(3).fill("9999-12-31T23:59:59.999Z"),
    );
  });

  test("V9, V10, V25: ids stay the same to the letter: as given in RSS, as URIs in Atom and JSON Feed", () => {
    const { item, entry, json } = readBack({ id: "https://EX.com/É", uri: "urn:uuid:6ba7b811-9dad-51d1-80b4-00c04fd430c8" });
    expect(all(item, "guid")[0]).toMatchObject({ text: "https://EX.com/É", attributes: { isPermaLink: "false" } });
    expect([textOf(entry, `${ATOM}id`), json.id]).toEqual(Array(2).fill("urn:uuid:6ba7b811-9dad-51d1-80b4-00c04fd430c8"));
    expect(json._wireroom).toEqual({ id: "https://EX.com/É" });
  });

  test("V11: an address that the library cannot parse does not stop a feed", () =>
    expect(() =>
      rendered(aFeed({ site: "no address", author: { name: "A", url: "nor this" }, entries: [anEntry({ url: "nor that" })] })),
    ).not.toThrow());

  test("V12, V13, V14, V15: several files keep their own types and lengths, and RSS has one enclosure without foreign attributes", () => {
    const { item, entry, json } = readBack({
      image: { url: "https://wire.example/lead", type: "image/webp", bytes: 10, width: 4, height: 3, alt: "A <field>" },
      attachments: [
        { url: "https://wire.example/a", type: "audio/mpeg", seconds: 61.5, title: "Talk" },
        { url: "https://wire.example/b.jpg", type: "application/pdf", bytes: 7 },
      ],
    });
    expect(all(item, "enclosure").map(({ attributes }) => attributes)).toEqual([
      { url: "https://wire.example/a", length: "0", type: "audio/mpeg" },
    ]);
    expect(all(item, `${MEDIA}content`).map(({ attributes }) => attributes)).toEqual([
      { url: "https://wire.example/lead", medium: "image", type: "image/webp", fileSize: "10", width: "4", height: "3" },
      { url: "https://wire.example/b.jpg", medium: "document", type: "application/pdf", fileSize: "7" },
    ]);
    expect(
      all(entry, `${ATOM}link`)
        .slice(1)
        .map(({ attributes }) => attributes),
    ).toEqual([
      { rel: "enclosure", type: "audio/mpeg", title: "Talk", href: "https://wire.example/a" },
      { rel: "enclosure", type: "application/pdf", length: "7", href: "https://wire.example/b.jpg" },
    ]);
    expect(json.image).toBe("https://wire.example/lead");
    expect(json.attachments).toEqual([
      { url: "https://wire.example/a", mime_type: "audio/mpeg", title: "Talk", duration_in_seconds: 61.5 },
      { url: "https://wire.example/b.jpg", mime_type: "application/pdf", size_in_bytes: 7 },
    ]);
    for (const node of [item, entry])
      expect(all(node, `${MEDIA}thumbnail`)[0]!.attributes).toEqual({ url: "https://wire.example/lead", width: "4", height: "3" });
    expect(textOf(all(item, `${MEDIA}content`)[0]!, `${MEDIA}description`)).toBe("A <field>");
  });

  test("in Atom the picture comes after the summary, or feedparser takes its description as the summary", () => {
    const names = readBack({ image: { url: "https://wire.example/a.png", alt: "A field" } }).entry.nodes.map(({ name }) => name);
    expect(names.indexOf(`${MEDIA}content`)).toBeGreaterThan(names.indexOf(`${ATOM}summary`));
  });

  test("V16: rendering does not change its document, and a second rendering gives the same bytes", () => {
    const document = aFeed({
      entries: [anEntry({ attachments: [{ url: "https://wire.example/a.mp3", type: "audio/mpeg", seconds: 61 }] })],
    });
    const before = structuredClone(document);
    expect(rendered(document)).toEqual(rendered(document));
    expect(document).toEqual(before);
  });

  test("V17, V18, V24: no podcast tags, and no unused namespace except the common three", () =>
    expect([...rendered(aFeed()).rss.matchAll(/xmlns:(\w+)/g)].map(([, prefix]) => prefix)).toEqual(["atom", "content", "dc", "media"]));

  test("V19: the date of an empty feed comes from its document, not from a clock", () => {
    const { rss, atom } = rendered(aFeed({ entries: [] }));
    expect(textOf(channelOf(rss), "lastBuildDate")).toBe("Sat, 21 Nov 2026 09:30:00 GMT");
    expect(textOf(strictly(atom), `${ATOM}updated`)).toBe("2026-11-21T09:30:00.000Z");
  });

  test.each(["Use &amp; not &", "&amp;amp;", "&lt;b&gt;", "&#x26;", "&apos;"])("V20: %s keeps every level of its escapes", (text) => {
    const { item, entry, json, rss } = readBack(
      { title: text, summary: text, html: `<p>${text}</p>`, tags: [text] },
      { title: text, copyright: text },
    );
    expect([textOf(item, "title"), textOf(entry, `${ATOM}title`), json.title]).toEqual([text, text, text]);
    expect([textOf(item, "category"), all(entry, `${ATOM}category`)[0]!.attributes.term, json.tags[0]]).toEqual([text, text, text]);
    expect([textOf(channelOf(rss), "title"), textOf(channelOf(rss), "copyright")]).toEqual([text, text]);
  });

  test("V21: an Atom title is text, so readers show markup in it and do not interpret it", () => {
    const { entry, atom } = readBack({ title: "The <script> tag" });
    expect(all(entry, `${ATOM}title`)[0]).toMatchObject({ text: "The <script> tag", attributes: {} });
    expect(atom).toContain("<title>The &lt;script&gt; tag</title>");
  });

  test("V22: an RSS title is plain text in hex references, without CDATA", () =>
    expect(readBack({ title: "R&D <script>" }).rss).toContain("<title>R&#x26;D &#x3C;script&#x3E;</title>"));

  test("an RSS description is HTML, so plain text in it is escaped once more", () =>
    expect(textOf(readBack({ summary: "1 < 2 & 3" }).item, "description")).toBe("1 &lt; 2 &amp; 3"));

  test("an entry without words uses its title as its summary", () => {
    const { item, entry, json } = readBack({ title: "A picture", summary: "" });
    expect([textOf(item, "description"), textOf(entry, `${ATOM}summary`), json.summary]).toEqual(Array(3).fill("A picture"));
  });

  test("V23: JSON Feed is 1.1, and an entry without a body still has content", () => {
    const { read } = rendered(
      aFeed({
        hub: "https://hub.example/",
        icon: "https://wire.example/i.png",
        image: "https://wire.example/l.png",
        entries: [without("html")],
      }),
    );
    expect(read).toMatchObject({
      version: "https://jsonfeed.org/version/1.1",
      authors: [{ name: "The Wire" }],
      language: "en",
      icon: "https://wire.example/l.png",
      favicon: "https://wire.example/i.png",
      hubs: [{ type: "WebSub", url: "https://hub.example/" }],
    });
    expect(read.items[0].content_text).toBe(anEntry().summary);
  });

  test("V26: no element of the channel comes after its first item", () => {
    const { rss } = rendered(
      aFeed({ kind: "archive", hub: "https://hub.example/", image: "https://wire.example/l.png", current: aFeed().urls }),
    );
    const names = channelOf(rss).nodes.map(({ name }) => name);
    expect(names.slice(names.indexOf("item"))).toEqual(["item"]);
  });

  test("the summary comes before the body, or some readers show it instead of the body", () => {
    const names = readBack({}).item.nodes.map(({ name }) => name);
    expect(names.indexOf("description")).toBeLessThan(names.indexOf(`${CONTENT}encoded`));
  });

  test("V29: UTF-8, only line feeds, one at the end", () => {
    for (const text of Object.values(rendered(aFeed())).filter((value) => typeof value === "string")) {
      expect(text).not.toContain("\r");
      expect(text).toMatch(/[^\n]\n$/);
    }
    expect(rendered(aFeed()).rss).toMatch(/^<\?xml version="1.0" encoding="utf-8"\?>\n/);
  });
});

describe("what the library cannot write (V27)", () => {
  test("every entry has its own language", () => {
    const entries = [anEntryNumbered(1, { language: "ar" }), anEntryNumbered(2, { language: "zh-Hans" })];
    const { language: _, ...mixed } = aFeed({ entries });
    const { rss, atom, read } = rendered(mixed);
    expect(itemsOf(rss).map((item) => [item.attributes[LANG], textOf(item, `${DC}language`)])).toEqual([
      ["ar", "ar"],
      ["zh-Hans", "zh-Hans"],
    ]);
    expect(entriesOf(atom).map(({ attributes }) => attributes[LANG])).toEqual(["ar", "zh-Hans"]);
    expect(read.items.map((item: { language: string }) => item.language)).toEqual(["ar", "zh-Hans"]);
    expect([textOf(channelOf(rss), "language"), strictly(atom).attributes[LANG], read.language]).toEqual([undefined, undefined, undefined]);
  });

  test("a feed in one language declares it", () => {
    const { rss, atom, read } = rendered(aFeed({ language: "kk" }));
    expect([textOf(channelOf(rss), "language"), strictly(atom).attributes[LANG], read.language]).toEqual(["kk", "kk", "kk"]);
  });

  const urls = (path: string) => ({
    rss: `https://feeds.wire.example/${path}/rss.xml`,
    atom: `https://feeds.wire.example/${path}/atom.xml`,
    json: `https://feeds.wire.example/${path}/feed.json`,
  });

  test("an archive links to its feed, to the archive before it and to the one after it (RFC 5005, 4)", () => {
    const { rss, atom, read } = rendered(
      aFeed({
        kind: "archive",
        urls: urls("all/archive/2026-10"),
        current: urls("all"),
        previous: urls("all/archive/2026-09"),
        next: urls("all/archive/2026-11"),
      }),
    );
    for (const [node, file] of [
      [channelOf(rss), "rss.xml"],
      [strictly(atom), "atom.xml"],
    ] as const) {
      expect(all(node, `${HISTORY}archive`)).toHaveLength(1);
      expect(["self", "current", "prev-archive", "next-archive"].map((rel) => hrefs(node, rel))).toEqual(
        ["all/archive/2026-10", "all", "all/archive/2026-09", "all/archive/2026-11"].map((path) => [
          `https://feeds.wire.example/${path}/${file}`,
        ]),
      );
    }
    expect([read.feed_url, read.next_url]).toEqual([urls("all/archive/2026-10").json, urls("all/archive/2026-09").json]);
  });

  test("translations, hub, page and licence are linked", () => {
    const { rss, atom, read } = rendered(
      aFeed({
        hub: "https://hub.example/",
        page: "https://feeds.wire.example/all/",
        license: "https://wire.example/licence",
        alternates: [
          { language: "en", urls: aFeed().urls },
          { language: "kk", urls: urls("all/kk") },
        ],
      }),
    );
    for (const node of [channelOf(rss), strictly(atom)])
      expect(["hub", "related", "license"].map((rel) => hrefs(node, rel)[0])).toEqual([
        "https://hub.example/",
        "https://feeds.wire.example/all/",
        "https://wire.example/licence",
      ]);
    expect(hrefs(channelOf(rss), "alternate")).toEqual(["https://wire.example/", urls("all/kk").rss, "https://wire.example/"]);
    expect(hrefs(strictly(atom), "alternate")).toEqual(["https://wire.example/", urls("all/kk").atom, "https://wire.example/"]);
    expect(read._wireroom.alternates).toEqual([{ language: "kk", url: urls("all/kk").json }]);
  });
});

describe("feedsmith, an independent reader, agrees", () => {
  const entries = [
    anEntryNumbered(1, {
      title: "R&D: <script> ]]> &amp;amp; «ё» 漢字 ‏عربي‏ 👩🏽‍🚀",
      summary: "First",
      html: '<p title="x">]]> and ]]> &amp;lt; 漢字</p>',
      authors: [{ name: "Ann" }, { name: "Бек" }],
      section: "world",
      tags: ["a", "b<c"],
      attachments: [{ url: "https://wire.example/a.mp3", type: "audio/mpeg", bytes: 7 }],
    }),
    anEntryNumbered(2),
    without("url", "html"),
  ];
  const { rss, atom, json } = rendered(aFeed({ entries }));
  const expected = entries.map((entry) => ({
    title: entry.title,
    published: Date.parse(entry.published),
    authors: entry.authors.map(({ name }) => name),
    tags: entry.section === undefined ? entry.tags : [entry.section, ...entry.tags],
    files: entry.attachments.map(({ url }) => url),
  }));

  test("on RSS", () => {
    const items = parseRssFeed(rss).items ?? [];
    expect(items.map(({ guid }) => guid?.value)).toEqual(entries.map(({ id }) => id));
    expect(items.map(({ content }) => content?.encoded)).toEqual(entries.map(({ html }) => html));
    expect(
      items.map(({ title, pubDate, dc, categories, enclosures }) => ({
        title,
        published: Date.parse(pubDate ?? ""),
        authors: dc?.creators ?? [],
        tags: (categories ?? []).map(({ name }) => name),
        files: (enclosures ?? []).map(({ url }) => url),
      })),
    ).toEqual(expected);
  });

  test("on Atom", () => {
    const found = parseAtomFeed(atom).entries ?? [];
    expect(found.map(({ id }) => id)).toEqual(entries.map(({ uri }) => uri));
    expect(found.map(({ content }) => content?.value)).toEqual(entries.map(({ html, summary }) => html ?? summary));
    expect(
      found.map(({ title, published, authors, categories, links }) => ({
        title: title?.value,
        published: Date.parse(published ?? ""),
        authors: (authors ?? []).map(({ name }) => name),
        tags: (categories ?? []).map(({ term }) => term),
        files: (links ?? []).filter(({ rel }) => rel === "enclosure").map(({ href }) => href),
      })),
    ).toEqual(expected);
  });

  test("on JSON Feed", () => {
    const items = parseJsonFeed(json).items ?? [];
    expect(items.map(({ id }) => id)).toEqual(entries.map(({ uri }) => uri));
    expect(items.map(({ content_html }) => content_html)).toEqual(entries.map(({ html }) => html));
    expect(
      items.map(({ title, date_published, authors, tags, attachments }) => ({
        title,
        published: Date.parse(date_published ?? ""),
        authors: (authors ?? []).map(({ name }) => name),
        tags: tags ?? [],
        files: (attachments ?? []).map(({ url }) => url),
      })),
    ).toEqual(expected);
  });
});
