import { expect, test } from "vitest";
import { exitCode } from "../../lambda/reports/report.ts";
import { lines } from "../../lambda/terminal/lines.ts";
import { plain, shown } from "../../lambda/terminal/screen/screen.ts";
import { aReport } from "../support/a-report.ts";

const none = { read: 0, published: 0, canceled: 0, withheld: 0, quarantined: 0, kept: 0, missing: 0, passedOver: {} };

test("nothing published never passes for success: the last line says what was seen, and what to do", () => {
  const nothing = { content: "posts", seen: { ".docx": 4, ".png": 1 }, why: "Save the articles as text." };
  const report = aReport({ articles: none, outcome: "published", nothing });
  const said = shown(lines(report));
  expect(said.at(-1)).toBe("No article is published. Seen in posts: 4 .docx, 1 .png. Save the articles as text.");
  expect(said.join("\n")).not.toContain("Published:");
  expect([exitCode(report), exitCode({ ...report, articles: { ...none, withheld: 3 } })]).toEqual([1, 0]);
});

test("a plan names its articles and why before its feeds, fifty at most, and counts them all", () => {
  const changes = Array.from({ length: 60 }, (_, index) => ({
    what: "new" as const,
    key: `a-${index}.md`,
    title: `Article ${index}`,
    why: "as it is",
  }));
  const channels = [{ path: "all", title: "All", entries: 60, bytes: 1_000, files: 3, outcome: "written" as const }];
  const said = shown(lines(aReport({ command: "plan", outcome: "planned", changes, channels })));
  expect(said).toContain("new      a-0.md   Article 0   as it is");
  expect(said.filter((line) => line.startsWith("new "))).toHaveLength(50);
  expect(said).toContain("… and 10 more articles: wireroom plan --json names them all.");
  expect(said).toContain("60 articles change: 60 new.");
  expect(said.indexOf("60 articles change: 60 new.")).toBeLessThan(said.findIndex((line) => line.startsWith("feed ")));
  expect(said.join("\n")).toMatch(/^all +All +60 +1 KB +3 to write$/m);
});

test("a plan and a run fit 80 columns, whatever titles and paths they have", () => {
  const changes = [
    {
      what: "edited" as const,
      key: `${"deep/".repeat(12)}ferry.md`,
      title: "The ferry ".repeat(9),
      why: `title, was "${"The boat ".repeat(9)}"`,
    },
    {
      what: "new" as const,
      key: "世界/渡轮.md",
      title: "阿拉木图的渡轮今天早上恢复了运营，乘客们都很高兴，因为他们等了很久很久。".repeat(3),
    },
    { what: "gone" as const, key: "ar/ferry.md", title: "عادت العبارة إلى العمل هذا الصباح بعد انقطاع طويل دام ثلاثة أشهر كاملة" },
  ];
  const channels = [
    {
      path: "tag/a-very-long-tag-that-nobody-would-write",
      title: "Tagged ".repeat(12),
      entries: 5,
      bytes: 9,
      files: 3,
      outcome: "kept" as const,
    },
  ];
  const holds = [{ name: "world", hash: "1f3c9a2b", reasons: ["19 of its 20 entries are gone, and nothing says why."], defective: false }];
  const report = aReport({ command: "plan", outcome: "planned", changes, channels, holds });
  for (const columns of [60, 80, 120]) {
    const said = shown(lines(report), { ...plain, columns });
    expect(said.filter((line) => cellsOf(line) > columns)).toEqual([]);
  }
  const said = shown(lines(report), { ...plain, columns: 80 }).join("\n");
  expect(said).toMatch(/…[\w/]+\/ferry\.md/);
});

/** As a terminal counts the characters used here. */
const cellsOf = (line: string): number => [...line].reduce((sum, one) => sum + (/[\u3000-\u9fff\uff00-\uffef]/.test(one) ? 2 : 1), 0);
