import { describe, expect, test } from "vitest";
import { gate } from "../../../lambda/feeds/gate/gate.ts";
import { isLanguage, isMediaType, isRfc822, isRfc3339, isUri, isWebAddress } from "../../../lambda/feeds/gate/gate-values.ts";
import type { Format } from "../../../lambda/feeds/model/feed.ts";
import { aFeed, anEntryNumbered } from "../../support/a-feed.ts";
import { rendered } from "../rendered.ts";

const entry = {
  authors: [{ name: "Ann", url: "https://wire.example/ann/" }],
  tags: ["wheat"],
  image: { url: "https://wire.example/a.jpg", type: "image/jpeg", width: 4 },
  attachments: [{ url: "https://wire.example/a.mp3", type: "audio/mpeg", bytes: 7 }],
};
const good = rendered(
  aFeed({
    kind: "archive",
    current: { rss: "https://x.example/rss.xml", atom: "https://x.example/atom.xml", json: "https://x.example/feed.json" },
    previous: { rss: "https://x.example/p/rss.xml", atom: "https://x.example/p/atom.xml", json: "https://x.example/p/feed.json" },
    image: "https://wire.example/logo.png",
    hub: "https://hub.example/",
    entries: [anEntryNumbered(1, entry), anEntryNumbered(2, entry)],
  }),
);

const FILE = { rss: "rss.xml", atom: "atom.xml", json: "feed.json" } as const;

/** The same whether the gate reads a file first, after the good files of all formats, or a second time. */
const reasonsOf = (format: Format, text: string, entries = 2): readonly string[] => {
  const reasons = gate({ format, text, expected: { entries } });
  const safe = new Set(bodiesOfGood);
  for (const _ of ["after others", "again"]) expect(gate({ format, text, expected: { entries }, safe })).toEqual(reasons);
  return reasons;
};

const bodiesOfGood = new Set<string>();
for (const format of ["rss", "atom", "json"] as const) gate({ format, text: good[format], expected: { entries: 2 }, safe: bodiesOfGood });

/** The good file of a format with one change; a change without effect is a mistake in the test. */
const planted = (format: Format, from: string | RegExp, to: string): string => {
  const text = good[format].replace(from, to);
  if (text === good[format]) throw new Error(`${String(from)} is not in the ${format} file.`);
  return text;
};

test.each(["rss", "atom", "json"] as const)("a good %s file passes", (format) => expect(reasonsOf(format, good[format])).toEqual([]));

/** A tombstone for an entry that is not in the file, unless the test says otherwise. */
const tombstone = (says: { readonly ref?: string; readonly when?: string } = {}): string => {
  const { ref = "tag:wire.example,2026:articles/gone", when = "2026-11-23T00:00:00Z" } = says;
  return `<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="${ref}" when="${when}"/>`;
};
const LINK = '<atom:link rel="alternate" type="text/html" hreflang="kk" href="https://wire.example/kk/"/>';

type Defect = readonly [what: string, from: string | RegExp, to: string, reason: RegExp];

