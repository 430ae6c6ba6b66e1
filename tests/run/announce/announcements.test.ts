import { describe, expect, test } from "vitest";
import type { Announcement } from "../../../lambda/plan/manifest/manifest.ts";
import { announceDue } from "../../../lambda/run/announce.ts";
import { stateKeys } from "../../../lambda/state/state-keys.ts";
import { aFile, aNewsroom, aSiteFile, type Newsroom, someArticles } from "../../support/a-newsroom.ts";
import { cutAtCommit } from "../../support/a-state.ts";

const noon = "2026-11-20T12:00:00Z";
const later = "2026-11-20T14:00:00Z";

describe("announcements", () => {
  const site = `${aSiteFile}hub: https://hub.example/\n`;
  const topics = ["atom.xml", "feed.json", "rss.xml"].map((file) => `https://wire.example/all/${file}`);
  const pinged = (newsroom: Newsroom) => newsroom.announced.flatMap((one) => (one.kind === "ping" ? [one.topic] : [])).sort();

  test("each written window is announced once, after the edge's old copy has expired", async () => {
    const newsroom = await aNewsroom(someArticles(1));
    await newsroom.publish(noon, { site });
    await newsroom.publish("2026-11-20T12:02:29Z", { site });
    expect(pinged(newsroom)).toEqual([]);
    await newsroom.publish("2026-11-20T12:02:30Z", { site });
    expect(pinged(newsroom)).toEqual(topics);
    await newsroom.publish(later, { site });
    expect(pinged(newsroom)).toEqual(topics);
  });

  test("a failed announcement stays in the outbox for the next run, and fails no run", async () => {
    const newsroom = await aNewsroom(someArticles(1));
    const deaf = { announcer: () => Promise.reject(new Error("hub is down")) };
    await newsroom.publish(noon, { site });
    const { kind, announced } = await newsroom.publish("2026-11-20T12:10:00Z", { site, ports: deaf });
    expect([kind, announced.map((one) => one.kind === "failed" && one.why)]).toEqual(["done", Array(3).fill("hub is down")]);
    await newsroom.publish(later, { site });
    expect(pinged(newsroom)).toEqual(topics);
  });

  test("the announcement is delayed by the length of the run", async () => {
    const newsroom = await aNewsroom(someArticles(1));
    await newsroom.publish(noon, { site, ports: { elapsed: () => 100_000 } });
    await newsroom.publish("2026-11-20T12:04:09Z", { site });
    expect(pinged(newsroom)).toEqual([]);
    await newsroom.publish("2026-11-20T12:04:10Z", { site });
    expect(pinged(newsroom)).toEqual(topics);
  });

  test("a withdrawal invalidates the edge at once, and an ordinary change does not", async () => {
    const newsroom = await aNewsroom(someArticles(2));
    const ports = { distribution: "E123" };
    await newsroom.publish(noon, { site, ports });
    await newsroom.write("a-02.md", aFile({ title: "Better", date: "2026-03-02T09:00:00Z" }));
    await newsroom.publish("2026-11-20T12:01:00Z", { site, ports });
    expect(newsroom.announced).toEqual([]);
    await newsroom.write("a-01.md", aFile({ title: "Article 01", date: "2026-03-01T09:00:00Z", status: "canceled" }));
    await newsroom.publish("2026-11-20T12:02:00Z", { site, ports });
    expect(newsroom.announced).toMatchObject([{ kind: "invalidation", distribution: "E123" }]);
    await newsroom.publish("2026-11-20T12:02:10Z", { site, ports });
    expect(newsroom.announced).toHaveLength(1);
  });

  test("announcing alone delivers what is due, and reads neither content nor target", async () => {
    const newsroom = await aNewsroom(someArticles(1));
    await newsroom.publish(noon, { site });
    const told: string[] = [];
    const telling = (now: string) => ({
      state: newsroom.state,
      now,
      announcer: async (one: Announcement) => void told.push(one.kind),
      elapsed: () => 0,
      holder: "reminder",
    });
    await announceDue(telling("2026-11-20T12:02:00.000Z"));
    expect(told).toEqual([]);
    await announceDue(telling("2026-11-20T12:03:00.000Z"));
    await announceDue(telling("2026-11-20T12:04:00.000Z"));
    expect(told).toEqual(["ping", "ping", "ping"]);
    expect(await newsroom.state.read(stateKeys.lease)).toBeUndefined();
  });

  test("announcing alone stops if a run has written meanwhile", async () => {
    const newsroom = await aNewsroom(someArticles(1));
    await newsroom.publish(noon, { site });
    const overtaken = cutAtCommit(newsroom.state, "manifest", async () => ({ kind: "refused" }));
    const { kind } = await announceDue({
      state: overtaken,
      now: "2026-11-20T12:03:00.000Z",
      announcer: async () => {},
      elapsed: () => 0,
      holder: "reminder",
    });
    expect(kind).toBe("busy");
  });
});
