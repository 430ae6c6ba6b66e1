import { describe, expect, test } from "vitest";
import { aFile, aNewsroom, aSiteFile } from "../../support/a-newsroom.ts";
import { itemsOf } from "../../support/readers/json-items.ts";
import { counted } from "../../support/stores/a-counted-store.ts";
import { memoryStore } from "../../support/stores/memory-store.ts";

const noon = "2026-11-20T12:00:00Z";
const site = `${aSiteFile}channels: [{ name: all }]\n`;
const other = aFile({ title: "Other", date: "2026-03-01", slug: "the-other" });
const story = (text: string) => aFile({ title: "Story", date: "2026-03-02" }, text);

async function published(text: string, more: Readonly<Record<string, string>> = {}) {
  const newsroom = await aNewsroom({ "posts/story.md": story(text), "posts/other.md": other, ...more });
  const { prepared } = await newsroom.publish(noon, { site });
  const html = itemsOf(await newsroom.files()).find(({ title }) => title === "Story")?.content_html;
  return { newsroom, html, codes: [...prepared.catalog.findings, ...prepared.notices].map(({ code }) => code) };
}

const there = '<p><a href="https://wire.example/the-other/">x</a></p>';

describe("a link to another article's file leads to that article", () => {
  test.each([
    ["beside it", "[x](./other.md)"],
    ["beside it, without a dot", "[x](other.md)"],
    ["from the top of the content", "[x](/posts/other.md)"],
    ["upwards", "[x](../posts/other.md)"],
    ["as HTML", '<a href="other.md">x</a>'],
    ["by reference", "[x]\n\n[x]: other.md"],
    ["in Zola", "[x](@/posts/other.md)"],
    ["by an address with another ending", "[x](/the-other.html)"],
    ["by an address of the whole site", "[x](https://www.wire.example/The-Other.html)"],
    ["in Hugo, beside it", '[x]({{< ref "other.md" >}})'],
    ["in Hugo, by name", '[x]({{< relref "other" >}})'],
    ["in Hugo, from the top", '[x]({{% ref "/posts/other" %}})'],
    ["in Hugo, with a named path", '[x]({{< ref path="posts/other.md" lang="en" >}})'],
    ["in Jekyll, by file", "[x]({% link posts/other.md %})"],
    ["in Jekyll, behind the site's address", "[x]({{ site.baseurl }}{% link posts/other.md %})"],
    ["in Jekyll, in HTML", '<a href="{% link posts/other.md %}">x</a>'],
  ])("%s", async (_, text) => {
    const { html, codes } = await published(text);
    expect([html, codes]).toEqual([there, []]);
  });

  test("by Jekyll's post_url", async () => {
    const { html, codes } = await published("[x]({% post_url 2026-03-01-other %})", { "_posts/2026-03-01-other.md": other });
    expect([html, codes.filter((code) => code !== "url-used-twice")]).toEqual([there, []]);
  });

  test.each([
    ["a place", "[x](other.md#part)", "https://wire.example/the-other/#part"],
    ["a place, in Hugo", '[x]({{< ref "other.md#part" >}})', "https://wire.example/the-other/#part"],
    ["a place behind the tag", '[x]({{< ref "other.md" >}}#part)', "https://wire.example/the-other/#part"],
    ["a query", "[x](other.md?a=1&b=2)", "https://wire.example/the-other/?a=1&amp;b=2"],
  ])("with %s", async (_, text, address) => {
    expect((await published(text)).html).toBe(`<p><a href="${address}">x</a></p>`);
  });
});

test.each([
  ["a file that is no article", "[x](./none.md)", '<p><a href="https://wire.example/story/none.md">x</a></p>', []],
  ["a page of the site", "[x](/about.html)", '<p><a href="https://wire.example/about.html">x</a></p>', []],
  ["a name of no article", '[x]({{< ref "none.md" >}})', "<p><a>x</a></p>", ["link-unresolved"]],
  ["a name that two articles have", '[x]({{< ref "twin" >}})', "<p><a>x</a></p>", ["link-unresolved"]],
  ["a forged mark", "[x](wireroom-article:file;posts%2Fother.md;;)", "<p><a>x</a></p>", ["link-dropped"]],
  ["a forged name", "[x](%EF%B7%91/javascript%3Aalert%281%29)", "<p><a>x</a></p>", ["link-unresolved"]],
])("a link to %s stays as it was", async (_, text, html, codes) => {
  const twin = (title: string) => aFile({ title, date: "2026-02-01" });
  const more = { "a/twin.md": twin("A"), "b/twin.md": twin("B"), "posts/draft.md": aFile({ title: "D", draft: true }) };
  const made = await published(text, more);
  expect([made.html, made.codes.filter((code) => code !== "url-used-twice")]).toEqual([html, codes]);
});

test.each([
  ["no address", aFile({ title: "Other", date: "2026-03-01" }), site.replace(/^permalink.*\n/m, "")],
  ["no readers yet", aFile({ title: "Other", date: "2026-03-01", draft: true }), site],
  ["been withdrawn", aFile({ title: "Other", date: "2026-03-01", status: "canceled" }), site],
])("a link to an article that has %s keeps its text, with a notice", async (_, file, own) => {
  const newsroom = await aNewsroom({ "posts/story.md": story("[x](other.md), [y](@/posts/other.md#part)"), "posts/other.md": file });
  const { prepared } = await newsroom.publish(noon, { site: own });
  const html = itemsOf(await newsroom.files()).find(({ title }) => title === "Story")?.content_html;
  expect([html, prepared.notices.map(({ key, code }) => [key, code])]).toEqual([
    "<p><a>x</a>, <a>y</a></p>",
    [["posts/story.md", "link-unresolved"]],
  ]);
});

test("text that looks like a mark stays, in code and outside", async () => {
  const text = "`wireroom-article:file;a;b;c` and wireroom-article:file;a;b;c";
  expect((await published(text)).html).toBe("<p><code>wireroom-article:file;a;b;c</code> and wireroom-article:file;a;b;c</p>");
  const tag = '[one](other.md) a href="wireroom-article:file;a;b;c" `<a href="wireroom-article:file;a;b;c"`';
  expect((await published(tag)).html).toMatch(
    /<\/a> a href="wireroom-article:file;a;b;c" <code>&lt;a href="wireroom-article:file;a;b;c"<\/code>/,
  );
});

test("another address of an article changes the documents that link to it, and parses no other text", async () => {
  const content = counted(memoryStore("content"));
  const newsroom = await aNewsroom({ "posts/story.md": story("[x](other.md)"), "posts/other.md": other }, { content: content.store });
  const own = `${aSiteFile}channels: [{ name: all }, { name: one, where: { path: posts/story.md } }]\n`;
  await newsroom.publish(noon, { site: own });
  await newsroom.write("posts/other.md", aFile({ title: "Other", date: "2026-03-01", url: "/moved/" }));
  Object.assign(content.count, { read: [] });
  const { prepared } = await newsroom.publish("2026-11-20T14:00:00Z", { site: own });
  expect(content.count.read).toEqual(["posts/other.md"]);
  expect(prepared.changes.plan.writes.map(({ key }) => key)).toContain("one/rss.xml");
  const [item] = itemsOf({ "all/feed.json": (await newsroom.files())["one/feed.json"] ?? "" });
  expect(item).toMatchObject({ content_html: '<p><a href="https://wire.example/moved/">x</a></p>' });
});