describe.each<[Format, readonly Defect[]]>([
  [
    "rss",
    [
      ["a control character", "wheat.", "wheat\u0001.", /well-formed/],
      ["a control character in a body", "</p>]]>", "\u0001</p>]]>", /well-formed/],
      ["a section that swallows the next entry", "</p>]]></content:encoded>", "</p></content:encoded>", /1 entry but must have 2/],
      ["a comment that opens a section and ends within it", "<item", "<!-- <![CDATA[ --> a & b ]]> --><item", /well-formed/],
      ["an instruction that opens a section and ends within it", "<item", "<?x <![CDATA[ ?> a & b ]]> ?><item", /well-formed/],
      ["a section in an attribute", '<item xml:lang="en"', '<item xml:lang="en" a="<![CDATA[x]]>"', /well-formed/],
      ["a section that ends twice", "</p>]]>", "</p>]]>]]>", /well-formed/],
      ["a bare ampersand", "The harvest", "The & harvest", /well-formed/],
      ["a tag left open", "</channel>", "", /well-formed/],
      ["an unbound prefix", ' xmlns:media="http://search.yahoo.com/mrss/"', "", /well-formed \(unbound/],
      ["a document type", "<rss", '<!DOCTYPE rss [<!ENTITY a "b">]><rss', /document type/],
      ["another encoding", 'encoding="utf-8"', 'encoding="latin1"', /UTF-8/],
      ["another root", /<rss version="2.0"/, '<rss version="0.91"', /RSS 2.0/],
      ["no channel title", "<title>The Wire</title>", "", /no <title>/],
      ["an empty channel title", "<title>The Wire</title>", "<title> </title>", /not a title/],
      ["no channel description", "<description>News of the valley</description>", "", /no <description>/],
      ["no channel link", "<link>https://wire.example/</link>", "", /no <link>/],
      ["a relative channel link", "<link>https://wire.example/</link>", "<link>/news</link>", /absolute web address/],
      ["no date of the channel", /<lastBuildDate>.*?<\/lastBuildDate>/, "", /no <lastBuildDate>/],
      ["a wrong weekday", "Sat, 21 Nov", "Sun, 21 Nov", /RFC 822/],
      ["an invalid language", "<language>en</language>", "<language>по-русски</language>", /not a language/],
      ["an image with another title", /<image>(.*?)<title>The Wire/, "<image>$1<title>The Other", /the channel's/],
      ["no link to itself", 'rel="self"', 'rel="via"', /links to itself/],
      ["an archive without a current feed", 'rel="current"', 'rel="via"', /current feed/],
      ["a relative hub", "https://hub.example/", "/hub", /absolute address/],
      ["no id", /<guid.*?<\/guid>/, "", /no <guid>/],
      ["two ids", /(<guid.*?<\/guid>)/, "$1$1", /2 <guid> elements/],
      ["an id used twice", "articles/2</guid>", "articles/1</guid>", /Two entries/],
      ["an id that claims to be a link", 'isPermaLink="false">tag:', ">x tag:", /says that it is a link/],
      ["no entry title", "<title>The harvest is in</title>", "", /Entry 1 has no <title>/],
      ["a relative entry link", "<link>https://wire.example/world/1/", "<link>world/1/", /absolute web address/],
      ["a script as a link", "<link>https://wire.example/world/1/", "<link>javascript:alert(1)", /absolute web address/],
      ["a link in Cyrillic", "<link>https://wire.example/world/1/", "<link>https://wire.example/мир/", /absolute web address/],
      ["no publication date", /<pubDate>.*?<\/pubDate>/, "", /no <pubDate>/],
      ["an invalid date", /<pubDate>.*?<\/pubDate>/, "<pubDate>Invalid Date</pubDate>", /RFC 822/],
      ["an invalid date of change", /<atom:updated>.*?</, "<atom:updated>2026-02-30T00:00:00Z<", /RFC 3339/],
      ["an author without e-mail", /<dc:creator>Ann<\/dc:creator>/, "<author>Ann</author>", /e-mail/],
      ["a second enclosure", /(<enclosure[^>]*>)/, "$1$1", /2 <enclosure> elements/],
      ["an enclosure without length", ' length="7"', "", /no length/],
      ["an enclosure without a type", 'type="audio/mpeg"', 'type="audio"', /media type/],
      ["an invalid width", 'width="4"', 'width="wide"', /pixels/],
      [
        "a body before its summary",
        /(<description>Farmers.*?<\/description>)\s*(<content:encoded>.*?<\/content:encoded>)/,
        "$2$1",
        /must come before/,
      ],
      ["an element of the channel after its items", "</channel>", "<ttl>1</ttl></channel>", /after the first item/],
      ["a relative address in a body", "<![CDATA[<p>", '<![CDATA[<p><img alt="" src="/a.png">', /body contains an address/],
      ["a script address in a body", "<![CDATA[<p>", '<![CDATA[<p><a href="javascript:alert(1)">', /body contains an address/],
      ["an unfinished address in a body", "<![CDATA[<p>", '<![CDATA[<p><a href="wireroom-self:#a">', /body contains an address/],
      ["a script in a body", "<![CDATA[<p>", "<![CDATA[<p><script>", /a <script>/],
      ["a style sheet in a body", "<![CDATA[<p>", '<![CDATA[<p><link rel="stylesheet" href="https://x.example/">', /a <link>/],
      ["a frame in a body", "<![CDATA[<p>", '<![CDATA[<p><IFRAME src="https://x.example/">', /a <iframe>/],
      ["an event handler in a body", "<![CDATA[<p>", '<![CDATA[<p><img alt="a > b" onerror="alert(1)">', /the body contains a script/],
      ["an event handler after other attributes", "<![CDATA[<p>", '<![CDATA[<p><b class="x" id="y" onclick=alert(1)>', /contains a script/],
      ["an event handler after a quoted tag", "<![CDATA[<p>", `<![CDATA[<p><b title='<i class="' onclick="alert(1)">`, /contains a script/],
      ["an event handler without quotes in a body", "<![CDATA[<p>", "<![CDATA[<p><b onclick=alert(1)>", /the body contains a script/],
      ["an event handler after a slash", "<![CDATA[<p>", "<![CDATA[<p><b/onclick=alert(1)>", /contains a script/],
      ["an event handler right after a value", "<![CDATA[<p>", '<![CDATA[<p><b title="x"onclick=alert(1)>', /contains a script/],
      ["an event handler after an odd name", "<![CDATA[<p>", `<![CDATA[<p><b " ='"' title=x"y onclick=alert(1)>`, /contains a script/],
      ["an event handler on an element of another name", "<![CDATA[<p>", "<![CDATA[<p><b.c onclick=alert(1)>", /contains a script/],
      ["a tag behind an end tag's quotation mark", "<![CDATA[<p>", `<![CDATA[<p></i x='<b x="'><b onclick="1">`, /contains a script/],
      ["a comment in a body", "<![CDATA[<p>", '<![CDATA[<p><!--<b title="--><b onclick=alert(1)>', /markup that is no tag: "<!"/],
      ["a tag without a name in a body", "<![CDATA[<p>", '<![CDATA[<p></ <b title="><b onclick=alert(1)>', /no tag: "<\/"/],
      ["a relative picture among others", "<![CDATA[<p>", '<![CDATA[<p><img srcset="https://x.example/a 1x, /b 2x">', /"\/b"/],
      ["an unresolved medium in a body", "<![CDATA[<p>", '<![CDATA[<p><img src="wireroom-media:/a.png">', /body contains an address/],
      [
        "an element that RSS does not have",
        "<title>The harvest",
        "<headline>x</headline><title>The harvest",
        /<headline> is not allowed here/,
      ],
      ["an Atom element in place of an RSS one", "<channel", "<x/><channel", /The root: <x> is not allowed here/],
      [
        "a prefix that means something else",
        "http://purl.org/dc/elements/1.1/",
        "http://purl.org/dc/terms/",
        /terms\/}creator> is not allowed/,
      ],
      ["an unknown namespace", "<guid", '<x:y xmlns:x="urn:x"/><guid', /<{urn:x}y> is not allowed here/],
      ["comments without an address", "<guid", "<comments>/talk</comments><guid", /<comments> is not an absolute web address/],
      ["two places for comments", "<guid", "<comments>https://a/</comments><comments>https://b/</comments><guid", /2 <comments> elements/],
      ["a source without a feed", "<guid", "<source>Agency</source><guid", /a <source> has no url/],
      ["a link without a relation", "<guid", '<atom:link href="https://a/"/><guid', /a <atom:link> has no rel/],
      [
        "an archive's link in an entry",
        "<guid",
        '<atom:link rel="prev-archive" href="https://a/"/><guid',
        /"prev-archive" is not allowed here/,
      ],
      [
        "an archive that is the current feed",
        "https://x.example/rss.xml",
        "https://feeds.wire.example/all/rss.xml",
        /calls itself the current/,
      ],
      ["two translations in one language", "<guid", `${LINK}${LINK}<guid`, /two alternate links/],
    ],
  ],
  [
    "atom",
    [
      ["a control character", "wheat.", "wheat\u0001.", /well-formed/],
      ["another namespace", "http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#", /not an Atom feed/],
      ["no feed id", /<id>.*?<\/id>/, "", /The feed has no <atom:id>/],
      ["a feed id that is not a URI", "tag:wire.example,2026:feed/all", "feed 1", /absolute URI/],
      ["no feed title", "<title>The Wire</title>", "", /no <atom:title>/],
      ["no feed date", /<updated>.*?<\/updated>/, "", /no <atom:updated>/],
      ["no author anywhere", /<author>[\s\S]*?<\/author>/g, "", /no author/],
      ["an author without a name", "<name>Ann</name>", "", /no <atom:name>/],
      ["an author with a relative address", "<uri>https://wire.example/ann/", "<uri>/ann/", /absolute address/],
      ["no link to itself", 'rel="self"', 'rel="via"', /links to itself/],
      ["an archive without a current feed", 'rel="current"', 'rel="via"', /current feed/],
      ["an archive before itself", "https://x.example/p/atom.xml", "https://feeds.wire.example/all/atom.xml", /itself as the archive/],
      [
        "one archive on both sides",
        /(rel="prev-archive"[^>]*>)/,
        `$1<link rel="next-archive" href="https://x.example/p/atom.xml"/>`,
        /the same archive before and after/,
      ],
      [
        "two archives before it",
        /(<link rel="prev-archive"[^>]*>)/,
        `$1<link rel="prev-archive" href="https://x.example/q/"/>`,
        /more than one archive/,
      ],
      ["two archive marks", "<fh:archive/>", "<fh:archive/><fh:archive/>", /twice/],
      ["an element that Atom does not have", "<published>", "<issued>x</issued><published>", /<atom:issued> is not allowed here/],
      ["an RSS element", "<published>", '<pubDate xmlns="">x</pubDate><published>', /<pubDate> is not allowed here/],
      ["a tombstone in an entry", "<published>", `${tombstone()}<published>`, /<at:deleted-entry> is not allowed here/],
      ["a tombstone without an id", "<entry", `${tombstone({ ref: "" })}<entry`, /Tombstone 1: ref is not/],
      ["a tombstone without a date", "<entry", `${tombstone({ when: "2026-11-23" })}<entry`, /Tombstone 1: when is not/],
      [
        "two tombstones for one entry",
        "<entry",
        `${tombstone()}${tombstone({ when: "2026-11-24T00:00:00Z" })}<entry`,
        /Two tombstones have/,
      ],
      [
        "a tombstone older than its entry",
        "<entry",
        `${tombstone({ ref: "tag:wire.example,2026:articles/2", when: "2026-11-20T00:00:00Z" })}<entry`,
        /counts as published again/,
      ],
      [
        "a tombstone in another namespace",
        "<entry",
        `${tombstone().replace("atompub/tombstones", "atompub/gravestones")}<entry`,
        /gravestones\/1.0}deleted-entry> is not allowed here/,
      ],
      ["two alternate links of one type", /(<link rel="alternate"[^>]*>)/, "$1$1", /two alternate links/],
      ["an id used twice", "articles/2</id>", "articles/1</id>", /Two entries/],
      ["an entry id that is not a URI", "<id>tag:wire.example,2026:articles/1", "<id>articles/1", /absolute URI/],
      ["no entry title", "<title>The harvest is in</title>", "", /Entry 1 has no <atom:title>/],
      ["no publication date", /<published>.*?<\/published>/, "", /no <atom:published>/],
      ["a date without an offset", /<published>.*?<\/published>/, "<published>2026-11-20T08:00:00</published>", /RFC 3339/],
      ["an impossible hour", /<published>.*?<\/published>/, "<published>2026-11-20T24:00:00Z</published>", /RFC 3339/],
      ["a relative link", 'href="https://wire.example/world/1/"', 'href="/world/1/"', /absolute address/],
      [
        "neither content nor link",
        /<link rel="alternate" type="text\/html" hreflang[^>]*>([\s\S]*?)<content.*?<\/content>/,
        "$1",
        /neither content nor a link/,
      ],
      ["a content without a type", '<content type="html">', '<content type="markdown">', /has the type markdown/],
      ["markup that is not escaped", "<title>The harvest", "<title>The <b>harvest</b>", /not escaped/],
      ["a category without a term", ' term="wheat"', "", /no term/],
      ["a relative scheme", 'scheme="https://wire.example/#tag"', 'scheme="tags"', /absolute address/],
      ["an invalid length", 'length="7"', 'length="-1"', /bytes/],
      ["an invalid language", '<entry xml:lang="en">', '<entry xml:lang="e n">', /not a language/],
      ["a relative address in a body", "<![CDATA[<p>", '<![CDATA[<p><a class="x" href="../a">', /body contains an address/],
    ],
  ],
  [
    "json",
    [
      ["a truncated text", /\}\s*$/, "", /not a JSON object/],
      ["a list as the root", /[\s\S]*/, "[]", /not a JSON object/],
      ["version 1", "version/1.1", "version/1", /JSON Feed 1.1/],
      ["no title", '"title": "The Wire"', '"_title": {}', /has no title/],
      ["no address of its own", /"feed_url": .*\n/, "", /has no feed_url/],
      ["a relative home", '"home_page_url": "https://wire.example/"', '"home_page_url": "/"', /absolute web address/],
      ["an unknown field", '"language": "en"', '"lang": "en"', /not a field of JSON Feed/],
      ["an extension that is not an object", '"_wireroom": {', '"_other": 1, "_wireroom": {', /_other is not an object/],
      ["a part before itself", "https://x.example/p/feed.json", "https://feeds.wire.example/all/feed.json", /next_url is its own/],
      ["a hub without a type", '"type": "WebSub",', "", /has no type/],
      ["no id", /"id": "tag:wire.example,2026:articles\/1",/, "", /Entry 1 has no id/],
      ["an id that is a number", /"id": "tag:wire.example,2026:articles\/1",/, '"id": 1,', /Entry 1: id/],
      ["an id used twice", "articles/2", "articles/1", /Two entries/],
      ["no content", /"content_html": .*\n/, "", /has no content/],
      ["no date", /"date_published": .*\n/, "", /no date_published/],
      ["an invalid date", /"date_published": ".*?"/, '"date_published": "2026-11-20"', /RFC 3339/],
      ["an empty author", /"name": "Ann",\s*"url": "[^"]*"/, "", /is empty/],
      ["an author that is a string", /"authors": \[\s*\{[^}]*\}\s*\]/, '"authors": ["Ann"]', /not an object/],
      ["tags that are not a list", /"tags": \[[^\]]*\]/, '"tags": "wheat"', /not a list/],
      ["a duplicate tag", /"tags": \[[^\]]*\]/, '"tags": ["a", "a"]', /a duplicate/],
      ["a relative image", '"image": "https://wire.example/a.jpg"', '"image": "a.jpg"', /absolute web address/],
      ["an attachment without a type", '"mime_type": "audio/mpeg",', "", /no mime_type/],
      ["a size in words", '"size_in_bytes": 7', '"size_in_bytes": "7"', /not a number/],
      ["a relative address in a body", "<p>", '<p><img src=\\"a.png\\">', /body contains an address/],
      ["an archive without a current feed", /,\s*"current": "[^"]*"/, "", /does not name its current feed/],
      ["an archive that is the current feed", "https://x.example/feed.json", "https://feeds.wire.example/all/feed.json", /calls itself/],
    ],
  ],
])("the gate refuses %s with", (format, defects) => {
  test.each(defects)("%s", (_, from, to, reason) => {
    expect(reasonsOf(format, planted(format, from, to)).join("\n")).toMatch(reason);
  });
});

