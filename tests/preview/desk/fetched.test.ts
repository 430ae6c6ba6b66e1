import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseSite } from "../../../lambda/channels/site/site-file.ts";
import { partnerLog, subscribers, withdrawnProof } from "../../../lambda/operator/proof/prove.ts";
import { accessLogs } from "../../../lambda/preview/desk/reading/access-logs.ts";
import { settingsOf } from "../../../lambda/settings.ts";
import { aLog, type Logged } from "../../operator/proof/a-log.ts";
import { aFile, aSiteFile } from "../../support/a-newsroom.ts";
import { counted } from "../../support/stores/a-counted-store.ts";
import { memoryStore } from "../../support/stores/memory-store.ts";
import { type ADesk, aDesk } from "./a-desk.ts";

const site = `${aSiteFile}partners:\n  - { name: agency, profile: ninjs, channel: all, changes: true }\n  - { name: plain, profile: generic, channel: all }\n  - { name: quiet, profile: generic, channel: all }\n`;
const story = (more = {}) => aFile({ title: "The harvest", date: "2026-03-01T09:00:00Z", id: "tag:wire.example,2026:harvest", ...more });
const other = aFile({ title: "Another", date: "2026-03-01T08:00:00Z" });
const agent = "Agency/1.0";

/** The cells of each table of a page by its name, row by row. */
function tablesOf(html: string): Readonly<Record<string, readonly (readonly string[])[]>> {
  const tables = [...html.matchAll(/aria-label="([^"]*)">\s*<table>([\s\S]*?)<\/table>/g)];
  const cells = (row: string) =>
    [...row.matchAll(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, cell = ""]) => cell.replaceAll(/<[^>]*>/g, ""));
  return Object.fromEntries(
    tables.map(([, name = "", table = ""]) => [name, [...table.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map(([, row = ""]) => cells(row))]),
  );
}

