import { describe, expect, test } from "vitest";
import type { Reported, RunReport } from "../../lambda/reports/report.ts";
import { explanation } from "../../lambda/terminal/explanation.ts";
import { shown } from "../../lambda/terminal/screen/screen.ts";
import { aReport } from "../support/a-report.ts";

const aFinding = (key: string, says: Partial<Reported> = {}): Reported => ({
  file: `content/${key}`,
  key,
  kind: "notice",
  code: "body-empty",
  message: "The article has a title but no text.",
  ...says,
});

const told = (says: Partial<RunReport>): string =>
  shown(explanation(aReport({ command: "check", outcome: "checked", ...says }))).join("\n");

describe("check", () => {
  test("lists each kind of notice once, the most frequent first, and problems by file first of all", () => {
    const lines = told({
      findings: [
        aFinding("a.md", { code: "link-dropped", message: "A link." }),
        aFinding("b.md"),
        aFinding("c.md"),
        aFinding("d.md", { kind: "problem", code: "file-empty", message: "The file is empty." }),
      ],
    });
    const heads = lines.split("\n").filter((line) => /\(\d+\)/.test(line));
    expect(heads.map((head) => head.trim().replace(/:.*/, ""))).toEqual([
      "Problems (1)",
      "Notices (3)",
      "body-empty (2)",
      "link-dropped (1)",
    ]);
    expect(lines).toContain("  d.md\n    The file is empty.  file-empty\n");
    expect(lines).toContain("1 problem in 1 file, 3 notices in 3 files.");
  });

  test("lists problems under their files, by line, and a hint once", () => {
    const problem = (key: string, line: number, message: string) =>
      aFinding(key, { kind: "problem", code: "date-invalid", line, message, hint: "Write 2026-11-23." });
    const lines = told({
      findings: [problem("b.md", 12, "Not a date."), problem("b.md", 3, "No date."), problem("c.md", 4, "Not a date.")],
    });
    expect(lines).toContain(
      [
        "  b.md",
        "     3  No date.  date-invalid",
        "        → Write 2026-11-23.",
        "    12  Not a date.  date-invalid",
        "  c.md",
        "    4  Not a date.  date-invalid",
      ].join("\n"),
    );
  });

  test("shows a message that all files of a kind share once, and a hint once", () => {
    const lines = told({ findings: ["a.md", "b.md"].map((key) => aFinding(key, { hint: "Write a text." })) });
    expect(lines).toContain("  body-empty (2)\n  The article has a title but no text.\n    a.md\n    b.md\n  → Write a text.\n");
  });

  test("keeps different hints of one kind with their own files", () => {
    const finding = (key: string, field: string) =>
      aFinding(key, { line: 2, code: "field-not-text", message: `"${field}" is not text.`, hint: `Write ${field}: "…".` });
    const lines = told({ findings: [finding("a.md", "title"), finding("b.md", "summary"), finding("c.md", "title")] });
    expect(lines).toContain(
      '  field-not-text (3)\n  "title" is not text.\n    a.md:2\n    c.md:2\n  → Write title: "…".\n    b.md:2  "summary" is not text.\n  → Write summary: "…".\n',
    );
  });

  test("lists what is withheld with its reason and moment", () => {
    const lines = told({
      withheld: [
        { key: "a.md", reason: "draft" },
        { key: "b.md", reason: "scheduled", at: "2027-03-21T04:00:00.000Z" },
        { key: "c.md", reason: "embargoed", at: "2027-03-21T04:00:00.000Z" },
        { key: "d.md", reason: "expired", at: "2026-03-21T04:30:00.000Z" },
        { key: "新闻.md", reason: "canceled" },
      ],
    });
    expect(lines).toContain(
      [
        "Withheld (5): in no feed at present.",
        "",
        "    a.md     draft",
        "    b.md     scheduled until 2027-03-21 04:00 UTC",
        "    c.md     embargoed until 2027-03-21 04:00 UTC",
        "    d.md     expired since 2026-03-21 04:30 UTC",
        "    新闻.md  canceled",
      ].join("\n"),
    );
  });

  test("lists what is withdrawn, since when", () => {
    const lines = told({ withdrawn: [{ key: "a.md", at: "2026-11-20T04:00:00.000Z" }, { key: "b.md" }] });
    expect(lines).toContain("Withdrawn (2): a notice replaces the article.\n\n    a.md  since 2026-11-20 04:00 UTC\n    b.md\n");
  });

  test("lists twenty files for each reason not to take one, and counts the others", () => {
    const notTaken = Array.from({ length: 25 }, (_, at) => ({ key: `${at}.docx`, reason: "Not this one." }));
    const lines = told({ notTaken: [...notTaken, { key: "index.md", reason: "An index." }] });
    expect(lines.match(/docx/g)).toHaveLength(20);
    expect(lines).toContain("  Not this one. (25)\n    0.docx\n");
    expect(lines).toContain("… and 5 more: --json lists them all.");
    expect(lines).toContain("  An index. (1)\n    index.md");
  });

  test("reports that nothing is wrong, without a reference", () => {
    expect(shown(explanation(aReport({})))).toEqual(["The Wire", "", "No problems, no notices."]);
  });
});
