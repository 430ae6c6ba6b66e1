import { expect, test } from "vitest";
import { parseSite } from "../../lambda/channels/site/site-file.ts";
import { run } from "../../lambda/operator/run.ts";
import { lines } from "../../lambda/terminal/lines.ts";
import { shown } from "../../lambda/terminal/screen/screen.ts";
import { aFile, aNewsroom, aSiteFile } from "../support/a-newsroom.ts";

const onlyPosts = `${aSiteFile}articles: "posts/**/*.md"\n`;

test.each([
  ["an empty folder", {}, aSiteFile, "No article is published. Nothing is there. Write an article, run wireroom init"],
  [
    "the folder of a program",
    { "a.ts": "x", "b.ts": "x", "c.json": "{}" },
    aSiteFile,
    ": 2 .ts, 1 .json. None of them looks like an article.",
  ],
  ["Word documents", { "a.docx": "x", "b.docx": "x" }, aSiteFile, ": 2 .docx. Wireroom reads Markdown, HTML and plain text"],
  [
    "articles that are left out",
    { "_drafts/a.md": "# A" },
    onlyPosts,
    ': 1 .md. None of them is taken by "articles" and "ignore" of site.yaml',
  ],
  ["a broken article", { "a.md": aFile({ title: "A", date: "soon" }) }, aSiteFile, ": 1 .md. Correct the problems above"],
  ["a draft", { "a.md": aFile({ title: "A", draft: true }) }, aSiteFile, ": 1 .md. All are withheld"],
])("%s is no success: the last line says what was seen, and what to do", async (_, files, site, told) => {
  const { content, target, state } = await aNewsroom(files);
  const report = await run(
    { command: "check", allow: [], time: 60_000, tell: () => {} },
    {
      ...{ content, target, state, site: parseSite(site, "site.yaml"), places: { content: "content", target: "target" } },
      ...{ now: "2026-11-20T12:00:00.000Z", began: "2026-11-20T12:00:00.000Z", editable: false, holder: "a", cloud: { endpoints: {} } },
    },
  );
  const last = shown(lines(report)).at(-1);
  expect(last).toMatch(/^No article is published\./);
  expect(last).toContain(told);
});
