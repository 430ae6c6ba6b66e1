import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { type CancelOrder, cancel } from "../../lambda/operator/cancel.ts";
import type { CancelReport } from "../../lambda/reports/report.ts";
import { underLease } from "../../lambda/run/process/lease.ts";
import { loadState } from "../../lambda/state/state.ts";
import { cancellationLines } from "../../lambda/terminal/cancellation.ts";
import { shown } from "../../lambda/terminal/screen/screen.ts";
import { aDesk } from "../support/a-desk.ts";
import { aFile, aSiteFile, someArticles } from "../support/a-newsroom.ts";
import { lose, loseLedger } from "../support/a-state.ts";

type Desk = Awaited<ReturnType<typeof aDesk>>;

const [noon, one, two, three] = ["2026-11-20T12:00:00Z", "2026-11-20T13:00:00Z", "2026-11-20T14:00:00Z", "2026-11-20T15:00:00Z"] as const;
const id = "tag:wire.example,2026-01-01:a-01";
const site = `${aSiteFile}channels:\n  - { name: all }\n  - { name: tea, where: { tag: tea } }\n  - { name: milk, where: { tag: milk } }\n`;
const story = (title: string, says: Readonly<Record<string, string>> = {}) =>
  aFile({ title, date: "2026-03-01T09:00:00Z", ...says }, `The secret words of ${title}.`);
const files = {
  "site.yaml": site,
  ...someArticles(8),
  "a-01.md": story("Article 01", { tags: "tea" }),
  "a-02.md": story("Article 02", { tags: "milk" }),
};

async function aNewsdesk(): Promise<Desk> {
  const desk = await aDesk(files);
  await desk.publish(noon);
  return desk;
}

const order = (says: Partial<CancelOrder> = {}): CancelOrder => ({ id, reason: "It was not so.", time: 60_000, tell: () => {}, ...says });
const showing = (published: Readonly<Record<string, string>>, words: string) =>
  Object.keys(published)
    .filter((key) => published[key]?.includes(words))
    .sort();

describe("wireroom cancel", () => {
  test("withdraws the article in its file, and publishes the notice in every feed that holds it", async () => {
    await using desk = await aNewsdesk();
    const before = await desk.read("a-01.md");
    const report = await cancel(order(), await desk.settings(one));
    expect(report).toMatchObject({ command: "cancel", canceled: { id, key: "a-01.md", where: "file" }, outcome: "published" });
    expect(await desk.read("a-01.md")).toBe(before.replace("---\n", '---\nstatus: "canceled"\nreason: "It was not so."\n'));
    const published = await desk.published();
    expect(showing(published, "secret words of Article 01")).toEqual([]);
    expect(showing(published, "It was not so.")).toEqual(expect.arrayContaining(["all/rss.xml", "tea/atom.xml", "tea/feed.json"]));
    expect(report.files.written.map(({ key }) => key).filter((key) => key.startsWith("milk/"))).toEqual([]);
    expect((await desk.publish(two)).files.written).toEqual([]);
  });

  test("publishes no other edit: these wait for the next run", async () => {
    await using desk = await aNewsdesk();
    await desk.write("a-02.md", story("Unfinished", { tags: "milk" }));
    await desk.write("new.md", story("New"));
    await desk.remove("a-03.md");
    await cancel(order(), await desk.settings(one));
    const published = await desk.published();
    expect(showing(published, "Unfinished")).toEqual([]);
    expect(showing(published, "secret words of New")).toEqual([]);
    expect((await desk.publish(two)).articles).toMatchObject({ missing: 1, published: 8 });
    expect(showing(await desk.published(), "Unfinished")).toContain("milk/rss.xml");
  });

  test("accepts the article's id, its URI in the feeds, or the path of its file", async () => {
    await using desk = await aDesk({ ...files, "a-01.md": story("Article 01", { id: "story-1" }) });
    await desk.publish(noon);
    const uri = (await loadState((await desk.settings(one)).state)).ledger.value.entries.get("story-1")?.uri ?? "";
    expect(uri).toMatch(/^urn:uuid:/);
    for (const written of ["story-1", uri, "a-01.md"])
      expect((await cancel(order({ id: written }), await desk.settings(one))).canceled.id).toBe("story-1");
  });

  test("publishes a repeated withdrawal only if the reason changes", async () => {
    await using desk = await aNewsdesk();
    const inLedger = async (now: string) => ({ ...(await desk.settings(now)), editable: false });
    await cancel(order(), await inLedger(one));
    const before = await desk.published();
    for (const reason of [{}, { reason: "It was not so." }])
      expect((await cancel({ id, time: 60_000, tell: () => {}, ...reason }, await inLedger(two))).files.written).toEqual([]);
    expect(await desk.published()).toEqual(before);
    await cancel(order({ reason: "By order of a court." }), await inLedger(three));
    expect(showing(await desk.published(), "By order of a court.")).toContain("tea/rss.xml");
  });

  test("rejects an article that was never published as wrong usage, and suggests similar ids", async () => {
    await using desk = await aNewsdesk();
    const settings = await desk.settings(one);
    await expect(cancel(order({ id: "tag:wire.example,2026-01-01:a-10" }), settings)).rejects.toMatchObject({
      kind: "usage",
      message: expect.stringMatching(
        /^No article "tag:.*:a-10" has been published\. Did you mean "tag:.*:a-0\d"\? Nothing was changed\.$/,
      ) as string,
    });
    await expect(cancel(order({ id: "zebra" }), settings)).rejects.toThrow("wireroom status names the newest entry of each feed.");
  });
});