describe.each(["rss", "atom", "json"] as const)("the gate refuses %s", (format) => {
  test("with an unexpected number of entries", () =>
    expect(reasonsOf(format, good[format], 3)).toEqual(["It has 2 entries but must have 3."]));

  test("of more than five million bytes", () => expect(reasonsOf(format, good[format] + " ".repeat(5_000_000))[0]).toMatch(/bytes/));

  test("with half of a surrogate pair", () =>
    expect(reasonsOf(format, planted(format, "harvest", "harv\uD800est"))[0]).toMatch(/surrogate/));

  test("that is empty", () => expect(reasonsOf(format, "")).toHaveLength(1));
});

test.each(["rss", "atom", "json"] as const)("the gate refuses %s with an unexpected id, or at another address", (format) => {
  const says = (ids: readonly string[], self = `https://feeds.wire.example/all/${FILE[format]}`) =>
    gate({ format, text: good[format], expected: { entries: 2, ids, self } });
  const id = (number: number) => `tag:wire.example,2026:articles/${number}`;
  expect(says([id(1), id(2)])).toEqual([]);
  expect(says([id(2), id(1)])).toEqual([`Entry 1 has the id "${id(1)}" but must have "${id(2)}".`]);
  expect(says([id(1), id(2).toUpperCase()])[0]).toMatch(/^Entry 2 has the id/);
  expect(says([id(1), id(2)], "https://feeds.wire.example/elsewhere")[0]).toMatch(
    /(published at|must be) "https:\/\/feeds.wire.example\/elsewhere"/,
  );
});

