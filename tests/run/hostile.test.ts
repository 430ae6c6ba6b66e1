import { parseAtomFeed, parseJsonFeed, parseRssFeed } from "feedsmith";
import { beforeAll, describe, expect, test } from "vitest";
import type { Published } from "../../lambda/run/prepared.ts";
import {
  ATOM,
  all,
  CONTENT,
  channelOf,
  DC,
  entriesOf,
  hrefs,
  itemsOf,
  MEDIA,
  type Node,
  strictly,
  textOf,
  texts,
} from "../feeds/strict-reader.ts";
import { hostileArticle, LONG, SURVIVES } from "../support/a-hostile-article.ts";
import { aFile, aNewsroom } from "../support/a-newsroom.ts";

const said = SURVIVES.join(" ");
/** What is written, and what is shown of it: the first 500 characters. */
const written = `${said} ${LONG}`;
const title = `${written.slice(0, 499).trimEnd()}…`;
const url =
  "https://xn--e1afmkfd.xn--p1ai/%D0%BF%D1%83%D1%82%D1%8C/%D0%BA%20%D1%81%D1%82%D0%B0%D1%82%D1%8C%D0%B5?%D0%B8%D0%BC%D1%8F=%D0%B7%D0%BD%D0%B0%D1%87%D0%B5%D0%BD%D0%B8%D0%B5&b=2#%D0%BC%D0%B5%D1%81%D1%82%D0%BE";
const authors = ['Ann "Q" <b> & Co ]]>', "محمد \u202E"];
const terms = ["a<b & c", "]]>", "<b>", 'R&D "x"', "tag"];

/** Published beside an ordinary article, through the whole road. */
const publish = async () => {
  const newsroom = await aNewsroom({ "hostile.md": hostileArticle(), "plain.md": aFile({ title: "Plain", date: "2026-11-19T09:00:00Z" }) });
  const published = await newsroom.publish("2026-11-20T12:00:00Z");
  return { published, files: await newsroom.files() };
};
let published: Published;
let item: Node;
let entry: Node;
// biome-ignore lint/suspicious/noExplicitAny: a test reads JSON as it comes
let json: any;
let files: Readonly<Record<string, string>>;

beforeAll(async () => {
  ({ published, files } = await publish());
  item = itemsOf(files["all/rss.xml"] ?? "")[0]!;
  entry = entriesOf(files["all/atom.xml"] ?? "")[0]!;
  json = JSON.parse(files["all/feed.json"] ?? "{}").items[0];
});

