import { describe, expect, test } from "vitest";
import { tooLarge } from "../../lambda/articles/source.ts";
import { aNewsroom } from "./a-newsroom.ts";
import { dates, zones } from "./hostile/dates.ts";
import { encodings } from "./hostile/encodings.ts";
import { frontMatters } from "./hostile/front-matter.ts";
import { judgeEach } from "./hostile/judged.ts";
import { vectors } from "./hostile/vectors.ts";

describe.each([
  ["encodings", encodings],
  ["dates", dates],
  ["zones", zones],
  ["front matter", frontMatters],
  ["HTML attacks", vectors],
] as const)("%s", (_, rows) => judgeEach(rows));

test("a file of fifty megabytes is a problem before it is read", () => {
  const finding = tooLarge({ key: "a.md", version: "1", size: 50_000_000, settled: true }, aNewsroom());
  expect(finding).toMatchObject({ kind: "problem", code: "article-too-large", message: "The file has 50 MB; the limit is 5 MB." });
});