test.each(["rss", "atom", "json"] as const)("a reason about an entry of %s names the file of its article", (format) => {
  const names = ["world/a.md", "world/b.md"];
  const says = (text: string) => gate({ format, text, expected: { entries: 2, ids: [id(1), id(2)], names } });
  const id = (number: number) => `tag:wire.example,2026:articles/${number}`;
  expect(says(planted(format, id(2), id(3)))[0]).toBe(`Entry 2 (world/b.md) has the id "${id(3)}" but must have "${id(2)}".`);
  expect(says(planted(format, /"audio\/mpeg"/, '"no type"'))[0]).toMatch(/^Entry 1 \(world\/a\.md\): .*no type/);
});

test("no reason names a file if the number of entries is wrong, because it might be the wrong file", () => {
  const text = planted("rss", /"audio\/mpeg"/, '"no type"');
  expect(gate({ format: "rss", text, expected: { entries: 3, names: ["a.md", "b.md", "c.md"] } }).slice(1)[0]).toMatch(/^Entry 1: /);
});

test("tombstones pass for entries that are gone, and beside a notice of the same date", () => {
  const both = tombstone() + tombstone({ ref: "tag:wire.example,2026:articles/2", when: "2026-11-21T09:30:00Z" });
  expect(reasonsOf("atom", planted("atom", "<entry", `${both}<entry`))).toEqual([]);
});

