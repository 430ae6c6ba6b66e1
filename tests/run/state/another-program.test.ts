import { expect, test } from "vitest";
import { readingOf } from "../../../lambda/run/read/reading.ts";
import { type Workers, workHere } from "../../../lambda/run/threads/work.ts";
import { loadState } from "../../../lambda/state/state.ts";
import { aFile, aNewsroom, aSiteFile, someArticles } from "../../support/a-newsroom.ts";
import { counted } from "../../support/stores/a-counted-store.ts";
import { memoryStore } from "../../support/stores/memory-store.ts";

const [noon, one, two] = ["2026-11-20T12:00:00Z", "2026-11-20T13:00:00Z", "2026-11-20T14:00:00Z"];
const site = `${aSiteFile}channels: [{ name: all, limit: 2 }]\n`;
const first = { program: "a", parsers: { heads: "h", bodies: "b" } };

async function published() {
  const content = counted(memoryStore("content"));
  const newsroom = await aNewsroom(someArticles(5), { content: content.store });
  await newsroom.publish(noon, { site, ports: first });
  const before = await newsroom.files();
  Object.assign(content.count, { read: [] });
  return { newsroom, before, read: () => [...content.count.read].sort() };
}

test.each([
  ["renders otherwise parses nothing", { program: "other" }, []],
  ["makes bodies otherwise reads only what documents show", { parsers: { heads: "h", bodies: "other" } }, ["a-04.md", "a-05.md"]],
  [
    "reads heads otherwise reads every source, once",
    { parsers: { heads: "other", bodies: "b" } },
    ["a-01.md", "a-02.md", "a-03.md", "a-04.md", "a-05.md"],
  ],
])("a program that %s", async (_, other, sources) => {
  const { newsroom, before, read } = await published();
  const { prepared } = await newsroom.publish(one, { site, ports: { ...first, ...other } });
  expect(read()).toEqual(sources);
  expect(prepared.changes.plan.holds).toEqual([]);
  expect(await newsroom.files()).toEqual(before);
});

/** A program that hashes content otherwise. */
const hashesOtherwise: Workers = {
  ...workHere,
  read: async (source, newsroom, task) => {
    const reading = readingOf(source, newsroom, task);
    if (reading?.what !== "head" || reading.record.kind !== "article") return reading;
    const { meta } = reading.record;
    return { ...reading, record: { ...reading.record, meta: { ...meta, content: `other ${meta.content}` } } };
  },
};

test("a program that hashes content otherwise moves no date and no id, and its hashes are adopted", async () => {
  const { newsroom, before } = await published();
  const ports = { ...first, parsers: { heads: "other", bodies: "b" }, workers: hashesOtherwise };
  const was = (await loadState(newsroom.state)).ledger.value.entries;
  await newsroom.publish(one, { site, ports });
  expect(await newsroom.files()).toEqual(before);
  const is = (await loadState(newsroom.state)).ledger.value.entries;
  expect(is).toEqual(new Map([...was].map(([id, entry]) => [id, { ...entry, content: `other ${entry.content}` }])));
  // An edit is one, whoever hashes it.
  await newsroom.write("a-05.md", aFile({ title: "Article 05", date: "2026-03-05T09:00:00Z" }, "Edited."));
  await newsroom.publish(two, { site, ports });
  expect((await loadState(newsroom.state)).ledger.value.entries.get("tag:wire.example,2026-01-01:a-05")?.updated).toBe(
    new Date(two).toISOString(),
  );
});

test("a file that moves while another program comes keeps its id", async () => {
  const { newsroom } = await published();
  const text = (await newsroom.content.read("a-03.md"))?.bytes ?? new Uint8Array();
  await newsroom.remove("a-03.md");
  await newsroom.content.write("b/moved.md", text);
  await newsroom.publish(one, { site, ports: { ...first, parsers: { heads: "other", bodies: "b" }, workers: hashesOtherwise } });
  const { entries } = (await loadState(newsroom.state)).ledger.value;
  expect(entries.get("tag:wire.example,2026-01-01:a-03")?.keys).toEqual(["a-03.md", "b/moved.md"]);
});

test("a run of another program that lacks time forgets nothing, and the next one reads the rest", async () => {
  const { newsroom, before, read } = await published();
  const other = { ...first, parsers: { heads: "other", bodies: "b" } };
  const left = () => (read().length < 3 ? 60_000 : 0);
  await expect(newsroom.publish(one, { site, ports: { ...other, left } })).rejects.toThrow(/^Time ran out after 3 of 5 articles/);
  const { records } = (await loadState(newsroom.state)).catalog.value;
  expect(records.map(({ key, kind }) => [key, kind])).toEqual(
    Object.keys(someArticles(5))
      .sort()
      .map((key) => [key, "article"]),
  );
  await newsroom.publish(two, { site, ports: other });
  expect(new Set(read()).size).toBe(5);
  expect(read().length).toBe(5);
  expect(await newsroom.files()).toEqual(before);
});
