import { expect, test } from "vitest";
import { stateKeys } from "../../../lambda/state/state-keys.ts";
import { aFile, aNewsroom, aSiteFile, type Newsroom, someArticles } from "../../support/a-newsroom.ts";
import { shownIn, textOf, theSample } from "../../support/the-sample.ts";

type Change = { readonly seq: number; readonly id: string; readonly op: string; readonly state: string };
type Followed = { readonly last: number; readonly changes: readonly Change[]; readonly missed: boolean };
/** The client that partners are given, as it stands in the docs. */
const { changesSince } = (await import(new URL("../../../docs/partners/follow.mjs", import.meta.url).href)) as {
  readonly changesSince: (last: number, read: (name: string) => Promise<unknown>) => Promise<Followed>;
};
const followed = (last: number, { target }: Newsroom, partner: string) =>
  changesSince(last, async (name) => {
    const found = await target.read(`partners/${partner}/changes/${name}`);
    return found === undefined ? undefined : JSON.parse(Buffer.from(found.bytes).toString("utf8"));
  });

const moved = "en/economy/tea-road.md";
const movedAndEdited = "en/people/mountain-club.md";
const edited = "en/transport/khorgos-dry-port.md";
const reverted = "en/culture/museum-after-hours.md";
const withdrawn = "kk/transport/qorgas-kurgaq-porty.md";
const undated = (title: string) => `# ${title}\n\nWithout a date.\n`;

/** A day of a newsroom: what is new, edited, reverted, moved, replaced and withdrawn, in three runs. */
async function live(newsroom: Newsroom): Promise<void> {
  const { write, remove, publish } = newsroom;
  const before = await textOf(newsroom, reverted);
  await write("en/dated.md", aFile({ title: "A dated story", date: "2026-11-21T08:00:00Z" }));
  await write("en/note.md", undated("A note that came since"));
  await write("en/nature/moves.md", undated("A note that came and moved"));
  await write(edited, `${await textOf(newsroom, edited)}\nMore of it.\n`);
  await write(reverted, `${before}\nMore of it.\n`);
  for (const key of [moved, movedAndEdited]) {
    await write(`en/elsewhere/${key.split("/").at(-1)}`, await textOf(newsroom, key));
    await remove(key);
  }
  await publish("2026-11-21T10:00:00Z");
  await write(moved, aFile({ title: "Another story in its place", date: "2026-11-21T09:00:00Z" }));
  await write("en/elsewhere/mountain-club.md", `${await textOf(newsroom, "en/elsewhere/mountain-club.md")}\nMore of it.\n`);
  await write("en/elsewhere/moves.md", undated("A note that came and moved"));
  await newsroom.remove("en/nature/moves.md");
  await write(withdrawn, (await textOf(newsroom, withdrawn)).replace("---\n", "---\nstatus: canceled\n"));
  await write(reverted, before);
  await publish("2026-11-21T11:00:00Z");
  await write("en/dated.md", aFile({ title: "A dated story", date: "2026-11-21T08:00:00Z" }, "It was edited, too."));
  await publish("2026-11-21T12:00:00Z");
}

const promises = (files: Readonly<Record<string, string>>) =>
  Object.entries(files).flatMap(([key, text]) => {
    const [, updated] = (key.endsWith("atom.xml") ? /<updated>([^<]*)</ : /<lastBuildDate>([^<]*)</).exec(text) ?? [];
    return updated === undefined ? [] : [[key, Date.parse(updated)] as const];
  });

test("an older head put back by hand: in the whole sample newsroom no id is used twice, no date goes back, and no number of a change log is", async () => {
  const newsroom = await theSample();
  await newsroom.publish("2026-11-20T12:00:00Z");
  const older = await newsroom.state.read(stateKeys.head);
  await live(newsroom);
  const files = await newsroom.files();
  const shown = shownIn(files);
  expect(shown.size).toBeGreaterThan(25);
  const seen = await followed(0, newsroom, "wire");

  await newsroom.state.write(stateKeys.head, older?.bytes ?? new Uint8Array());
  await newsroom.write("en/last.md", undated("A note that comes last"));
  const { prepared } = await newsroom.publish("2026-11-22T12:00:00Z");
  expect(prepared.changes.plan.holds).toEqual([]);
  const after = await newsroom.files();
  const now = shownIn(after);
  expect([...now.keys()].sort()).toEqual([...shown.keys(), "A note that comes last"].sort());
  const dates = (all: typeof shown) => [...all].map(([title, { id, published }]) => [title, id, published]).sort();
  expect(dates(new Map([...now].filter(([title]) => shown.has(title))))).toEqual(dates(shown));
  expect(new Set([...now.values()].map(({ id }) => id)).size).toBe(now.size);
  expect([...shown].filter(([title, { updated }]) => (now.get(title)?.updated ?? "") < updated)).toEqual([]);
  const told = new Map(promises(after));
  expect(promises(files).filter(([key, updated]) => (told.get(key) ?? 0) < updated)).toEqual([]);

  const more = await followed(seen.last, newsroom, "wire");
  expect([more.missed, more.changes.some(({ seq }) => seq <= seen.last)]).toEqual([false, false]);
  expect(more.changes.length).toBeGreaterThan(0);
  const numbers = [...seen.changes, ...more.changes].map(({ seq }) => seq);
  expect(new Set(numbers).size).toBe(numbers.length);
  const held = new Map([...seen.changes, ...more.changes].map(({ id, op }) => [id, op]));
  const all = await followed(0, newsroom, "wire");
  expect(new Map(all.changes.map(({ id, op }) => [id, op]))).toEqual(held);
  for (const [key, text] of Object.entries(files).filter(([key]) => /\/changes\/\d+\.json$/.test(key)))
    expect([key, after[key] ?? text]).toEqual([key, text]);

  const again = await newsroom.publish("2026-11-22T12:10:00Z");
  expect(again.prepared.changes.plan).toMatchObject({ holds: [], writes: [], removes: [] });
});

