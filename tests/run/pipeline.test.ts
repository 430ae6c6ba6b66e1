import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Announcement } from "../../lambda/plan/manifest/manifest.ts";
import { announceDue } from "../../lambda/run/announce.ts";
import { seal } from "../../lambda/state/envelope.ts";
import { loadState } from "../../lambda/state/state.ts";
import { stateKeys } from "../../lambda/state/state-keys.ts";
import type { Store } from "../../lambda/stores/store.ts";
import { aFile, aNewsroom, aSiteFile, type Newsroom, someArticles } from "../support/a-newsroom.ts";
import { memoryStore } from "../support/memory-store.ts";

type Item = {
  readonly id: string;
  readonly title: string;
  readonly url?: string;
  readonly date_published: string;
  readonly date_modified: string;
  readonly content_html?: string;
};

const noon = "2026-11-20T12:00:00Z";
const later = "2026-11-20T14:00:00Z";
const pastRetain = "2026-12-20T14:00:00Z";
const itemsOf = (files: Readonly<Record<string, string>>, path = "all"): readonly Item[] =>
  (JSON.parse(files[`${path}/feed.json`] ?? "{}") as { items: readonly Item[] }).items;
const titles = (files: Readonly<Record<string, string>>, path = "all") => itemsOf(files, path).map((item) => item.title);

/** Counts what is asked of a store. */
const counted = (store: Store) => {
  const count = { read: [] as string[], write: [] as string[], remove: [] as string[] };
  const counting: Store = {
    ...store,
    read: (key, range) => {
      count.read.push(key);
      return store.read(key, range);
    },
    write: (key, ...rest) => {
      count.write.push(key);
      return store.write(key, ...rest);
    },
    remove: (key, ...rest) => {
      count.remove.push(key);
      return store.remove(key, ...rest);
    },
  };
  return { store: counting, count };
};

describe("a publication", () => {
  test("writes every format, its variant, the page and the index", async () => {
    const newsroom = await aNewsroom(someArticles(3));
    await newsroom.publish(noon);
    const keys = (await newsroom.target.list()).map(({ key }) => key);
    const plain = ["all/atom.xml", "all/feed.json", "all/index.html", "all/rss.xml", "feeds.opml", "index.html", "status.json"];
    expect(keys.filter((key) => key !== "edge.json")).toEqual(plain.flatMap((key) => [key, `${key}.gz`]));
    expect(keys).toContain("edge.json");
  });

  test("shows the newest first, with the url of the permalink", async () => {
    const newsroom = await aNewsroom(someArticles(3));
    await newsroom.publish(noon);
    expect(itemsOf(await newsroom.files()).map(({ title, url }) => [title, url])).toEqual([
      ["Article 03", "https://wire.example/a-03/"],
      ["Article 02", "https://wire.example/a-02/"],
      ["Article 01", "https://wire.example/a-01/"],
    ]);
  });

  test("of nothing new reads no article, writes nothing and removes nothing", async () => {
    const [content, target, state] = [counted(memoryStore()), counted(memoryStore()), counted(memoryStore())];
    const newsroom = await aNewsroom(someArticles(5), { content: content.store, target: target.store, state: state.store });
    await newsroom.publish(noon);
    for (const { count } of [content, target, state]) Object.assign(count, { read: [], write: [], remove: [] });
    await newsroom.publish(later);
    expect([content.count.read, content.count.write, target.count, state.count.write, state.count.remove]).toEqual([
      [],
      [],
      { read: [], write: [], remove: [] },
      [],
      [],
    ]);
  });

  test("of one edited body writes the feeds that show it and no other, without reading another article", async () => {
    const site = `${aSiteFile}channels: [{ name: all }, { name: one, where: { path: a-01.md } }, { name: two, where: { path: a-02.md } }]\n`;
    const [content, target] = [counted(memoryStore()), counted(memoryStore())];
    const newsroom = await aNewsroom(someArticles(5), { content: content.store, target: target.store });
    await newsroom.publish(noon, { site });
    await newsroom.write("a-02.md", aFile({ title: "Article 02", date: "2026-03-02T09:00:00Z" }, "Another body."));
    for (const { count } of [content, target]) Object.assign(count, { read: [], write: [], remove: [] });
    await newsroom.publish(later, { site });
    expect(content.count.read).toEqual(["a-02.md"]);
    const files = [
      "all/atom.xml",
      "all/feed.json",
      "all/index.html",
      "all/rss.xml",
      "index.html",
      "status.json",
      "two/atom.xml",
      "two/feed.json",
      "two/index.html",
      "two/rss.xml",
    ];
    expect(target.count.write.filter((key) => !key.endsWith(".gz")).sort()).toEqual(files);
  });

  test("after an edit equals a first publication of the edited content from the same ledger", async () => {
    const newsroom = await aNewsroom(someArticles(5));
    await newsroom.publish(noon);
    await newsroom.write("a-02.md", aFile({ title: "Article 02", date: "2026-03-02T09:00:00Z" }, "Another body."));
    await newsroom.publish(later);
    const edited = await newsroom.files();
    for (const key of Object.keys(edited)) await newsroom.target.remove(key);
    await newsroom.state.remove(stateKeys.catalog);
    await newsroom.state.remove(stateKeys.manifest);
    await newsroom.publish("2026-11-21T12:00:00Z");
    expect(await newsroom.files()).toEqual(edited);
  });

  test("without catalog and manifest finds the same bytes and writes no published file", async () => {
    const target = counted(memoryStore());
    const newsroom = await aNewsroom(someArticles(5), { target: target.store });
    await newsroom.publish(noon);
    await newsroom.state.remove(stateKeys.catalog);
    await newsroom.state.remove(stateKeys.manifest);
    target.count.write.length = 0;
    await newsroom.publish(later);
    expect(target.count.write).toEqual([]);
  });

  test("puts back a file that somebody removed or overwrote", async () => {
    const newsroom = await aNewsroom(someArticles(5));
    await newsroom.publish(noon);
    const before = await newsroom.files();
    await newsroom.target.remove("all/rss.xml");
    await newsroom.target.write("all/feed.json", Buffer.from("{}"));
    await newsroom.target.remove("all/atom.xml.gz");
    await newsroom.publish(later);
    expect(await newsroom.files()).toEqual(before);
    expect(await newsroom.target.read("all/atom.xml.gz")).toBeDefined();
  });
});

