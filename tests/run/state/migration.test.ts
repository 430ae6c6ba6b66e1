import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { LedgerEntry } from "../../../lambda/channels/catalog/ledger/ledger.ts";
import { loadState } from "../../../lambda/state/state.ts";
import { firstVersionKeys } from "../../../lambda/state/state-keys.ts";
import { folderStore } from "../../../lambda/stores/folder/folder.ts";
import { aNewsroom, type Newsroom } from "../../support/a-newsroom.ts";
import { sealedByFirstVersion } from "../../support/a-state.ts";
import { memoryStore } from "../../support/stores/memory-store.ts";
import { shownIn, textOf, theSample } from "../../support/the-sample.ts";

/** The newsroom with the state that the first version would have left: two sealed files, and its hashes of 256 bits. */
async function ofFirstVersion({ content, target, state }: Newsroom): Promise<Newsroom> {
  const { ledger, manifest } = await loadState(state);
  const long = (hashed: string) => hashed + hashed;
  const each = <T>(record: Readonly<Record<string, T>>, change: (value: T) => T) =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
  const entries = each(Object.fromEntries(ledger.value.entries), (entry) => ({ ...entry, source: long(entry.source) }));
  const files = each(manifest.value.files, (file) => ({ ...file, hash: long(file.hash), fingerprint: long(file.fingerprint) }));
  const left = memoryStore("state");
  await left.write(firstVersionKeys.ledger, sealedByFirstVersion("ledger", { ...ledger.value, entries }));
  await left.write(firstVersionKeys.manifest, sealedByFirstVersion("manifest", { ...manifest.value, files }));
  for (const { key } of await state.list("articles/")) await left.write(key, (await state.read(key))?.bytes ?? new Uint8Array());
  return aNewsroom({}, { content, target, state: left });
}

test("state of the first version is migrated with the whole sample newsroom: not a byte of the target changes, and then only what is edited", async () => {
  const before = await theSample(false);
  await before.write("en/note.md", "# A note\n\nWithout a date.\n");
  await before.publish("2026-11-20T12:00:00Z");
  await before.write("en/elsewhere.md", await textOf(before, "en/note.md"));
  await before.remove("en/note.md");
  await before.publish("2026-11-20T13:00:00Z");
  const [files, listed] = [await before.files(), await before.target.list()];

  const newsroom = await ofFirstVersion(before);
  const { prepared } = await newsroom.publish("2026-11-24T12:00:00Z");
  expect(prepared.changes.plan).toMatchObject({ holds: [], writes: [], copies: [], removes: [] });
  expect(await newsroom.target.list()).toEqual(listed);
  expect((await loadState(newsroom.state)).ledger.value.entries).toEqual((await loadState(before.state)).ledger.value.entries);
  expect((await newsroom.publish("2026-11-24T12:10:00Z")).prepared.changes.plan.writes).toEqual([]);

  const key = "en/people/mountain-club.md";
  await newsroom.write(key, `${await textOf(newsroom, key)}\nMore of it.\n`);
  await newsroom.publish("2026-11-24T13:00:00Z");
  const [was, is] = [shownIn(files), shownIn(await newsroom.files())];
  const changed = [...is].filter(([title, says]) => JSON.stringify(says) !== JSON.stringify(was.get(title)));
  expect(is.size).toBe(was.size);
  expect(changed.map(([, { published, updated }]) => [published < "2026-11", updated])).toEqual([[true, "2026-11-24T13:00:00.000Z"]]);
});

/**
 * A newsroom as the first version itself left it (commit 46d70c0), after two runs of March 2026. Between them an article moved, one was edited, one
 * canceled, and one broke. One is undated, one has its own id. The target is kept as its compressed variants.
 */
async function leftByFirstVersion(): Promise<Newsroom> {
  const newsroom = await aNewsroom({});
  for (const name of ["content", "site", "state"] as const) {
    const [folder, store] = [folderStore(join(import.meta.dirname, "first-version", name)), newsroom[name === "site" ? "target" : name]];
    for (const { key } of await folder.list()) {
      const { bytes } = (await folder.read(key))!;
      await store.write(key, bytes);
      if (name === "site" && key.endsWith(".gz")) await store.write(key.slice(0, -3), gunzipSync(bytes));
    }
  }
  return newsroom;
}

const namesAndDates = (entries: Iterable<readonly [string, LedgerEntry]>) =>
  Object.fromEntries(
    [...entries].map(([name, { id, uri, published, updated, firstSeen, slug, keys, canceled }]) => [
      name,
      { id, uri, published, updated, firstSeen, slug, keys, canceled },
    ]),
  );

test("state that the first version wrote itself: the same ids, dates and bytes, nothing held, and what is edited or mended later keeps its id", async () => {
  const newsroom = await leftByFirstVersion();
  const { state, write } = newsroom;
  const publish = (now: string) => newsroom.publish(now, { ports: { places: { content: "../content", target: "../site" } } });
  const { value } = JSON.parse(gunzipSync((await state.read(firstVersionKeys.ledger))!.bytes).toString("utf8")) as {
    readonly value: string;
  };
  const files = await newsroom.files();
  expect(shownIn(files).size).toBe(7);

  const { prepared } = await publish("2026-03-12T12:00:00Z");
  expect(prepared.changes.plan).toMatchObject({ holds: [], removes: [] });
  expect(await newsroom.files()).toEqual(files);
  const { entries } = JSON.parse(value) as { readonly entries: Readonly<Record<string, LedgerEntry>> };
  expect(namesAndDates((await loadState(state)).ledger.value.entries)).toEqual(namesAndDates(Object.entries(entries)));
  expect((await publish("2026-03-12T12:10:00Z")).prepared.changes.plan).toMatchObject({ holds: [], writes: [], removes: [] });

  const edited = ["kept.md", "note.md", "own.md", "north/the-harbour.md"];
  for (const key of edited) await write(key, `${await textOf(newsroom, key)}\nMore of it.\n`);
  await write("broken.md", (await textOf(newsroom, "broken.md")).replace("soon", "2026-03-06T09:00:00Z"));
  expect((await publish("2026-03-13T12:00:00Z")).prepared.changes.plan).toMatchObject({ holds: [], removes: [] });
  const [was, is] = [shownIn(files), shownIn(await newsroom.files())];
  const lasting = (all: typeof was) => [...all].map(([title, { id, published }]) => [title, id, published]).sort();
  expect(lasting(is)).toEqual(lasting(was));
  const changed = [...is].filter(([title, { updated }]) => updated !== was.get(title)?.updated);
  expect(changed.map(([, { updated }]) => updated)).toEqual(edited.map(() => "2026-03-13T12:00:00.000Z"));
});
