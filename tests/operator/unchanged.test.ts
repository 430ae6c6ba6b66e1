import { describe, expect, test } from "vitest";
import { omitUndefined } from "../../lambda/articles/model/json-value.ts";
import { parseSite } from "../../lambda/channels/site/site-file.ts";
import { run } from "../../lambda/operator/run.ts";
import type { Settings } from "../../lambda/settings.ts";
import { encodedHead } from "../../lambda/state/head.ts";
import { stateKeys } from "../../lambda/state/state-keys.ts";
import { s3Store } from "../../lambda/stores/s3/s3.ts";
import type { Store } from "../../lambda/stores/store.ts";
import { aFile, aSiteFile, someArticles } from "../support/a-newsroom.ts";
import { headOf } from "../support/a-state.ts";
import { startS3 } from "../support/s3/s3-server.ts";
import { counted, countedPages } from "../support/stores/a-counted-store.ts";
import { memoryStore } from "../support/stores/memory-store.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 12) + minute * 60_000).toISOString();

/** A newsroom in memory whose runs end early where they may. `whole`: a run that may not. */
async function aRoom(articles: Readonly<Record<string, string>>, site = aSiteFile) {
  const [content, target] = [memoryStore("content"), memoryStore("target")];
  const { store: state, count } = counted(memoryStore("state"));
  let text = site;
  const write = async (key: string, words: string) => void (await content.write(key, Buffer.from(words)));
  for (const [key, words] of Object.entries(articles)) await write(key, words);
  const settings = (minute: number, more: Partial<Settings> = {}): Settings => ({
    content,
    target,
    state,
    places: { content: "content", target: "target" },
    site: parseSite(text, "site.yaml"),
    now: at(minute),
    began: at(minute),
    editable: false,
    holder: `run at ${minute}`,
    cloud: { endpoints: {} },
    ...more,
  });
  const publish = async (minute: number, allow: readonly string[] = [], more: Partial<Settings> = {}, named?: readonly string[]) => {
    count.read.length = 0;
    count.write.length = 0;
    const order = { command: "publish", allow, time: 600_000, tell: () => {}, ...omitUndefined({ named }) } as const;
    const report = await run(order, settings(minute, more));
    return {
      report,
      reads: count.read.filter((key) => key !== stateKeys.head),
      isEarly: count.read.length === 1,
      writes: [...count.write],
    };
  };
  const whole = async (minute: number) => {
    const { rest: _, ...head } = (await headOf(state)) ?? { format: 1, roots: {} };
    await state.write(stateKeys.head, encodedHead(head));
    return (await publish(minute)).report;
  };
  const setSite = (next: string) => {
    text = next;
  };
  return { content, target, state, write, publish, whole, setSite };
}

type Room = Awaited<ReturnType<typeof aRoom>>;

test("a run that finds nothing changed reads one object of state and writes none", async () => {
  const room = await aRoom(someArticles(5));
  await room.publish(0);
  expect(await room.publish(60)).toMatchObject({ isEarly: true, writes: [] });
});

test("a run that finds nothing changed in a large store lists it where the last listing was divided", async () => {
  const room = await aRoom(someArticles(3));
  for (let number = 0; number < 9_000; number += 1) await room.write(`more/${String(number).padStart(5, "0")}.jpg`, "x");
  await room.publish(0);
  const divided: (readonly string[])[] = [];
  const content: Store = {
    ...room.content,
    scan: (prefix, points = []) => {
      divided.push(points);
      return room.content.scan(prefix, points);
    },
  };
  expect(await room.publish(60, [], { content })).toMatchObject({ isEarly: true });
  expect(divided.map((points) => points.length)).toEqual([2]);
});

test("of a bucket, a run reads the pages that have changed since the last one", async () => {
  await using server = { ...(await startS3({ buckets: ["news"], pageSize: 2 })), [Symbol.asyncDispose]: () => server.close() };
  const { store: content, seen } = countedPages(s3Store({ bucket: "news", client: server.client() }));
  const room = await aRoom({});
  for (const [key, words] of Object.entries(someArticles(12))) server.fill("news", key, Buffer.from(words));
  const publish = async (minute: number, named?: readonly string[]) => {
    Object.assign(seen, { read: 0, came: 0 });
    const { isEarly } = await room.publish(minute, [], { content }, named);
    return { isEarly, ...seen };
  };
  const edit = (key: string) => server.fill("news", key, Buffer.from(aFile({ title: "Edited", date: "2026-03-01T09:00:00Z" })));
  await publish(0);
  expect(await publish(1)).toEqual({ isEarly: true, read: 0, came: 6 });
  edit("a-01.md");
  expect((await publish(2)).isEarly).toBe(false);
  expect(await publish(3)).toEqual({ isEarly: true, read: 0, came: 6 });
  edit("a-02.md");
  expect((await publish(4, ["a-02.md"])).isEarly).toBe(false);
  expect(await publish(5)).toEqual({ isEarly: true, read: 3, came: 6 });
});

