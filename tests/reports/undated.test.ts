import { expect, test } from "vitest";
import { parseSite } from "../../lambda/channels/site/site-file.ts";
import { type RunRequest, run } from "../../lambda/operator/run.ts";
import { aFile, aSiteFile } from "../support/a-newsroom.ts";
import { memoryStore } from "../support/stores/memory-store.ts";

/** A newsroom with two dated articles and `undated` others. */
async function aFolder(undated: number) {
  const stores = { content: memoryStore("content"), target: memoryStore("target"), state: memoryStore("state") };
  const write = (key: string, text: string) => stores.content.write(key, Buffer.from(text), {});
  for (const name of ["one", "two"]) await write(`news/${name}.md`, aFile({ title: name, date: "2026-03-01T09:00:00Z" }));
  for (let number = 0; number < undated; number += 1)
    await write(number === 0 ? "note.md" : `notes/${number}.md`, aFile({ title: `Note ${number}` }));
  return async (command: RunRequest["command"], now = "2026-11-23T09:00:00.000Z") => {
    const places = { content: "content", target: "target" };
    const settings = {
      ...stores,
      places,
      site: parseSite(aSiteFile, "site.yaml"),
      now,
      began: now,
      editable: false,
      cloud: { endpoints: {} },
    };
    const report = await run({ command, allow: [], time: 600_000, tell: () => {} }, { ...settings, holder: crypto.randomUUID() });
    return report.remarks.filter((remark) => remark.includes("no date"));
  };
}

const said =
  "4 of 6 articles have no date, and the run that first publishes them gives them its own: notes (3), the top folder (1). " +
  'Write dates into them first, or leave them out with "ignore" in site.yaml.';

test("check and plan say how many articles a run would date, and where they are", async () => {
  const told = await aFolder(4);
  expect([await told("check"), await told("plan")]).toEqual([[said], [said]]);
});

test("nothing is said of articles that are dated by now, nor of a few", async () => {
  const told = await aFolder(4);
  await told("publish");
  expect(await told("plan", "2026-11-24T09:00:00.000Z")).toEqual([]);
  expect(await (await aFolder(2))("check")).toEqual([]);
});