test("cancel fails without a ledger, and says that ids cannot be found", async () => {
  await using desk = await aNewsdesk();
  const settings = await desk.settings(one);
  await loseLedger(settings.state);
  await expect(cancel(order(), settings)).rejects.toThrow(/has no ledger, so no article can be found by its id\./);
});

describe("the ledger records a withdrawal that the article's file cannot hold", () => {
  const broken = "---\ntitle: [Article 01\n---\nThe secret words of Article 01.\n";

  test.each([
    ["broken", (desk: Desk) => desk.write("a-01.md", broken)],
    ["gone", (desk: Desk) => desk.remove("a-01.md")],
    ["of another encoding", (desk: Desk) => desk.write("a-01.md", Buffer.from(`\ufeff${story("Article 01", { tags: "tea" })}`, "utf16le"))],
  ])("if the file is %s", async (_, happen) => {
    await using desk = await aNewsdesk();
    await happen(desk);
    await desk.publish("2026-11-20T12:10:00Z");
    expect(await cancel(order(), await desk.settings("2026-11-20T12:20:00Z"))).toMatchObject({ canceled: { where: "ledger" } });
    expect(showing(await desk.published(), "secret words of Article 01")).toEqual([]);
    expect(showing(await desk.published(), "It was not so.")).toContain("tea/rss.xml");
    await desk.publish(two);
    expect(showing(await desk.published(), "It was not so.")).toContain("tea/rss.xml");
  });

  test("and its release puts the article back into the feeds as a new entry", async () => {
    await using desk = await aNewsdesk();
    const { canceled } = await cancel(order(), { ...(await desk.settings(one)), editable: false });
    expect(canceled.release).toMatch(/^tag:wire\.example,2026-01-01:a-01@[0-9a-f]{8}$/);
    const { release = "" } = canceled;
    const again = await cancel(order(), { ...(await desk.settings("2026-11-20T13:10:00Z")), editable: false });
    expect(shown(cancellationLines(again))).toContain(`  wireroom allow ${release}`);
    const wrong = await desk.publish("2026-11-20T13:30:00Z", [release.replace(/.$/, (digit) => (digit === "0" ? "1" : "0"))]);
    expect([wrong.outcome, wrong.remarks.join()]).toEqual(["unchanged", expect.stringContaining("released nothing")]);
    const back = await desk.publish(two, [release]);
    expect([back.outcome, back.remarks]).toEqual(["published", []]);
    const { "tea/feed.json": feed = "{}" } = await desk.published();
    const [item] = (JSON.parse(feed) as { items: { id: string; date_modified: string; content_html: string }[] }).items;
    expect(item).toMatchObject({ id, date_modified: "2026-11-20T14:00:00.000Z" });
    expect(item?.content_html).toContain("secret words of Article 01");
    for (const now of [three, "2026-11-20T16:00:00Z"]) expect((await desk.publish(now, [release])).outcome).toBe("unchanged");
  });

  test("and the report names a file that keeps a released article out of the feeds", async () => {
    await using desk = await aNewsdesk();
    const { canceled } = await cancel(order(), { ...(await desk.settings(one)), editable: false });
    await desk.remove("a-01.md");
    const back = await desk.publish(two, [canceled.release ?? ""]);
    expect(back.remarks).toEqual([`${id} is no longer withdrawn in the ledger, but its file keeps it out of the feeds: see a-01.md.`]);
    expect(showing(await desk.published(), "secret words of Article 01")).toEqual([]);
    await desk.write("a-01.md", files["a-01.md"]);
    await desk.publish(three);
    expect(showing(await desk.published(), "secret words of Article 01")).toContain("tea/rss.xml");
  });

  test("and the withdrawal outlasts later edits of the file", async () => {
    await using desk = await aNewsdesk();
    await cancel(order(), { ...(await desk.settings(one)), editable: false });
    expect(await desk.read("a-01.md")).toBe(files["a-01.md"]);
    for (const [now, text] of [
      [two, story("Edited", { tags: "tea" })],
      [three, story("Edited", { tags: "tea", status: "draft" })],
    ] as const) {
      await desk.write("a-01.md", text);
      await desk.publish(now);
      expect(showing(await desk.published(), "secret words")).not.toContain("tea/feed.json");
      expect(showing(await desk.published(), "It was not so.")).toContain("tea/feed.json");
    }
  });
});

