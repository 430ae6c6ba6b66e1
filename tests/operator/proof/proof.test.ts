import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { emptyLedger, type Ledger } from "../../../lambda/channels/catalog/ledger/ledger.ts";
import { parseSite } from "../../../lambda/channels/site/site-file.ts";
import { partnerTally } from "../../../lambda/operator/proof/partner-log.ts";
import { partnerLog, subscribers, withdrawnProof } from "../../../lambda/operator/proof/prove.ts";
import { isDelivered, type LoggedRequest, requestsIn } from "../../../lambda/operator/proof/requests.ts";
import { heldBy, withdrawalTally } from "../../../lambda/operator/proof/withdrawn.ts";
import { openStore } from "../../../lambda/stores/open/open.ts";
import { aPartnerRule } from "../../partners/a-partner.ts";
import { aFile, aNewsroom, aSiteFile } from "../../support/a-newsroom.ts";
import { aLog, type Logged } from "./a-log.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A folder with a log file for each list of lines. */
function logsOf(...files: readonly (readonly Logged[])[]): string {
  const folder = mkdtempSync(join(tmpdir(), "wireroom-logs-"));
  folders.push(folder);
  for (const [index, lines] of files.entries()) writeFileSync(join(folder, `${index}.parquet`), aLog(lines));
  return folder;
}

const agent = "Agency/1.0";
const rule = { ...aPartnerRule("generic"), name: "agency" };

describe("what a partner fetched", () => {
  it("counts each file by either way of access, and refusals", async () => {
    const logs = logsOf(
      [
        ["2026-11-01T10:00:00Z", "/partners/agency/rss.xml", 200, agent],
        ["2026-11-02T10:00:00Z", "/p/SECRET/partners/agency/rss.xml", 304, agent],
        ["2026-11-02T11:00:00Z", "/partners/other/rss.xml", 200, agent],
        ["2026-11-02T12:00:00Z", "/partners/agency/rss.xml", 401, agent],
      ],
      [
        ["2026-11-01T09:00:00Z", "/partners/agency/rss.xml", 200, agent],
        ["2026-11-03T09:00:00Z", "/partners/agency/m%C3%A9dia/a.jpg", 206, agent],
        ["2026-11-03T10:00:00Z", "/partners/agency/rss.xml", 500, agent],
      ],
    );
    expect(await partnerLog("agency", { logs }, { site: { partners: [rule] } as never })).toEqual({
      command: "partner log",
      partner: "agency",
      files: [
        { file: "média/a.jpg", requests: 1, unchanged: 0, first: "2026-11-03T09:00:00Z", last: "2026-11-03T09:00:00Z", lastStatus: 206 },
        { file: "rss.xml", requests: 3, unchanged: 1, first: "2026-11-01T09:00:00Z", last: "2026-11-02T10:00:00Z", lastStatus: 304 },
      ],
      refused: 1,
      lastRefused: "2026-11-02T12:00:00Z",
      silent: { seconds: 3_600, usual: 300 },
      logs,
      requests: 7,
      first: "2026-11-01T09:00:00Z",
      last: "2026-11-03T10:00:00Z",
    });
  });

  it("leaves out what is older than a day", async () => {
    const logs = logsOf([
      ["2026-10-31T23:59:59Z", "/partners/agency/rss.xml", 200, agent],
      ["2026-11-01T00:00:00Z", "/partners/agency/rss.xml", 200, agent],
    ]);
    expect(await partnerLog("agency", { logs, since: "2026-11-01" }, { site: { partners: [rule] } as never })).toMatchObject({
      requests: 1,
    });
  });

  it.each([["a partner that there is not", "nobody", 'no partner "nobody". It names agency.']])("refuses %s", async (_, name, says) => {
    await expect(partnerLog(name, { logs: logsOf([]) }, { site: { partners: [rule] } as never })).rejects.toThrow(says);
  });

  it("says what is wrong with a folder without logs, and with a file that is none", async () => {
    const folder = logsOf();
    await expect(subscribers({ logs: folder })).rejects.toThrow("no file there ends with .parquet");
    writeFileSync(join(folder, "a.parquet"), "not parquet");
    await expect(subscribers({ logs: folder })).rejects.toThrow(/a\.parquet cannot be read as an access log/);
  });
});

