import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { cancel } from "../../lambda/operator/cancel.ts";
import { stateKeys } from "../../lambda/state/state-keys.ts";
import { cancellationLines } from "../../lambda/terminal/cancellation.ts";
import { aDesk } from "../support/a-desk.ts";
import { aFile, aSiteFile, someArticles } from "../support/a-newsroom.ts";

const at = (hour: number) => `2026-11-20T${hour}:00:00Z`;
const id = "tag:wire.example,2026-01-01:a-01";
const secret = "the secret words of a ferry that sank";
const site = `${aSiteFile}pages: true\nchannels: [{ name: all }, { by: tag }]\n`;
const story = (says: Readonly<Record<string, string>>, more = "") =>
  aFile({ title: "A ferry", date: "2026-03-01T09:00:00Z", ...says }, `These are ${secret}.${more}`);

function textOf(bytes: Buffer, name: string): string {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return gunzipSync(bytes).toString("utf8");
  try {
    return name.endsWith(".br") || /^\d{12}$/.test(name) ? brotliDecompressSync(bytes).toString("utf8") : bytes.toString("utf8");
  } catch {
    return bytes.toString("utf8");
  }
}

/** Every file of a desk, older contents included, that holds some words, plain or compressed. */
async function holding(folder: string, words: string): Promise<readonly string[]> {
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
  const found = entries.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name);
    return textOf(await readFile(path), name).includes(words) ? [path.slice(folder.length + 1)] : [];
  });
  return (await Promise.all(found)).flat().sort();
}

async function aDeskWith(says: Readonly<Record<string, string>>, file = site) {
  const desk = await aDesk({ "site.yaml": file, ...someArticles(4), "a-01.md": story(says) });
  await desk.publish(at(10));
  return desk;
}
const erase = async (desk: Awaited<ReturnType<typeof aDesk>>, hour: number) =>
  cancel({ id, reason: "By order.", erase: true, time: 60_000, tell: () => {} }, await desk.settings(at(hour)));

