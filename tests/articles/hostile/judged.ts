import { beforeAll, expect, test } from "vitest";
import { findingsOf, placed } from "../a-newsroom.ts";
import { offencesIn } from "../strict-html.ts";
import type { Row } from "./row.ts";
import { type Outcome, watched } from "./watched.ts";

/** Parses each row of a table, and compares what came of it with what the row says. Each table names a mutation of the code that makes a row fail. */
export function judgeEach(rows: readonly Row[]): void {
  let outcomes: readonly Outcome[] = [];
  beforeAll(async () => {
    outcomes = await watched(rows);
  });

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
}
