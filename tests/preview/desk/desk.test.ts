import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { touched } from "../../support/a-command.ts";
import { aFile, aSiteFile, someArticles } from "../../support/a-newsroom.ts";
import { type ADesk, aDesk } from "./a-desk.ts";

const site = `${aSiteFile}guard: { grace: 0s }\n`;
const broken = "---\ntitle: B\ndate: tomorrow\n---\nText.\n";

/** The rows of a list, each as its text alone. */
const rowsOf = (html: string): readonly string[] =>
  [...html.replaceAll("&quot;", '"').matchAll(/<li>\n([\s\S]*?)\n<\/li>/g)].map(([, row = ""]) =>
    row
      .replaceAll(/<[^>]*>/g, " ")
      .replaceAll(/\s+/g, " ")
      .trim(),
  );

describe("the desk of a newsroom with an article in each state", () => {
  let there: ADesk;
  beforeAll(async () => {
    there = await aDesk({
      "site.yaml": aSiteFile,
      ...someArticles(3),
      "kept.md": aFile({ title: "Kept", date: "2026-03-04T09:00:00Z" }),
      "gone.md": aFile({ title: "Gone", date: "2026-03-05T09:00:00Z" }),
      "canceled.md": aFile({ title: "Canceled", date: "2026-03-06T09:00:00Z" }),
      "ru.md": aFile({ title: "Новость", date: "2026-03-07T09:00:00Z", language: "ru" }),
    });
    await there.publish();
    await there.write({
      "kept.md": broken,
      "broken.md": broken,
      "canceled.md": aFile({ title: "Canceled", date: "2026-03-06T09:00:00Z", status: "canceled", reason: "It was untrue." }),
      "later.md": aFile({ title: "Later", date: "2026-05-01T09:00:00Z" }),
      "embargoed.md": aFile({ title: "Embargoed", date: "2026-03-08T09:00:00Z", embargo: "2026-04-20T09:00:00Z" }),
      "draft.md": aFile({ title: "Draft", draft: true }),
      "a-01.md": aFile({ title: "Article 01", date: "2026-03-01T09:00:00Z" }, "Other words."),
    });
    await there.remove("gone.md");
  });
  afterAll(() => there[Symbol.asyncDispose]());

  test("names every article with its state: until when, since when, and why", async () => {
    const rows = rowsOf(await there.page(""));
    expect(rows.slice(0, 7)).toEqual([
      expect.stringMatching(/^broken.md quarantined .*broken.md:3 "date" is not a date: got "tomorrow". Write 2026/),
      expect.stringMatching(/^Kept kept as of 2026-03-04 09:00 UTC in all .*kept.md:3 "date" is not a date/),
      expect.stringMatching(/^Gone missing in all /),
      expect.stringMatching(/^Later scheduled until 2026-05-01 09:00 UTC /),
      expect.stringMatching(/^Embargoed embargoed until 2026-04-20 09:00 UTC /),
      expect.stringMatching(/^draft.md draft /),
      expect.stringMatching(/^Новость live in all ru.md · 2026-03-07 09:00 UTC · ru/),
    ]);
    expect(rows.find((row) => row.startsWith("Canceled"))).toMatch(/^Canceled canceled since 2026-04-01 09:00 UTC in all /);
    expect(rows).toHaveLength(11);
  });

  test.each([
    ["state=quarantined", ["broken.md"]],
    ["language=ru", ["Новость"]],
    ["q=article+01", ["Article 01"]],
    ["state=live&q=article", ["Article 03", "Article 02", "Article 01"]],
  ])("filters by parameters, without a script: %s", async (parameters, titles) => {
    const rows = rowsOf(await there.page(`?${parameters}`));
    expect(rows.map((row) => titles.find((title) => row.startsWith(title)))).toEqual(titles);
  });

  test("an article has its entry in each format, as source and as a reader shows it, and its file", async () => {
    const page = await there.page("article?key=ru.md");
    for (const part of [
      "&lt;item xml:lang=&quot;ru&quot;&gt;",
      "&lt;entry xml:lang=&quot;ru&quot;&gt;",
      "&quot;title&quot;: &quot;Новость&quot;",
    ])
      expect(page).toContain(part);
    expect(page).toContain('<span id="L2">title: &quot;Новость&quot;');
    const frames = [...page.matchAll(/<iframe [^>]*src="([^"]*)"/g)].map(([, address = ""]) => address.replaceAll("&amp;", "&"));
    expect(frames).toHaveLength(3);
    for (const frame of frames) {
      const answer = await fetch(`${there.address}${frame}`);
      expect(answer.headers.get("content-security-policy")).toMatch(/^default-src 'none'; .*; sandbox allow-popups/);
      expect(await answer.text()).toMatch(/<html lang="ru" dir="ltr">[\s\S]*<h1>Новость<\/h1>[\s\S]*<p>A paragraph of some words/);
    }
  });

  test("a broken article shows the line of its problem in its file", async () => {
    expect(await there.page("article?key=kept.md")).toContain('<span id="L3" class="marked">date: tomorrow');
  });

  test("each line has one address on a page", async () => {
    const ids = [...(await there.page("article?key=kept.md")).matchAll(/ id="(L\d+)"/g)].map(([, id]) => id);
    expect(ids.length).toBeGreaterThan(3);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("the plan names each article that changes, why, and the difference of its entry", async () => {
    const page = await there.page("plan");
    const rows = rowsOf(page);
    expect(rows.map((row) => /^.*? [\w-]+\.md/.exec(row)?.[0])).toEqual([
      "Article 01 edited text a-01.md",
      "Canceled withdrawn It was untrue. canceled.md",
      "Gone missing its file is gone; leaves 2026-04-01 10:00 UTC gone.md",
    ]);
    expect(page).toContain("<del>");
    expect(page.replaceAll(/<\/?b>/g, "")).toMatch(/<del>.*The body of article 01\..*\n<\/del><ins>.*Other words\./);
    expect(page).toContain(`<code dir="ltr">npm run wireroom -- publish --content ${there.folder}</code>`);
  });

  test("feeds are listed, and each is shown as a reader shows it, in its order", async () => {
    expect(await there.page("feeds")).toContain('<a href="/-/feed?path=all">all</a>');
    for (const file of ["all/rss.xml", "all/atom.xml", "all/feed.json"]) {
      const page = await there.page(`feed?path=all&file=${file}`);
      expect([...page.matchAll(/<h3><a [^>]*>([^<]*)<\/a>/g)].map(([, title]) => title)).toEqual([
        ...["Новость", "Withdrawn: Canceled", "Gone", "Kept", "Article 03", "Article 02", "Article 01"],
      ]);
      expect(page).toContain('<li lang="ru" dir="ltr">');
    }
  });

  test("a published file is shown with numbered lines, and stays as it is", async () => {
    const page = await there.page("source?path=/all/rss.xml");
    expect(page).toContain('<span id="L1">&lt;?xml version=&quot;1.0&quot; encoding=&quot;utf-8&quot;?&gt;');
    expect(page).toContain('<a href="/all/rss.xml?raw">');
  });

  test.each(["source?path=/../site.yaml", "source?path=/.head", "article?key=no.md", "feed?path=no", "rendered?key=a-01.md&file=no", "no"])(
    "/-/%s answers 404",
    async (path) => {
      expect((await fetch(`${there.address}/-/${path}`)).status).toBe(404);
    },
  );

  test("looking at every page writes nothing", async () => {
    const before = await touched(there.folder);
    for (const path of ["", "plan", "feeds", "holds", "feed?path=all", "article?key=a-01.md"]) await there.page(path);
    expect(await touched(there.folder)).toEqual(before);
  });

  test.each([
    ["GET", "wire.example", 421],
    ["GET", "evil.example", 421],
    ["POST", "127.0.0.1", 405],
    ["HEAD", "localhost", 200],
  ])("%s for the host %s answers %i", async (method, host, status) => {
    const { port } = new URL(there.address);
    const answered = await new Promise<number | undefined>((found, failed) =>
      request({ host: "127.0.0.1", port, path: "/-/", method, headers: { host } }, (response) => found(response.resume().statusCode))
        .once("error", failed)
        .end(),
    );
    expect(answered).toBe(status);
  });

  test("no page of another site may read, frame or send to it", async () => {
    const { headers } = await fetch(`${there.address}/-/`);
    expect(headers.get("access-control-allow-origin")).toBeNull();
    expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
    expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'; .*frame-ancestors 'none'$/);
  });
});

test("a held channel shows its reason, the command that releases it, and what that would change", async () => {
  await using there = await aDesk({ "site.yaml": site, ...someArticles(9) });
  await there.publish();
  await there.remove(...["1", "2", "3", "4", "5", "6"].map((number) => `a-0${number}.md`));
  const page = await there.page("holds");
  const [, named = "none"] =
    new RegExp(`npm run wireroom -- publish --content ${there.folder} --allow ((?:all|run)@[0-9a-f]{8})</code>`).exec(page) ?? [];
  expect(named).not.toBe("none");
  expect(page).toMatch(/6 of (?:its )?9 (?:entries|published articles) are gone, and nothing explains why\./);
  expect(await there.page("plan")).toContain('<a class="held" href="/-/holds">1 hold</a>');
  const released = await there.page(`plan?allow=${named}`);
  expect(released).toContain("6 articles");
  expect(released).toContain("--allow");
});

test("markup in a title, a name or a body is shown and never runs", async () => {
  const title = 'A <script>alert(1)</script> & "b"';
  await using there = await aDesk({ "site.yaml": aSiteFile, "a.md": aFile({ title, date: "2026-03-01T09:00:00Z" }, "<b onclick=x>B</b>") });
  await there.publish();
  for (const path of ["", "article?key=a.md", "plan", "feed?path=all", "source?path=/all/atom.xml", "rendered?key=a.md&file=all/rss.xml"])
    expect((await there.page(path)).match(/<script>|onclick=x>|<script[^>]*>alert/g)).toBeNull();
});

test("a newsroom that was never published says so, and still shows its articles", async () => {
  await using there = await aDesk({ "site.yaml": aSiteFile, ...someArticles(2) });
  expect(rowsOf(await there.page(""))).toHaveLength(2);
  expect(await there.page("plan")).toContain("2 articles");
});

test("the plan says which partners get an article, its change or its withdrawal, and shows their entries", async () => {
  const rules = ["{ name: now, profile: generic, channel: all }", "{ name: later, profile: ninjs, channel: all, delay: 30m }"];
  const article = (title: string, more = {}, body = "Words.") => aFile({ title, date: "2026-04-01T08:00:00Z", ...more }, body);
  await using there = await aDesk({
    "site.yaml": `${site}partners:\n${rules.map((rule) => `  - ${rule}\n`).join("")}`,
    "edited.md": article("Edited"),
    "gone.md": article("Gone"),
    "old.md": article("Old"),
  });
  await there.publish("2026-04-01T09:00:00Z");
  await there.publish("2026-04-01T09:30:00Z");
  await there.write({ "fresh.md": article("Fresh") });
  await there.publish("2026-04-01T09:40:00Z");
  there.wait("2026-04-01T10:10:00Z");
  await there.write({ "edited.md": article("Edited", {}, "Other words."), "gone.md": article("Gone", { canceled: true }) });
  const page = await there.page("plan");
  const partners = Object.fromEntries(
    rowsOf(page).map((row) => [row.split(" ")[0], /Partners: ([\w ,]*?) (?=Entry|No feed)/.exec(row)?.[1]?.replaceAll(" ,", ",")]),
  );
  expect(partners).toEqual({
    Edited: "later gets its change, now gets its change",
    Fresh: "later gets it",
    Gone: "later is told that it is withdrawn, now is told that it is withdrawn",
  });
  const diffs = [
    ...page.replaceAll(/<\/?b>/g, "").matchAll(/<summary>Entry in <code>([^<]*)<\/code><\/summary>\n<pre[^>]*>([\s\S]*?)<\/pre>/g),
  ];
  const of = (file: RegExp, says: string) => diffs.filter(([, key = "", text = ""]) => file.test(key) && text.includes(says)).length;
  expect([
    of(/^partners\/now\/rss\.xml$/, "Other words."),
    of(/^partners\/later\/items\//, "Other words."),
    of(/^all\/rss\.xml$/, "Other words."),
  ]).toEqual([1, 1, 1]);
  expect([of(/^partners\/now\/rss\.xml$/, "media:status"), of(/^partners\/later\/items\//, "canceled")]).toEqual([1, 1]);
});

test("an article shows its entry in partners' files, each in its dialect", async () => {
  const partners = ["msn", "google-news", "ninjs"].map((profile) => `  - { name: ${profile}, profile: ${profile}, channel: all }`);
  await using there = await aDesk({
    "site.yaml": `${aSiteFile}partners:\n${partners.join("\n")}\n`,
    "a.md": aFile({ title: "Of today", date: "2026-04-01T08:00:00Z" }, "Words. ".repeat(80)),
    "b.md": aFile({ title: "Of another", date: "2026-04-01T07:00:00Z" }, "Words. ".repeat(80)),
  });
  await there.publish();
  const page = await there.page("article?key=a.md");
  const [, section = ""] = /<h2 id="partners">([\s\S]*?)<\/section>/.exec(page) ?? [];
  expect([...section.matchAll(/<h3>(\S+) /g)].map(([, file]) => file?.replace(/[0-9a-f]{32}/, "HASH"))).toEqual(
    expect.arrayContaining(["ninjs/items/HASH.json"]),
  );
  expect(section).toContain("Of today");
  expect(section).not.toContain("Of another");
});
