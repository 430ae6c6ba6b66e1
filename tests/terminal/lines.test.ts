import { expect, test } from "vitest";
import { lines } from "../../lambda/terminal/lines.ts";
import { aReport } from "../support/a-report.ts";

const none = { read: 0, published: 0, canceled: 0, withheld: 0, quarantined: 0, kept: 0, missing: 0, passedOver: {} };

test.each([
  [{ quarantined: 2 }, "correct the problems above"],
  [{ withheld: 3 }, "all are withheld"],
  [{ passedOver: { ".docx": 4 } }, 'no file matches "articles"'],
  [{}, "has no file that looks like one"],
])("nothing published never passes for success: %j", (seen, why) => {
  const said = lines(aReport({ articles: { ...none, ...seen } })).filter((line) => line.startsWith("No article is published:"));
  expect(said).toEqual([expect.stringContaining(why)]);
});

test("a plan names its articles before their findings, fifty at most", () => {
  const changes = Array.from({ length: 60 }, (_, index) => ({ what: "new" as const, key: `a-${index}.md`, title: `Article ${index}` }));
  const said = lines(aReport({ command: "plan", outcome: "planned", changes }));
  expect(said).toContain("new      a-0.md   Article 0");
  expect(said.filter((line) => line.startsWith("new "))).toHaveLength(50);
  expect(said).toContain("… and 10 more articles: wireroom plan --json names them all.");
});
