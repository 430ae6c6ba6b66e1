import { fromHtml } from "hast-util-from-html";
import { describe, expect, test } from "vitest";
import { directionOf } from "../../../lambda/articles/language/direction.ts";
import { wordsIn } from "../../../lambda/feeds/model/words.ts";
import { COPY_SCRIPT } from "../../../lambda/feeds/pages/copy-script.ts";
import { renderFeedPage } from "../../../lambda/feeds/pages/page.ts";
import { renderSitePage } from "../../../lambda/feeds/pages/site-page.ts";
import { aFeed, anEntry } from "../../support/a-feed.ts";

const hostile = `<script>alert("1")</script>' onclick="x" &amp; ]]>`;

describe("the page of a feed", () => {
  test("shows the newest twenty entries, each with its title and link", () => {
    const entries = Array.from({ length: 25 }, (_, index) => anEntry({ title: `Entry ${index}.`, url: `https://wire.example/${index}/` }));
    const page = renderFeedPage(aFeed({ entries }));
    expect(page).toContain('<h3><a href="https://wire.example/19/">Entry 19.</a></h3>');
    expect(page).not.toContain("Entry 20.");
  });

  test("shows no link for an entry without a page, or with one that no browser should open", () => {
    const { url: _, ...entry } = anEntry();
    for (const shown of [entry, anEntry({ url: "javascript:alert(1)" })])
      expect(renderFeedPage(aFeed({ entries: [shown] }))).toContain("<h3>The harvest is in</h3>");
  });

  test("shows its addresses as text to copy, and as links for feed readers", () => {
    const page = renderFeedPage(aFeed());
    for (const [type, url] of [
      ["rss+xml", "rss.xml"],
      ["atom+xml", "atom.xml"],
      ["feed+json", "feed.json"],
    ]) {
      expect(page.replaceAll("<wbr>", "")).toContain(`<code dir="ltr">https://feeds.wire.example/all/${url}</code>`);
      expect(page).toMatch(
        new RegExp(
          `<link rel="alternate" type="application/${type?.replace("+", "\\+")}" title="[^"]+" href="https://feeds.wire.example/all/${url}">`,
        ),
      );
    }
  });

  test("has no script but the one that copies addresses, and no event handler, whatever its texts contain", () => {
    const page = renderFeedPage(
      aFeed({
        title: hostile,
        description: hostile,
        copyright: hostile,
        entries: [anEntry({ title: hostile, summary: hostile, language: hostile })],
      }),
    );
    const elements: { tagName: string; properties: Record<string, unknown> }[] = [];
    const walk = (node: { type: string; children?: unknown[]; tagName?: string; properties?: Record<string, unknown> }): void => {
      if (node.type === "element") elements.push({ tagName: node.tagName ?? "", properties: node.properties ?? {} });
      for (const child of node.children ?? []) walk(child as typeof node);
    };
    walk(fromHtml(page));
    expect(elements.length).toBeGreaterThan(20);
    expect(elements.filter(({ properties }) => Object.keys(properties).some((name) => /^on/i.test(name)))).toEqual([]);
    expect(page.match(/<script[\s>][\s\S]*?<\/script>/g)).toEqual([`<script>${COPY_SCRIPT}</script>`]);
    expect(elements.filter(({ tagName }) => tagName === "script").length).toBe(1);
  });

  const setting = { timezone: "UTC", feedsPage: "https://feeds.wire.example/index.html" };

  test.each([
    ["of the newsroom itself", { url: "https://feeds.wire.example/media/a.jpg", width: 800, height: 600 }, true],
    ["of another host", { url: "https://cdn.example/a.jpg" }, false],
    ["that is too large for a list", { url: "https://feeds.wire.example/media/a.jpg", bytes: 3_000_000 }, false],
  ])("shows beside an entry its lead image %s: %j, %s", (_, image, isShown) => {
    const page = renderFeedPage(aFeed({ entries: [anEntry({ image })] }), setting);
    expect(page.includes(`<img class="thumb" src="${image.url}" alt=""`)).toBe(isShown);
  });

  test("offers to subscribe in common readers, but not to a feed that they cannot reach", () => {
    const urls = { rss: "https://feeds.wire.example/all/rss.xml" };
    expect(renderFeedPage(aFeed({ urls }))).toContain(
      'href="https://feedly.com/i/subscription/feed%2Fhttps%3A%2F%2Ffeeds.wire.example%2Fall%2Frss.xml"',
    );
    expect(renderFeedPage(aFeed({ urls: { rss: "http://127.0.0.1:8080/all/rss.xml" } }))).not.toContain("feedly.com");
  });

  test("shows the articles before the addresses, and leads to these from its top", () => {
    const page = renderFeedPage(aFeed());
    const at = ['href="#subscribe"', 'id="newest"', 'id="subscribe"'].map((part) => page.indexOf(part));
    expect(at).toEqual(at.toSorted((a, b) => a - b));
    expect(at[0]).toBeGreaterThan(0);
  });

  test("has the newsroom's color and stylesheet after its own style", () => {
    const page = renderFeedPage(aFeed(), { ...setting, accent: "#b3261e", stylesheet: "https://feeds.wire.example/media/x.css" });
    expect(page).toMatch(
      /:root \{ --link: #[0-9a-f]{6}; \}\n@media[^\n]*\n<\/style>\n<link rel="stylesheet" href="https:\/\/feeds\.wire\.example\/media\/x\.css">/,
    );
  });

  test.each([
    ["ru", "ltr"],
    ["zh-Hans", "ltr"],
    ["kk", "ltr"],
    ["en", "ltr"],
    ["ar", "rtl"],
  ])("speaks %s, written %s", (language, direction) => {
    const page = renderFeedPage(aFeed({ language }));
    expect(page).toContain(`<html lang="${language}" dir="${direction}">`);
    expect(page).toContain(wordsIn(language).words.newest);
  });

  test("uses English for a language without words, declares it, and keeps the feed's title in its own language", () => {
    const page = renderFeedPage(aFeed({ language: "he", title: "החוט" }));
    expect(page).toContain('<html lang="en" dir="ltr">');
    expect(page).toContain('<h1 lang="he" dir="rtl">החוט</h1>');
  });

  test("links to the same feed in other languages by their own names", () =>
    expect(
      renderFeedPage(aFeed({ alternates: [{ language: "kk", urls: { atom: "https://feeds.wire.example/all/kk/atom.xml" } }] })),
    ).toContain('<a href="https://feeds.wire.example/all/kk/atom.xml" lang="kk" dir="ltr" hreflang="kk">Қазақша</a>'));

  test("says that there are no entries", () => expect(renderFeedPage(aFeed({ entries: [] }))).toContain("There are no articles here yet."));
});

test("the site's page lists every feed with its page and addresses", () => {
  const page = renderSitePage({
    title: "The Wire",
    description: "",
    language: "ru",
    site: "https://wire.example/",
    feeds: [
      {
        title: "Мир",
        urls: { rss: "https://feeds.wire.example/world/rss.xml" },
        page: "https://feeds.wire.example/world/",
        language: "ru",
      },
    ],
  });
  expect(page).toContain('<a href="https://feeds.wire.example/world/">Мир</a>');
  expect(page).toContain("https://feeds.wire.example/<wbr>world/<wbr>rss.xml</code>");
  expect(page).toContain('<html lang="ru" dir="ltr">');
});

test.each([
  ["ar-EG", "rtl"],
  ["kk-Arab", "rtl"],
  ["az", "ltr"],
  ["uz-Cyrl-UZ", "ltr"],
  ["ug", "rtl"],
  ["pa-Guru", "ltr"],
])("%s is written %s", (language, direction) => expect(directionOf(language)).toBe(direction));