describe("a hold", () => {
  const held = async (desk: Desk) => {
    for (const key of ["a-04.md", "a-05.md", "a-06.md", "a-07.md", "a-08.md"]) await desk.remove(key);
    await desk.publish(one);
    return desk.publish("2026-11-20T15:30:00Z");
  };

  test("still drops a withdrawn article, and changes nothing else", async () => {
    await using desk = await aNewsdesk();
    expect((await held(desk)).holds.map(({ name }) => name)).toEqual(["run"]);
    const before = await desk.published();
    await cancel(order(), await desk.settings("2026-11-20T16:00:00Z"));
    const after = await desk.published();
    expect(showing(after, "secret words of Article 01")).toEqual([]);
    expect(showing(after, id).filter((key) => key.startsWith("all/"))).toEqual([]);
    const titles = (feeds: typeof after) =>
      (JSON.parse(feeds["all/feed.json"] ?? "{}") as { items: { title: string }[] }).items.map((item) => item.title);
    expect(titles(after)).toEqual(titles(before).filter((title) => title !== "Article 01"));
    for (const [key, tag] of [
      ["all/rss.xml", "item"],
      ["all/atom.xml", "entry"],
    ] as const)
      expect(after[key]?.split(`</${tag}>`).length).toBe((before[key]?.split(`</${tag}>`).length ?? 0) - 1);
    expect(showing(after, "Article 01").filter((key) => !key.startsWith("tea/"))).toEqual([]);
    expect(after["all/atom.xml"]).toContain("<updated>2026-11-20T16:00:00.000Z<");
    const next = await desk.publish("2026-11-20T17:00:00Z");
    expect([next.outcome, next.files.written.map(({ key }) => key)]).toEqual(["held", []]);
  });
});

test("a held feed drops a withdrawn article without a manifest, and no page lists it as the newest", async () => {
  await using desk = await aDesk({
    ...files,
    "site.yaml": `${site}pages: true\n`,
    "a-01.md": story("Article 01", { date: "2026-04-01T09:00:00Z" }),
  });
  await desk.publish(noon);
  for (const key of ["a-04.md", "a-05.md", "a-06.md", "a-07.md", "a-08.md"]) await desk.remove(key);
  await desk.publish(one);
  expect((await desk.publish("2026-11-20T15:30:00Z")).holds.map(({ name }) => name)).toEqual(["run"]);
  const { state } = await desk.settings(noon);
  await lose(state, "manifest");
  expect(showing(await desk.published(), "Article 01")).toEqual(
    expect.arrayContaining(["a-01/index.html", "all/rss.xml", "index.html", "status.json"]),
  );
  const report = await cancel(order(), await desk.settings("2026-11-20T16:00:00Z"));
  expect(report.files.removed).toEqual(["a-01/index.html"]);
  expect(showing(await desk.published(), "Article 01")).toEqual([]);
  expect((await desk.publish("2026-11-20T17:00:00Z")).holds.map(({ name }) => name)).toEqual(["run"]);
  expect(showing(await desk.published(), "Article 01")).toEqual([]);
});

