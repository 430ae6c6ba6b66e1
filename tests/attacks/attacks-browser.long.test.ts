import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseSite } from "../../lambda/channels/site/site-file.ts";
import { type Preview, preview } from "../../lambda/preview/preview.ts";
import { ATTACKERS, publishedAttacks, SITE } from "./a-published-attack.ts";

const executablePath = "/usr/bin/chromium";
const quiet = ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const args = ["--headless", "--no-sandbox", "--disable-gpu", ...quiet];

type Item = { readonly title: string; readonly url: string; readonly content_html: string };
type Seen = { readonly hits: string[]; readonly asked: string[] };

/** Every attack, published and shown: the article's own page, and its body in a reader that guards nothing. */
describe.skipIf(!existsSync(executablePath))("in Chromium (needs Debian's package chromium), an attack", () => {
  let [browser, served]: [Browser?, Preview?] = [];
  let items: readonly Item[] = [];

  beforeAll(async () => {
    const newsroom = await publishedAttacks();
    items = JSON.parse((await newsroom.files())["all/feed.json"] ?? "{}").items;
    served = await preview(newsroom.target, parseSite(SITE, "site.yaml"), 0);
    browser = await chromium.launch({ executablePath, args, timeout: 0 });
  });

  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  /** A page of its own, on which whatever runs, and whoever is asked but for pictures, is noted. Nobody outside is reached. */
  const watched = async (): Promise<{ readonly page: Page; readonly seen: Seen }> => {
    const page = await (await browser!.newContext()).newPage();
    page.setDefaultTimeout(0);
    const seen: Seen = { hits: [], asked: [] };
    page.on("dialog", (dialog) => {
      seen.hits.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("framenavigated", (frame) => {
      if (frame.parentFrame() !== null) seen.hits.push(`frame ${frame.url()}`);
    });
    await page.route("**", async (route) => {
      const [address, type] = [route.request().url(), route.request().resourceType()];
      if (address.startsWith(served!.address) && type === "document") return route.continue();
      if (type !== "image" && type !== "media") seen.asked.push(`${type} ${address}`);
      return route.abort();
    });
    return { page, seen };
  };
  const ran = "typeof hit === 'number' || Object.prototype.hasOwnProperty.call(window, 'hit')";

  test("runs nothing and requests nothing on the article's own page", async () => {
    const { page, seen } = await watched();
    const hits: string[] = [];
    for (const { title, url } of items) {
      if (url === undefined || !url.startsWith("https://wire.example/")) continue;
      await page.goto(`${served!.address}${new URL(url).pathname}`, { waitUntil: "domcontentloaded" });
      await page.evaluate("for (const one of document.querySelectorAll('[tabindex], details, a')) { one.open = true; one.focus(); }");
      if (await page.evaluate(ran)) hits.push(title);
    }
    expect([hits, seen.hits, seen.asked]).toEqual([[], [], []]);
    await page.context().close();
  });

  test.each([
    ["innerHTML", "document.body.innerHTML = html"],
    ["document.write", "document.open(); document.write('<!doctype html><body>' + html); document.close()"],
    ["createContextualFragment", "document.body.replaceChildren(document.createRange().createContextualFragment(html))"],
    ["innerHTML, parsed twice", "document.body.innerHTML = html; document.body.innerHTML = document.body.innerHTML"],
    [
      "innerHTML inside noscript, textarea, svg and math",
      "document.body.innerHTML = '<noscript>' + html + '</noscript><textarea>' + html + '</textarea><svg>' + html + '</svg><math>' + html + '</math>'",
    ],
  ])("runs nothing and requests nothing in a reader without any guard: %s", async (_, show) => {
    const { page, seen } = await watched();
    await page.goto(`${served!.address}/`, { waitUntil: "domcontentloaded" });
    const bodies = items.map(({ title, content_html }) => [title, content_html]);
    const hits = await page.evaluate(`(async () => {
        const hits = [];
        for (const [title, html] of ${JSON.stringify(bodies).replaceAll("<", "\\u003c")}) {
          ${show};
          for (const one of document.querySelectorAll("[tabindex], details, a, input")) { one.open = true; one.focus(); }
          await new Promise((done) => setTimeout(done, 5));
          if (${ran}) { hits.push(title); delete window.hit; }
        }
        return hits;
      })()`);
    expect([hits, seen.hits, seen.asked]).toEqual([[], [], []]);
    await page.context().close();
  });

  test("is seen if a body does run: proof of the test itself", async () => {
    const { page, seen } = await watched();
    await page.goto(`${served!.address}/`, { waitUntil: "domcontentloaded" });
    await page.evaluate(
      `document.body.innerHTML = ${JSON.stringify(ATTACKERS.find(({ what }) => what.startsWith("event of a picture"))?.file)}`,
    );
    await page.evaluate(
      `document.body.insertAdjacentHTML("beforeend", '<link rel=stylesheet href="https://e.example/x.css"><iframe srcdoc=x></iframe>')`,
    );
    await page.waitForFunction(ran);
    await expect.poll(() => [seen.asked, seen.hits]).toEqual([["stylesheet https://e.example/x.css"], ["frame about:srcdoc"]]);
    await page.context().close();
  });
});
