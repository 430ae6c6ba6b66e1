import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Logged } from "../../operator/proof/a-log.ts";
import { aBrowser, flawsOf, hasBrowser } from "../../support/a-browser.ts";
import { aFile, aSiteFile, someArticles } from "../../support/a-newsroom.ts";
import { type ADesk, aDesk } from "./a-desk.ts";

const phone = { width: 390, colorScheme: "dark" } as const;
const desktop = { width: 1280, colorScheme: "light" } as const;
const looks = [phone, desktop];
const pages = [
  ...["", "?state=kept", "article?key=ar.md", "article?key=a-01.md", "article?key=broken.md", "plan", "feeds", "feed?path=all"],
  ...["feed?path=all&file=all/feed.json", "holds", "source?path=all/atom.xml", "source?path=all/feed.json", "no"],
  ...["fetched", "withdrawals", "withdrawals?id=tag:wire.example,2026:withdrawn", "subscribers"],
];
/** What a partner and a few readers asked for, day by day, with all that may go wrong. */
const aMonth = Array.from({ length: 300 }, (_, index): Logged => {
  const at = new Date(Date.parse("2026-03-08T00:00:00Z") + index * 2.2 * 3_600_000).toISOString().replace(/\.000|\.\d+/, "");
  const [path, agent] =
    index % 3 === 0 ? ["/مقالات/rss.xml", `Feedbin feed-id:1 - ${900 + index} subscribers`] : ["/partners/agency/rss.xml", "Agency/1.0"];
  return [at, path, index % 7 === 0 ? 200 : index % 11 === 0 ? 401 : index % 29 === 0 ? 503 : 304, agent];
});
/** An article may lead anywhere; here each leads there. */
const elsewhere = "https://elsewhere.example/there";

describe.skipIf(!hasBrowser)("the desk in Chromium (needs Debian's package chromium)", () => {
  let [there, browser]: [ADesk?, Browser?] = [];

  beforeAll(async () => {
    const body = `[A link](${elsewhere}) and [another](/a-02/).\n\n![](/dot.svg)`;
    const withdrawn = { title: "Withdrawn", date: "2026-03-21T09:00:00Z", id: "tag:wire.example,2026:withdrawn" };
    const partners =
      "partners:\n  - { name: agency, profile: generic, channel: all }\n  - { name: quiet, profile: generic, channel: all }\n";
    const files = {
      "site.yaml": `${aSiteFile}guard: { grace: 0s }\n${partners}`,
      "withdrawn.md": aFile(withdrawn),
      ...someArticles(9),
      "ar.md": aFile({ title: "متحف السجاد", date: "2026-03-20T09:00:00Z", language: "ar" }, body),
      "dot.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="4" cx="4" cy="4"/></svg>',
    };
    there = await aDesk(files, [aMonth]);
    await there.publish("2026-03-25T09:00:00Z");
    await there.write({ "withdrawn.md": aFile({ ...withdrawn, canceled: true }) });
    await there.publish("2026-04-01T09:00:00Z");
    await there.write({
      "broken.md": "---\ntitle: B\ndate: tomorrow\n---\nText.\n",
      "a-09.md": aFile({ title: "Article 09, edited", date: "2026-03-09T09:00:00Z" }, "Other words."),
    });
    await there.remove(...["1", "2", "3", "4", "5", "6"].map((number) => `a-0${number}.md`));
    browser = await aBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await there?.[Symbol.asyncDispose]();
  });

  const opened = async (path: string, look: (typeof looks)[number], script = true): Promise<{ page: Page; asked: string[] }> => {
    const { width, colorScheme } = look;
    const context = await browser!.newContext({ viewport: { width, height: 900 }, colorScheme, javaScriptEnabled: script });
    const page = await context.newPage();
    page.setDefaultTimeout(0);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(`${there!.address}/-/${path}`, { waitUntil: "networkidle" });
    return { page, asked };
  };

  describe.each(looks)("$width wide, $colorScheme", (look) => {
    test.each(pages.map((path) => [path]))(
      "/-/%s has nothing that axe finds, does not scroll sideways, and neither asks nor leads off the machine",
      async (path) => {
        const { page, asked } = await opened(path, look);
        await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
        expect(await flawsOf(page)).toEqual([]);
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(look.width);
        expect(asked.filter((url) => !url.startsWith(`${there!.address}/`))).toEqual([]);
        const links = await page.evaluate<readonly string[]>("[...document.links].map(({ href }) => href)");
        expect(links.filter((link) => !link.startsWith(`${there!.address}/`))).toEqual([]);
        await page.context().close();
      },
    );
  });

  test("an article is rendered in a frame, from the right, with its picture; its own links alone lead off the machine", async () => {
    const { page } = await opened("article?key=ar.md", desktop);
    const frame = page.frameLocator("iframe").first();
    expect(await frame.locator("html").getAttribute("dir")).toBe("rtl");
    expect(await frame.locator("img").evaluate((picture: { readonly naturalWidth: number }) => picture.naturalWidth)).toBeGreaterThan(0);
    const links = await frame.locator("a").evaluateAll((all: readonly { readonly href: string }[]) => all.map(({ href }) => href));
    expect(links).toEqual([elsewhere, `${there!.address}/a-02/`]);
    await page.context().close();
  });

  test("a held channel says why, and its button copies the command that releases it", async () => {
    const { page } = await opened("holds", desktop);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    expect(await page.locator("main").textContent()).toMatch(/6 of (?:its )?1\d .* are gone, and nothing explains why/);
    await page.getByRole("button", { name: "Copy" }).first().click();
    const copied = await page.evaluate<string>("navigator.clipboard.readText()");
    expect(copied).toMatch(new RegExp(`^npm run wireroom -- publish --content ${there!.folder} --allow \\w+@[0-9a-f]{8}$`));
    await page.getByRole("link", { name: "See what it would change." }).first().click();
    expect(await page.locator("del").count()).toBeGreaterThan(5);
    await page.context().close();
  });

  test("the keyboard skips to the content, goes to the filter, and from row to row", async () => {
    const { page } = await opened("", desktop);
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Skip to the content");
    await page.keyboard.press("Enter");
    await page.keyboard.press("/");
    await page.keyboard.type("article 08");
    await page.keyboard.press("Enter");
    await page.waitForURL(/q=article\+08/);
    await page.keyboard.press("j");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Article 08");
    await page.context().close();
  });

  test("without a script, the form filters and the lines of a command can be selected", async () => {
    const { page } = await opened("", phone, false);
    await page.getByLabel("State").selectOption("quarantined");
    await page.getByRole("button", { name: "Filter" }).click();
    expect(await page.locator(".rows h2").allTextContents()).toEqual(["broken.md"]);
    await page.context().close();
  });
});