test("a text that shows a tag is not a tag, neither in a body's text nor in its attributes", () => {
  const body = '<![CDATA[<p><img src="https://wire.example/a.png" alt="The <script> tag, <a href="> &lt;b onclick=x&gt;';
  expect(reasonsOf("rss", planted("rss", "<![CDATA[<p>", body))).toEqual([]);
});

test("code that shows addresses is not an address", () =>
  expect(reasonsOf("rss", planted("rss", "<![CDATA[<p>", '<![CDATA[<p><code>&lt;a href="/x"&gt;</code> <a href="#note">'))).toEqual([]));

test("a mistake in every entry is reported at most twenty times", () => {
  const entries = Array.from({ length: 50 }, (_, index) => anEntryNumbered(index, { url: "/relative" }));
  const reasons = reasonsOf("json", rendered(aFeed({ entries })).json, 50);
  expect([reasons.length, reasons.at(-1)]).toEqual([21, "And 30 more."]);
});

test.each<[string, (text: string) => boolean, readonly string[], readonly string[]]>([
  [
    "RFC 3339",
    isRfc3339,
    ["2026-11-23T09:00:00Z", "2024-02-29T23:59:60.123+05:00", "0001-01-01T00:00:00Z"],
    [
      "2026-11-23",
      "2023-02-29T00:00:00Z",
      "2026-13-01T00:00:00Z",
      "2026-11-23T09:00:00+25:00",
      "2026-11-23 09:00:00Z",
      "+010000-01-01T00:00:00Z",
    ],
  ],
  [
    "RFC 822",
    isRfc822,
    ["Mon, 23 Nov 2026 09:00:00 GMT", "Mon, 23 Nov 2026 09:00:00 +0500", "Tue, 31 Dec 0999 23:59:59 GMT"],
    [
      "Tue, 23 Nov 2026 09:00:00 GMT",
      "Mon, 23 Nov 26 09:00:00 GMT",
      "Mon, 31 Nov 2026 09:00:00 GMT",
      "2026-11-23T09:00:00Z",
      "Invalid Date",
    ],
  ],
  [
    "a URI",
    isUri,
    ["tag:wire.example,2026:a", "urn:uuid:6ba7b811-9dad-51d1-80b4-00c04fd430c8", "https://a/%20"],
    ["", "a", "/a", "https://a b/", "https://пример.рф/", "javascript:x", "data:text/html,x"],
  ],
  ["a web address", isWebAddress, ["http://a/", "https://a.example?b"], ["ftp://a/", "//a/", "https:///a", "mailto:a@b.example"]],
  ["a language", isLanguage, ["ru", "zh-Hans", "en-GB-oxendict"], ["", "en_GB", "русский", "toolonglanguage"]],
  ["a media type", isMediaType, ["audio/mpeg", "image/svg+xml", "text/plain; charset=utf-8"], ["audio", "image//x", "/x", "a b/c"]],
])("knows %s", (_, isRight, right, wrong) => {
  expect(right.filter((text) => !isRight(text))).toEqual([]);
  expect(wrong.filter((text) => isRight(text))).toEqual([]);
});