describe("variants", () => {
  test.for([
    ["[]", []],
    ["[gzip]", [".gz"]],
    ["[gzip, br]", [".br", ".gz"]],
  ] as const)("with encodings %s", async ([encodings, endings]) => {
    const newsroom = await aNewsroom(someArticles(1));
    await newsroom.publish(noon, { site: `${aSiteFile}encodings: ${encodings}\n` });
    const keys = (await newsroom.target.list("all/rss")).map(({ key }) => key.slice("all/rss.xml".length));
    expect(keys).toEqual(["", ...endings].sort());
    const plain = (await newsroom.target.read("all/rss.xml"))?.bytes;
    for (const [ending, open] of [
      [".gz", gunzipSync],
      [".br", brotliDecompressSync],
    ] as const) {
      const found = await newsroom.target.read(`all/rss.xml${ending}`);
      if (found !== undefined)
        expect([open(found.bytes).equals(Buffer.from(plain ?? [])), found.headers?.contentEncoding]).toEqual([
          true,
          ending === ".gz" ? "gzip" : "br",
        ]);
    }
  });
});

describe("time", () => {
  test("an undated article is dated by first sight, and a later run changes no byte", async () => {
    const newsroom = await aNewsroom({ "note.md": "# A note\n\nSome words.\n" });
    await newsroom.publish(noon);
    const first = await newsroom.files();
    expect(itemsOf(first)[0]?.date_published).toBe(new Date(noon).toISOString());
    await newsroom.publish(later);
    expect(await newsroom.files()).toEqual(first);
  });

  test("an embargoed article appears when its time has come, and not a moment earlier", async () => {
    const newsroom = await aNewsroom({
      ...someArticles(1),
      "secret.md": aFile({ title: "Secret", date: "2026-11-20", embargo: "2026-11-20T13:00:00Z" }),
    });
    await newsroom.publish("2026-11-20T12:59:59Z");
    expect(titles(await newsroom.files())).toEqual(["Article 01"]);
    await newsroom.publish("2026-11-20T13:00:00Z");
    expect(titles(await newsroom.files())).toEqual(["Secret", "Article 01"]);
  });

  test("a clock that went back stops the run and changes nothing", async () => {
    const newsroom = await aNewsroom(someArticles(1));
    await newsroom.publish(later);
    await newsroom.write("a-02.md", aFile({ title: "Another", date: "2026-03-02" }));
    const before = await newsroom.files();
    await expect(newsroom.publish(noon)).rejects.toThrow("The clock went back");
    expect(await newsroom.files()).toEqual(before);
  });

  test("`updated` moves with the content, and two changes within a minute count as one", async () => {
    const newsroom = await aNewsroom(someArticles(1));
    const edit = (body: string) => newsroom.write("a-01.md", aFile({ title: "Article 01", date: "2026-03-01T09:00:00Z" }, body));
    const modified = async () => itemsOf(await newsroom.files())[0]?.date_modified;
    await newsroom.publish("2026-11-20T12:00:00Z");
    expect(await modified()).toBe("2026-03-01T09:00:00.000Z");
    await edit("First change.");
    await newsroom.publish("2026-11-20T13:00:00Z");
    await edit("Second change.");
    await newsroom.publish("2026-11-20T13:00:30Z");
    expect(await modified()).toBe("2026-11-20T13:00:00.000Z");
  });
});