test("a withdrawn article's page is removed at once, even if held feeds link to it", async () => {
  await using desk = await aDesk({ ...files, "site.yaml": `${site}pages: true\n` });
  await desk.publish(noon);
  for (const key of ["a-04.md", "a-05.md", "a-06.md", "a-07.md", "a-08.md"]) await desk.remove(key);
  await desk.publish(one);
  expect((await desk.publish("2026-11-20T15:30:00Z")).holds.map(({ name }) => name)).toEqual(["run"]);
  expect(showing(await desk.published(), "secret words of Article 01")).toContain("a-01/index.html");
  await cancel(order(), await desk.settings("2026-11-20T16:00:00Z"));
  expect(showing(await desk.published(), "secret words of Article 01")).toEqual([]);
  expect((await desk.publish("2026-11-20T17:00:00Z")).files.removed).toEqual([]);
});

describe("wireroom cancel --erase", () => {
  const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
  const shared = Buffer.concat([png, Buffer.from([0])]);
  const secret = "secret words";

  /** Every file below a folder that holds some words, plain, packed, or in a value of state. */
  async function holding(folder: string, words: string): Promise<readonly string[]> {
    const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
    const found = entries.map(async ({ parentPath, name }) => {
      const bytes = await readFile(join(parentPath, name));
      const text = bytes[0] === 0x1f ? gunzipSync(bytes).toString("utf8") : bytes.toString("utf8");
      return text.includes(words) ? [join(parentPath, name).slice(folder.length + 1)] : [];
    });
    return (await Promise.all(found)).flat();
  }

  async function erased() {
    const desk = await aDesk({
      ...files,
      "a-01.md": `${story("Article 01", { tags: "tea" })}\n![](own.png) ![](shared.png)\n`,
      "a-02.md": `${aFile({ title: "Article 02", date: "2026-03-01T09:00:00Z" }, "Harmless.")}\n![](shared.png)\n`,
      "own.png": png,
      "shared.png": shared,
    });
    await desk.publish(noon);
    await desk.write("a-01.md", `${story("Article 01", { tags: "tea" })}\nEdited.\n![](own.png) ![](shared.png)\n`);
    await desk.publish("2026-11-20T12:30:00Z");
    return { desk, report: await cancel(order({ erase: true }), await desk.settings(one)) };
  }

  test("removes every word of the article from content, target and state, in old versions too", async () => {
    const { desk, report } = await erased();
    await using _ = desk;
    expect(await holding(desk.path, secret)).toEqual([]);
    const gone = typeof report.canceled.erased === "object" ? report.canceled.erased.gone : [];
    expect(gone.map((place) => place.slice(desk.path.length + 1).replace(/[0-9a-f]{32}/, "HASH")).sort()).toEqual([
      "content/a-01.md",
      "content/own.png",
      "site/media/HASH.png",
    ]);
    expect((await readdir(join(desk.path, "site/media"))).length).toBe(1);
    expect(await readdir(join(desk.path, "content"))).toContain("shared.png");
  });

  test("keeps the withdrawal notice in the feeds, and later runs write nothing", async () => {
    const { desk } = await erased();
    await using _ = desk;
    expect(showing(await desk.published(), "It was not so.")).toContain("tea/rss.xml");
    for (const now of [two, three]) expect((await desk.publish(now)).files.written).toEqual([]);
    expect(showing(await desk.published(), "It was not so.")).toContain("tea/rss.xml");
  });

  test("removes what is left of an article that is already withdrawn", async () => {
    await using desk = await aNewsdesk();
    await cancel(order(), await desk.settings(one));
    expect(await holding(desk.path, "words of Article 01")).not.toEqual([]);
    await cancel(order({ erase: true }), await desk.settings(two));
    expect(await holding(desk.path, "words of Article 01")).toEqual([]);
  });
});

test("cancel waits until a running publish is done", async () => {
  await using desk = await aNewsdesk();
  const settings = await desk.settings(one);
  const { state, now } = settings;
  let canceling: Promise<CancelReport> | undefined;
  await underLease({ state, now, holder: "another", elapsed: () => 0 }, async () => {
    canceling = cancel(order(), settings);
    await new Promise((resolve) => setTimeout(resolve, 200));
  });
  expect((await canceling)?.outcome).toBe("published");
});

test("a path names the article that is in the file now, not an earlier one", async () => {
  await using desk = await aNewsdesk();
  await desk.remove("a-01.md");
  for (const now of [one, two]) await desk.publish(now);
  await desk.write("a-01.md", story("Another"));
  await desk.publish(three);
  const { canceled } = await cancel(order({ id: "a-01.md" }), await desk.settings("2026-11-20T16:00:00Z"));
  expect(canceled.id).toBe(`${id}~2`);
  expect(showing(await desk.published(), "secret words of Another")).toEqual([]);
});
