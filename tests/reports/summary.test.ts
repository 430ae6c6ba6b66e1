import { describe, expect, test } from "vitest";
import type { RunReport } from "../../lambda/reports/report.ts";
import { bounded, summaryOf } from "../../lambda/reports/summary.ts";
import { aReport } from "../support/a-report.ts";

const finding = (n: number, kind: "notice" | "problem" = "notice") =>
  ({ file: `s3://content/${n}.md`, key: `${n}.md`, kind, code: "file-missing", message: "media/x.png is not there." }) as const;
const many = <T>(count: number, one: (n: number) => T): readonly T[] => Array.from({ length: count }, (_, n) => one(n));

/** The most that Lambda hands on (AWS, "Lambda quotas"). */
const lambdaTakes = 6 * 1024 * 1024;
const sizeOf = (value: object) => Buffer.byteLength(JSON.stringify(value));

describe("the function's answer", () => {
  test("names the first fifty of 24,000 missing pictures, counts them all, and says where the rest are named", () => {
    const report = aReport({ findings: many(24_000, finding) });
    const answer = summaryOf(report);
    expect(sizeOf(report)).toBeGreaterThan(2_000_000);
    expect(sizeOf(answer)).toBeLessThan(10_000);
    expect(answer).toMatchObject({
      findings: report.findings.slice(0, 50),
      counts: { notices: 24_000, problems: 0, codes: { "file-missing": 24_000 } },
      leftOut: { findings: 23_950 },
      whole: expect.stringContaining("wireroom check --json shows all findings"),
    });
  });

  test("is not cut a second time", () => {
    const once = summaryOf(aReport({ findings: many(60, finding), remarks: ["a".repeat(500)] }));
    expect(summaryOf(once)).toEqual(once);
  });

  test("lists problems before notices", () => {
    const { findings, counts } = summaryOf(aReport({ findings: [...many(60, finding), finding(99, "problem")] }));
    expect([findings[0]?.key, counts.problems, counts.notices]).toEqual(["99.md", 1, 60]);
  });

  test("is the whole report if there is little to say", () => {
    const report = aReport({ findings: many(3, finding), remarks: ["One."] });
    const answer = summaryOf(report);
    expect(answer).toMatchObject(report);
    expect([answer.leftOut, answer.whole]).toEqual([undefined, undefined]);
  });

  test("stays far below Lambda's limit, whatever part is long", () => {
    const long = "\u0001".repeat(50_000);
    const ping = { kind: "ping" as const, hub: `https://hub.example/${long}`, topic: long, since: "2026-11-23T09:00:00.000Z" };
    const gone = { kind: "invalidation" as const, distribution: "E1", reference: "r", paths: many(3_000, (n) => `/${n}${long}`) };
    const report = aReport({
      site: long,
      articles: { ...aReport().articles, passedOver: Object.fromEntries(many(50_000, (n) => [`.${n}`, n])) },
      channels: many(8_000, (n) => ({ path: `tag/${n}`, title: "t", entries: 1, bytes: 1, files: 3, outcome: "kept" as const })),
      files: {
        written: many(8_000, (n) => ({ key: `${n}/rss.xml`, why: "new", bytes: 1 })),
        kept: 0,
        removed: many(8_000, (n) => `${n}/index.html`),
      },
      holds: many(8_000, (n) => ({ name: `tag/${n}`, hash: "12345678", reasons: many(100, () => long), defective: false })),
      findings: many(2_000, (n) => ({ ...finding(n, "problem"), message: long, hint: long })),
      announced: many(100, () => gone) as unknown as RunReport["announced"],
      outbox: many(100, () => ({ announcement: ping, why: long })),
      remarks: many(2_000, () => long),
    });
    const answer = summaryOf(report);
    expect(sizeOf(answer)).toBeLessThan(lambdaTakes / 1.5);
    expect(answer.leftOut).toEqual({
      "articles.passedOver": 49_950,
      channels: 7_950,
      "files.written": 7_950,
      "files.removed": 7_950,
      holds: 7_950,
      "holds.reasons": 4_500,
      findings: 1_950,
      announced: 50,
      "announced.paths": 149_500,
      outbox: 50,
      remarks: 1_950,
    });
  });

  test("never cuts a character in half", () => {
    expect(bounded({ text: `${"a".repeat(399)}😀` }).text).toBe(`${"a".repeat(399)}\u{fffd}…`);
  });
});