describe("who has a withdrawn article", () => {
  const newsroomSite = `${aSiteFile}partners:\n  - { name: agency, profile: ninjs, channel: all, changes: true }\n  - { name: plain, profile: generic, channel: all }\n`;
  const story = (more = {}) => aFile({ title: "The harvest", date: "2026-03-01T09:00:00Z", id: "tag:wire.example,2026:harvest", ...more });

  it("names who fetched it before, and who has fetched the withdrawal since", async () => {
    const newsroom = await aNewsroom({ "harvest.md": story() });
    await newsroom.publish("2026-03-01T10:00:00Z", { site: newsroomSite });
    await newsroom.write("harvest.md", story({ canceled: true }));
    await newsroom.publish("2026-03-01T12:00:00Z", { site: newsroomSite });
    const document = Object.keys(await newsroom.files()).find((key) => key.includes("/items/"));
    const logs = logsOf([
      ["2026-03-01T09:59:00Z", "/partners/plain/rss.xml", 200, agent],
      ["2026-03-01T11:00:00Z", "/partners/plain/rss.xml", 200, agent],
      ["2026-03-01T11:05:00Z", "/partners/plain/rss.xml", 304, agent],
      ["2026-03-01T11:10:00Z", `/${document}`, 200, agent],
      ["2026-03-01T12:30:00Z", `/${document}`, 200, agent],
      ["2026-03-01T12:40:00Z", "/partners/plain/rss.xml", 401, agent],
    ]);
    const found = await withdrawnProof("harvest.md", { logs }, { site: parseSite(newsroomSite, "site.yaml"), state: newsroom.state });
    expect(found).toMatchObject({ id: "tag:wire.example,2026:harvest", file: "harvest.md", gone: "2026-03-01T12:00:00.000Z" });
    expect(found.partners).toMatchObject([
      { partner: "agency", before: 1, lastBefore: "2026-03-01T11:10:00Z", since: 1, firstSince: "2026-03-01T12:30:00Z" },
      { partner: "plain", before: 2, lastBefore: "2026-03-01T11:05:00Z", since: 0 },
    ]);
  });

  it("is told by partners that it is still there", () => {
    const entry = { id: "a", keys: ["a.md"], firstSeen: "2026-03-01T09:00:00.000Z", partners: { language: "en", marks: { agency: {} } } };
    const tally = withdrawalTally(heldBy(entry as never, emptyLedger as Ledger, { partners: [rule] }));
    tally.add({ at: "2026-03-01T09:00:00Z", path: "partners/agency/rss.xml", status: 200, agent });
    expect(tally.result()).toMatchObject([{ before: 1, since: 0 }]);
    expect(tally.result()[0]).not.toHaveProperty("gone");
  });
});

describe("who reads a feed", () => {
  it("sums what aggregators last reported, for each feed and each of their numbers", async () => {
    const logs = logsOf([
      ["2026-11-01T10:00:00Z", "/all/rss.xml", 200, "Feedbin feed-id:1 - 20 subscribers"],
      ["2026-11-02T10:00:00Z", "/all/rss.xml", 304, "Feedbin feed-id:1 - 25 subscribers"],
      ["2026-11-02T10:00:00Z", "/all/rss.xml", 304, "Feedbin feed-id:2 - 5 subscribers"],
      ["2026-11-02T11:00:00Z", "/all/rss.xml", 200, "Mozilla/5.0 (compatible; inoreader.com; 7 subscribers)"],
      ["2026-11-02T12:00:00Z", "/all/rss.xml", 200, "NetNewsWire (RSS Reader; https://netnewswire.com/)"],
      ["2026-11-02T12:00:00Z", "/all/rss.xml", 200, "Mozilla/5.0 (X11; Linux x86_64) Firefox/140"],
      ["2026-11-02T12:00:00Z", "/all/rss.xml", 404, "Feedbin feed-id:9 - 900 subscribers"],
      ["2026-11-02T12:00:00Z", "/partners/agency/rss.xml", 200, "Feedbin - 900 subscribers"],
      ["2026-11-02T12:00:00Z", "/world/index.html", 200, "Feedbin - 900 subscribers"],
      ["2026-11-02T12:00:00Z", "/world/atom.xml", 200, "Miniflux/2.2.1"],
    ]);
    expect((await subscribers({ logs })).feeds).toEqual([
      {
        feed: "all/rss.xml",
        reported: 37,
        programs: [
          { name: "Feedbin", requests: 3, subscribers: 30 },
          { name: "inoreader.com", requests: 1, subscribers: 7 },
          { name: "(browsers)", requests: 1 },
          { name: "NetNewsWire", requests: 1 },
        ],
      },
      { feed: "world/atom.xml", reported: 0, programs: [{ name: "Miniflux", requests: 1 }] },
    ]);
  });
});

it("reads every row of every row group, as a plain count has it", async () => {
  const lines = Array.from({ length: 30_000 }, (_, index): Logged => {
    const second = String(index % 60).padStart(2, "0");
    const path = index % 3 === 0 ? "/partners/agency/rss.xml" : `/all/${index % 7}/rss.xml`;
    return [`2026-11-${String(1 + (index % 28)).padStart(2, "0")}T10:00:${second}Z`, path, index % 5 === 0 ? 304 : 200, agent];
  });
  const logs = logsOf(lines.slice(0, 20_000), lines.slice(20_000));
  const tally = partnerTally("agency");
  const seen: LoggedRequest[] = [];
  for await (const some of requestsIn(openStore(logs))) {
    seen.push(...some);
    for (const request of some) tally.add(request);
  }
  expect(seen).toHaveLength(30_000);
  const wanted = lines.filter(([, path]) => path.startsWith("/partners/agency/"));
  expect(tally.result().files).toMatchObject([
    { requests: wanted.length, unchanged: wanted.filter(([, , status]) => status === 304).length, file: "rss.xml" },
  ]);
  expect(seen.every(isDelivered)).toBe(true);
});
