import { beforeAll, describe, expect, test } from "vitest";
import { tooLarge } from "../../lambda/articles/source.ts";
import { aNewsroom, findingsOf, placed } from "./a-newsroom.ts";
import { dates, zones } from "./hostile/dates.ts";
import { encodings } from "./hostile/encodings.ts";
import { frontMatters } from "./hostile/front-matter.ts";
import { multiplied } from "./hostile/multiplied.ts";
import { nesting } from "./hostile/nesting.ts";
import { sizes } from "./hostile/sizes.ts";
import { vectors } from "./hostile/vectors.ts";
import { type Outcome, watched } from "./hostile/watched.ts";
import { offencesIn } from "./strict-html.ts";

/** The watchdog ends a single row, long before the hook could end them all. */
const WAIT = 600_000;

// Each table names a mutation of the code that makes one of its rows fail.
describe.each([
  ["encodings", encodings],
  ["dates", dates],
  ["zones", zones],
  ["front matter", frontMatters],
  ["HTML attacks", vectors],
  ["ten thousand levels of nesting", nesting],
  ["multiplication", multiplied],
  ["sizes", sizes],
] as const)("%s", (_, rows) => {
  let outcomes: readonly Outcome[] = [];
  beforeAll(async () => {
    outcomes = await watched(rows);
  }, WAIT);

  test("are ten or more", () => {
    expect(rows.length).toBeGreaterThanOrEqual(10);
  });

  test.each(rows.map((row, index) => [row.what.slice(0, 80), row, index] as const))("%s", (_what, row, index) => {
    const outcome = outcomes[index];
    if (outcome?.kind !== "parsed")
      throw new Error(outcome?.kind === "threw" ? outcome.reason : "It took ten times as long as the others.");
    const { parsed } = outcome;
    expect({ kind: parsed.kind, codes: findingsOf(parsed).map(({ code }) => code) }).toEqual({
      kind: row.is ?? "article",
      codes: row.says ?? [],
    });
    if (parsed.kind !== "article") return;
    expect(offencesIn(parsed.article.html)).toEqual([]);
    const article = placed(parsed.article);
    for (const name of Object.keys(row.has ?? {}) as (keyof typeof article)[])
      expect({ [name]: article[name] }).toEqual({ [name]: row.has?.[name] });
  });
});

test("a file of fifty megabytes is a problem before it is read", () => {
  const finding = tooLarge({ key: "a.md", version: "1", size: 50_000_000, settled: true }, aNewsroom());
  expect(finding).toMatchObject({ kind: "problem", code: "article-too-large", message: "The file has 50 MB; the limit is 5 MB." });
});