describe("the desk with access logs", () => {
  let there: ADesk;
  beforeAll(async () => {
    const logs: readonly (readonly Logged[])[] = [
      [
        ["2026-03-01T11:00:00Z", "/partners/plain/rss.xml", 200, agent],
        ["2026-03-01T11:05:00Z", "/p/SECRET/partners/plain/rss.xml", 304, agent],
        ["2026-03-01T11:10:00Z", "/partners/plain/rss.xml", 401, agent],
        ["2026-03-01T11:20:00Z", "/all/rss.xml", 200, "Feedbin feed-id:1 - 20 subscribers"],
        ["2026-03-01T11:20:00Z", "/all/rss.xml", 200, "Inoreader (7 subscribers)"],
      ],
      [
        ["2026-03-03T12:00:00Z", "/all/rss.xml", 304, "Feedbin feed-id:1 - 25 subscribers"],
        ["2026-03-03T12:00:00Z", "/all/atom.xml", 200, "<b>Miniflux</b>"],
        ["2026-03-03T12:30:00Z", "/partners/agency/manifest.json", 500, agent],
        ["2026-03-03T12:30:00Z", "/partners/nobody/rss.xml", 200, agent],
      ],
    ];
    there = await aDesk({ "site.yaml": site, "harvest.md": story(), "other.md": other }, logs);
    await there.publish("2026-03-01T10:00:00Z");
    await there.write({ "harvest.md": story({ canceled: true }) });
    await there.publish("2026-03-01T12:00:00Z");
  });
  afterAll(() => there[Symbol.asyncDispose]());

  const known = async () => ({
    site: parseSite(site, "site.yaml"),
    state: (await settingsOf({ content: there.folder }, () => new Date())).state,
  });

  test("has for each partner its requests by day and status, as a picture and a table", async () => {
    const page = await there.page("fetched");
    const tables = tablesOf(page);
    expect(tables["Requests of plain by day and status"]).toEqual([
      ["Day (UTC)", "200", "304", "401"],
      ["2026-03-03", "0", "0", "0"],
      ["2026-03-02", "0", "0", "0"],
      ["2026-03-01", "1", "1", "1"],
    ]);
    expect(tables["Requests of agency by day and status"]?.[1]).toEqual(["2026-03-03", "1"]);
    expect(page).toContain('<h2 id="partner-2"><bdi>quiet</bdi></h2>\n<p>It has asked for nothing in these days.</p>');
    expect(page).toContain('<desc id="chart-1-desc">3 requests from 2026-03-01 to 2026-03-03, most on 2026-03-01: 3.</desc>');
    expect(page).toContain("<title>2026-03-01: 1 fetched, 1 unchanged (304), 1 refused (401, 403, 404)</title>");
    expect(page).not.toContain("SECRET");
    const { files, refused } = await partnerLog("plain", { logs: there.logs }, await known());
    expect([files.reduce((sum, { requests }) => sum + requests, 0), refused]).toEqual([2, 1]);
  });

  test("says of a withdrawal what the command says, and shows its days", async () => {
    const list = await there.page("withdrawals");
    expect(tablesOf(list)["Who has harvest.md"]?.slice(1)).toEqual([
      ["agency", "never", "not yet", "2026-03-01 12:00 UTC", expect.stringMatching(/^items\//)],
      ["plain", "2, last 2026-03-01 11:05 UTC", "not yet", "2026-03-01 12:00 UTC", "rss.xml"],
      ["quiet", "never", "not yet", "2026-03-01 12:00 UTC", "rss.xml"],
    ]);
    expect(list).toContain("Tell them yourself: plain had the article, and has not fetched the withdrawal yet.");
    const one = await there.page("withdrawals?id=tag:wire.example,2026:harvest");
    expect(tablesOf(one)["How often plain fetched rss.xml, by day"]?.at(-1)).toEqual(["2026-03-01", "2", "0"]);
    expect(one).toContain(">withdrawn</text>");
    const { partners } = await withdrawnProof("harvest.md", { logs: there.logs }, await known());
    expect(partners.map(({ partner, before, since }) => [partner, before, since])).toEqual([
      ["agency", 0, 0],
      ["plain", 2, 0],
      ["quiet", 0, 0],
    ]);
  });

  test("has the subscribers of each feed by day: on the last one, those of the command", async () => {
    const page = await there.page("subscribers");
    const tables = tablesOf(page);
    expect(tables["Feeds"]?.slice(1)).toEqual([
      ["all/rss.xml", "32", "3"],
      ["all/atom.xml", "0", "1"],
    ]);
    expect(tables["Subscribers of all/rss.xml by day"]?.slice(1)).toEqual([
      ["2026-03-03", "32", "1"],
      ["2026-03-02", "27", "0"],
      ["2026-03-01", "27", "2"],
    ]);
    expect((await subscribers({ logs: there.logs })).feeds.map(({ feed, reported }) => [feed, reported])).toEqual([
      ["all/rss.xml", 32],
      ["all/atom.xml", 0],
    ]);
    expect(tablesOf(await there.page("subscribers?feed=all/atom.xml"))["Subscribers of all/atom.xml by day"]?.[1]).toEqual([
      "2026-03-03",
      "0",
      "1",
    ]);
  });
});

test("without logs, the desk says in a sentence what to do", async () => {
  await using there = await aDesk({ "site.yaml": aSiteFile });
  for (const path of ["fetched", "withdrawals", "subscribers"])
    expect(await there.page(path)).toContain("start it with <code>--logs PLACE</code>");
});

describe("access logs", () => {
  const line: Logged = ["2026-03-01T11:00:00Z", "/partners/plain/rss.xml", 200, agent];

  test("are read once, as long as their names and sizes stay", async () => {
    const { store, count } = counted(memoryStore());
    await store.write("a.parquet", aLog([line]));
    const logs = accessLogs(store, 60_000);
    for (let turn = 0; turn < 2; turn += 1) expect(await logs()).toMatchObject({ kind: "read", logs: [{ requests: 1 }] });
    expect(count.read).toEqual(["a.parquet"]);
    await store.write("b.parquet", aLog([line, line]));
    expect(await logs()).toMatchObject({ kind: "read", logs: [{ requests: 1 }, { requests: 2 }] });
    expect(count.read).toEqual(["a.parquet", "b.parquet"]);
  });

  test("say how far they are read, if it takes long, and what is wrong with them", async () => {
    const store = memoryStore();
    await store.write("a.parquet", aLog([line]));
    let go = () => {};
    const ready = new Promise<void>((done) => {
      go = done;
    });
    const logs = accessLogs({ ...store, read: async (key) => ready.then(() => store.read(key)) }, 1);
    expect(await logs()).toMatchObject({ kind: "reading", done: 0, of: 1 });
    go();
    await expect.poll(logs).toMatchObject({ kind: "read" });
    await store.write("b.parquet", Buffer.from("not parquet"));
    expect(await accessLogs(store, 60_000)()).toMatchObject({
      kind: "failed",
      message: expect.stringContaining("b.parquet cannot be read as an access log"),
    });
    expect(await accessLogs(memoryStore(), 60_000)()).toMatchObject({
      kind: "failed",
      message: expect.stringContaining("has no access log"),
    });
  });
});
