import { expect, test } from "vitest";
import { stateKeys } from "../../../lambda/state/state-keys.ts";
import { s3Store } from "../../../lambda/stores/s3/s3.ts";
import { newS3Client } from "../../../lambda/stores/s3/s3-requests.ts";
import type { Store } from "../../../lambda/stores/store.ts";
import { aNewsroom, aSiteFile, someArticles } from "../../support/a-newsroom.ts";
import { headOf } from "../../support/a-state.ts";
import { startS3 } from "../../support/s3/s3-server.ts";
import { memoryStore } from "../../support/stores/memory-store.ts";

const [noon, later] = ["2026-11-20T12:00:00Z", "2026-11-20T12:10:00Z"];
const site = `${aSiteFile}channels: [{ name: all }, { by: author }]\n`;
const undisturbed = async () => {
  const newsroom = await aNewsroom(someArticles(28));
  await newsroom.publish(noon, { site });
  return newsroom.files();
};

/** A store, and how often it was asked to do something. */
function counted(store: Store, what: "read" | "write") {
  const keys: string[] = [];
  const counting: Store = {
    ...store,
    [what]: (key: string, ...rest: never[]) => {
      keys.push(key);
      return (store[what] as (...all: unknown[]) => unknown)(key, ...rest);
    },
  };
  return { store: counting, keys };
}

test("a run out of time while reading keeps what it has read, and the next one reads the rest", async () => {
  const content = counted(memoryStore(), "read");
  const newsroom = await aNewsroom(someArticles(28), { content: content.store });
  const left = () => (content.keys.length < 20 ? 60_000 : 5_000);
  await expect(newsroom.publish(noon, { site, ports: { left } })).rejects.toThrow(/^Time ran out after 20 of 28 articles\./);
  expect(Object.keys((await headOf(newsroom.state))?.roots ?? {})).toEqual(["catalog"]);
  expect(await newsroom.files()).toEqual({});
  content.keys.length = 0;
  // Of those that were read, the bodies are asked for again, since nothing had been published that could have kept them.
  const { prepared } = await newsroom.publish(later, { site });
  expect(prepared.intake.read).toBe(8);
  expect(await newsroom.files()).toEqual(await undisturbed());
});

test("a run out of time while writing reports its progress and releases the lease, and the next one writes the rest", async () => {
  const target = counted(memoryStore(), "write");
  const newsroom = await aNewsroom(someArticles(28), { target: target.store });
  const left = () => (target.keys.length < 4 ? 60_000 : 5_000);
  await expect(newsroom.publish(noon, { site, ports: { left } })).rejects.toThrow(/^Time ran out after \d of \d+ files were written/);
  expect((await newsroom.state.list()).map(({ key }) => key)).not.toContain(stateKeys.lease);
  const half = (await newsroom.target.list()).map(({ key }) => key);
  target.keys.length = 0;
  await newsroom.publish(later, { site });
  expect(half.length).toBeGreaterThan(0);
  expect(target.keys.filter((key) => half.includes(key))).toEqual([]);
  expect(await newsroom.files()).toEqual(await undisturbed());
});

test("a run out of time while keeping articles leaves the kept ones, and the next one keeps the rest", async () => {
  const state = counted(memoryStore(), "write");
  const newsroom = await aNewsroom(someArticles(28), { state: state.store });
  const kept = () => state.keys.filter((key) => key.startsWith(stateKeys.kept));
  const left = () => (kept().length < 12 ? 60_000 : 5_000);
  await expect(newsroom.publish(noon, { site, ports: { left } })).rejects.toThrow(/^Time ran out after 1\d of 28 articles were kept/);
  const first = kept();
  expect(await newsroom.files()).toEqual({});
  await newsroom.publish(later, { site });
  expect(new Set(kept()).size).toBe(28);
  expect(kept().length).toBe(28);
  expect(first.length).toBeLessThan(28);
  expect(await newsroom.files()).toEqual(await undisturbed());
});

test("runs with time for a few steps each publish in the end what one undisturbed run does", async () => {
  const articles = someArticles(28);
  const archived = `${aSiteFile}channels: [{ name: all, limit: 2, archive: monthly }, { by: author }]\n`;
  const newsroom = await aNewsroom(articles);
  // A clock that each request moves on, by more where an article is read and parsed.
  let spent = 0;
  const slow = (store: Store, toRead: number): Store => ({
    ...store,
    read: (...all) => {
      spent += toRead;
      return store.read(...all);
    },
    write: (...all) => {
      spent += 300;
      return store.write(...all);
    },
  });
  const ports = {
    content: slow(newsroom.content, 400),
    target: slow(newsroom.target, 60),
    state: slow(newsroom.state, 60),
    left: () => 21_000 - spent,
  };
  const ends: string[] = [];
  for (let run = 0; run < 12 && ends.at(-1) !== "done"; run += 1) {
    spent = 0;
    const now = new Date(Date.parse(noon) + run * 600_000).toISOString();
    ends.push(await newsroom.publish(now, { site: archived, ports }).then(({ kind }) => kind, String));
  }
  const whole = await aNewsroom(articles);
  await whole.publish(noon, { site: archived });
  expect(ends.slice(0, -1)).toEqual(Array(5).fill(expect.stringMatching(/^Fault: Time ran out /)));
  expect(ends).toContainEqual(expect.stringContaining("were made ready to be shown"));
  expect(ends).toContainEqual(expect.stringContaining("before all files were rendered"));
  expect(ends.at(-1)).toBe("done");
  expect(await newsroom.files()).toEqual(await whole.files());
});

test("a run with enough time is not stopped", async () => {
  const newsroom = await aNewsroom(someArticles(3));
  expect((await newsroom.publish(noon, { ports: { left: () => 60_000 } })).kind).toBe("done");
});

test("a request to S3 is retried until it succeeds or the time is over", async () => {
  const server = await startS3({ buckets: ["news"] });
  const client = (left: () => number) =>
    newS3Client({
      left,
      config: { endpoint: server.endpoint, region: "us-east-1", credentials: { accessKeyId: "t", secretAccessKey: "t" } },
    });
  try {
    let times = 0;
    server.fail = () => (++times <= 4 ? { status: 500, code: "InternalError" } : undefined);
    expect(await s3Store({ bucket: "news", client: client(() => 60_000) }).write("a", Buffer.from("x"))).toMatchObject({ kind: "written" });
    expect(times).toBe(5);
    server.fail = () => ({ status: 503, code: "SlowDown" });
    const hurried = s3Store({ bucket: "news", client: client(() => 2_300) });
    await expect(hurried.write("a", Buffer.from("y"))).rejects.toThrow(/This run has no time left to try again/);
  } finally {
    await server.close();
  }
});
