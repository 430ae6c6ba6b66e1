import { expect, test } from "vitest";
import { aDraft, aRecord, at, catalogOf, onDay } from "../../support/a-catalog.ts";

const now = "2026-11-23T09:00:00.000Z";
const published = at("2026-11-01T00:00:00Z");

test("every withheld article is listed with its reason and the moment that decides", () => {
  const { withheld, withheldCount } = catalogOf(
    [
      aDraft("a.md"),
      aRecord({ key: "b.md", content: "b", published: onDay("2026-12-01", "Asia/Almaty") }),
      aRecord({ key: "c.md", content: "c", published, embargo: at("2026-12-02T00:00:00Z") }),
      aRecord({ key: "d.md", content: "d", published, expires: at("2026-11-20T00:00:00Z") }),
      aRecord({ key: "e.md", content: "e", published }),
    ],
    now,
  );
  expect(withheld).toEqual([
    { key: "a.md", reason: "draft" },
    { key: "b.md", reason: "scheduled", at: "2026-11-30T19:00:00.000Z" },
    { key: "c.md", reason: "embargoed", at: "2026-12-02T00:00:00.000Z" },
    { key: "d.md", reason: "expired", at: "2026-11-20T00:00:00.000Z" },
  ]);
  expect(withheldCount).toBe(4);
});
