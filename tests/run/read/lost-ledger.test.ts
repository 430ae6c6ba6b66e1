import { describe, expect, test } from "vitest";
import { emptyHead, encodedHead } from "../../../lambda/state/head.ts";
import { stateKeys } from "../../../lambda/state/state-keys.ts";
import type { Store } from "../../../lambda/stores/store.ts";
import { aFile, aNewsroom, aSiteFile, type Newsroom } from "../../support/a-newsroom.ts";
import { headOf } from "../../support/a-state.ts";
import { memoryStore } from "../../support/stores/memory-store.ts";

const site = `${aSiteFile}channels: [{ name: all, limit: 3, archive: monthly, split: language }, { by: tag }]\n`;
const story = (day: string, says: Readonly<Record<string, string>> = {}, body = `Words of ${day}.`) =>
  aFile({ title: `Story ${day}`, date: `2026-${day}T09:00:00Z`, ...says }, body);
const lossDay = "2026-11-24T12:00:00Z";

/** Edits, moves, cancellations, a rewritten title, an id of its own, undated articles and days, over four days. */
async function aHistory(): Promise<Newsroom> {
  const newsroom = await aNewsroom({
    "plain.md": story("03-01"),
    "moved.md": story("03-02"),
    "moved-undated.md": "# A note that moves\n\nWithout a date.\n",
    "edited.md": story("04-01", { tags: "tea" }),
    "canceled.md": story("04-02", { tags: "tea" }),
    "retitled.md": aFile({ title: "First title", date: "2026-05-01" }),
    "named.md": story("05-02", { id: "the 5th of May" }),
    "note.md": "# A note\n\nWithout a date.\n",
    "ru.md": story("05-03", { title: "Статья", lang: "ru" }),
  });
  await newsroom.publish("2026-11-20T12:00:00Z", { site });
  for (const key of ["moved.md", "moved-undated.md"]) {
    const text = Buffer.from((await newsroom.content.read(key))?.bytes ?? []).toString("utf8");
    await newsroom.remove(key);
    await newsroom.write(`elsewhere/${key}`, text);
  }
  await newsroom.write("edited.md", story("04-01", { tags: "tea" }, "Other words."));
  await newsroom.publish("2026-11-21T12:00:00Z", { site });
  await newsroom.write("canceled.md", story("04-02", { tags: "tea", status: "canceled" }));
  await newsroom.write("retitled.md", aFile({ title: "Second title", date: "2026-05-01" }));
  await newsroom.write("news.md", "# News\n\nWithout a date.\n");
  await newsroom.publish("2026-11-22T12:00:00Z", { site });
  return newsroom;
}

/** State whose head no longer names a ledger; `also`: what else it does not name. "head": there is no head. */
async function withoutLedger({ state }: Newsroom, also: readonly ("catalog" | "manifest" | "head")[] = []): Promise<Store> {
  const left = memoryStore("state");
  for (const { key } of await state.list()) {
    const found = await state.read(key);
    if (key !== stateKeys.head && found !== undefined) await left.write(key, found.bytes);
  }
  const { site: _, now: _now, ...head } = (await headOf(state)) ?? emptyHead;
  const roots = Object.fromEntries(Object.entries(head.roots).filter(([part]) => part !== "ledger" && !also.some((gone) => gone === part)));
  if (!also.includes("head")) await left.write(stateKeys.head, encodedHead({ ...head, roots }));
  return left;
}

type Item = {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly date_published: string;
  readonly date_modified: string;
};
const items = (files: Readonly<Record<string, string>>) =>
  Object.entries(files)
    .filter(([key]) => key.endsWith("feed.json"))
    .flatMap(([key, text]) => (JSON.parse(text) as { items: readonly Item[] }).items.map((item) => ({ key, ...item })));

const reasons = ({ prepared }: Awaited<ReturnType<Newsroom["publish"]>>) =>
  prepared.changes.plan.holds.flatMap((hold) => hold.reasons.slice(1));

