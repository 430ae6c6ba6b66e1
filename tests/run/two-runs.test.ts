import { describe, expect, test } from "vitest";
import { stateKeys } from "../../lambda/state/state-keys.ts";
import type { Store } from "../../lambda/stores/store.ts";
import { aFile, aNewsroom, someArticles } from "../support/a-newsroom.ts";
import { itemsOf, titlesOf } from "../support/readers/json-items.ts";

const noon = "2026-11-20T12:00:00Z";
const later = "2026-11-20T14:00:00Z";

describe("two runs", () => {
  test("a run that finds the lease taken does nothing and says so", async () => {
    const newsroom = await aNewsroom(someArticles(1));
    await newsroom.state.write(stateKeys.lease, Buffer.from(JSON.stringify({ holder: "another", until: "2026-11-20T12:05:00.000Z" })));
    expect((await newsroom.publish(noon)).kind).toBe("busy");
    expect(await newsroom.files()).toEqual({});
    expect((await newsroom.publish("2026-11-20T12:10:00Z")).kind).toBe("done");
  });

  test.each([
    ["an older", "2026-11-20T13:00:00Z", "2026-11-20T13:00:01Z"],
    ["a younger", "2026-11-20T13:00:01Z", "2026-11-20T13:00:00Z"],
  ])("a run overtaken by %s one plans again before it writes, and no date goes back", async (_, others, own) => {
    const newsroom = await aNewsroom(someArticles(2));
    await newsroom.publish(noon);
    await newsroom.write("a-03.md", aFile({ title: "Article 03", date: "2026-03-03T09:00:00Z" }));
    let overtaken = false;
    const waits: string[] = [];
    const state: Store = {
      ...newsroom.state,
      write: async (key, ...rest) => {
        if (key === stateKeys.lease && !overtaken) {
          overtaken = true;
          await newsroom.publish(others);
          await newsroom.write("undated.md", "# Undated\n");
        }
        return newsroom.state.write(key, ...rest);
      },
    };
    const { kind, prepared } = await newsroom.publish(own, {
      ports: { state, tell: (event) => event.kind === "waiting" && waits.push(event.reason) },
    });
    expect([kind, waits]).toEqual(["done", ["State changed since this run planned. Planning again."]]);
    expect(titlesOf(await newsroom.files())).toEqual(["Undated", "Article 03", "Article 02", "Article 01"]);
    const latest = "2026-11-20T13:00:01.000Z";
    expect([prepared.changes.plan.now, itemsOf(await newsroom.files())[0]?.date_published]).toEqual([latest, latest]);
  });

  test("a run that fails while planning because another one ended plans again", async () => {
    const newsroom = await aNewsroom(someArticles(2));
    await newsroom.publish(noon);
    await newsroom.write("a-01.md", aFile({ title: "Again", date: "2026-03-01T09:00:00Z" }));
    let ended = false;
    // The other run lets go of a body that this one is about to read.
    const state: Store = {
      ...newsroom.state,
      read: async (key, range) => {
        if (key.startsWith(stateKeys.kept) && !ended) {
          ended = true;
          await newsroom.write("a-02.md", aFile({ title: "Otherwise", date: "2026-03-02T09:00:00Z" }));
          await newsroom.publish("2026-11-20T12:30:00Z");
        }
        return newsroom.state.read(key, range);
      },
    };
    expect((await newsroom.publish("2026-11-20T12:29:00Z", { ports: { state } })).kind).toBe("done");
    expect(ended).toBe(true);
    expect(titlesOf(await newsroom.files())).toEqual(["Otherwise", "Again"]);
  });

  test("a run plans again if the target changes once", async () => {
    const newsroom = await aNewsroom(someArticles(2));
    await newsroom.publish(noon);
    await newsroom.write("a-03.md", aFile({ title: "Article 03", date: "2026-03-03T09:00:00Z" }));
    let changed = false;
    const target: Store = {
      ...newsroom.target,
      write: async (key, ...rest) => {
        if (key === "all/atom.xml" && !changed) await newsroom.target.write(key, Buffer.from("somebody else's"));
        changed ||= key === "all/atom.xml";
        return newsroom.target.write(key, ...rest);
      },
    };
    expect((await newsroom.publish(later, { ports: { target } })).kind).toBe("done");
    expect((await newsroom.files())["all/atom.xml"]).toContain("Article 03");
  });

  test("a target that changes all the time stops the run before the manifest, and the next run converges", async () => {
    const newsroom = await aNewsroom(someArticles(2));
    await newsroom.publish(noon);
    await newsroom.write("a-03.md", aFile({ title: "Article 03", date: "2026-03-03T09:00:00Z" }));
    const target: Store = {
      ...newsroom.target,
      write: async (key, ...rest) => {
        if (key === "all/atom.xml") await newsroom.target.write(key, Buffer.from("somebody else's"));
        return newsroom.target.write(key, ...rest);
      },
    };
    await expect(newsroom.publish(later, { ports: { target } })).rejects.toMatchObject({
      kind: "overtaken",
      message: "target/all/atom.xml changed during this run. This happened 10 times. Run again.",
    });
    await newsroom.publish("2026-11-20T15:00:00Z");
    const files = await newsroom.files();
    expect(titlesOf(files)).toHaveLength(3);
    expect(files["all/atom.xml"]).toContain("Article 03");
  });
});
