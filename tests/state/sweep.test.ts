import { expect, test } from "vitest";
import { emptyLedger } from "../../lambda/channels/catalog/ledger/ledger.ts";
import { emptyManifest } from "../../lambda/plan/manifest/manifest.ts";
import { emptyCatalog } from "../../lambda/state/catalog-cache.ts";
import { commit, loadHead, loadState } from "../../lambda/state/state.ts";
import { isSweepDue, sweep } from "../../lambda/state/sweep.ts";
import { folderStore } from "../../lambda/stores/folder/folder.ts";
import type { Store } from "../../lambda/stores/store.ts";
import { aLedger, aLedgerEntry } from "../support/a-catalog.ts";
import { aFolder } from "../support/a-command.ts";
import { aNewsroom, someArticles } from "../support/a-newsroom.ts";
import { memoryStore } from "../support/stores/memory-store.ts";

/** State that has had so many ledgers, each with another slug of its only article. */
async function changedOften(store: Store, times: number): Promise<void> {
  const all = { catalog: emptyCatalog, manifest: emptyManifest };
  for (let turn = 0; turn < times; turn += 1)
    await commit(store, await loadState(store), { ...all, ledger: aLedger(aLedgerEntry({ slug: `slug-${turn}` })) });
}
const ledgers = async (store: Store) => (await store.list("ledger/entries-")).length;
const swept = async (store: Store) => sweep(store, (await loadHead(store)).head, []);

test("objects that none of the newest heads names are removed, and state is as it was", async () => {
  const store = memoryStore("state");
  await changedOften(store, 60);
  expect(await ledgers(store)).toBe(60);
  const before = await loadState(store);
  await swept(store);
  expect(await ledgers(store)).toBe(40);
  expect(await loadState(store)).toEqual(before);
});

test("an older head that is put back finds its objects, in their place or among old versions", async () => {
  const store = memoryStore("state");
  await changedOften(store, 60);
  await swept(store);
  const heads = await store.history("head.json");
  for (const [at, turn] of [
    [10, 49],
    [55, 4],
  ] as const) {
    await store.write("head.json", (await heads[at]?.read()) ?? new Uint8Array());
    expect([...(await loadState(store)).ledger.value.entries.values()].map(({ slug }) => slug)).toEqual([`slug-${turn}`]);
  }
});

test("a folder keeps nothing of what is swept", async () => {
  await using folder = await aFolder();
  const store = folderStore(folder.path, { keep: 40 });
  await changedOften(store, 60);
  const [gone] = (await store.list("ledger/entries-")).map(({ key }) => key);
  await swept(store);
  const left = (await store.list("ledger/entries-")).map(({ key }) => key);
  expect(left.length).toBeLessThanOrEqual(41);
  const histories = await Promise.all(
    [...new Set([gone ?? "", ...left])].map(async (key) => (left.includes(key) ? 0 : (await store.history(key)).length)),
  );
  expect(histories.filter((kept) => kept > 0)).toEqual([]);
});

test.each([
  [undefined, true],
  ["2026-11-20T12:00:00.000Z", false],
  ["2026-11-19T12:00:01.000Z", false],
  ["2026-11-19T12:00:00.000Z", true],
])("a sweep on %s makes another one due the day after: %s", (last, due) => {
  const head = { format: 1, roots: {}, ...(last === undefined ? {} : { swept: last }) };
  expect(isSweepDue(head, "2026-11-20T12:00:00.000Z")).toBe(due);
});

test("a run that changes something sweeps once a day, and says so in the head", async () => {
  const newsroom = await aNewsroom(someArticles(2));
  const stray = "ledger/entries-0-0123456789abcdef0123456789abcdef.json.br";
  const publishAt = async (now: string, title: string) => {
    await newsroom.write("a-02.md", `---\ntitle: ${title}\ndate: 2026-03-02T09:00:00Z\n---\nText.\n`);
    await newsroom.publish(now);
  };
  await newsroom.publish("2026-11-20T12:00:00Z");
  await newsroom.state.write(stray, new Uint8Array());
  await publishAt("2026-11-20T20:00:00Z", "One");
  expect(await newsroom.state.read(stray)).toBeDefined();
  await publishAt("2026-11-21T13:00:00Z", "Two");
  expect(await newsroom.state.read(stray)).toBeUndefined();
  expect((await loadHead(newsroom.state)).head.swept).toBe("2026-11-21T13:00:00.000Z");
  expect((await loadState(newsroom.state)).ledger.value).not.toEqual(emptyLedger);
});
