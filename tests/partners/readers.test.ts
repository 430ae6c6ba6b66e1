import { spawnSync } from "node:child_process";
import { parseRssFeed } from "feedsmith";
import RssParser from "rss-parser";
import { describe, expect, it, test } from "vitest";
import type { ProfileName } from "../../lambda/channels/site/partner-rule.ts";
import { readXml } from "../../lambda/feeds/gate/gate-xml.ts";
import { dialects } from "../../lambda/partners/dialects/dialects.ts";
import { aPartnerFeed, aPartnerItem, aPartnerRule, longText } from "./a-partner.ts";

const rss: readonly ProfileName[] = [
  ..."generic google-licensed dzen msn yandex smartnews flipboard yahoo rambler mailru line goo".split(" "),
] as ProfileName[];

/** Texts that are easy to get wrong, in every place, and one article of each life. */
const feedOf = (name: ProfileName) => {
  const trap = "Толстые «кавычки» & 4 < 5, AT&T ]]> 新しい 👩‍👩‍👧";
  const items = [
    aPartnerItem({
      entry: { title: `${trap} in a title`, tags: [trap], html: `<p>${longText(200)} 40 &lt; 50 &amp; ]]&gt; é</p>` },
      imageRights: { credit: trap },
    }),
    aPartnerItem({ entry: { id: "tag:wire.example,2026:2", url: "https://wire.example/2/" }, life: { kind: "corrected", note: trap } }),
    aPartnerItem({
      entry: { id: "tag:wire.example,2026:3", url: "https://wire.example/3/" },
      life: { kind: "canceled", since: "2026-11-22T09:00:00.000Z", reason: trap },
    }),
  ];
  return dialects[name].render(
    aPartnerFeed(aPartnerRule(name), items, { title: trap, description: trap, copyright: trap, image: "https://wire.example/l.png" }),
  ).text;
};

const ids = ["tag:wire.example,2026:articles/harvest", "tag:wire.example,2026:2", "tag:wire.example,2026:3"];
const title = "Толстые «кавычки» & 4 < 5, AT&T ]]> 新しい 👩‍👩‍👧 in a title";
const published = "2026-11-20T08:00:00.000Z";

describe.each(rss)("a reader of %s", (name) => {
  const text = feedOf(name);

  it("finds well-formed XML", () => {
    expect(readXml(text).kind).toBe("read");
  });

  it("finds the same with feedsmith", () => {
    const { items = [] } = parseRssFeed(text);
    expect(items.map(({ guid }) => guid?.value)).toEqual(ids);
    expect(items[0]?.title).toBe(title);
    expect(new Date(String(items[0]?.pubDate)).toISOString()).toBe(published);
  });

  it("finds the same with rss-parser", async () => {
    const { items } = await new RssParser().parseString(text);
    expect(items.map(({ guid }) => guid)).toEqual(ids);
    expect(items[0]).toMatchObject({ title, isoDate: published, link: "https://wire.example/world/harvest/" });
  });

  it("finds the same bytes when nothing has changed", () => {
    expect(feedOf(name)).toBe(text);
  });
});

/** Debian's own Python has Debian's feedparser. */
const python = (script: string, input: string) =>
  spawnSync("/usr/bin/env", ["-i", "PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "python3", "-c", script], { input, encoding: "utf8" });
const isThere = python("import feedparser", "").status === 0;

const script = `
import feedparser, json, sys
feedparser.api.SANITIZE_HTML = 0
found = []
for text in json.load(sys.stdin):
    feed = feedparser.parse(text.encode("utf-8"))
    found.append([bool(feed.bozo), [entry.id for entry in feed.entries], feed.entries[0].title, feed.entries[0].link])
print(json.dumps(found))
`;

test.skipIf(!isThere)("feedparser finds the same in every dialect, without a guess (needs python3-feedparser)", () => {
  const { stdout, stderr } = python(script, JSON.stringify(rss.map(feedOf)));
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual(rss.map(() => [false, ids, title, "https://wire.example/world/harvest/"]));
});
