import { expect, test } from "vitest";
import { cancel } from "../../../lambda/operator/cancel.ts";
import { statusOf } from "../../../lambda/operator/status.ts";
import { emptyHead, encodedHead } from "../../../lambda/state/head.ts";
import { stateKeys } from "../../../lambda/state/state-keys.ts";
import type { Store } from "../../../lambda/stores/store.ts";
import { statusLines } from "../../../lambda/terminal/status.ts";
import { aDesk } from "../../support/a-desk.ts";
import { aFile, aNewsroom, aSiteFile, type Newsroom, someArticles } from "../../support/a-newsroom.ts";
import { headOf, lose, objectsOf } from "../../support/a-state.ts";
import { memoryStore } from "../../support/stores/memory-store.ts";

const noon = "2026-11-20T12:00:00Z";
const withinGrace = "2026-11-20T13:00:00Z";
const later = "2026-11-20T14:00:00Z";
const pastGrace = "2026-11-20T15:00:00Z";

const news = aFile({ title: "News", date: "2026-11-20T12:30:00Z" }, "What is new.");
const stateOf = async ({ state }: Newsroom) => (await state.list()).map(({ key, version }) => `${key} ${version}`);

test("state of a newer program stops the run, and nothing is written", async () => {
  const newsroom = await aNewsroom(someArticles(2));
  await newsroom.publish(noon);
  await newsroom.write("a-03.md", aFile({ title: "News", date: "2026-03-03" }));
  await newsroom.state.write(stateKeys.head, Buffer.from(JSON.stringify({ ...(await headOf(newsroom.state)), format: 99 })));
  const [before, state] = [await newsroom.files(), await stateOf(newsroom)];
  await expect(newsroom.publish(pastGrace)).rejects.toThrow("newer program (format 99");
  expect([await newsroom.files(), await stateOf(newsroom)]).toEqual([before, state]);
});

test.each(["catalog", "manifest"] as const)("a lost %s is made anew, and no published file is written", async (name) => {
  const newsroom = await aNewsroom(someArticles(2));
  await newsroom.publish(noon);
  await lose(newsroom.state, name);
  const before = await newsroom.files();
  expect((await newsroom.publish(pastGrace)).prepared.changes.plan).toMatchObject({ writes: [], holds: [] });
  expect(await newsroom.files()).toEqual(before);
});

test.each(["ledger", "catalog", "manifest"] as const)(
  "a damaged %s is replaced by its newest good version, and no published file is written",
  async (name) => {
    const newsroom = await aNewsroom({ ...someArticles(2), "note.md": "# A note\n\nWithout a date.\n" });
    await newsroom.publish(noon);
    const before = await newsroom.files();
    for (const key of await objectsOf(newsroom.state, name)) await newsroom.state.write(key, Buffer.from("damaged"));
    expect((await newsroom.publish(pastGrace)).prepared.changes.plan).toMatchObject({ writes: [], holds: [] });
    expect(await newsroom.files()).toEqual(before);
  },
);

test("a removed ledger is taken from its newest good version", async () => {
  const newsroom = await aNewsroom({ ...someArticles(3), "note.md": "# A note\n\nSome words.\n" });
  await newsroom.publish(noon);
  const before = await newsroom.files();
  await newsroom.state.remove(stateKeys.head);
  const { prepared } = await newsroom.publish(later);
  expect(prepared.changes.plan.holds).toEqual([]);
  expect(await newsroom.files()).toEqual(before);
});

test("a ledger without any version holds the run until a release, and no new ledger takes its place before", async () => {
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

test("status reports a lost ledger", async () => {
  await using desk = await aDesk({ "site.yaml": aSiteFile, ...someArticles(3) });
  await desk.publish(noon);
  const settings = await desk.settings(withinGrace);
  const { ledger: _, ...roots } = (await headOf(settings.state))?.roots ?? {};
  await settings.state.write(stateKeys.head, encodedHead({ ...emptyHead, roots }));
  const report = await statusOf(settings);
  expect(report.ledgerLost).toBe(true);
  expect(statusLines(report).join("\n")).toContain("The state has no ledger, so every run is held.");
});

test("another site's state is wrong usage, and the message names both sites", async () => {
  const newsroom = await aNewsroom(someArticles(1));
  await newsroom.publish(noon);
  const site = aSiteFile.replace("https://wire.example/", "https://other.example/");
  await expect(newsroom.publish(later, { site })).rejects.toThrow(/https:\/\/wire\.example\/.*https:\/\/other\.example\//s);
});

test("a new feedUrl keeps every id and date, with the state released for it", async () => {
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

test("a run cut before its manifest is finished with the dates of that run", async () => {
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

test("an unreadable site.yaml stops the run, and readers see what they saw", async () => {
  await using desk = await aDesk({ "site.yaml": aSiteFile, ...someArticles(3) });
  await desk.publish(noon);
  const before = await desk.published();
  await desk.write("news.md", news);
  for (const text of ["title: [", "title: The Wire\nurl: nowhere\n", `${aSiteFile}chanels: []\n`]) {
    await desk.write("site.yaml", text);
    await expect(desk.publish(withinGrace)).rejects.toThrow("site.yaml");
  }
  expect(await desk.published()).toEqual(before);
});

test("a clock that went back stops a withdrawal before it is written into the file", async () => {
  await using desk = await aDesk({ "site.yaml": aSiteFile, ...someArticles(3) });
  await desk.publish(withinGrace);
  const text = await desk.read("a-01.md");
  await expect(cancel({ id: "a-01.md", time: 60_000, tell: () => {} }, await desk.settings(noon))).rejects.toThrow("Nothing was changed.");
  expect(await desk.read("a-01.md")).toBe(text);
});
