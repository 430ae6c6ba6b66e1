import { expect, test } from "vitest";
import { headersOf } from "../../lambda/plan/manifest/headers.ts";
import { type Announcement, hashOf } from "../../lambda/plan/manifest/manifest.ts";
import { deliver, undelivered } from "../../lambda/run/deliver-outbox.ts";

const now = "2026-11-21T00:00:00.000Z";
const ping = (topic: string, due = now): Announcement => ({ kind: "ping", hub: "https://hub.example/", topic, since: now, due });
const edge: Announcement = { kind: "invalidation", distribution: "E1", paths: ["/all/rss.xml"], reference: "r", since: now };
const named = (one: Announcement) => (one.kind === "ping" ? one.topic : one.distribution);

test("the edge is told before any hub, and nothing is left", async () => {
  const told: string[] = [];
  const announced = await deliver([ping("a"), edge, ping("b")], async (one) => void told.push(named(one)), now);
  expect([told, undelivered(announced)]).toEqual([["E1", "a", "b"], []]);
});

test("what is not due waits", async () => {
  const late = ping("late", "2026-11-21T00:00:00.001Z");
  const told: string[] = [];
  const announced = await deliver([late, ping("a")], async (one) => void told.push(named(one)), now);
  expect([told, undelivered(announced)]).toEqual([["a"], [late]]);
});

test("what could not be told is left for the next run with its reason, and does not keep the rest from being told", async () => {
  const told: string[] = [];
  const announced = await deliver(
    [ping("a"), ping("b"), edge, ping("c")],
    async (one) => {
      if (one.kind === "invalidation" || one.topic === "b") throw new Error("no answer");
      told.push(one.topic);
    },
    now,
  );
  expect([told.sort(), undelivered(announced)]).toEqual([
    ["a", "c"],
    [edge, ping("b")],
  ]);
  expect(announced).toContainEqual({ kind: "failed", announcement: edge, why: "no answer" });
});

test("windows are fresh within a minute at the edge, archives within a day, and both outlive an outage of a week", () => {
  const type = "application/rss+xml; charset=utf-8";
  expect(headersOf("window", type)).toEqual({ contentType: type, cacheControl: "public, max-age=300, s-maxage=60, stale-if-error=604800" });
  expect(headersOf("archive", type)).toEqual({
    contentType: type,
    cacheControl: "public, max-age=3600, s-maxage=86400, stale-if-error=604800",
  });
});

test("the hash of a file is of its bytes, its type and its cache time", () => {
  const bytes = Buffer.from("text");
  const of = (headers: Parameters<typeof hashOf>[1], text = bytes) => hashOf(text, headers);
  const plain = of({ contentType: "a", cacheControl: "b" });
  expect(of({ contentType: "a", cacheControl: "b", contentEncoding: "gzip" })).toBe(plain);
  const others = [
    of({ contentType: "x", cacheControl: "b" }),
    of({ contentType: "a", cacheControl: "x" }),
    of({ contentType: "a", cacheControl: "b" }, Buffer.from("x")),
  ];
  expect(new Set([plain, ...others]).size).toBe(4);
});
