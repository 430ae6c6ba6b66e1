import { expect, test } from "vitest";
import { due, latest, publishedOf, updatedOf } from "../../../../lambda/channels/catalog/ledger/dating.ts";
import { aLedgerEntry, aMeta, at, onDay } from "../../../support/a-catalog.ts";

test.each([
  ["a moment: at that moment", at("2026-11-20T06:00:00Z"), "2026-11-20T06:00:00.000Z"],
  ["a day: from midnight in its zone", onDay("2026-11-20", "Asia/Almaty"), "2026-11-19T19:00:00.000Z"],
  ["a day in summer time: from midnight in summer time", onDay("2026-07-01", "Europe/Berlin"), "2026-06-30T22:00:00.000Z"],
  ["a day in winter time: from midnight in winter time", onDay("2026-12-01", "Europe/Berlin"), "2026-11-30T23:00:00.000Z"],
  ["the day on which clocks go forward: from midnight before they do", onDay("2026-03-29", "Europe/Berlin"), "2026-03-28T23:00:00.000Z"],
  ["a day that begins at one o'clock: from then", onDay("2018-11-04", "America/Sao_Paulo"), "2018-11-04T03:00:00.000Z"],
])("due is %s", (_, date, instant) => {
  expect(due(date)).toBe(instant);
});

const firstSeen = "2026-11-20T06:30:00.000Z";

test.each([
  ["no date: the first sight", undefined, firstSeen],
  ["a moment: that moment, however old", at("2020-01-02T03:04:05Z"), "2020-01-02T03:04:05.000Z"],
  ["the day of the first sight: the first sight", onDay("2026-11-20"), firstSeen],
  ["an earlier day: noon", onDay("2026-11-18"), "2026-11-18T12:00:00.000Z"],
  ["an earlier day in a zone: noon there", onDay("2026-11-18", "Asia/Almaty"), "2026-11-18T07:00:00.000Z"],
  ["an earlier day in summer time: noon in summer time", onDay("2026-07-01", "Europe/Berlin"), "2026-07-01T10:00:00.000Z"],
  ["the day on which clocks go back: noon in the new time", onDay("2026-10-25", "Europe/Berlin"), "2026-10-25T11:00:00.000Z"],
])("published by %s", (_, written, instant) => {
  expect(publishedOf(written, firstSeen)).toBe(instant);
});

test("the day of the first sight depends on the date's own zone", () => {
  const lateEvening = "2026-11-20T20:00:00.000Z"; // the 21st in Almaty
  expect(publishedOf(onDay("2026-11-21", "Asia/Almaty"), lateEvening)).toBe(lateEvening);
  expect(publishedOf(onDay("2026-11-20", "Asia/Almaty"), lateEvening)).toBe("2026-11-20T07:00:00.000Z");
});

const published = "2026-11-20T06:00:00.000Z";
const entry = aLedgerEntry({ published, updated: published, changed: firstSeen, content: "first" });
const edited = aMeta({ content: "second" });

test("a new article was updated when it was published, however old its file is", () => {
  const now = "2026-11-25T00:00:00.000Z";
  expect(updatedOf(aMeta(), undefined, published, now)).toEqual({ updated: published, changed: now });
});

test("an unchanged article keeps its dates", () => {
  expect(updatedOf(aMeta({ content: "first" }), entry, published, "2026-11-25T00:00:00.000Z")).toEqual({
    updated: published,
    changed: firstSeen,
  });
});

test("a changed text is updated when it is first seen", () => {
  const now = "2026-11-25T00:00:00.000Z";
  expect(updatedOf(edited, entry, published, now)).toEqual({ updated: now, changed: now });
});

test.each([
  ["59.999 seconds after the last one is the same change", "2026-11-20T06:30:59.999Z", published, firstSeen],
  ["60 seconds after the last one is another change", "2026-11-20T06:31:00.000Z", "2026-11-20T06:31:00.000Z", "2026-11-20T06:31:00.000Z"],
])("a change %s", (_, now, updated, changed) => {
  expect(updatedOf(edited, entry, published, now)).toEqual({ updated, changed });
});

test("an update date in the file wins", () => {
  const meta = aMeta({ content: "second", updated: at("2026-11-22T08:00:00Z") });
  expect(updatedOf(meta, entry, published, "2026-11-25T00:00:00.000Z").updated).toBe("2026-11-22T08:00:00.000Z");
});

test("a day of update is the first sight of the text on that day, otherwise noon", () => {
  const now = "2026-11-25T09:00:00.000Z";
  expect(updatedOf(aMeta({ content: "second", updated: onDay("2026-11-25") }), entry, published, now).updated).toBe(now);
  const noon = "2026-11-24T12:00:00.000Z";
  expect(updatedOf(aMeta({ content: "second", updated: onDay("2026-11-24") }), entry, published, now).updated).toBe(noon);
});

test("an update date in the future does not count yet: until then the change gives the date", () => {
  const meta = aMeta({ content: "second", updated: at("2026-12-24T00:00:00Z") });
  const now = "2026-11-25T00:00:00.000Z";
  expect(updatedOf(aMeta({ content: "first", updated: meta.updated! }), entry, published, now).updated).toBe(published);
  expect(updatedOf(meta, entry, published, now).updated).toBe(now);
  expect(updatedOf(meta, entry, published, "2026-12-25T00:00:00.000Z").updated).toBe("2026-12-24T00:00:00.000Z");
});

test("updated never goes back", () => {
  const later = aLedgerEntry({ published, updated: "2026-11-24T00:00:00.000Z", content: "first" });
  const meta = aMeta({ content: "first", updated: at("2026-11-22T08:00:00Z") });
  expect(updatedOf(meta, later, published, "2026-11-25T00:00:00.000Z").updated).toBe("2026-11-24T00:00:00.000Z");
});

test("updated is never before published", () => {
  const meta = aMeta({ updated: at("2019-01-01T00:00:00Z") });
  expect(updatedOf(meta, undefined, published, "2026-11-25T00:00:00.000Z").updated).toBe(published);
});

test("the latest of several instants ignores undefined ones", () => {
  expect(latest("2026-01-02T00:00:00.000Z", undefined, "2026-01-03T00:00:00.000Z", "2025-12-31T00:00:00.000Z")).toBe(
    "2026-01-03T00:00:00.000Z",
  );
  expect(latest("2026-01-02T00:00:00.000Z")).toBe("2026-01-02T00:00:00.000Z");
});