/** Five runs of a small newsroom, by their hours, and what is written before each; `undefined` removes the file. */
const hours: Readonly<Record<string, Readonly<Record<string, string | undefined>>>> = {
  "10": someArticles(4),
  "11": { "first.md": undated("The first note"), "second.md": undated("The second note") },
  "12": {
    "first.md": undefined,
    "north/first.md": undated("The first note"),
    "a-01.md": aFile({ title: "Article 01", date: "2026-03-01" }, "Edited."),
  },
  "13": {
    "first.md": undated("A note in its place"),
    "north/first.md": `${undated("The first note")}It was edited.\n`,
    "own.md": aFile({ title: "An article with its own id", id: "urn:isbn:1" }),
  },
  "14": {
    "a-02.md": aFile({ title: "Article 02", date: "2026-03-02T09:00:00Z", status: "canceled" }),
    "own.md": undefined,
    "elsewhere/own.md": aFile({ title: "An article with its own id", id: "urn:isbn:1" }, "It was edited, too."),
  },
};

test.each([0, 1, 2, 3])(
  "any older head put back (%i): in a small newsroom no article is gone, no id is another, and no date goes back",
  async (back) => {
    const newsroom = await aNewsroom({});
    const site = `${aSiteFile}channels: [{ name: all }, { by: tag }]\n`;
    const heads: Uint8Array[] = [];
    for (const [hour, files] of Object.entries(hours)) {
      for (const [key, text] of Object.entries(files)) await (text === undefined ? newsroom.remove(key) : newsroom.write(key, text));
      await newsroom.publish(`2026-11-20T${hour}:00:00Z`, { site });
      heads.push((await newsroom.state.read(stateKeys.head))!.bytes);
    }
    const was = shownIn(await newsroom.files());
    expect(was.size).toBe(8);

    await newsroom.state.write(stateKeys.head, heads[back]!);
    const { prepared } = await newsroom.publish("2026-11-21T12:00:00Z", { site });
    expect(prepared.changes.plan.holds).toEqual([]);
    const is = shownIn(await newsroom.files());
    const lasting = (all: typeof was) => [...all].map(([title, { id, published }]) => [title, id, published]).sort();
    expect(lasting(is)).toEqual(lasting(was));
    expect(new Set([...is.values()].map(({ id }) => id)).size).toBe(is.size);
    expect([...was].filter(([title, { updated }]) => (is.get(title)?.updated ?? "") < updated)).toEqual([]);
    expect((await newsroom.publish("2026-11-21T12:10:00Z", { site })).prepared.changes.plan).toMatchObject({ holds: [], writes: [] });
  },
);

test("a target whose files were restored as they were makes no new article of the same title the old one", async () => {
  const newsroom = await aNewsroom({ "a.md": aFile({ title: "The week", date: "2026-03-01T09:00:00Z" }, "The first week.") });
  await newsroom.publish("2026-11-20T10:00:00Z");
  for (const { key } of await newsroom.target.list()) {
    const { bytes, headers } = (await newsroom.target.read(key))!;
    await newsroom.target.write(key, bytes, headers);
  }
  await newsroom.remove("a.md");
  await newsroom.write("b.md", aFile({ title: "The week", date: "2026-03-01T09:00:00Z" }, "The second week."));
  const { prepared } = await newsroom.publish("2026-11-20T10:10:00Z");
  expect(prepared.catalog.entries.map(({ id, state }) => [id, state])).toEqual([
    ["tag:wire.example,2026-01-01:a", "missing"],
    ["tag:wire.example,2026-01-01:b", "live"],
  ]);
});
