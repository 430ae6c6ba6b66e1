import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import axe from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseSite } from "../../../lambda/channels/site/site-file.ts";
import { type Preview, preview } from "../../../lambda/preview/preview.ts";
import { folderStore } from "../../../lambda/stores/folder/folder.ts";
import { aNewsroom } from "../../support/a-newsroom.ts";

const executablePath = "/usr/bin/chromium";
const quiet = ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const args = ["--headless", "--no-sandbox", "--disable-gpu", ...quiet];

const shown = [
  "",
  ...["ru", "zh", "ar", "kk", "en"].map((language) => `news-${language}/`),
  "ru/people/mashinist/",
  "ru/transport/khorgos-sukhoy-port/",
  "ar/carpet-museum/",
  "404.html",
  "zh-Hans/culture/steppe-alphabets/",
];
const looks = [390, 1280].flatMap((width) => (["light", "dark"] as const).map((colorScheme) => ({ width, colorScheme })));

/** The sample newsroom, with pages, as a browser shows it: what no reading of the HTML can tell. */
describe.skipIf(!existsSync(executablePath))("in Chromium (needs Debian's package chromium)", () => {
  let [browser, served]: [Browser?, Preview?] = [];

  beforeAll(async () => {
    const content = join(import.meta.dirname, "../../../content");
    const site = `${await readFile(join(content, "site.yaml"), "utf8")}\npages: true\n`;
    const newsroom = await aNewsroom({}, { content: folderStore(content) });
    await newsroom.publish("2026-11-24T12:00:00Z", { site });
    served = await preview(newsroom.target, parseSite(site, "site.yaml"), 0);
    browser = await chromium.launch({ executablePath, args, timeout: 0 });
  });

  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  const opened = async (path: string, look: (typeof looks)[number], script: boolean): Promise<{ page: Page; asked: string[] }> => {
    const { width, colorScheme } = look;
    const context = await browser!.newContext({ viewport: { width, height: 900 }, colorScheme, javaScriptEnabled: script });
    const page = await context.newPage();
    page.setDefaultTimeout(0);
    await page.route("https://**", (route) => route.abort());
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    expect((await page.goto(`${served!.address}/${path}`))?.status()).toBe(200);
    return { page, asked };
  };

  describe.each(looks)("$width wide, $colorScheme", (look) => {
    test.each(shown.map((path) => [path]))(
      "/%s has nothing that axe finds, does not scroll sideways, and asks for nothing but its own pictures",
      async (path) => {
        const { page, asked } = await opened(path, look, true);
        await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
        await page.evaluate(axe.source);
        const { violations } = await page.evaluate<axe.AxeResults>("axe.run()");
        expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(look.width);
        const others = asked.filter((url) => !url.startsWith("https://feeds.wire.example/media/"));
        expect(others).toEqual([`${served!.address}/${path}`]);
        await page.context().close();
      },
    );
  });

  test("a press on the button beside an address copies it, and says so", async () => {
    const { page } = await opened("news-ru/", looks[0]!, true);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    const button = page.getByRole("button").first();
    expect(await button.textContent()).toBe("Копировать");
    await button.click();
    await expect.poll(() => button.textContent()).toBe("Скопировано");
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe("https://feeds.wire.example/news-ru/rss.xml");
    await page.context().close();
  });

  test("the first screen of a phone shows articles, and the way to the addresses", async () => {
    const { page } = await opened("news-ru/", looks[0]!, false);
    for (const part of ["#newest + article h3", 'a[href="#subscribe"]'])
      expect((await page.locator(part).first().boundingBox())!.y).toBeLessThan(844);
    await page.context().close();
  });

  test("a press on an address selects the whole of it, and the keyboard reaches the lines to paste, without script", async () => {
    const { page } = await opened("news-ru/", looks[0]!, false);
    const address = page.locator("code").first();
    await address.click();
    expect(await page.evaluate("String(getSelection())")).toBe("https://feeds.wire.example/news-ru/rss.xml");
    await page.locator("summary").press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.value")).toMatch(/^<link rel="alternate" type="application\/rss\+xml"/);
    await page.context().close();
  });
});
