import { expect, test } from "vitest";
import { announce } from "../../lambda/publish/announce.ts";
import { headersOf } from "../../lambda/publish/headers.ts";
import { type Announcement, hashOf } from "../../lambda/publish/manifest.ts";

const ping = (topic: string): Announcement => ({ kind: "ping", hub: "https://hub.example/", topic, since: "2026-11-21T00:00:00.000Z" });

test("everything in the outbox is told, in its order, and nothing is left", async () => {
  const told: string[] = [];
  const left = await announce([ping("a"), ping("b")], async ({ topic }) => void told.push(topic));
  expect([told, left]).toEqual([["a", "b"], []]);
});

test("what could not be told is left for the next run, and does not keep the rest from being told", async () => {
  const told: string[] = [];
  const left = await announce([ping("a"), ping("b"), ping("c")], async ({ topic }) => {
    if (topic === "b") throw new Error("no answer");
    told.push(topic);
  });
  expect([told, left]).toEqual([["a", "c"], [ping("b")]]);
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