describe("what people do wrong", () => {
  test("a broken new article stays out and is explained; every other is published", async () => {
    const newsroom = await aNewsroom({ ...someArticles(2), "bad.md": "---\ntitle: Bad\ndate: tomorrow\n---\n\nWords.\n" });
    const { prepared } = await newsroom.publish(noon);
    expect(titles(await newsroom.files())).toEqual(["Article 02", "Article 01"]);
    const problems = prepared.catalog.findings.filter((finding) => finding.kind === "problem");
    expect(problems).toMatchObject([{ key: "bad.md", line: 3, message: '"date" is not a date: got "tomorrow".' }]);
  });

  test("a published article whose front matter breaks stays byte for byte, even without a catalog", async () => {
    const newsroom = await aNewsroom(someArticles(3));
    await newsroom.publish(noon);
    const before = await newsroom.files();
    await newsroom.write("a-02.md", "---\ntitle: [broken\n---\n\nWords.\n");
    const { prepared } = await newsroom.publish(later);
    expect(await newsroom.files()).toEqual(before);
    expect(prepared.catalog.findings.map((finding) => finding.code)).toContain("kept");
    await newsroom.state.remove(stateKeys.catalog);
    await newsroom.publish("2026-11-20T15:00:00Z");
    expect(await newsroom.files()).toEqual(before);
  });

  test("a file that vanishes stays for the grace, then goes", async () => {
    const newsroom = await aNewsroom(someArticles(3));
    await newsroom.publish(noon);
    await newsroom.remove("a-02.md");
    await newsroom.publish("2026-11-20T13:00:00Z");
    expect(titles(await newsroom.files())).toHaveLength(3);
    await newsroom.publish("2026-11-20T14:00:00Z");
    expect(titles(await newsroom.files())).toEqual(["Article 03", "Article 01"]);
  });

  test("a content folder emptied holds the feeds as they are, and a release by name and hash lets them go", async () => {
    const newsroom = await aNewsroom(someArticles(8));
    await newsroom.publish(noon);
    const before = await newsroom.files();
    for (const { key } of await newsroom.content.list()) await newsroom.remove(key);
    await newsroom.publish("2026-11-20T13:00:00Z");
    const held = (await newsroom.publish("2026-11-20T15:00:00Z")).prepared.changes.plan.holds;
    expect(held.map(({ name, reasons }) => [name, ...reasons])).toEqual([
      ["run", "8 of 8 published articles are gone and nothing says why."],
    ]);
    expect(await newsroom.files()).toEqual({ ...before, "status.json": expect.stringContaining("2026-11-20T15:00:00.000Z") });
    const again = (await newsroom.publish("2026-11-20T16:00:00Z")).prepared.changes.plan.holds;
    expect(again).toEqual(held);
    await newsroom.publish("2026-11-20T17:00:00Z", { allow: [`run@${held[0]?.hash}`] });
    expect(titles(await newsroom.files())).toEqual([]);
  });

  test("a file that vanishes is told while it stays, and once when it goes", async () => {
    const newsroom = await aNewsroom(someArticles(3));
    const codes = async (now: string) => (await newsroom.publish(now)).prepared.catalog.findings.map(({ code, key }) => `${code} ${key}`);
    await newsroom.publish(noon);
    await newsroom.remove("a-02.md");
    expect(await codes("2026-11-20T13:00:00Z")).toEqual(["missing a-02.md"]);
    expect(await codes("2026-11-20T14:00:00Z")).toEqual(["dropped a-02.md"]);
    expect(await codes("2026-11-20T15:00:00Z")).toEqual([]);
  });

  test("the text of a withdrawn article is in no feed any more, also in one that it was the last in", async () => {
    const site = `${aSiteFile}channels: [{ name: all, split: language }, { by: tag }]\n`;
    const story = (more: object) => aFile({ title: "Last", date: "2026-03-01", tags: "solo", lang: "ru", ...more }, "The secret words.");
    const newsroom = await aNewsroom({ "last.md": story({}) });
    await newsroom.publish(noon, { site });
    const showing = async () =>
      Object.entries(await newsroom.files()).flatMap(([key, text]) => (text.includes("secret words") ? [key] : []));
    expect(await showing()).toEqual(
      ["all", "all/ru", "tag/solo"]
        .flatMap((path) => ["atom.xml", "feed.json", "index.html", "rss.xml"].map((file) => `${path}/${file}`))
        .concat("index.html")
        .sort(),
    );
    await newsroom.write("last.md", story({ status: "canceled" }));
    await newsroom.publish(later, { site });
    expect(await showing()).toEqual([]);
    expect(titles(await newsroom.files(), "tag/solo")).toEqual(["Отозвано: Last"]);
    await newsroom.publish(pastRetain, { site });
    expect(titles(await newsroom.files(), "tag/solo")).toEqual([]);
  });

  test("an article that broke beyond the window and comes into it is shown by its summary: its body was never kept", async () => {
    const site = `${aSiteFile}channels: [{ name: all, limit: 2 }]\n`;
    const newsroom = await aNewsroom(someArticles(3));
    await newsroom.publish(noon, { site });
    await newsroom.write("a-01.md", "---\ntitle: [broken\n---\n");
    await newsroom.publish("2026-11-20T13:00:00Z", { site });
    await newsroom.write("a-03.md", aFile({ title: "Article 03", date: "2026-03-03T09:00:00Z", draft: true }));
    await newsroom.publish(later, { site });
    const items = itemsOf(await newsroom.files());
    expect(items.map(({ title }) => title)).toEqual(["Article 02", "Article 01"]);
  });

  test("a removed ledger is taken from its newest good version", async () => {
    const newsroom = await aNewsroom({ ...someArticles(3), "note.md": "# A note\n\nSome words.\n" });
    await newsroom.publish(noon);
    const before = await newsroom.files();
    await newsroom.state.remove(stateKeys.ledger);
    const { prepared } = await newsroom.publish(later);
    expect(prepared.changes.plan.holds).toEqual([]);
    expect(await newsroom.files()).toEqual(before);
  });

  test("a ledger of which no version is left holds the run until a release, and no new one takes its place before", async () => {
    const newsroom = await aNewsroom(someArticles(3));
    await newsroom.publish(noon);
    const before = await newsroom.files();
    const lost = { state: memoryStore() };
    const held = (await newsroom.publish(later, { ports: lost })).prepared.changes.plan.holds;
    expect(held.map(({ name }) => name)).toEqual(["run"]);
    expect((await newsroom.publish(later, { ports: lost })).prepared.changes.plan.holds).toEqual(held);
    expect([await lost.state.list(), await newsroom.files()]).toEqual([[], before]);
    await newsroom.publish(later, { ports: lost, allow: [`run@${held[0]?.hash}`] });
    expect((await newsroom.publish(later, { ports: lost })).prepared.changes.plan).toMatchObject({ holds: [], writes: [] });
  });

  test("an archive part that a withdrawal empties shows nothing any more, and answers all the same", async () => {
    const site = `${aSiteFile}channels: [{ name: all, limit: 2, archive: monthly }]\n`;
    const story = (month: string, more: object = {}) =>
      aFile({ title: month, date: `2026-${month}-05T09:00:00Z`, ...more }, `Secret of ${month}.`);
    const newsroom = await aNewsroom(Object.fromEntries(["01", "02", "03", "04", "05"].map((month) => [`${month}.md`, story(month)])));
    await newsroom.publish(noon, { site });
    expect((await newsroom.files())["all/archive/2026-02/rss.xml"]).toContain("Secret of 02");
    await newsroom.write("02.md", story("02", { status: "canceled" }));
    await newsroom.publish(later, { site });
    await newsroom.publish(pastRetain, { site });
    const files = await newsroom.files();
    expect(Object.keys(files).filter((key) => files[key]?.includes("Secret of 02"))).toEqual([]);
    expect(itemsOf(files, "all/archive/2026-02")).toEqual([]);
    expect(files["all/archive/2026-03/rss.xml"]).toContain("archive/2026-01/rss.xml");
  });

  test("a site.yaml that loses channels, formats and archives takes no feed away: it answers as it did, without what is withdrawn", async () => {
    const more = "- { name: west, archive: monthly, limit: 2, where: { section: west } }\n- { by: tag }\n";
    const full = `${aSiteFile}channels:\n- { name: all }\n${more}`;
    const less = `${aSiteFile}channels:\n- { name: all, formats: [atom] }\n`;
    const story = (day: string, says: object = {}) =>
      aFile({ title: `Story ${day}`, date: `2026-0${day}-01T09:00:00Z`, section: "west", tags: "tea", ...says }, `Words of ${day}.`);
    const newsroom = await aNewsroom(Object.fromEntries(["1", "2", "3", "4"].map((day) => [`${day}.md`, story(day)])));
    await newsroom.publish(noon, { site: full });
    const before = await newsroom.files();
    const { prepared } = await newsroom.publish(later, { site: less });
    expect(prepared.changes.plan.writes.map(({ key }) => key)).toEqual(["feeds.opml", "index.html", "status.json"]);
    expect((await newsroom.files())["index.html"]).not.toContain("/west/");
    await newsroom.write("4.md", story("4", { status: "canceled" }));
    await newsroom.write("5.md", story("5"));
    await newsroom.publish("2026-11-20T15:00:00Z", { site: less });
    const files = await newsroom.files();
    expect(Object.keys(files)).toEqual(Object.keys(before));
    expect(titles(files, "west")).toEqual(["Withdrawn: Story 4", "Story 3"]);
    expect(titles(files, "tag/tea")).toEqual(["Withdrawn: Story 4", "Story 3", "Story 2", "Story 1"]);
    expect(titles(files)).toContain("Story 5");
    expect(Object.keys(files).filter((key) => files[key]?.includes("Words of 4"))).toEqual([]);
  });

  test("a site.yaml that empties a channel without touching an article holds it", async () => {
    const site = (path: string) => `${aSiteFile}channels: [{ name: rus, where: { path: "${path}" } }]\n`;
    const newsroom = await aNewsroom(someArticles(8));
    await newsroom.publish(noon, { site: site("a-*.md") });
    expect(titles(await newsroom.files(), "rus")).toHaveLength(8);
    const { prepared } = await newsroom.publish(later, { site: site("b-*.md") });
    expect(prepared.changes.plan.holds.map(({ name }) => name)).toEqual(["rus"]);
    expect(titles(await newsroom.files(), "rus")).toHaveLength(8);
  });

  test("translations of every story at once are no flood, and each entry names the other", async () => {
    const site = `${aSiteFile}channels: [{ name: all, split: language }]\n`;
    const story = (name: string, lang: string) =>
      aFile({ title: `${name} ${lang}`, date: "2026-03-01T09:00:00Z", lang, slug: `${name}-${lang}` });
    const names = ["a", "b", "c", "d", "e", "f", "g", "h"];
    const newsroom = await aNewsroom(Object.fromEntries(names.map((name) => [`ru/${name}.md`, story(name, "ru")])));
    await newsroom.publish(noon, { site });
    for (const name of names) await newsroom.write(`en/${name}.md`, story(name, "en"));
    const { prepared } = await newsroom.publish(later, { site });
    expect(prepared.changes.plan.holds).toEqual([]);
    expect(prepared.catalog.entries.find(({ meta }) => meta.key === "ru/a.md")?.translations).toEqual([
      { language: "en", url: "https://wire.example/a-en/" },
    ]);
  });

  test("a setting that changes every entry without a new date is held as a flood", async () => {
    const newsroom = await aNewsroom(someArticles(8));
    await newsroom.publish(noon);
    const before = await newsroom.files();
    const { prepared } = await newsroom.publish(later, { site: aSiteFile.replace("/{slug}/", "/{year}/{slug}/") });
    expect(prepared.changes.plan.holds[0]?.reasons).toEqual(["8 of the 8 entries that readers have would change without a new date."]);
    expect(await newsroom.files()).toEqual({ ...before, "status.json": expect.stringContaining(later.replace("Z", ".000Z")) });
  });

  test("a run that was cut before its manifest is finished with the dates of that run", async () => {
    const cutShort = async (cut: boolean) => {
      const newsroom = await aNewsroom(someArticles(3));
      await newsroom.publish(noon);
      await newsroom.write("a-02.md", aFile({ title: "Article 02", date: "2026-03-02T09:00:00Z", draft: true }));
      const target: Store = { ...newsroom.target, write: () => Promise.reject(new Error("power cut")) };
      if (cut) await expect(newsroom.publish(later, { ports: { target } })).rejects.toThrow("power cut");
      else await newsroom.publish(later);
      await newsroom.publish("2026-11-20T16:00:00Z");
      return newsroom.files();
    };
    expect(await cutShort(true)).toEqual(await cutShort(false));
  });

  test("another site's state is wrong usage, with both named", async () => {
    const newsroom = await aNewsroom(someArticles(1));
    await newsroom.publish(noon);
    const site = aSiteFile.replace("https://wire.example/", "https://other.example/");
    await expect(newsroom.publish(later, { site })).rejects.toThrow(/https:\/\/wire\.example\/.*https:\/\/other\.example\//s);
  });

  test("a wire that moves to another feedUrl keeps every id and date, with its state", async () => {
    const newsroom = await aNewsroom({ ...someArticles(3), "undated.md": "# Seen\n\nFirst seen by the first run.\n" });
    await newsroom.publish(noon);
    const told = async () => (JSON.parse((await newsroom.files())["all/feed.json"] ?? "") as { items: object[] }).items;
    const before = await told();
    const site = `${aSiteFile}feedUrl: https://feeds.new.example/\n`;
    const refusal = String(await newsroom.publish(later, { site }).catch((error: unknown) => error));
    const release = /--allow (site@[0-9a-f]{8})/.exec(refusal)?.[1] ?? "";
    await newsroom.publish(later, { site, allow: [release] });
    expect(await told()).toEqual(before);
    expect((await newsroom.files())["all/rss.xml"]).toContain('href="https://feeds.new.example/all/rss.xml"');
    expect((await newsroom.publish("2026-11-20T18:00:00Z", { site })).prepared.changes.plan.writes).toEqual([]);
  });
});

describe("two runs", () => {
  test("one that finds the lease taken does nothing and says so", async () => {
    const newsroom = await aNewsroom(someArticles(1));
    await newsroom.state.write(stateKeys.lease, Buffer.from(JSON.stringify({ holder: "another", until: "2026-11-20T12:05:00.000Z" })));
    expect((await newsroom.publish(noon)).kind).toBe("busy");
    expect(await newsroom.files()).toEqual({});
    expect((await newsroom.publish("2026-11-20T12:10:00Z")).kind).toBe("done");
  });

  test.each([
    ["an older", "2026-11-20T13:00:00Z", "2026-11-20T13:00:01Z"],
    ["a younger", "2026-11-20T13:00:01Z", "2026-11-20T13:00:00Z"],
  ])("a run that %s one overtakes plans again before it writes, and no date goes back", async (_, others, own) => {
    const newsroom = await aNewsroom(someArticles(2));
    await newsroom.publish(noon);
    await newsroom.write("a-03.md", aFile({ title: "Article 03", date: "2026-03-03T09:00:00Z" }));
    let overtaken = false;
    const waits: string[] = [];
    const state: Store = {
      ...newsroom.state,
      write: async (key, ...rest) => {
        if (key === stateKeys.lease && !overtaken) {
          overtaken = true;
          await newsroom.publish(others);
          await newsroom.write("undated.md", "# Undated\n");
        }
        return newsroom.state.write(key, ...rest);
      },
    };
    const { kind, prepared } = await newsroom.publish(own, {
      ports: { state, tell: (event) => event.kind === "waiting" && waits.push(event.reason) },
    });
    expect([kind, waits]).toEqual(["done", ["State changed since this run made its plan. Planning again."]]);
    expect(titles(await newsroom.files())).toEqual(["Undated", "Article 03", "Article 02", "Article 01"]);
    const latest = "2026-11-20T13:00:01.000Z";
    expect([prepared.changes.plan.now, itemsOf(await newsroom.files())[0]?.date_published]).toEqual([latest, latest]);
  });

  test("a run that fails while it plans, because another one ended meanwhile, plans again", async () => {
    const newsroom = await aNewsroom(someArticles(2));
    await newsroom.publish(noon);
    await newsroom.write("a-01.md", aFile({ title: "Again", date: "2026-03-01T09:00:00Z" }));
    let ended = false;
    // The other run lets go of a body that this one is about to read.
    const state: Store = {
      ...newsroom.state,
      read: async (key, range) => {
        if (key.startsWith(stateKeys.kept) && !ended) {
          ended = true;
          await newsroom.write("a-02.md", aFile({ title: "Otherwise", date: "2026-03-02T09:00:00Z" }));
          await newsroom.publish("2026-11-20T12:30:00Z");
        }
        return newsroom.state.read(key, range);
      },
    };
    expect((await newsroom.publish("2026-11-20T12:29:00Z", { ports: { state } })).kind).toBe("done");
    expect(ended).toBe(true);
    expect(titles(await newsroom.files())).toEqual(["Otherwise", "Again"]);
  });

  test("a target that changed under a run once is planned for again", async () => {
    const newsroom = await aNewsroom(someArticles(2));
    await newsroom.publish(noon);
    await newsroom.write("a-03.md", aFile({ title: "Article 03", date: "2026-03-03T09:00:00Z" }));
    let changed = false;
    const target: Store = {
      ...newsroom.target,
      write: async (key, ...rest) => {
        if (key === "all/atom.xml" && !changed) await newsroom.target.write(key, Buffer.from("somebody else's"));
        changed ||= key === "all/atom.xml";
        return newsroom.target.write(key, ...rest);
      },
    };
    expect((await newsroom.publish(later, { ports: { target } })).kind).toBe("done");
    expect((await newsroom.files())["all/atom.xml"]).toContain("Article 03");
  });

  test("one that changes all the time stops it before the manifest, as no fault of the run, and the next run converges", async () => {
    const newsroom = await aNewsroom(someArticles(2));
    await newsroom.publish(noon);
    await newsroom.write("a-03.md", aFile({ title: "Article 03", date: "2026-03-03T09:00:00Z" }));
    const target: Store = {
      ...newsroom.target,
      write: async (key, ...rest) => {
        if (key === "all/atom.xml") await newsroom.target.write(key, Buffer.from("somebody else's"));
        return newsroom.target.write(key, ...rest);
      },
    };
    await expect(newsroom.publish(later, { ports: { target } })).rejects.toMatchObject({
      kind: "overtaken",
      message: "target/all/atom.xml changed while this run was at work. So it was 10 times; run again.",
    });
    await newsroom.publish("2026-11-20T15:00:00Z");
    const files = await newsroom.files();
    expect(titles(files)).toHaveLength(3);
    expect(files["all/atom.xml"]).toContain("Article 03");
  });
});

describe("media", () => {
  /** A picture of one pixel. */
  const pixel = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
  const body = "![A pixel](pixel.png)\n\n![On the site](/there.png) ![Lost](lost.png) [Sound](/sounds/a.mp3)";
  const aGallery = async () => {
    const newsroom = await aNewsroom({ "story/a.md": aFile({ title: "Pictures", date: "2026-03-01", image: "pixel.png" }, body) });
    await newsroom.content.write("story/pixel.png", pixel);
    await newsroom.content.write("sounds/a.mp3", Buffer.from("sound"));
    return newsroom;
  };

  test("what an article shows is published under the hash of its bytes, once, and shown from there", async () => {
    const newsroom = await aGallery();
    const { prepared } = await newsroom.publish(noon);
    const media = (await newsroom.target.list("media/")).map(({ key }) => key);
    expect(media).toHaveLength(2);
    const picture = media.find((key) => key.endsWith(".png")) ?? "";
    expect(Buffer.from((await newsroom.target.read(picture))?.bytes ?? []).equals(pixel)).toBe(true);
    expect((await newsroom.target.read(picture))?.headers).toEqual({
      contentType: "image/png",
      cacheControl: "public, max-age=31536000, immutable",
    });
    const [item] = itemsOf(await newsroom.files());
    expect(item?.content_html).toContain(`src="https://wire.example/${picture}"`);
    expect(item?.content_html).toContain('src="https://wire.example/there.png"');
    expect(item).toMatchObject({ image: `https://wire.example/${picture}` });
    expect((await newsroom.files())["all/rss.xml"]).toContain('fileSize="70"');
    expect(JSON.stringify(await newsroom.files())).not.toContain("wireroom-media:");
    expect(prepared.notices.map(({ code, message }) => [code, message])).toEqual([
      [
        "file-missing",
        "The article shows story/lost.png, which is not in the content or is too large. The article is published without it.",
      ],
    ]);
  });

  test("a JPEG named .png is published as what it is, and its type is said everywhere", async () => {
    const jpeg = Buffer.from("ffd8ffe000104a46494600010100000100010000ffc0001108000200030301110002110103110111ffd9", "hex");
    const newsroom = await aNewsroom({ "a.md": aFile({ title: "Pictures", date: "2026-03-01", image: "a.png" }, "Text.") });
    await newsroom.content.write("a.png", jpeg);
    await newsroom.publish(noon);
    const [key = ""] = (await newsroom.target.list("media/")).map((file) => file.key);
    expect(key).toMatch(/^media\/[0-9a-f]{32}\.jpg$/);
    expect((await newsroom.target.read(key))?.headers?.contentType).toBe("image/jpeg");
    const files = await newsroom.files();
    expect(files["all/rss.xml"]).toContain('type="image/jpeg"');
    expect(files["all/feed.json"]).toContain('width=\\"3\\" height=\\"2\\"');
  });

  test("a page that is named .jpg is no picture: it is not published, and it is not read again", async () => {
    const content = counted(memoryStore());
    const body = "![Lost](a.jpg) ![The same](/a.jpg)";
    const newsroom = await aNewsroom({ "a.md": aFile({ title: "Pictures", date: "2026-03-01" }, body) }, { content: content.store });
    await newsroom.write("a.jpg", "<!doctype html><title>Not found</title>");
    const { prepared } = await newsroom.publish(noon);
    expect(await newsroom.target.list("media/")).toEqual([]);
    const message = "The article shows a.jpg, which is not a picture but a web page. The article is published without it.";
    const hint = "Put the real file there, with the file extension of its format.";
    expect(prepared.notices).toEqual([{ kind: "notice", code: "file-mistaken", key: "a.md", message, hint }]);
    content.count.read.length = 0;
    expect((await newsroom.publish(later)).prepared.notices).toHaveLength(1);
    expect(content.count.read).toEqual([]);
    await newsroom.content.write("a.jpg", pixel);
    expect((await newsroom.publish("2026-11-20T15:00:00Z")).prepared.notices).toEqual([]);
    expect(await newsroom.target.list("media/")).toHaveLength(1);
  });

  test("media that an older program measured are measured anew", async () => {
    const content = counted(memoryStore());
    const newsroom = await aNewsroom({ "story/a.md": aFile({ title: "Pictures", date: "2026-03-01" }, body) }, { content: content.store });
    await newsroom.content.write("story/pixel.png", pixel);
    await newsroom.publish(noon);
    const { catalog } = await loadState(newsroom.state);
    const media = catalog.value.media.map(({ way: _, ...medium }) => medium);
    await newsroom.state.write(stateKeys.catalog, seal("catalog", { ...catalog.value, media }));
    content.count.read.length = 0;
    await newsroom.publish(later);
    expect(content.count.read).toEqual(["story/pixel.png"]);
  });

  test("pictures of the site and of a channel are published from the content, and stay addresses of the site where it has none", async () => {
    const newsroom = await aNewsroom(someArticles(1));
    for (const key of ["logo.png", "world.png"]) await newsroom.content.write(key, Buffer.from(`\x89PNG\r\n\x1a\n${key}`, "latin1"));
    const world = "- { name: world, image: world.png }\n- { name: other, image: /elsewhere.png }\n";
    const site = `${aSiteFile}image: https://wire.example/logo.png\nicon: /icon.png\nchannels:\n- { name: all }\n${world}`;
    await newsroom.publish(noon, { site });
    const files = await newsroom.files();
    const [first = "", second = ""] = ["all", "world"].map(
      (path) => /"icon": "https:\/\/wire.example\/(.*?)"/.exec(files[`${path}/feed.json`] ?? "")?.[1],
    );
    expect([files[first], files[second]].map((bytes) => bytes?.slice(-9))).toEqual([expect.stringContaining("logo.png"), "world.png"]);
    expect(files["other/feed.json"]).toContain('"icon": "https://wire.example/elsewhere.png"');
    expect(files["all/feed.json"]).toContain('"favicon": "https://wire.example/icon.png"');
  });

  test("unchanged media are not read again, and nothing is written", async () => {
    const content = counted(memoryStore());
    const newsroom = await aNewsroom({ "story/a.md": aFile({ title: "Pictures", date: "2026-03-01" }, body) }, { content: content.store });
    await newsroom.content.write("story/pixel.png", pixel);
    await newsroom.publish(noon);
    content.count.read.length = 0;
    const { prepared } = await newsroom.publish(later);
    expect([content.count.read, prepared.changes.plan.writes, prepared.changes.plan.copies]).toEqual([[], [], []]);
    await newsroom.state.remove(stateKeys.manifest);
    await newsroom.state.remove(stateKeys.catalog);
    const again = await newsroom.publish(later);
    expect([again.prepared.changes.plan.writes, again.prepared.changes.plan.copies]).toEqual([[], []]);
  });

  test("a picture that is replaced is published anew, under another name, and its article is written again", async () => {
    const newsroom = await aGallery();
    await newsroom.publish(noon);
    const before = (await newsroom.target.list("media/")).map(({ key }) => key);
    await newsroom.content.write("story/pixel.png", Buffer.concat([pixel, Buffer.from("more")]));
    await newsroom.publish(later);
    const after = (await newsroom.target.list("media/")).map(({ key }) => key);
    const [fresh] = after.filter((key) => !before.includes(key));
    expect(after).toEqual(expect.arrayContaining(before));
    expect(itemsOf(await newsroom.files())[0]?.content_html).toContain(fresh);
  });

  test("text that looks like a mark stays text and stops nothing", async () => {
    const newsroom = await aNewsroom({
      "a.md": aFile({ title: "T", date: "2026-03-01" }, "See wireroom-media:%zz;a and wireroom-media:b.png;c."),
    });
    await newsroom.publish(noon);
    expect(itemsOf(await newsroom.files())[0]?.content_html).toBe("<p>See wireroom-media:%zz;a and wireroom-media:b.png;c.</p>");
  });

  test("an article that moves with its pictures keeps its id", async () => {
    const newsroom = await aGallery();
    await newsroom.publish(noon);
    const id = itemsOf(await newsroom.files())[0]?.id;
    const text = Buffer.from((await newsroom.content.read("story/a.md"))?.bytes ?? []).toString("utf8");
    await newsroom.remove("story/a.md");
    await newsroom.write("moved/a.md", text);
    await newsroom.content.write("moved/pixel.png", pixel);
    await newsroom.publish(later);
    expect(itemsOf(await newsroom.files()).map((item) => item.id)).toEqual([id]);
  });
});

describe("announcements", () => {
  const site = `${aSiteFile}hub: https://hub.example/\n`;
  const topics = ["atom.xml", "feed.json", "rss.xml"].map((file) => `https://wire.example/all/${file}`);
  const pinged = (newsroom: Newsroom) => newsroom.announced.flatMap((one) => (one.kind === "ping" ? [one.topic] : [])).sort();

  test("each written window is announced once, when the edge has let go of the old one", async () => {
    const newsroom = await aNewsroom(someArticles(1));
    await newsroom.publish(noon, { site });
    await newsroom.publish("2026-11-20T12:02:29Z", { site });
    expect(pinged(newsroom)).toEqual([]);
    await newsroom.publish("2026-11-20T12:02:30Z", { site });
    expect(pinged(newsroom)).toEqual(topics);
    await newsroom.publish(later, { site });
    expect(pinged(newsroom)).toEqual(topics);
  });

  test("one that failed stays in the outbox for the next run, and fails no run", async () => {
    const newsroom = await aNewsroom(someArticles(1));
    const deaf = { announcer: () => Promise.reject(new Error("hub is down")) };
    await newsroom.publish(noon, { site });
    const { kind, announced } = await newsroom.publish("2026-11-20T12:10:00Z", { site, ports: deaf });
    expect([kind, announced.map((one) => one.kind === "failed" && one.why)]).toEqual(["done", Array(3).fill("hub is down")]);
    await newsroom.publish(later, { site });
    expect(pinged(newsroom)).toEqual(topics);
  });

  test("what a long run wrote is announced so much later", async () => {
    const newsroom = await aNewsroom(someArticles(1));
    await newsroom.publish(noon, { site, ports: { elapsed: () => 100_000 } });
    await newsroom.publish("2026-11-20T12:04:09Z", { site });
    expect(pinged(newsroom)).toEqual([]);
    await newsroom.publish("2026-11-20T12:04:10Z", { site });
    expect(pinged(newsroom)).toEqual(topics);
  });

  test("a withdrawal is told to the edge at once, and an ordinary change is not", async () => {
    const newsroom = await aNewsroom(someArticles(2));
    const ports = { distribution: "E123" };
    await newsroom.publish(noon, { site, ports });
    await newsroom.write("a-02.md", aFile({ title: "Better", date: "2026-03-02T09:00:00Z" }));
    await newsroom.publish("2026-11-20T12:01:00Z", { site, ports });
    expect(newsroom.announced).toEqual([]);
    await newsroom.write("a-01.md", aFile({ title: "Article 01", date: "2026-03-01T09:00:00Z", status: "canceled" }));
    await newsroom.publish("2026-11-20T12:02:00Z", { site, ports });
    expect(newsroom.announced).toMatchObject([{ kind: "invalidation", distribution: "E123" }]);
    await newsroom.publish("2026-11-20T12:02:10Z", { site, ports });
    expect(newsroom.announced).toHaveLength(1);
  });

  test("announcing alone tells what is due, and looks at neither content nor target", async () => {
    const newsroom = await aNewsroom(someArticles(1));
    await newsroom.publish(noon, { site });
    const told: string[] = [];
    const telling = (now: string) => ({
      state: newsroom.state,
      now,
      announcer: async (one: Announcement) => void told.push(one.kind),
      elapsed: () => 0,
      holder: "reminder",
    });
    await announceDue(telling("2026-11-20T12:02:00.000Z"));
    expect(told).toEqual([]);
    await announceDue(telling("2026-11-20T12:03:00.000Z"));
    await announceDue(telling("2026-11-20T12:04:00.000Z"));
    expect(told).toEqual(["ping", "ping", "ping"]);
    expect(await newsroom.state.read(stateKeys.lease)).toBeUndefined();
  });

  test("announcing alone leaves it to a run that has written meanwhile", async () => {
    const newsroom = await aNewsroom(someArticles(1));
    await newsroom.publish(noon, { site });
    const overtaken: Store = {
      ...newsroom.state,
      write: (key, ...rest) => (key === stateKeys.manifest ? Promise.resolve({ kind: "refused" }) : newsroom.state.write(key, ...rest)),
    };
    const { kind } = await announceDue({
      state: overtaken,
      now: "2026-11-20T12:03:00.000Z",
      announcer: async () => {},
      elapsed: () => 0,
      holder: "reminder",
    });
    expect(kind).toBe("busy");
  });
});
