import { describe, expect, test } from "vitest";
import { renderFormats } from "../../lambda/feeds/formats/formats.ts";
import { renderOpml } from "../../lambda/feeds/formats/opml.ts";
import { gate } from "../../lambda/feeds/gate/gate.ts";
import type { FeedDocument } from "../../lambda/feeds/model/feed.ts";
import { renderFeedPage } from "../../lambda/feeds/pages/page.ts";
import { renderSitePage } from "../../lambda/feeds/pages/site-page.ts";
import { GOLDEN } from "./golden-feeds.ts";

// Whole documents for reading. Only `vitest run tests/feeds/golden.test.ts -u` changes them (the flag last); review the result as
// a diff.
describe.each(Object.entries(GOLDEN))("the %s feed", (name, document: FeedDocument) => {
  test.each(renderFormats(document))("has not changed in $format, and passes the gate", async ({ key, format, text }) => {
    await expect(text).toMatchFileSnapshot(`../golden/${name}/${key.split("/").at(-1)}`);
    expect(gate({ format, text, expected: { entries: document.entries.length } })).toEqual([]);
  });

  test("has the same page as before", async () => {
    await expect(renderFeedPage(document)).toMatchFileSnapshot(`../golden/${name}/index.html`);
  });
});

const feeds = Object.values(GOLDEN).map(({ title, description, urls, page, language }) => ({
  title,
  description,
  urls,
  ...(page === undefined ? {} : { page }),
  ...(language === undefined ? {} : { language }),
}));

test("the site's page has not changed", async () => {
  const page = renderSitePage({
    title: "The Wire",
    description: "Central Asia & its neighbours",
    language: "en",
    site: "https://wire.example/",
    feeds,
    opml: "https://feeds.wire.example/feeds.opml",
  });
  await expect(page).toMatchFileSnapshot("../golden/site/index.html");
});

test("the list of feeds has not changed", async () => {
  const listed = feeds.map(({ urls, description: _, ...feed }) => ({ ...feed, url: urls.rss ?? "" }));
  await expect(renderOpml({ title: "The Wire", feeds: listed })).toMatchFileSnapshot("../golden/site/feeds.opml");
});
