import { spawn } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseSite } from "../../lambda/channels/site/site-file.ts";
import type { LiveProblem } from "../../lambda/preview/live.ts";
import { localSite } from "../../lambda/preview/local-site.ts";
import { aFolder, sourceCommand, touched, wireroom } from "../support/a-command.ts";
import { aFile, aSiteFile, someArticles } from "../support/a-newsroom.ts";

const site = `${aSiteFile}image: /logo.png\nhub: https://hub.example/\n`;

test("a local site leads to this machine, has pages, holds nothing back and tells no hub", () => {
  const { hub, ...local } = { hub: undefined, ...localSite(parseSite(site, "site.yaml"), "http://127.0.0.1:8080/") };
  expect(local).toMatchObject({
    url: "http://127.0.0.1:8080/",
    feedUrl: "http://127.0.0.1:8080/",
    image: "http://127.0.0.1:8080/logo.png",
    pages: true,
    guard: { lose: 1, quarantined: 1, grace: 0 },
  });
  expect(hub).toBeUndefined();
});

describe("start", () => {
  let folder: Awaited<ReturnType<typeof aFolder>>;
  let child: ReturnType<typeof spawn>;
  let address = "";
  let news: { readonly turn: number; readonly problems: readonly LiveProblem[] } = { turn: -1, problems: [] };
  const listening = new AbortController();

  beforeAll(async () => {
    folder = await aFolder();
    for (const [name, text] of Object.entries({ "site.yaml": site, ...someArticles(3) })) await writeFile(join(folder.path, name), text);
    child = spawn(process.execPath, [sourceCommand, "start", "--content", folder.path, "--port", "0"], {
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
    const events = await fetch(`${address}-/live`, { signal: listening.signal });
    void (async () => {
      const decoder = new TextDecoder();
      for await (const piece of events.body as unknown as AsyncIterable<Uint8Array>)
        for (const [, data = ""] of decoder.decode(piece).matchAll(/^data: (.*)$/gm)) news = JSON.parse(data) as typeof news;
    })().catch(() => {});
  });
  afterAll(async () => {
    listening.abort();
    child.kill();
    await folder[Symbol.asyncDispose]();
  });

  const page = async (path: string) => (await fetch(`${address}${path}`)).text();
  const changed = async (work: () => Promise<void>) => {
    await expect.poll(() => news.turn).toBeGreaterThanOrEqual(0);
    const { turn } = news;
    await work();
    await expect.poll(() => news.turn).toBeGreaterThan(turn);
  };

  test("no link of a page leads off the machine", async () => {
    const links = [...(await page("")).matchAll(/(?:href|src)="([^"#]+)"/g)].map(([, link = ""]) => new URL(link, address));
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter(({ origin, protocol }) => protocol !== "data:" && origin !== new URL(address).origin)).toEqual([]);
    expect(await page("all/rss.xml")).toContain(`<link>${address}a-03/</link>`);
  });

  test("an edited article is published, and open pages are told", async () => {
    const edited = aFile({ title: "Edited", date: "2026-03-01T09:00:00Z" }, "Other words.");
    await changed(() => writeFile(join(folder.path, "a-01.md"), edited));
    expect(await page("a-01/")).toContain("Other words.");
  });

  test("a broken article shows its problem with file and line, and it goes when the article is mended", async () => {
    await writeFile(join(folder.path, "a-02.md"), "---\ntitle: B\ndate: tomorrow\n---\nText.\n");
    await expect.poll(() => news.problems.map(({ where }) => where)).toEqual(["a-02.md:3"]);
    expect(news.problems[0]?.message).toMatch(/^"date" is not a date/);
    await writeFile(join(folder.path, "a-02.md"), aFile({ title: "Mended", date: "2026-03-02T09:00:00Z" }, "Text."));
    await expect.poll(() => news.problems).toEqual([]);
  });

  test("a deleted file leaves at once, though it was most of the newsroom, and its address answers 404 with a page that listens", async () => {
    await changed(async () => {
      for (const name of ["a-01.md", "a-02.md"]) await rm(join(folder.path, name));
    });
    await expect.poll(async () => (await fetch(`${address}a-01/`)).status).toBe(404);
    expect(await page("a-01/")).toContain("/-/live.js");
    expect(await page("all/rss.xml")).not.toContain("a-01");
  });

  test("a mistake in site.yaml is shown with its line, and the last pages stay", async () => {
    await writeFile(join(folder.path, "site.yaml"), `${site}chanels: 1\n`);
    await expect.poll(() => news.problems[0]?.message).toContain('"chanels" is not a key of site.yaml. Did you mean "channels"?');
    expect(await page("")).toContain("The Wire");
    await writeFile(join(folder.path, "site.yaml"), site);
    await expect.poll(() => news.problems).toEqual([]);
  });

  test("feeds are served to the byte, without a script", async () => {
    const made = await readFile(join(folder.path, ".wireroom/preview/all/atom.xml"), "utf8");
    expect(await page("all/atom.xml")).toBe(made);
  });
});

test("start --once makes the files and ends, another port makes them anew, and target and ledger are never touched", async () => {
  await using folder = await aFolder();
  for (const [name, text] of Object.entries({ "site.yaml": site, ...someArticles(2) })) await writeFile(join(folder.path, name), text);
  await wireroom(["publish", "--content", folder.path]);
  const before = await touched(join(folder.path, ".wireroom"));
  for (const port of ["8081", "8082"]) {
    expect(await wireroom(["start", "--once", "--content", folder.path, "--port", port])).toMatchObject({ code: 0 });
    expect(await readFile(join(folder.path, ".wireroom/preview/all/rss.xml"), "utf8")).toContain(`http://127.0.0.1:${port}/`);
  }
  const after = Object.entries(await touched(join(folder.path, ".wireroom"))).filter(([name]) => !name.startsWith("preview"));
  expect(Object.fromEntries(after)).toEqual(before);
});
