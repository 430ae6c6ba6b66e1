import { parseAtomFeed, parseJsonFeed, parseRssFeed } from "feedsmith";
import { describe, expect, test } from "vitest";
import type { Entry, FeedDocument } from "../../../lambda/feeds/model/feed.ts";
import { aFeed, anEntry } from "../../support/a-feed.ts";
import { rendered } from "../rendered.ts";
import { ATOM, all, channelOf, entriesOf, hrefs, itemsOf, MEDIA, strictly, textOf, texts } from "../strict-reader.ts";

/** The document of one entry in the three formats, each parsed again. */
const readBack = (says: Partial<Entry>, feed: Partial<FeedDocument> = {}) => {
  const { rss, atom, json, read } = rendered(aFeed({ ...feed, entries: [anEntry(says)] }));
  return { rss, atom, json, item: itemsOf(rss)[0]!, entry: entriesOf(atom)[0]!, item11: read.items[0], read };
};
const own = anEntry().url;

describe("an entry's links", () => {
  const translations = [
    { language: "kk", url: "https://wire.example/kk/harvest/" },
    { language: "zh-Hans", url: "https://wire.example/zh/жатва/" },
  ];
  const uris = ["https://wire.example/kk/harvest/", "https://wire.example/zh/%D0%B6%D0%B0%D1%82%D0%B2%D0%B0/"];

  test("to translations stand between two to its own page: readers take the first or the last as the page", () => {
    const { item, entry, item11 } = readBack({ translations });
    for (const node of [item, entry]) {
      expect(hrefs(node, "alternate")).toEqual([own, ...uris, own]);
      const links = all(node, `${ATOM}link`).filter(({ attributes }) => attributes.rel === "alternate");
      expect(links.map(({ attributes }) => attributes.hreflang)).toEqual(["en", "kk", "zh-Hans", undefined]);
    }
    expect(textOf(item, "link")).toBe(own);
    expect(item11._wireroom.translations).toEqual([
      { language: "kk", url: uris[0] },
      { language: "zh-Hans", url: uris[1] },
    ]);
    expect(item11.url).toBe(own);
  });

  test("name a language once, and never the entry's own (RFC 4287, 4.1.2)", () => {
    const again = { language: "kk", url: "https://wire.example/kk/again/" };
    const { entry, item11 } = readBack({ translations: [...translations, again, { language: "en", url: "https://wire.example/other/" }] });
    expect(hrefs(entry, "alternate")).toEqual([own, ...uris, own]);
    expect(item11._wireroom.translations).toHaveLength(2);
  });

  test("to translations are left out without a page of its own: readers would open the translation instead", () => {
    const { url: _, ...pageless } = anEntry({ translations });
    const { rss, atom, json } = rendered(aFeed({ entries: [pageless] }));
    expect(rss + atom + json).not.toContain("/kk/harvest/");
  });

  test("are only the one to its page if there are no others", () => {
    const { item, entry, item11 } = readBack({});
    expect([all(item, `${ATOM}link`), hrefs(entry, "alternate"), item11._wireroom]).toEqual([[], [own], undefined]);
  });

  test("include its source, but not as RSS's source, which is a feed's address", () => {
    const { rss, item, entry, item11 } = readBack({ via: { url: "https://agency.example/a?b=1&c=2", title: 'R&D "<x>"' } });
    for (const node of [item, entry])
      expect(all(node, `${ATOM}link`).find(({ attributes }) => attributes.rel === "via")?.attributes).toEqual({
        rel: "via",
        href: "https://agency.example/a?b=1&c=2",
        title: 'R&D "<x>"',
      });
    // The W3C validator requires plain text in this form everywhere in RSS (CharacterData).
    expect(rss).toContain('title="R&#x26;D &quot;&#x3C;x&gt;&quot;"');
    expect(all(item, "source")).toEqual([]);
    expect(item11._wireroom.via).toEqual({ url: "https://agency.example/a?b=1&c=2", title: 'R&D "<x>"' });
  });

  test("include its discussion and its own licence", () => {
    const comments = "https://wire.example/harvest/#talk";
    const license = "https://creativecommons.org/licenses/by/4.0/";
    const { item, entry, item11 } = readBack({ comments, license });
    expect([textOf(item, "comments"), hrefs(entry, "replies")[0], item11._wireroom.comments]).toEqual(Array(3).fill(comments));
    expect([hrefs(item, "license")[0], hrefs(entry, "license")[0], item11._wireroom.license]).toEqual(Array(3).fill(license));
  });

  test("are the same to feedsmith in each format", () => {
    const says = { comments: "https://wire.example/talk", license: "https://wire.example/by", via: { url: "https://agency.example/" } };
    const { rss, atom, json } = readBack({ ...says, translations });
    const item = parseRssFeed(rss).items?.[0];
    const entry = parseAtomFeed(atom).entries?.[0];
    const rels = ["alternate", "alternate", "alternate", "alternate", "replies", "via", "license"];
    expect(entry?.links?.map(({ rel }) => rel)).toEqual(rels);
    expect(item?.atom?.links?.map(({ rel }) => rel)).toEqual(rels.filter((rel) => rel !== "replies"));
    expect([item?.link, item?.comments]).toEqual([own, "https://wire.example/talk"]);
    expect(parseJsonFeed(json).items?.[0]?.url).toBe(own);
  });
});