describe("a hostile article", () => {
  test("is published and holds nothing: a strict parser takes each file, and the other article stands beside it", () => {
    expect([published.kind, published.prepared.changes.plan.holds]).toEqual(["done", []]);
    expect(channelOf(files["all/rss.xml"] ?? "").nodes.filter(({ name }) => name === "item")).toHaveLength(2);
    expect(strictly(files["all/atom.xml"] ?? "").name).toBe(`${ATOM}feed`);
  });

  test("keeps of its title of 200 KB what a feed has room for, markup, escapes, marks and emoji to the letter, and loses controls and halves of pairs", () => {
    expect(Buffer.byteLength(written)).toBeGreaterThan(200_000);
    expect(title).toContain(said);
    expect(textOf(item, "title")).toBe(title);
    expect(textOf(entry, `${ATOM}title`)).toBe(title);
    expect(json.title).toBe(title);
  });

  test("keeps its summary: as HTML in RSS, as text elsewhere", () => {
    const escaped = said.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
    expect([textOf(item, "description"), textOf(entry, `${ATOM}summary`), json.summary]).toEqual([escaped, said, said]);
  });

  test("has its Cyrillic address as a URI", () =>
    expect([textOf(item, "link"), hrefs(entry, "alternate")[0], json.url]).toEqual([url, url, url]));

  test("keeps names and terms", () => {
    const named = all(entry, `${ATOM}author`).map((author) => textOf(author, `${ATOM}name`));
    expect([texts(item, `${DC}creator`), named, json.authors.map(({ name }: { name: string }) => name)]).toEqual(Array(3).fill(authors));
    const inAtom = all(entry, `${ATOM}category`).map(({ attributes }) => attributes.term);
    expect([texts(item, "category"), inAtom, json.tags]).toEqual([terms, terms, terms]);
  });

  test("has one body in all formats, which runs nothing and leads nowhere", () => {
    const body = textOf(item, `${CONTENT}encoded`) ?? "";
    expect([textOf(entry, `${ATOM}content`), json.content_html]).toEqual([body, body]);
    expect(body).toContain("<code>]]>]]>]]>]]>]]></code> &amp;amp;");
    expect(body).toContain('alt="The &lt;script&gt; tag"');
    expect(body).toContain("👩🏽‍🚀");
    expect(body).not.toMatch(/onerror|javascript:|alert\(1\)|[\u0000-\u0008\u000B-\u001F]/);
  });

  test("has its picture and its sound under addresses that every reader takes", () => {
    for (const node of [item, entry])
      expect(texts(all(node, `${MEDIA}content`)[0]!, `${MEDIA}description`)).toEqual(['The <script> tag, "]]>" &']);
    const sound = "https://xn--e1afmkfd.xn--p1ai/%D0%B7%D0%B2%D1%83%D0%BA.mp3";
    expect(all(item, "enclosure")[0]!.attributes).toEqual({ url: sound, length: "7", type: "audio/mpeg" });
    expect(all(entry, `${ATOM}link`).find(({ attributes }) => attributes.rel === "enclosure")?.attributes).toMatchObject({
      title: 'Q&A <live> "x"',
      href: sound,
      length: "7",
    });
    expect(json.attachments[0]).toMatchObject({ url: sound, mime_type: "audio/mpeg", title: 'Q&A <live> "x"', size_in_bytes: 7 });
  });

  test("has its source, its licence, its talk and its correction", () => {
    const [talk, source, license] = [
      "https://xn--e1afmkfd.xn--p1ai/%D0%BE%D0%B1%D1%81%D1%83%D0%B6%D0%B4%D0%B5%D0%BD%D0%B8%D0%B5?a=1&b=%3C2%3E#%D1%80%D0%B5%D1%87%D1%8C",
      "https://xn--e1afmkfd.xn--p1ai/%D0%B8%D1%81%D1%82%D0%BE%D1%87%D0%BD%D0%B8%D0%BA",
      "https://xn--e1afmkfd.xn--p1ai/%D0%BB%D0%B8%D1%86%D0%B5%D0%BD%D0%B7%D0%B8%D1%8F",
    ];
    expect([textOf(item, "comments"), hrefs(entry, "replies")[0], json._wireroom.comments]).toEqual([talk, talk, talk]);
    expect([hrefs(item, "license")[0], hrefs(entry, "license")[0], json._wireroom.license]).toEqual([license, license, license]);
    for (const node of [item, entry]) {
      const via = all(node, `${ATOM}link`).find(({ attributes }) => attributes.rel === "via");
      expect(via?.attributes).toEqual({ rel: "via", href: source, title: 'Q&A <b> "x" ]]>' });
    }
    expect(json._wireroom.via).toEqual({ url: source, title: 'Q&A <b> "x" ]]>' });
    expect(json.content_html).toContain("It was &lt;b&gt;not&lt;/b&gt; ]]&gt; &amp; so</p>");
  });

  test("is the same to feedsmith", () => {
    const rss = parseRssFeed(files["all/rss.xml"]).items?.[0];
    const atom = parseAtomFeed(files["all/atom.xml"]).entries?.[0];
    const feed = parseJsonFeed(files["all/feed.json"]).items?.[0];
    expect([rss?.title, atom?.title?.value, feed?.title]).toEqual([title, title, title]);
    expect([rss?.content?.encoded, atom?.content?.value]).toEqual([json.content_html, json.content_html]);
    expect([rss?.dc?.creators, atom?.authors?.map(({ name }) => name)]).toEqual([authors, authors]);
    expect([rss?.link, atom?.links?.[0]?.href, feed?.url]).toEqual([url, url, url]);
  });
});
