import { describe, expect, test } from "vitest";
import { cancel } from "../../lambda/operator/cancel.ts";
import { rollback } from "../../lambda/operator/rollback.ts";
import { aDesk } from "../support/a-desk.ts";
import { aFile, aSiteFile, someArticles } from "../support/a-newsroom.ts";

const at = (hour: number) => `2026-11-20T${hour}:00:00Z`;
const site = `${aSiteFile}channels:\n  - { name: all, archive: monthly, limit: 3 }\n  - { name: tea, where: { tag: tea } }\n`;
const story = (title: string, says: Readonly<Record<string, string>> = {}) =>
  aFile({ title, date: "2026-01-01T09:00:00Z", tags: "tea", ...says }, `The words of ${title}.`);
const files = { "site.yaml": site, ...someArticles(5), "a-01.md": story("Tea"), "a-02.md": story("Article 02") };
/** A feed that is put back is as it was but for its `updated`, which never goes back. */
const undated = (text: string) =>
  text
    .replace(/<updated>[^<]*/, "<updated>")
    .replace(/<lastBuildDate>[^<]*/, "<lastBuildDate>")
    .replace(/^ {4}"updated": .*/m, "");
const feeds = (published: Readonly<Record<string, string>>, path: string) =>
  Object.fromEntries(Object.entries(published).flatMap(([key, text]) => (key.startsWith(`${path}/`) ? [[key, undated(text)]] : [])));

/** A newsroom that was right at ten, and wrong in two articles at eleven. */
async function aMishap() {
  const desk = await aDesk(files);
  await desk.publish(at(10));
  const right = await desk.published();
  await desk.write("a-01.md", story("Wrong tea"));
  await desk.write("a-05.md", aFile({ title: "Wrong", date: "2026-03-05T09:00:00Z" }));
  await desk.publish(at(11));
  return { desk, right, wrong: await desk.published() };
}

const back = async (desk: Awaited<ReturnType<typeof aDesk>>, now: string, ...names: string[]) =>
  rollback({ names, time: 60_000, tell: () => {} }, await desk.settings(now));