describe("an audio article with two more files", () => {
  const sound = { url: "https://wire.example/talk.mp3", type: "audio/mpeg", bytes: 5_242_880, seconds: 327.4, title: "The talk" };
  const score = { url: "https://wire.example/score.pdf", type: "application/pdf", bytes: 90_112 };
  const film = { url: "https://wire.example/film.mp4", type: "video/mp4", seconds: 12 };
  const { item, entry, item11, rss, atom, json } = readBack({ attachments: [sound, score, film] });

  test("is an episode of a podcast in RSS, with the other files as media", () => {
    expect(all(item, "enclosure").map(({ attributes }) => attributes)).toEqual([{ url: sound.url, length: "5242880", type: "audio/mpeg" }]);
    expect(all(item, `${MEDIA}content`).map(({ attributes }) => attributes)).toEqual([
      { url: score.url, medium: "document", type: "application/pdf", fileSize: "90112" },
      { url: film.url, medium: "video", type: "video/mp4", duration: "12" },
    ]);
  });

  test("has three links in Atom, without a length if none is known", () =>
    expect(
      all(entry, `${ATOM}link`)
        .map(({ attributes }) => attributes)
        .filter(({ rel }) => rel === "enclosure"),
    ).toEqual([
      { rel: "enclosure", type: "audio/mpeg", length: "5242880", title: "The talk", href: sound.url },
      { rel: "enclosure", type: "application/pdf", length: "90112", href: score.url },
      { rel: "enclosure", type: "video/mp4", href: film.url },
    ]));

  test("has three attachments in JSON Feed, with size and duration", () =>
    expect(item11.attachments).toEqual([
      { url: sound.url, mime_type: "audio/mpeg", title: "The talk", size_in_bytes: 5_242_880, duration_in_seconds: 327.4 },
      { url: score.url, mime_type: "application/pdf", size_in_bytes: 90_112 },
      { url: film.url, mime_type: "video/mp4", duration_in_seconds: 12 },
    ]));

  test("has the same three files in feedsmith", () => {
    const first = parseRssFeed(rss).items?.[0];
    const files = [sound.url, score.url, film.url];
    expect([...(first?.enclosures ?? []), ...(first?.media?.contents ?? [])].map(({ url }) => url)).toEqual(files);
    const links = parseAtomFeed(atom).entries?.[0]?.links ?? [];
    expect(links.filter(({ rel }) => rel === "enclosure").map(({ href }) => href)).toEqual(files);
    expect(parseJsonFeed(json).items?.[0]?.attachments?.map(({ url }) => url)).toEqual(files);
  });
});

describe("the extension of JSON Feed holds what the format has no field for", () => {
  test("the section apart from the tags, and the size of the picture", () => {
    const image = { url: "https://wire.example/a.jpg", type: "image/jpeg", alt: "A field", bytes: 7, width: 4, height: 3 };
    const { item11, item, entry } = readBack({ section: "world", tags: ["wheat"], image });
    expect(item11._wireroom).toEqual({
      section: "world",
      image: { alt: "A field", mime_type: "image/jpeg", size_in_bytes: 7, width: 4, height: 3 },
    });
    expect([item11.tags, texts(item, "category"), all(entry, `${ATOM}category`).map(({ attributes }) => attributes.term)]).toEqual(
      Array(3).fill(["world", "wheat"]),
    );
  });

  test("except the newsroom's e-mail address, which its author's url may be", () => {
    const author = { name: "The Wire", email: "desk@wire.example" };
    const { rss, atom, read } = readBack({}, { author });
    expect(textOf(channelOf(rss), "managingEditor")).toBe("desk@wire.example (The Wire)");
    expect(textOf(all(strictly(atom), `${ATOM}author`)[0]!, `${ATOM}email`)).toBe("desk@wire.example");
    expect(read.authors).toEqual([{ name: "The Wire", url: "mailto:desk@wire.example" }]);
    expect(readBack({}, { author: { ...author, url: "https://wire.example/about/" } }).read.authors).toEqual([
      { name: "The Wire", url: "https://wire.example/about/" },
    ]);
  });
});
