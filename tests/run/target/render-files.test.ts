import { expect, test } from "vitest";
import { type Workers, workHere } from "../../../lambda/run/threads/work.ts";
import { stateKeys } from "../../../lambda/state/state-keys.ts";
import { aNewsroom, aSiteFile, someArticles } from "../../support/a-newsroom.ts";

const noon = "2026-11-21T12:00:00Z";
const site = `${aSiteFile}pages: true\nchannels: [{ name: all, archive: monthly, limit: 5 }, { name: json, formats: [json] }]\n`;
/** A run that holds this many bytes of rendered files, and what it rendered. */
async function published(room: number, render: Workers["render"] = workHere.render) {
  const newsroom = await aNewsroom(someArticles(20));
  const rendered: string[] = [];
  const workers: Workers = {
    ...workHere,
    render: (document) => {
      rendered.push(document.outline.document.path);
      return render(document);
    },
  };
  const run = newsroom.publish(noon, { site, ports: { room, workers } });
  return { newsroom, rendered, run };
}

test("a run without room for rendered files makes each document once more, and publishes the same", async () => {
  const [much, none] = [await published(1_000_000), await published(0)];
  const plans = [await much.run, await none.run].map(({ prepared }) => prepared.changes.plan);
  const [held, dropped] = plans.map(({ writes }) => writes.filter(({ gzip }) => gzip !== undefined).map(({ key }) => key));
  // The plan itself makes these two.
  expect(dropped).toEqual(["status.json", "edge.json"]);
  expect(held?.length).toBe(plans[0]?.writes.length);
  const bare = plans.map((plan) => ({ ...plan, writes: plan.writes.map(({ gzip: _, ...write }) => write) }));
  expect(bare[1]).toEqual(bare[0]);
  expect(await none.newsroom.files()).toEqual(await much.newsroom.files());
  expect(none.rendered.toSorted()).toEqual([...much.rendered, ...much.rendered].sort());
});

test("a document that comes out differently the second time stops the run before the manifest", async () => {
  const seen = new Set<string>();
  const { newsroom, run } = await published(0, async (document) => {
    const made = await workHere.render(document);
    const { path } = document.outline.document;
    const isFirst = !seen.has(path);
    seen.add(path);
    return isFirst ? made : { ...made, files: made.files.map((file) => ({ ...file, hash: "another" })) };
  });
  await expect(run).rejects.toThrow(/was rendered a second time, and came out differently/);
  expect((await newsroom.state.list()).map(({ key }) => key)).not.toContain(stateKeys.manifest);
});
