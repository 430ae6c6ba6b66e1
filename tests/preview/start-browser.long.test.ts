import { spawn } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aBrowser, hasBrowser } from "../support/a-browser.ts";
import { aFolder } from "../support/a-command.ts";
import { aFile, aSiteFile, someArticles } from "../support/a-newsroom.ts";
import { builtCommand } from "../support/built-command.ts";

const file = aFile({ title: "Article 03", date: "2026-03-03T09:00:00Z" });

/** `npm start` as somebody at a desk sees it: pages that nobody reloads. */
describe.skipIf(!hasBrowser)("start in Chromium (needs Debian's package chromium)", () => {
  let folder: Awaited<ReturnType<typeof aFolder>>;
  let child: ReturnType<typeof spawn>;
  let [browser, home, story, desk]: [Browser?, Page?, Page?, Page?] = [];
  let address = "";

  beforeAll(async () => {
    folder = await aFolder();
    for (const [name, text] of Object.entries({ "site.yaml": aSiteFile, ...someArticles(3) }))
      await writeFile(join(folder.path, name), text);
    child = spawn(process.execPath, [await builtCommand(), "start", "--content", folder.path, "--port", "0"], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    address = await new Promise<string>((found) => {
      let said = "";
      child.stderr?.setEncoding("utf8").on("data", (text: string) => {
        said += text;
        const at = / is at (\S+) /.exec(said)?.[1];
        if (at !== undefined) found(at);
      });
    });
    browser = await aBrowser();
    const open = async (path: string) => {
      const page = await browser!.newPage();
      page.setDefaultTimeout(60_000);
      await page.goto(`${address}${path}`);
      return page;
    };
    [home, story, desk] = [await open(""), await open("a-03/"), await open("-/")];
  });
  afterAll(async () => {
    await browser?.close();
    child.kill();
    await folder[Symbol.asyncDispose]();
  });

  const write = (text: string) => writeFile(join(folder.path, "a-03.md"), text);
  const shows = (page: Page | undefined, words: string) => page!.getByText(words).first().waitFor();

  test("an article that is edited, broken, mended and deleted is seen so in open pages, without reloading them", async () => {
    await write(file.replace("Article 03", "Another title"));
    await Promise.all([shows(home, "Another title"), shows(story, "Another title"), shows(desk, "Another title")]);

    await write("---\ntitle: B\ndate: tomorrow\n---\nText.\n");
    const problem = '"date" is not a date: got "tomorrow".';
    for (const page of [home, story, desk]) {
      await shows(page, problem);
      await shows(page, "a-03.md:3");
    }
    await desk!.locator(".kept").waitFor();

    await write(file.replace("Article 03", "Mended"));
    for (const page of [home, story, desk]) {
      await shows(page, "Mended");
      await page!.getByText(problem).waitFor({ state: "detached" });
    }

    await rm(join(folder.path, "a-03.md"));
    await home!.getByText("Mended").waitFor({ state: "detached" });
    await shows(story, "Nothing here");
    expect(await home!.getByText("Article 02").count()).toBeGreaterThan(0);
  });

  test("somebody who opens a feed of XML sees its page, which leads to the source", async () => {
    await home!.goto(`${address}all/rss.xml`);
    expect(home!.url()).toBe(`${address}all/`);
    await home!.getByRole("link", { name: "Source: RSS" }).click();
    expect(await home!.locator("#L1").textContent()).toContain('<?xml version="1.0" encoding="utf-8"?>');
    await home!.getByRole("link", { name: "The file itself" }).waitFor();
  });

  test("a page of an article leads to the article at the desk", async () => {
    await home!.goto(`${address}a-02/`);
    await home!.getByRole("link", { name: "This article at the desk" }).click();
    expect(await home!.locator("h1").textContent()).toBe("Article 02");
  });
});
