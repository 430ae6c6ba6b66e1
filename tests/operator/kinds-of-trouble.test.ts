import { expect, test } from "vitest";
import { cancel } from "../../lambda/operator/cancel.ts";
import { statusOf } from "../../lambda/operator/status.ts";
import { stateKeys } from "../../lambda/state/state-keys.ts";
import { statusLines } from "../../lambda/terminal/status.ts";
import { aDesk } from "../support/a-desk.ts";
import { aFile, aNewsroom, aSiteFile, someArticles } from "../support/a-newsroom.ts";

const [noon, one, late] = ["2026-11-20T12:00:00Z", "2026-11-20T13:00:00Z", "2026-11-20T18:00:00Z"] as const;
const news = aFile({ title: "News", date: "2026-11-20T12:30:00Z" }, "What is new.");

type Files = Readonly<Record<string, string>>;
/** status.json tells of holds, and index.html of what the rest of the wire has: all else of what is held stays. */
const below = (files: Files, path: string) => Object.entries(files).filter(([key]) => key.startsWith(`${path}/`));
const findings = ({ prepared }: Awaited<ReturnType<Awaited<ReturnType<typeof aNewsroom>>["publish"]>>) => [
  ...prepared.catalog.findings,
  ...prepared.notices,
];
const problems = (run: Parameters<typeof findings>[0]) => findings(run).flatMap(({ kind, key }) => (kind === "problem" ? [key] : []));

test("Notice: an article with a picture that is nowhere, without a date, of an old encoding is published all the same, and each is named", async () => {
  const newsroom = await aNewsroom({
    "pictured.md": aFile({ title: "Pictured", date: "2026-03-01" }, "![A picture](nowhere.png) Words."),
    "undated.md": "# Undated\n\nWords.\n",
  });
  await newsroom.content.write(
    "old.md",
    Buffer.from("---\ntitle: Caf\xe9\ndate: 2026-03-02\n---\n\nUn caf\xe9 noir, s'il vous pla\xeet.\n", "latin1"),
  );
  const named = findings(await newsroom.publish(noon));
  expect(named.filter(({ kind }) => kind === "problem")).toEqual([]);
  expect(new Set(named.map(({ key }) => key))).toEqual(new Set(["pictured.md", "old.md"]));
  const { "all/feed.json": feed = "" } = await newsroom.files();
  for (const words of ["Pictured", "Undated", "Café"]) expect(feed).toContain(words);
});

test.each([
  ["an id that another article has", aFile({ title: "Thief", date: "2026-03-09", id: "tag:wire.example,2026-01-01:a-02" })],
  ["a file that is too large", aFile({ title: "Large", date: "2026-03-09" }, "Words. ".repeat(20_000))],
  ["a date that is no date", aFile({ title: "Dateless", date: "tomorrow" })],
])("Problem: %s stays out where it is new, and leaves the published article byte for byte where it was", async (_, text) => {
  const site = `${aSiteFile}limits: { article: 100KB }\n`;
  const newsroom = await aNewsroom(someArticles(3));
  await newsroom.publish(noon, { site });
  const before = await newsroom.files();
  await newsroom.write("new.md", text);
  const first = await newsroom.publish(one, { site });
  expect(problems(first)).toEqual(["new.md"]);
  expect(await newsroom.files()).toEqual(before);
  await newsroom.remove("new.md");
  await newsroom.write("a-03.md", text);
  const second = await newsroom.publish(late, { site });
  expect(problems(second)).toEqual(["a-03.md"]);
  expect(await newsroom.files()).toEqual(before);
});

test("Hold: output that fails the gate leaves its channel byte for byte, also against a release, and the rest goes on", async () => {
  const site = `${aSiteFile}channels: [{ name: all, bytes: 4MB }, { name: tea, where: { tag: tea } }]\n`;
  const newsroom = await aNewsroom(someArticles(3));
  await newsroom.publish(noon, { site });
  const before = await newsroom.files();
  // JSON writes each quotation mark with another character: every one fits alone, and no entry is the cause.
  for (const name of ["one", "two", "three", "four"])
    await newsroom.write(`${name}.md`, aFile({ title: name, date: "2026-11-20T12:30:00Z" }, '"'.repeat(950_000)));
  await newsroom.write("tea.md", aFile({ title: "Tea", date: "2026-02-01", tags: "tea" }, "A small one."));
  const { prepared } = await newsroom.publish(one, { site });
  const [hold, ...more] = prepared.changes.plan.holds;
  expect([hold?.name, hold?.defective, more]).toEqual(["all", true, []]);
  await newsroom.publish(late, { site, allow: [`${hold?.name}@${hold?.hash}`] });
  const after = await newsroom.files();
  expect(below(after, "all")).toEqual(below(before, "all"));
  expect(after["tea/feed.json"]).toContain("A small one.");
});