describe("wireroom rollback", () => {
  test("restores a named channel in all formats and archives, and changes no other", async () => {
    const { desk, right, wrong } = await aMishap();
    await using _ = desk;
    const report = await back(desk, at(12), "all");
    expect(report).toMatchObject({ command: "rollback", holds: [{ name: "all", hash: expect.stringMatching(/^[0-9a-f]{8}$/) as string }] });
    const now = await desk.published();
    expect(Object.keys(feeds(right, "all"))).toContain("all/archive/2026-01/rss.xml");
    expect(feeds(now, "all")).toEqual(feeds(right, "all"));
    expect(feeds(now, "tea")).toEqual(feeds(wrong, "tea"));
  });

  test("holds the restored feed against new articles until it is released", async () => {
    const { desk, right } = await aMishap();
    await using _ = desk;
    const { holds } = await back(desk, at(12), "all");
    await desk.write("news.md", story("News", { date: "2026-11-20T08:00:00Z" }));
    expect(await desk.publish(at(13))).toMatchObject({ outcome: "held", holds });
    expect(feeds(await desk.published(), "all")).toEqual(feeds(right, "all"));
    expect((await desk.published())["tea/feed.json"]).toContain("News");
    const [hold] = holds;
    const released = await desk.publish(at(14), [`all@${hold?.hash}`]);
    expect([released.outcome, released.remarks]).toEqual(["published", []]);
    expect((await desk.published())["all/feed.json"]).toContain("News");
    expect(await desk.publish(at(15))).toMatchObject({ outcome: "unchanged" });
  });

  test("restores all that the last run changed if no feed is named", async () => {
    const { desk, right } = await aMishap();
    await using _ = desk;
    expect((await back(desk, at(12))).holds.map(({ name }) => name)).toEqual(["all", "tea"]);
    const now = await desk.published();
    for (const path of ["all", "tea"]) expect(feeds(now, path)).toEqual(feeds(right, path));
    expect(now["index.html"]).toBe(right["index.html"]);
    expect((await desk.publish(at(13))).files.written.map(({ key }) => key)).toEqual(["status.json"]);
    expect(await desk.publish(at(14))).toMatchObject({ files: { written: [] } });
  });

  test("never moves a feed's updated back, even after the release", async () => {
    const { desk, wrong } = await aMishap();
    await using _ = desk;
    const updatedIn = (published: Readonly<Record<string, string>>) => ({
      atom: /<updated>([^<]*)/.exec(published["all/atom.xml"] ?? "")?.[1],
      rss: /<lastBuildDate>([^<]*)/.exec(published["all/rss.xml"] ?? "")?.[1],
      json: (JSON.parse(published["all/feed.json"] ?? "{}") as { _wireroom: { updated: string } })._wireroom.updated,
      part: /<updated>([^<]*)/.exec(published["all/archive/2026-01/atom.xml"] ?? "")?.[1],
      status: (JSON.parse(published["status.json"] ?? "{}") as { channels: { updated: string }[] }).channels[0]?.updated,
    });
    expect(updatedIn(wrong).json).toBe("2026-11-20T11:00:00.000Z");
    const { holds } = await back(desk, at(12), "all");
    await desk.publish(at(13));
    const eleven = "2026-11-20T11:00:00.000Z";
    const all = { atom: eleven, rss: "Fri, 20 Nov 2026 11:00:00 GMT", json: eleven, part: eleven, status: eleven };
    expect(updatedIn(await desk.published())).toEqual(all);
    await desk.publish(at(14), [`all@${holds[0]?.hash}`]);
    expect(updatedIn(await desk.published())).toEqual(all);
  });

  test("goes one version further back each time", async () => {
    const { desk, right, wrong } = await aMishap();
    await using _ = desk;
    await desk.write("a-01.md", story("Worse tea"));
    await desk.publish(at(12));
    await back(desk, at(13), "tea");
    expect(feeds(await desk.published(), "tea")).toEqual(feeds(wrong, "tea"));
    await back(desk, at(14), "tea");
    expect(feeds(await desk.published(), "tea")).toEqual(feeds(right, "tea"));
    await expect(back(desk, at(15), "tea")).rejects.toThrow(/ has no earlier version of tea to go back to\./);
  });

  test.each([
    ["withdrawn", { status: "canceled" }],
    ["embargoed", { embargo: "2027-01-01T00:00:00Z" }],
    ["expired", { expires: "2026-11-20T11:30:00Z" }],
    ["a draft", { status: "draft" }],
  ])("does not bring back an article that is %s since", async (_, says) => {
    await using desk = await aDesk(files);
    await desk.publish(at(10));
    await desk.write("a-01.md", story("Tea", says));
    await desk.write("a-02.md", story("More tea"));
    await desk.publish(at(12));
    await back(desk, at(13));
    const now = await desk.published();
    expect(Object.keys(now).filter((key) => now[key]?.includes("The words of Tea."))).toEqual([]);
    expect(Object.keys(now).filter((key) => /^(all|tea)\//.test(key) && now[key]?.includes(":a-01<"))).toEqual([]);
    expect(now["all/archive/2026-01/feed.json"]).toContain("Article 02");
  });

  test("restores a feed from which an article can be withdrawn", async () => {
    const { desk } = await aMishap();
    await using _ = desk;
    await back(desk, at(12));
    await cancel({ id: "a-01.md", time: 60_000, tell: () => {} }, await desk.settings(at(13)));
    const now = await desk.published();
    expect(Object.keys(now).filter((key) => now[key]?.includes("The words of Tea."))).toEqual([]);
  });

  test("restores an article's page with the last feed that shows it, until that feed is released", async () => {
    const paged = { ...files, "site.yaml": `${site}pages: true\n` };
    await using desk = await aDesk(paged);
    await desk.publish(at(10));
    const right = await desk.published();
    await desk.write("a-01.md", story("Tea", {}).replace("The words", "Wrong words"));
    await desk.publish(at(11));
    const page = "a-01/index.html";
    const wrong = await desk.published();
    expect(wrong[page]).toContain("Wrong words of Tea.");
    // The page is shown by the feed of teas alone: a window of three does not reach it.
    const { holds } = await back(desk, at(12), "tea");
    expect((await desk.published())[page]).toBe(right[page]);
    for (const now of [at(13), at(14)]) {
      await desk.publish(now);
      expect((await desk.published())[page]).toBe(right[page]);
    }
    await desk.publish(at(15), [`tea@${holds[0]?.hash}`]);
    expect((await desk.published())[page]).toBe(wrong[page]);
  });

  test("keeps the present page of an article that another feed shows", async () => {
    const both = { ...files, "site.yaml": `${aSiteFile}pages: true\nchannels: [{ name: all }, { name: tea, where: { tag: tea } }]\n` };
    await using desk = await aDesk(both);
    await desk.publish(at(10));
    await desk.write("a-01.md", story("Tea", {}).replace("The words", "Other words"));
    await desk.publish(at(11));
    const now = await desk.published();
    await back(desk, at(12), "tea");
    const page = "a-01/index.html";
    const after = await desk.published();
    expect([after[page], after["index.html"]]).toEqual([now[page], now["index.html"]]);
    await back(desk, at(13), "all");
    expect((await desk.published())[page]).toContain("The words of Tea.");
  });

  test("rejects an unknown feed as wrong usage", async () => {
    const { desk } = await aMishap();
    await using _ = desk;
    await expect(back(desk, at(12), "teas")).rejects.toMatchObject({
      kind: "usage",
      message: 'No feed "teas" is published. Did you mean tea? Nothing was changed.',
    });
  });

  test("fails if the newsroom has published only once", async () => {
    await using desk = await aDesk(files);
    await desk.publish(at(10));
    await expect(back(desk, at(11))).rejects.toThrow(" has no earlier version of any feed to go back to.");
  });
});
