import { expect, test } from "vitest";
import { aFile, aNewsroom, aSiteFile } from "../support/a-newsroom.ts";
import { cutAtCommit, headOf, putBack } from "../support/a-state.ts";

const site = `${aSiteFile}channels: [{ name: all, limit: 2, archive: monthly }]\n`;
const [noon, one, two, three] = ["2026-11-20T12:00:00Z", "2026-11-20T13:00:00Z", "2026-11-20T14:00:00Z", "2026-11-20T15:00:00Z"];
const story = (date: string, more: Readonly<Record<string, boolean>> = {}) => aFile({ title: `Story of ${date}`, date, ...more });
const files = {
  "january.md": story("2026-01-05T09:00:00Z"),
  "march-1.md": story("2026-03-01T09:00:00Z"),
  "march-2.md": story("2026-03-02T09:00:00Z"),
};
const january = "all/archive/2026-01/atom.xml";

async function anArchive() {
  const newsroom = await aNewsroom(files);
  await newsroom.publish(noon, { site });
  const updated = async (key: string) => /<updated>([^<]*)/.exec((await newsroom.files())[key] ?? "")?.[1];
  return { ...newsroom, updated };
}

test("an archive part that loses its last article keeps the date of the loss", async () => {
  const newsroom = await anArchive();
  expect(await newsroom.updated(january)).toBe("2026-01-05T09:00:00.000Z");
  await newsroom.write("january.md", story("2026-01-05T09:00:00Z", { draft: true }));
  for (const now of [one, two]) {
    await newsroom.publish(now, { site });
    expect(await newsroom.updated(january)).toBe(new Date(one).toISOString());
  }
});

test("it keeps that date also if the run was cut before its manifest", async () => {
  const newsroom = await anArchive();
  await newsroom.write("january.md", story("2026-01-05T09:00:00Z", { draft: true }));
  const state = cutAtCommit(newsroom.state, "manifest", () => Promise.reject(new Error("power cut")));
  await expect(newsroom.publish(one, { site, ports: { state } })).rejects.toThrow("power cut");
  await newsroom.publish(two, { site });
  expect(await newsroom.updated(january)).toBe(new Date(one).toISOString());
});

test("a feed's updated does not go back with a restored ledger", async () => {
  const newsroom = await anArchive();
  const old = await headOf(newsroom.state);
  await newsroom.write("march-2.md", story("2026-03-02T09:00:00Z", { draft: true }));
  await newsroom.publish(one, { site });
  await putBack(newsroom.state, "ledger", old);
  for (const now of [two, three]) {
    await newsroom.publish(now, { site });
    expect((await newsroom.updated("all/atom.xml")) ?? "").toBe(new Date(one).toISOString());
  }
});
