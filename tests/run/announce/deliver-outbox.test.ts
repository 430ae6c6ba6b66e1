import { expect, test } from "vitest";
import { headersOf } from "../../../lambda/plan/manifest/headers.ts";
import { type Announcement, hashOf } from "../../../lambda/plan/manifest/manifest.ts";
import { deliver, undelivered } from "../../../lambda/run/deliver-outbox.ts";

const now = "2026-11-21T00:00:00.000Z";
const ping = (topic: string, due = now): Announcement => ({ kind: "ping", hub: "https://hub.example/", topic, since: now, due });
const edge: Announcement = { kind: "invalidation", distribution: "E1", paths: ["/all/rss.xml"], reference: "r", since: now };
const named = (one: Announcement) => (one.kind === "ping" ? one.topic : one.distribution);

test("the edge is invalidated before any hub is pinged, and nothing is left", async () => {
  const told: string[] = [];
  const announced = await deliver([ping("a"), edge, ping("b")], async (one) => void told.push(named(one)), now);
  expect([told, undelivered(announced)]).toEqual([["E1", "a", "b"], []]);
});

test("an announcement that is not due waits", async () => {
  const late = ping("late", "2026-11-21T00:00:00.001Z");
  const told: string[] = [];
  const announced = await deliver([late, ping("a")], async (one) => void told.push(named(one)), now);
  expect([told, undelivered(announced)]).toEqual([["a"], [late]]);
});

test("a failed announcement stays for the next run with its reason, and the rest is delivered", async () => {
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

test("the edge refreshes windows in a minute and archives in a day, and serves both through an outage of a week", () => {
  const type = "application/rss+xml; charset=utf-8";
  expect(headersOf("window", type)).toEqual({ contentType: type, cacheControl: "public, max-age=300, s-maxage=60, stale-if-error=604800" });
  expect(headersOf("archive", type)).toEqual({
    contentType: type,
    cacheControl: "public, max-age=3600, s-maxage=86400, stale-if-error=604800",
  });
});

test("a file's hash covers its bytes, its type and its cache time", () => {
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