const hub = `${aSiteFile}hub: https://hub.example/\n`;
const archived = `${aSiteFile}channels: [{ name: all, limit: 2, archive: monthly }, { by: tag }]\n`;

/** What may have happened before an unchanged run: its report is the same as that of a whole run. */
const before: Readonly<Record<string, () => Promise<Room>>> = {
  "a first run": async () => {
    const room = await aRoom(someArticles(5));
    await room.publish(0);
    return room;
  },
  "archives and tags": async () => {
    const room = await aRoom({ ...someArticles(9), "t.md": aFile({ title: "T", date: "2026-03-01", tags: "tea" }) }, archived);
    await room.publish(0);
    return room;
  },
  "an edit": async () => {
    const room = await aRoom(someArticles(5));
    await room.publish(0);
    await room.write("a-01.md", aFile({ title: "Again", date: "2026-03-01T09:00:00Z" }, "Other words."));
    await room.publish(1);
    return room;
  },
  "a broken article, and one that was published and broke": async () => {
    const room = await aRoom({ ...someArticles(30), "broken.md": "---\ntitle: [broken\n---\n" });
    await room.publish(0);
    await room.write("a-01.md", "---\ntitle: [broken\n---\n");
    await room.publish(1);
    return room;
  },
  "articles that moved, changed their title, or are new without a date": async () => {
    const room = await aRoom({ ...someArticles(5), "old/one.md": aFile({ title: "One", date: "2026-03-01" }, "Its own words.") });
    await room.publish(0);
    await room.content.remove("old/one.md");
    await room.write("new/one.md", aFile({ title: "One", date: "2026-03-01" }, "Its own words."));
    await room.write("undated.md", "# Undated\n\nWords.\n");
    await room.write("a-02.md", aFile({ title: "Another title", date: "2026-03-02T09:00:00Z" }));
    await room.publish(1);
    return room;
  },
  "a file that is gone": async () => {
    const room = await aRoom(someArticles(9));
    await room.publish(0);
    await room.content.remove("a-09.md");
    await room.publish(1);
    return room;
  },
  "a file that is gone for longer than the grace, which is said once": async () => {
    const room = await aRoom(someArticles(9));
    await room.publish(-180);
    await room.content.remove("a-09.md");
    await room.publish(-120);
    await room.publish(0);
    await room.publish(1);
    return room;
  },
  "a hold": async () => {
    const room = await aRoom(someArticles(20));
    await room.publish(-180);
    for (let number = 1; number <= 19; number += 1) await room.content.remove(`a-${String(number).padStart(2, "0")}.md`);
    await room.publish(-120);
    await room.publish(0);
    return room;
  },
  "a picture that does not exist, and one that is none": async () => {
    const room = await aRoom({ "a.md": aFile({ title: "A", date: "2026-03-01" }, "![x](gone.png) ![y](none.png)") });
    await room.write("none.png", "no picture");
    await room.publish(0);
    return room;
  },
  "withdrawals, drafts and a schedule": async () => {
    const room = await aRoom({ ...someArticles(5), "later.md": aFile({ title: "Later", date: "2026-11-21T12:00:00Z" }) });
    await room.publish(0);
    await room.write("a-01.md", aFile({ title: "Article 01", date: "2026-03-01T09:00:00Z", status: "canceled" }));
    await room.write("a-02.md", aFile({ title: "Article 02", date: "2026-03-02T09:00:00Z", draft: true }));
    await room.publish(1);
    return room;
  },
  "a channel that site.yaml no longer has": async () => {
    const room = await aRoom(someArticles(5), `${aSiteFile}channels: [{ name: all }, { name: more }]\n`);
    await room.publish(0);
    room.setSite(`${aSiteFile}channels: [{ name: all }]\n`);
    await room.publish(1);
    return room;
  },
  "a file of somebody else in the target": async () => {
    const room = await aRoom(someArticles(5));
    await room.publish(0);
    await room.target.write("theirs.html", Buffer.from("<p>theirs</p>"));
    await room.target.write("all/rss.xml", Buffer.from("theirs"));
    await room.publish(1);
    return room;
  },
};

describe("the report of an unchanged run is that of a whole run", () => {
  test.each(Object.entries(before))("after %s", async (_, happen) => {
    const room = await happen();
    const early = await room.publish(30);
    expect(early).toMatchObject({ isEarly: true, writes: [] });
    expect(early.report).toEqual(await room.whole(30));
  });
});

