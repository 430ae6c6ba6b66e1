import { existsSync } from "node:fs";
import axe from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";

const executablePath = "/usr/bin/chromium";

/** Debian's package chromium is installed. */
export const hasBrowser = existsSync(executablePath);

const quiet = ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export function aBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath, args: ["--headless", "--no-sandbox", "--disable-gpu", ...quiet], timeout: 0 });
}

/** What axe finds on a page, without its frames: the rules, each with the elements that break it. */
export async function flawsOf(page: Page): Promise<readonly unknown[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>("axe.run(document, { iframes: false })");
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}