test("Hold: twenty published articles that break at once leave everything byte for byte, and what was mended goes on", async () => {
  const newsroom = await aNewsroom(someArticles(28));
  await newsroom.publish(noon);
  const before = await newsroom.files();
  for (let number = 1; number <= 20; number++)
    await newsroom.write(`a-${String(number).padStart(2, "0")}.md`, "---\ntitle: [broken\n---\n");
  await newsroom.write("news.md", news);
  const { prepared } = await newsroom.publish(one);
  expect(prepared.changes.plan.holds.map(({ name }) => name)).toEqual(["run"]);
  const { "status.json": _, ...rest } = await newsroom.files();
  expect({ ...rest, "status.json": before["status.json"] }).toEqual(before);
  for (const [key, text] of Object.entries(someArticles(28))) await newsroom.write(key, text);
  expect((await newsroom.publish(late)).prepared.changes.plan.holds).toEqual([]);
  expect((await newsroom.files())["all/feed.json"]).toContain("What is new.");
});

test("Hold: what was held stays so, and as it was, where somebody deletes catalog and manifest", async () => {
  const newsroom = await aNewsroom(someArticles(8));
  await newsroom.publish(noon);
  const before = await newsroom.files();
  const site = aSiteFile.replace("/{slug}/", "/{year}/{slug}/");
  const [hold] = (await newsroom.publish(one, { site })).prepared.changes.plan.holds;
  for (const key of [stateKeys.catalog, stateKeys.manifest]) await newsroom.state.remove(key);
  for (const now of ["2026-11-20T14:00:00Z", "2026-11-20T15:00:00Z"]) {
    expect((await newsroom.publish(now, { site })).prepared.changes.plan.holds).toMatchObject([{ name: "all", hash: hold?.hash }]);
    expect(below(await newsroom.files(), "all")).toEqual(below(before, "all"));
  }
  expect((await newsroom.publish(late, { site, allow: [`${hold?.name}@${hold?.hash}`] })).prepared.changes.plan.holds).toEqual([]);
  expect((await newsroom.files())["all/feed.json"]).toContain("/2026/a-01/");
});

test("Fault: a site.yaml that cannot be read stops the run, and readers see what they saw", async () => {
  await using desk = await aDesk({ "site.yaml": aSiteFile, ...someArticles(3) });
  await desk.publish(noon);
  const before = await desk.published();
  await desk.write("news.md", news);
  for (const text of ["title: [", "title: The Wire\nurl: nowhere\n", `${aSiteFile}chanels: []\n`]) {
    await desk.write("site.yaml", text);
    await expect(desk.publish(one)).rejects.toThrow("site.yaml");
  }
  expect(await desk.published()).toEqual(before);
});

test("Fault: a clock that went back stops a withdrawal before it is written into the file", async () => {
  await using desk = await aDesk({ "site.yaml": aSiteFile, ...someArticles(3) });
  await desk.publish(one);
  const text = await desk.read("a-01.md");
  await expect(cancel({ id: "a-01.md", time: 60_000, tell: () => {} }, await desk.settings(noon))).rejects.toThrow("Nothing was changed.");
  expect(await desk.read("a-01.md")).toBe(text);
});

test("status says that the ledger is lost, which nothing in the state remembers", async () => {
  await using desk = await aDesk({ "site.yaml": aSiteFile, ...someArticles(3) });
  await desk.publish(noon);
  const settings = await desk.settings(one);
  await settings.state.remove(stateKeys.ledger);
  await settings.state.forget(stateKeys.ledger);
  const report = await statusOf(settings);
  expect(report.ledgerLost).toBe(true);
  expect(statusLines(report).join("\n")).toContain("The state has no ledger, so every run is held.");
});