/** What makes the next run a whole one, and what that run then does. */
const since: Readonly<Record<string, (room: Room) => Promise<number | undefined>>> = {
  "a new article": async ({ write }) => void (await write("new.md", "# New\n")),
  "an edited article": async ({ write }) => void (await write("a-01.md", "# Other words\n")),
  "a removed article": async ({ content }) => void (await content.remove("a-01.md")),
  "a missing variant": async ({ target }) => void (await target.remove("all/rss.xml.gz")),
  "a feed that somebody wrote": async ({ target }) => void (await target.write("all/rss.xml", Buffer.from("theirs"))),
  "other settings": async ({ setSite }) => void setSite(hub.replace("The Wire", "Another")),
  "an announcement that is due, and fails": async () => 3,
  "an article that is due": async () => 25 * 60,
};

describe("a run is a whole one after", () => {
  test.each(Object.entries(since))("%s", async (_, change) => {
    const room = await aRoom({ ...someArticles(5), "later.md": aFile({ title: "Later", date: "2026-11-21T12:00:00Z" }) }, hub);
    await room.publish(0);
    const minute = (await change(room)) ?? 1;
    const { isEarly, writes } = await room.publish(minute);
    expect(isEarly).toBe(false);
    expect(writes).not.toEqual([]);
  });

  test("a file in a dot folder is no part of the content, and changes nothing", async () => {
    const room = await aRoom(someArticles(5));
    await room.publish(0);
    await room.write(".git/config", "words");
    expect((await room.publish(1)).isEarly).toBe(true);
  });

  test("--allow", async () => {
    const room = await aRoom(someArticles(5));
    await room.publish(0);
    const { isEarly, report } = await room.publish(1, ["all@12345678"]);
    expect([isEarly, report.remarks]).toEqual([false, ["--allow all@12345678 released nothing: no hold has this name and hash."]]);
  });
});

test("a run that was cut leaves nothing to rely on", async () => {
  const room = await aRoom(someArticles(5));
  await room.publish(0);
  await room.write("new.md", "# New\n");
  const dying: Store = { ...room.target, write: () => Promise.reject(new Error("power cut")) };
  await expect(room.publish(1, [], { target: dying })).rejects.toThrow("power cut");
  await room.content.remove("new.md");
  expect((await room.publish(2)).isEarly).toBe(false);
});

test("a version that does not prove that the bytes stay is looked at again", async () => {
  const room = await aRoom(someArticles(5));
  const young: Store = {
    ...room.content,
    scan: async function* (prefix) {
      for await (const batch of room.content.scan(prefix)) yield batch.map((one) => ({ ...one, settled: false }));
    },
  };
  await room.publish(0, [], { content: young });
  expect((await room.publish(1)).isEarly).toBe(false);
  expect((await room.publish(2)).isEarly).toBe(true);
});

describe("after a run that notices called, the next one that lists", () => {
  const picture = "\x89PNG\r\n\x1a\nfirst";
  const shown = aFile({ title: "P", date: "2026-03-20T09:00:00Z" }, "![A picture](p.png)");
  const room = async () => {
    const made = await aRoom({ ...someArticles(5), "p.md": shown, "p.png": picture, "notes.pages/x": "x" });
    await made.publish(0);
    const noticed = async (edits: Readonly<Record<string, string | undefined>>) => {
      for (const [key, words] of Object.entries(edits)) await (words === undefined ? made.content.remove(key) : made.write(key, words));
      return made.publish(1, [], {}, Object.keys(edits));
    };
    return { ...made, noticed };
  };

  test.each<[string, Readonly<Record<string, string | undefined>>]>([
    ["an edit", { "a-01.md": aFile({ title: "Again", date: "2026-03-01T09:00:00Z" }, "Other words.") }],
    ["a new article", { "new.md": aFile({ title: "New", date: "2026-03-21T09:00:00Z" }) }],
    ["a deletion", { "a-02.md": undefined }],
    ["a picture", { "p.png": `${picture} and more` }],
    ["nothing", { "a-01.md": someArticles(5)["a-01.md"] }],
  ])("ends early, because the digest of the content was kept up: %s", async (_, edits) => {
    const { noticed, publish } = await room();
    await noticed(edits);
    expect(await publish(2)).toMatchObject({ isEarly: true, writes: [] });
  });

  test("looks at everything if another file has changed, or nobody knows what stood under a key", async () => {
    for (const unnoticed of ["a-03.md", "notes.pages/x"]) {
      const { noticed, publish, write } = await room();
      await noticed({ "a-01.md": aFile({ title: "Again", date: "2026-03-01T09:00:00Z" }) });
      await write(unnoticed, "# Changed\n");
      expect(await publish(2)).toMatchObject({ isEarly: false });
    }
    const { noticed, publish } = await room();
    await noticed({ "notes.pages/x": "changed" });
    expect(await publish(2)).toMatchObject({ isEarly: false });
    expect(await publish(3)).toMatchObject({ isEarly: true });
  });
});