describe("erase removes an article", () => {
  test("from feeds that it left, with its old tags, addresses and titles", async () => {
    await using desk = await aDeskWith({ tags: "tea", url: "/old-place/" });
    await desk.write("a-01.md", story({ tags: "milk", url: "/new-place/" }));
    await desk.publish(at(11));
    await desk.write("a-01.md", story({ tags: "rum", url: "/third-place/", title: "A boat" }));
    await desk.publish(at(12));
    expect((await holding(desk.path, secret)).filter((path) => path.includes(".target/")).join()).toMatch(
      /tag%2Ftea.*old-place|old-place.*tag%2Ftea/,
    );
    const report = await erase(desk, 13);
    expect(await holding(desk.path, secret)).toEqual([]);
    expect(typeof report.canceled.erased === "object" ? report.canceled.erased.past : []).toContain("tag/tea/rss.xml");
    expect((await desk.publish(at(14))).files.written).toEqual([]);
  });

  test("with the known pictures of its earlier versions, but not those that another article has shown", async () => {
    const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
    const picture = (number: number) => Buffer.concat([png, Buffer.from([number])]);
    await using desk = await aDesk({
      "site.yaml": site,
      "a-01.md": story({}, "\n\n![](replaced.png) ![](dropped.png) ![](shared.png)"),
      "a-02.md": aFile({ title: "Another", date: "2026-03-02T09:00:00Z" }, "![](shared.png) ![](alike.png)"),
      "replaced.png": picture(1),
      "dropped.png": picture(2),
      "shared.png": picture(3),
      "alike.png": picture(4),
    });
    await desk.publish(at(10));
    await desk.write("a-01.md", story({}, "\n\n![](replaced.png) ![](shared.png)"));
    for (const [name, number] of [
      ["replaced.png", 4],
      ["shared.png", 5],
    ] as const)
      await desk.write(name, picture(number));
    await desk.remove("dropped.png");
    await desk.publish(at(11));
    await desk.write("replaced.png", picture(6));
    await desk.publish(at(12));
    const copies = async () => {
      const names = await readdir(join(desk.path, "site/media"));
      const last = async (name: string) => (await readFile(join(desk.path, "site/media", name))).at(-1);
      return (await Promise.all(names.map(last))).sort();
    };
    expect(await copies()).toEqual([1, 2, 3, 4, 5, 6]);
    await erase(desk, 13);
    expect(await copies()).toEqual([3, 4, 5]);
    expect((await desk.publish(at(14))).files.written).toEqual([]);
  });

  test("but not a picture of an article that no document shows", async () => {
    const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
    await using desk = await aDesk({
      "site.yaml": `${aSiteFile}channels: [{ name: all, limit: 1 }]\n`,
      "a-01.md": story({}, "\n\n![](own.png) ![](shared.png)"),
      "a-00.md": aFile({ title: "Older", date: "2020-03-02T09:00:00Z" }, "![](shared.png)"),
      "own.png": png,
      "shared.png": Buffer.concat([png, Buffer.from([1])]),
    });
    await desk.publish(at(10));
    await erase(desk, 13);
    expect((await readdir(join(desk.path, "content"))).filter((name) => name.endsWith(".png"))).toEqual(["shared.png"]);
    // The report of the command names it.
    expect((await holding(desk.path, "own.png")).filter((path) => !path.endsWith("report.json.gz"))).toEqual([]);
  });

  test("but keeps pictures that the site, a channel or a broken article shows, and reports them", async () => {
    const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
    const names = ["broken.png", "channel.png", "own.png", "site.png"];
    await using desk = await aDesk({
      "site.yaml": `${aSiteFile}image: /site.png\nchannels: [{ name: all }, { by: tag, image: /channel.png }]\n`,
      "a-01.md": story({ tags: "tea" }, names.map((name) => `\n\n![](${name})`).join("")),
      "a-02.md": aFile({ title: "Another", date: "2026-03-02T09:00:00Z" }, "![](broken.png)"),
      ...Object.fromEntries(names.map((name, number) => [name, Buffer.concat([png, Buffer.from([number])])])),
    });
    await desk.publish(at(10));
    await desk.write("a-02.md", "---\ntitle: [\n---\n");
    await desk.publish(at(11));
    const report = await erase(desk, 12);
    expect((await readdir(join(desk.path, "content"))).filter((name) => name.endsWith(".png")).sort()).toEqual([
      "broken.png",
      "channel.png",
      "site.png",
    ]);
    const kept = typeof report.canceled.erased === "object" ? report.canceled.erased.kept : [];
    expect(kept.map((place) => place.slice(desk.path.length + 1))).toEqual([
      "content/broken.png",
      "content/channel.png",
      "content/site.png",
    ]);
    expect(cancellationLines(report).join("\n")).toContain("Kept, because another article or the site shows them:\n");
    expect((await readdir(join(desk.path, "site/media"))).length).toBe(3);
    expect((await desk.publish(at(13))).files.written).toEqual([]);
  });

  test("from variants in an encoding that site.yaml no longer lists", async () => {
    await using desk = await aDeskWith({ tags: "tea" }, `${site}encodings: [gzip, br]\n`);
    await desk.write("site.yaml", site);
    await erase(desk, 11);
    expect(await holding(desk.path, secret)).toEqual([]);
  });

  test("from temporary files of an interrupted write", async () => {
    await using desk = await aDeskWith({ tags: "tea" });
    const { mkdir } = await import("node:fs/promises");
    await mkdir(join(desk.path, "site/.writing"), { recursive: true });
    await writeFile(join(desk.path, "site/.writing/6f9619ff.part"), `<p>These are ${secret}.</p>`);
    await erase(desk, 11);
    expect(await holding(desk.path, secret)).toEqual([]);
  });

  test("from kept texts that no ledger lists, and keeps the texts of other articles", async () => {
    await using desk = await aDeskWith({ tags: "tea" });
    for (const [hour, more] of [
      [11, " More."],
      [12, " Still more."],
    ] as const) {
      await desk.write("a-01.md", story({ tags: "tea" }, more));
      await desk.publish(at(hour));
    }
    const { state } = await desk.settings(at(12));
    await state.dropHistory(stateKeys.head);
    const kept = (await state.list("articles/")).length;
    await erase(desk, 13);
    expect(await holding(desk.path, secret)).toEqual([]);
    expect((await state.list("articles/")).length).toBe(kept - 1);
    expect((await holding(desk.path, "The body of article 02.")).length).toBeGreaterThan(3);
  });
});