describe("a ledger that is lost with all its versions", () => {
  test.each([
    ["alone", []],
    ["with the catalog", ["catalog"]],
    ["with catalog and manifest", ["catalog", "manifest"]],
    ["with the head", ["head"]],
  ] as const)("%s is rebuilt from the live feeds: nothing is written before the release, and no byte changes", async (_, also) => {
    const newsroom = await aHistory();
    const before = await newsroom.files();
    const state = await withoutLedger(newsroom, also);
    const stateBefore = await state.list();
    const held = await newsroom.publish(lossDay, { site, ports: { state } });
    const [hold] = held.prepared.changes.plan.holds;
    expect([hold?.name, reasons(held)]).toEqual(["run", []]);
    expect((await newsroom.publish("2026-11-24T13:00:00Z", { site, ports: { state } })).prepared.changes.plan.holds).toEqual([hold]);
    expect([await newsroom.files(), await state.list()]).toEqual([before, stateBefore]);
    await newsroom.publish("2026-11-24T14:00:00Z", { site, ports: { state }, allow: [`run@${hold?.hash}`] });
    expect(items(await newsroom.files())).toEqual(items(before));
    expect(await newsroom.files()).toEqual(before);
    expect((await newsroom.publish("2026-11-24T15:00:00Z", { site, ports: { state } })).prepared.changes.plan).toMatchObject({
      holds: [],
      writes: [],
    });
  });

  test("names what the live feeds do not have: an entry without its file, an undated article in no feed, an ended feed", async () => {
    const narrow = `${aSiteFile}channels: [{ name: all, limit: 2 }]\n`;
    const old = { "old.md": "# Old\n\nWithout a date.\n" };
    const newsroom = await aNewsroom(old);
    await newsroom.publish("2026-11-19T12:00:00Z", { site: narrow.replace("}]", "}, { name: west, where: { path: b.md } }]") });
    await newsroom.write("a.md", aFile({ title: "A", date: "2026-11-20T09:00:00Z" }));
    await newsroom.write("b.md", aFile({ title: "B", date: "2026-11-20T10:00:00Z" }));
    await newsroom.publish("2026-11-20T12:00:00Z", { site: narrow });
    await newsroom.remove("a.md");
    await newsroom.write("b.md", "---\ntitle: [broken\n---\n");
    const held = await newsroom.publish(lossDay, { site: narrow, ports: { state: await withoutLedger(newsroom) } });
    expect(reasons(held)).toEqual([
      '"A" (tag:wire.example,2026-01-01:a) is live, but no file matches it: it leaves the feeds.',
      '"B" (tag:wire.example,2026-01-01:b) leaves the feeds until you correct its file: b.md cannot be read.',
      "old.md has no date and is in no live feed: its first publication date is lost.",
      "west is live but not in site.yaml: it stays published as it is, and its entries can no longer be removed.",
    ]);
  });

  test("the id of an entry without a file is not given to another article", async () => {
    const newsroom = await aNewsroom({
      "a.md": aFile({ title: "A", date: "2026-11-19T09:00:00Z" }),
      "b.md": aFile({ title: "B", date: "2026-11-19" }),
    });
    await newsroom.publish("2026-11-20T12:00:00Z");
    await newsroom.remove("a.md");
    const ports = { state: await withoutLedger(newsroom) };
    const [hold] = (await newsroom.publish(lossDay, { ports })).prepared.changes.plan.holds;
    await newsroom.publish(lossDay, { ports, allow: [`run@${hold?.hash}`] });
    await newsroom.write("a.md", aFile({ title: "Another", date: "2026-11-25T09:00:00Z" }));
    await newsroom.publish("2026-11-25T12:00:00Z", { ports });
    expect(items(await newsroom.files()).map(({ id }) => id)).toEqual(["tag:wire.example,2026-01-01:a~2", "tag:wire.example,2026-01-01:b"]);
  });
});
