import { describe, expect, test } from "vitest";
import type { Store } from "../../../lambda/stores/store.ts";
import { aFile, aNewsroom, aSiteFile, someArticles, tooMuchForAFeed } from "../../support/a-newsroom.ts";
import { lose } from "../../support/a-state.ts";
import { memoryStore } from "../../support/stores/memory-store.ts";

const site = `${aSiteFile}pages: true\n`;
const noon = "2026-11-20T12:00:00Z";
const later = "2026-11-20T14:00:00Z";
const story = (more: Readonly<Record<string, string | boolean>> = {}, body = "The body of article 02.") =>
  aFile({ title: "Article 02", date: "2026-03-02T09:00:00Z", ...more }, body);

const pagesOf = async (newsroom: Awaited<ReturnType<typeof aNewsroom>>) =>
  (await newsroom.target.list()).map(({ key }) => key).filter((key) => /^a-\d+\//.test(key));

describe("an article's own page", () => {
  test("is published at its permalink, whole, with its compressed variant", async () => {
    const newsroom = await aNewsroom(someArticles(2));
    await newsroom.publish(noon, { site });
    expect(await pagesOf(newsroom)).toEqual(["a-01", "a-02"].flatMap((name) => [`${name}/index.html`, `${name}/index.html.gz`]));
    const page = (await newsroom.files())["a-02/index.html"] ?? "";
    expect(page).toContain("<p>The body of article 02.</p>");
    expect(page).toContain('<link rel="canonical" href="https://wire.example/a-02/">');
    expect(page).toContain('href="https://wire.example/all/rss.xml"');
  });

  test("exists for articles that no feed shows, and stays when their file breaks", async () => {
    const short = `${site}channels: [{ name: all, limit: 1 }]\n`;
    const newsroom = await aNewsroom(someArticles(3));
    await newsroom.publish(noon, { site: short });
    const before = (await newsroom.files())["a-01/index.html"];
    expect(before).toContain("The body of article 01.");
    await newsroom.write("a-01.md", "---\ntitle: [broken\n---\n");
    await newsroom.publish(later, { site: short });
    // Another title of the site, so that the page has to be made anew from the article as it was kept.
    await newsroom.publish("2026-11-20T15:00:00Z", { site: short.replace("title: The Wire", "title: The Line") });
    const after = (await newsroom.files())["a-01/index.html"];
    expect(after).toContain("The body of article 01.");
    expect(after).toContain("The Line");
  });

  test.each([
    ["withdrawn", { status: "canceled" }],
    ["expired", { expires: "2026-11-20T13:00:00Z" }],
    ["a draft again", { draft: true }],
  ])("is gone when the article is %s, with its variant, and nothing else is", async (_, more) => {
    const newsroom = await aNewsroom(someArticles(3));
    await newsroom.publish(noon, { site });
    const before = Object.keys(await newsroom.files());
    await newsroom.write("a-02.md", story(more));
    const { prepared } = await newsroom.publish(later, { site });
    expect(prepared.changes.plan.removes.map(({ key }) => key)).toEqual(["a-02/index.html"]);
    expect(await pagesOf(newsroom)).toEqual(["a-01", "a-03"].flatMap((name) => [`${name}/index.html`, `${name}/index.html.gz`]));
    expect(Object.keys(await newsroom.files())).toEqual(before.filter((key) => key !== "a-02/index.html"));
    expect((await newsroom.publish("2026-11-20T15:00:00Z", { site })).prepared.changes.plan).toMatchObject({ removes: [], writes: [] });
  });

  test("moves with its address: the old one is gone", async () => {
    const newsroom = await aNewsroom(someArticles(2));
    await newsroom.publish(noon, { site });
    await newsroom.write("a-02.md", story({ url: "/a-22/" }));
    await newsroom.publish(later, { site });
    expect((await pagesOf(newsroom)).filter((key) => key.endsWith(".html"))).toEqual(["a-01/index.html", "a-22/index.html"]);
  });

  test("is deleted with all others when site.yaml turns pages off; feeds stay", async () => {
    const newsroom = await aNewsroom(someArticles(2));
    await newsroom.publish(noon, { site });
    await newsroom.publish(later);
    expect(await pagesOf(newsroom)).toEqual([]);
    expect(Object.keys(await newsroom.files())).toContain("all/rss.xml");
  });

  test("stays while a held feed links to it, and is deleted with the release", async () => {
    const channels = `${site}channels: [{ name: all }, { name: tea, where: { tag: tea } }]\n`;
    const newsroom = await aNewsroom(someArticles(8));
    await newsroom.write("a-02.md", story({ tags: "tea" }));
    await newsroom.publish(noon, { site: channels });
    const before = await pagesOf(newsroom);
    await newsroom.remove("a-02.md");
    await newsroom.publish("2026-11-20T13:00:00Z", { site: channels });
    const [hold] = (await newsroom.publish("2026-11-20T15:00:00Z", { site: channels })).prepared.changes.plan.holds;
    expect(hold?.name).toBe("tea");
    expect(await pagesOf(newsroom)).toEqual(before);
    await newsroom.publish("2026-11-20T16:00:00Z", { site: channels, allow: [`tea@${hold?.hash}`] });
    expect(await pagesOf(newsroom)).toEqual(before.filter((key) => !key.startsWith("a-02/")));
  });

  test("is deleted by the next run if a run was cut while deleting it", async () => {
    const newsroom = await aNewsroom(someArticles(2));
    await newsroom.publish(noon, { site });
    await newsroom.write("a-02.md", story({ status: "canceled" }));
    const target: Store = {
      ...newsroom.target,
      remove: (key, condition) => (key.endsWith(".gz") ? Promise.reject(new Error("power cut")) : newsroom.target.remove(key, condition)),
    };
    await expect(newsroom.publish(later, { site, ports: { target } })).rejects.toThrow("power cut");
    await newsroom.publish("2026-11-20T15:00:00Z", { site });
    expect(await pagesOf(newsroom)).toEqual(["a-01/index.html", "a-01/index.html.gz"]);
  });

  test("is not deleted if somebody else has overwritten it since the plan", async () => {
    const newsroom = await aNewsroom(someArticles(2));
    await newsroom.publish(noon, { site });
    await newsroom.write("a-02.md", story({ status: "canceled" }));
    const target: Store = {
      ...newsroom.target,
      remove: async (key, condition) => {
        await newsroom.target.write(key, Buffer.from("theirs"));
        return newsroom.target.remove(key, condition);
      },
    };
    expect((await newsroom.publish(later, { site, ports: { target } })).kind).toBe("done");
    expect((await newsroom.files())["a-02/index.html"]).toBe("theirs");
  });

  test("is written before the feeds that link to it", async () => {
    const newsroom = await aNewsroom(someArticles(1));
    const { prepared } = await newsroom.publish(noon, { site });
    const keys = prepared.changes.plan.writes.map(({ key }) => key);
    expect(keys.indexOf("a-01/index.html")).toBe(0);
  });

  test("is the only page written after an edit, and no other article is read", async () => {
    const memory = memoryStore();
    const reads: string[] = [];
    const read: Store["read"] = (key, range) => {
      reads.push(key);
      return memory.read(key, range);
    };
    const content: Store = { ...memory, read };
    const newsroom = await aNewsroom(someArticles(4), { content });
    await newsroom.publish(noon, { site });
    await newsroom.write("a-02.md", story({}, "Another body."));
    reads.length = 0;
    const { prepared } = await newsroom.publish(later, { site });
    expect(reads).toEqual(["a-02.md"]);
    const written = prepared.changes.plan.writes.map(({ key }) => key).filter((key) => key.startsWith("a-"));
    expect(written).toEqual(["a-02/index.html"]);
  });

  test("does not replace a feed, and the report says so", async () => {
    const newsroom = await aNewsroom({ "all.md": aFile({ title: "All", date: "2026-03-02T09:00:00Z" }) });
    const { prepared } = await newsroom.publish(noon, { site });
    expect(prepared.notices.map(({ code, key }) => `${code} ${key}`)).toEqual(["page-reserved all.md"]);
    expect((await newsroom.files())["all/index.html"]).toContain('<h2 id="subscribe">');
  });
});

describe("what one author writes of his article's address", () => {
  const older = aFile({ title: "Newcomer", date: "2020-01-01T09:00:00Z", url: "/a-01/" }, "Another text.");
  test("does not replace the page of a live article, whatever its date, and its entry has no link", async () => {
    const newsroom = await aNewsroom(someArticles(2));
    await newsroom.publish(noon, { site });
    const before = (await newsroom.files())["a-01/index.html"];
    await newsroom.write("newcomer.md", older);
    for (const time of [later, "2026-11-20T15:00:00Z"]) {
      const { prepared } = await newsroom.publish(time, { site });
      expect(prepared.notices.map(({ code, key }) => `${code} ${key}`)).toEqual(["page-occupied newcomer.md"]);
      expect((await newsroom.files())["a-01/index.html"]).toBe(before);
    }
    const { items } = JSON.parse((await newsroom.files())["all/feed.json"] ?? "") as { items: { title: string; url?: string }[] };
    expect(items.map(({ title, url }) => [title, url])).toEqual([
      ["Article 02", "https://wire.example/a-02/"],
      ["Article 01", "https://wire.example/a-01/"],
      ["Newcomer", undefined],
    ]);
  });

  test("does not replace it after the manifest is deleted either", async () => {
    const newsroom = await aNewsroom(someArticles(2));
    await newsroom.publish(noon, { site });
    await newsroom.write("newcomer.md", older);
    await newsroom.publish(later, { site });
    await lose(newsroom.state, "manifest");
    await newsroom.publish("2026-11-20T15:00:00Z", { site });
    expect((await newsroom.files())["a-01/index.html"]).toContain("The body of article 01.");
  });

  test("does not change how the edge reads the addresses of others", async () => {
    const table = async (articles: Readonly<Record<string, string>>) => {
      const newsroom = await aNewsroom({ ...someArticles(2), ...articles });
      await newsroom.publish(noon, { site });
      return (await newsroom.files())["edge.json"];
    };
    const hostile = ["/bare", "/rss.xml", "/feed", "/data.json", "/all"].map((url) => aFile({ title: url, url }, "Text."));
    expect(await table(Object.fromEntries(hostile.map((file, index) => [`h${index}.md`, file])))).toBe(await table({}));
  });
});

test("robots.txt, feeds and pages state the licence and what programs may do", async () => {
  const rights = `${site}rights: { license: "https://wire.example/terms/", rsl: "https://wire.example/rsl.xml", ai: { train: false } }\n`;
  const newsroom = await aNewsroom(someArticles(1));
  await newsroom.publish(noon, { site: rights });
  const files = await newsroom.files();
  expect(files["robots.txt"]).toContain("Content-Signal: ai-train=no");
  expect(files[".well-known/tdmrep.json"]).toContain('"tdm-reservation": 1');
  for (const key of ["all/rss.xml", "all/atom.xml", "all/index.html", "index.html", "a-01/index.html"])
    expect(files[key], key).toMatch(/rel="license" href="https:\/\/wire.example\/terms\/"/);
  for (const key of ["index.html", "a-01/index.html"]) expect(files[key]).toContain('type="application/rsl+xml"');
});

test("with terms, the run publishes the licence for machines, and everything names it", async () => {
  const rights = `${site}rights: { license: "https://wire.example/terms/", ai: { search: true, train: false }, terms: { payment: attribution } }\n`;
  const newsroom = await aNewsroom(someArticles(1));
  await newsroom.publish(noon, { site: rights });
  const files = await newsroom.files();
  expect(files["rsl.xml"]).toContain('<license><permits type="usage">search</permits><prohibits');
  expect((await newsroom.target.read("rsl.xml"))?.headers?.contentType).toBe("application/rsl+xml; charset=utf-8");
  expect(files["robots.txt"]).toMatch(/^License: https:\/\/wire.example\/rsl.xml\n/);
  expect(files["a-01/index.html"]).toContain('<link rel="license" type="application/rsl+xml" href="https://wire.example/rsl.xml">');
  expect(files["all/rss.xml"]).toMatch(/<rsl:content url="https:\/\/wire.example\/a-01\/"><rsl:license>.*<\/rsl:license><\/rsl:content>/);
  const { prepared } = await newsroom.publish(later, { site });
  expect(prepared.changes.plan.removes.map(({ key }) => key)).toContain("rsl.xml");
  expect((await newsroom.files())["all/rss.xml"]).not.toContain("rsl:");
});

test("with markdown, items of RSS also have the body of an article written in Markdown, with absolute addresses and no HTML", async () => {
  const body = "See [b](b.md) and <b onclick=x>bold</b>.\n\n<script>alert(1)</script>\n";
  const newsroom = await aNewsroom({ "a.md": aFile({ title: "A", date: "2026-03-01" }, body), "b.html": "<h1>B</h1><p>Text.</p>" });
  await newsroom.publish(noon, { site: `${site}markdown: true\n` });
  const text = (await newsroom.files())["all/rss.xml"] ?? "";
  expect(text.match(/(?<=<source:markdown><!\[CDATA\[).*?(?=\]\]>)/gs)).toEqual(["See [b](https://wire.example/a/b.md) and **bold**."]);
  await newsroom.publish(later, { site });
  expect((await newsroom.files())["all/rss.xml"]).not.toContain("source:");
});

test("a feed held before its first publication delays the index, and not the signals of rights", async () => {
  const held = `${aSiteFile}rights: { ai: { train: false } }\nchannels: [{ name: all }, { name: new, limit: 1000, bytes: 4MB }]\n`;
  const newsroom = await aNewsroom(tooMuchForAFeed());
  const { prepared } = await newsroom.publish(noon, { site: held });
  expect(prepared.changes.plan.holds.map(({ name }) => name)).toEqual(["new"]);
  const keys = Object.keys(await newsroom.files());
  expect(keys).toContain("robots.txt");
  expect(keys).not.toContain("index.html");
});

test("signals that site.yaml no longer names are deleted, with their variants", async () => {
  const newsroom = await aNewsroom(someArticles(1));
  await newsroom.publish(noon, { site: `${aSiteFile}rights: { ai: { train: false } }\n` });
  const { prepared } = await newsroom.publish(later);
  expect(prepared.changes.plan.removes.map(({ key }) => key)).toEqual([".well-known/tdmrep.json", "robots.txt"]);
  expect((await newsroom.target.list()).filter(({ key }) => /robots|well-known/.test(key))).toEqual([]);
});

test.each(["canceled", "a draft", "gone"])("the page of an article that is %s is deleted, also without a manifest", async (how) => {
  const newsroom = await aNewsroom(someArticles(3));
  await newsroom.publish(noon, { site });
  if (how === "gone") {
    await newsroom.remove("a-02.md");
    await newsroom.publish("2026-11-20T12:30:00Z", { site });
  } else await newsroom.write("a-02.md", story(how === "canceled" ? { status: "canceled" } : { draft: true }));
  await lose(newsroom.state, "manifest");
  const { prepared } = await newsroom.publish(later, { site });
  expect(prepared.changes.plan.removes.map(({ key }) => key)).toEqual(["a-02/index.html"]);
  expect(await pagesOf(newsroom)).toEqual(["a-01", "a-03"].flatMap((name) => [`${name}/index.html`, `${name}/index.html.gz`]));
});

describe("status.json", () => {
  type Status = {
    readonly version: number;
    readonly changed?: string;
    readonly channels: readonly { readonly path: string; readonly title: string; readonly updated: string; readonly newest?: object }[];
    readonly held: readonly { readonly name: string; readonly since: string }[];
  };
  const statusOf = async (newsroom: Awaited<ReturnType<typeof aNewsroom>>): Promise<Status> =>
    JSON.parse((await newsroom.files())["status.json"] ?? "") as Status;

  test("shows the newest entry of each feed, and the last change", async () => {
    const newsroom = await aNewsroom(someArticles(2));
    await newsroom.publish(noon);
    expect(await statusOf(newsroom)).toEqual({
      version: 1,
      changed: "2026-03-02T09:00:00.000Z",
      channels: [
        {
          path: "all",
          title: "The Wire",
          updated: "2026-03-02T09:00:00.000Z",
          newest: {
            id: "tag:wire.example,2026-01-01:a-02",
            title: "Article 02",
            published: "2026-03-02T09:00:00.000Z",
            url: "https://wire.example/a-02/",
          },
        },
      ],
      held: [],
    });
  });

  test("keeps its version in a run that changes nothing", async () => {
    const newsroom = await aNewsroom(someArticles(2));
    await newsroom.publish(noon);
    const version = (await newsroom.target.read("status.json"))?.version;
    await newsroom.publish(later);
    expect((await newsroom.target.read("status.json"))?.version).toBe(version);
  });

  test("shows a held feed as it was, since when it is held, and the other feeds as they are", async () => {
    const rules = '{ name: all, where: { path: "[ab]-*" } }, { name: one, where: { path: "b-*" } }, { name: rest, where: { path: "c-*" } }';
    const channels = `${aSiteFile}channels: [${rules}]\n`;
    const others = Object.fromEntries(Object.entries(someArticles(8)).map(([key, text]) => [key.replace("a-", "c-"), text]));
    const newsroom = await aNewsroom({ ...someArticles(8), ...others });
    await newsroom.publish(noon, { site: channels });
    for (const { key } of await newsroom.content.list()) if (key.startsWith("a-")) await newsroom.remove(key);
    await newsroom.publish("2026-11-20T13:00:00Z", { site: channels });
    await newsroom.write("b-01.md", aFile({ title: "Fresh", date: "2026-11-20T14:00:00Z" }));
    await newsroom.publish("2026-11-20T15:00:00Z", { site: channels });
    const status = await statusOf(newsroom);
    expect(status.held).toEqual([{ name: "all", since: "2026-11-20T15:00:00.000Z" }]);
    expect(status.channels).toMatchObject([
      { path: "all", newest: { title: "Article 08" } },
      { path: "one", newest: { title: "Fresh" } },
      { path: "rest" },
    ]);
    // The index shows the entries of the first feed, and stays with it.
    expect((await newsroom.files())["index.html"]).not.toContain("Fresh");
  });

  test("stays as it is when the run is held as a whole, like every other file", async () => {
    const newsroom = await aNewsroom(someArticles(28));
    await newsroom.publish(noon);
    const before = await newsroom.files();
    for (const { key } of (await newsroom.content.list()).slice(0, 20)) await newsroom.write(key, "---\ntitle: [broken\n---\n");
    const { prepared } = await newsroom.publish(later);
    expect(prepared.changes.plan.holds.map(({ name }) => name)).toEqual(["run"]);
    expect(prepared.changes.plan.writes).toEqual([]);
    expect(await newsroom.files()).toEqual(before);
  });

  test("does not show a withdrawn article as the newest", async () => {
    const newsroom = await aNewsroom(someArticles(2));
    await newsroom.publish(noon);
    await newsroom.write("a-02.md", story({ status: "canceled" }));
    await newsroom.publish(later);
    expect(await statusOf(newsroom)).toMatchObject({ channels: [{ newest: { title: "Article 01" } }] });
  });

  test("has the same bytes after manifest and catalog are lost", async () => {
    const newsroom = await aNewsroom(someArticles(3));
    await newsroom.publish(noon, { site });
    const before = await newsroom.files();
    await lose(newsroom.state, "manifest");
    await lose(newsroom.state, "catalog");
    await newsroom.target.remove("status.json");
    await newsroom.publish(later, { site });
    expect(await newsroom.files()).toEqual(before);
  });
});
