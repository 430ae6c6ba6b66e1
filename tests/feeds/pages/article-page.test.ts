import { expect, test } from "vitest";
import { type ArticlePage, bodyForPage, renderArticlePage } from "../../../lambda/feeds/pages/article-page.ts";
import { anEntry } from "../../support/a-feed.ts";

const setting = { timezone: "Asia/Almaty", license: "https://creativecommons.org/licenses/by/4.0/" };
const feeds: ArticlePage["feeds"] = [
  {
    title: "The Wire",
    page: "https://feeds.wire.example/all/index.html",
    urls: { rss: "https://feeds.wire.example/all/rss.xml", json: "https://feeds.wire.example/all/feed.json" },
  },
];
const url = "https://wire.example/kk/harvest/";
const page = (says: Partial<ArticlePage["entry"]> = {}): string =>
  renderArticlePage(
    { entry: { ...anEntry(), url, ...says }, site: { title: "The Wire", url: "https://wire.example/", language: "en" }, feeds },
    setting,
  );

test("an article's page has not changed", async () => {
  const whole = page({
    title: "Егін жиналды",
    language: "kk",
    summary: "Алқап соңғы бидайын жинап алды.",
    html: '<p><strong>Түзету:</strong> Сан түзетілді.</p>\n<p>Алқап соңғы бидайын жинап алды.</p>\n<p><img src="https://feeds.wire.example/media/1f.jpg" alt="Дала" width="800" height="533"></p>',
    authors: [{ name: "Айгүл Сәрсен", url: "https://wire.example/aigul/" }, { name: "Ann Lee" }],
    section: "Экономика",
    tags: ["бидай", "су"],
    image: { url: "https://feeds.wire.example/media/1f.jpg", width: 800, height: 533, alt: "Дала" },
    attachments: [{ url: "https://feeds.wire.example/media/2a.mp3", type: "audio/mpeg", bytes: 900, title: "Тыңдау" }],
    translations: [
      { language: "kk", url },
      { language: "ru", url: "https://wire.example/ru/harvest/" },
    ],
  });
  await expect(whole).toMatchFileSnapshot("../../golden/article/index.html");
});

test("names its own address, its feeds, its translations and its licence", () => {
  const text = page({ translations: [{ language: "ru", url: "https://wire.example/ru/harvest/" }] });
  for (const link of [
    `<link rel="canonical" href="${url}">`,
    '<link rel="alternate" type="application/rss+xml" title="The Wire (RSS)" href="https://feeds.wire.example/all/rss.xml">',
    '<link rel="alternate" hreflang="ru" href="https://wire.example/ru/harvest/">',
    '<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">',
  ])
    expect(text).toContain(link);
});

test("prefers an article's own licence to the site's", () =>
  expect(page({ license: "https://wire.example/terms/" }).match(/rel="license" href="([^"]*)"/)?.[1]).toBe("https://wire.example/terms/"));

test("uses the article's language and direction, even for English words", () => {
  expect(page({ language: "ar" })).toContain('<html lang="ar" dir="rtl">');
  const hebrew = page({ language: "he", tags: ["x"] });
  expect(hebrew).toContain('<html lang="he" dir="rtl">');
  expect(hebrew).toContain('<h2 lang="en" dir="ltr">Subscribe</h2>');
});

test("shows the day of a change only if it is another day", () => {
  expect(page({ published: "2026-11-20T08:00:00.000Z", updated: "2026-11-20T08:30:00.000Z" })).not.toContain("Updated");
  expect(page({ published: "2026-11-20T08:00:00.000Z", updated: "2026-11-21T08:00:00.000Z" })).toMatch(/Updated: <time[^>]*>21 November/);
});

test("shows the summary of an article without a body", () => {
  const { html: _, ...entry } = anEntry({ summary: "In short & sweet." });
  expect(renderArticlePage({ entry: { ...entry, url }, site: { title: "", url, language: "en" }, feeds }, setting)).toContain(
    '<div class="body">\n<p>In short &amp; sweet.</p>\n</div>',
  );
});

test("no text of an article can end the data for search engines", () => {
  const text = page({ title: "</script><script>alert(1)</script>" });
  const data = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(text)?.[1] ?? "";
  expect(JSON.parse(data)).toMatchObject({ "@type": "NewsArticle", headline: "</script><script>alert(1)</script>" });
  expect(text.match(/<script/g)).toHaveLength(1);
});

test("an empty column heading becomes a cell, and one with text does not", () => {
  const row = '<tr><th></th><th scope="col" align="right"> </th><th>A</th></tr>';
  expect(bodyForPage(row)).toBe('<tr><td></td><td align="right"></td><th>A</th></tr>');
});

test("a task list shows its ticks as text", () => {
  expect(bodyForPage('<li><input type="checkbox" disabled checked> one</li><li><input type="checkbox" disabled> two</li>')).toBe(
    "<li>☑ one</li><li>☐ two</li>",
  );
});

test("a picture without a description is skipped, and a description stays", () => {
  expect(bodyForPage('<img src="https://wire.example/a.png" title="no alt= here">')).toBe(
    '<img src="https://wire.example/a.png" title="no alt= here" alt="">',
  );
  const described = ['<img src="https://wire.example/a.png" title="a > b" alt="A ferry">', '<img alt="" src="https://wire.example/a.png">'];
  for (const picture of described) expect(bodyForPage(picture)).toBe(picture);
});

test("text that only looks like a tag stays unchanged", () => {
  const body = '<p title="<img> <input> <th></th>">&lt;img&gt; <a href="https://wire.example/?a=<img>" title="><th></th>">x</a></p>';
  expect(bodyForPage(body)).toBe(body);
});

test("names the accounts of its authors in the Fediverse, or the newsroom's if it has no author", () => {
  const creators = (authors: ArticlePage["entry"]["authors"]) =>
    renderArticlePage(
      { entry: { ...anEntry(), url, authors }, site: { title: "The Wire", url: "https://wire.example/", language: "en" }, feeds },
      { ...setting, fediverse: "@wire@social.example" },
    ).match(/(?<=<meta name="fediverse:creator" content=")[^"]*/g);
  expect(creators([{ name: "Ann Lee", fediverse: "@ann@social.example" }, { name: "Bo Ek" }])).toEqual(["@ann@social.example"]);
  expect(creators([{ name: "Bo Ek" }])).toBeNull();
  expect(creators([])).toEqual(["@wire@social.example"]);
});
