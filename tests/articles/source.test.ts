import { describe, expect, test } from "vitest";
import { chooseSources, tooLarge } from "../../lambda/articles/source.ts";
import type { Listed } from "../../lambda/stores/store.ts";
import { aNewsroom } from "./a-newsroom.ts";

const listed = (key: string, size = 1): Listed => ({ key, version: "1", size, settled: true });
const choose = (...keys: string[]) =>
  chooseSources(
    keys.map((key) => listed(key)),
    aNewsroom(),
  );

describe("choosing sources", () => {
  test("takes what the globs match, in listing order, without ignored files", () => {
    const chosen = choose("a.md", "b/c.HTML", "b/d.txt", "b/_index.md", "README.md", "e.jpg");
    expect(chosen.articles.map(({ key }) => key)).toEqual(["a.md", "b/c.HTML", "b/d.txt"]);
  });

  test("leaves out whole names only", () => {
    const articles = [
      "license-fees-go-up.md",
      "LICENSES.md",
      "licenses-explained.html",
      "readme-first.md",
      "Readme first.txt",
      "_indexes.md",
      "licence.md",
    ];
    expect(choose(...articles).articles.map(({ key }) => key)).toEqual(articles);
    expect(choose("LICENSE.md", "x/license.txt", "Readme.md", "README.ru.md", "_INDEX.html", "x/node_modules/y/z.md").articles).toEqual([]);
  });

  test("counts a file whose name only begins like a housekeeping file", () => {
    const names = [
      "license-fees.docx",
      "history-of-tea.rst",
      "notice_to_readers.docx",
      "security.breach in town.rst",
      "changes-in-law.docx",
    ];
    expect(choose(...names).notTaken.map(({ key }) => key)).toEqual(names);
    expect(choose("LICENSE-MIT.rst", "requirements-dev.rst", "HISTORY.rst", "README.zh-CN.rst", "Authors.docx").notTaken).toEqual([]);
  });

  test("counts article-like files that are not taken, by extension", () => {
    expect(choose("a.md", "b.docx", "c.DOCX", "d.rst", "e.jpg", "f.json").passedOver).toEqual({ ".docx": 2, ".rst": 1 });
  });

  test("counts an article that the site's own glob ignores", () => {
    const newsroom = aNewsroom({ ignore: ["old/**"] });
    expect(chooseSources([listed("a.md"), listed("old/b.md")], newsroom).passedOver).toEqual({ ".md": 1 });
  });

  test("names the key of site.yaml that leaves each file out", () => {
    const newsroom = aNewsroom({ ignore: ["old/**"] });
    expect(chooseSources([listed("a.md"), listed("old/b.md"), listed("c.docx")], newsroom).notTaken).toEqual([
      { key: "old/b.md", reason: "site.yaml ignores it (ignore)." },
      { key: "c.docx", reason: "site.yaml does not include it (articles)." },
    ]);
  });

  test("does not mention dotfiles, housekeeping files and site.yaml", () => {
    expect(choose(".git/a.md", "x/.hidden.md", "README.md", "LICENSE.txt", "CHANGELOG.rst", "site.yaml")).toEqual({
      articles: [],
      passedOver: {},
      notTaken: [],
      soleInFolder: new Set(),
    });
  });

  test("knows which index pages are alone in their folder, subfolders aside", () => {
    const { soleInFolder } = choose("index.md", "a/index.md", "a/b.md", "c/index.ru.md", "c/index.kk.md", "c/photo.jpg", "index/x.md");
    expect([...soleInFolder]).toEqual(["index.md", "c/index.ru.md", "c/index.kk.md"]);
  });
});

test.each([
  [1_200, 1_000, "The file has 1.2 KB; the limit is 1 KB."],
  [5_000_001, 5_000_000, "The file has 5000001 bytes; the limit is 5000000 bytes."],
  [3, 0, "The file has 3 bytes; the limit is 0 bytes."],
  [2_000_000, 999, "The file has 2 MB; the limit is 999 bytes."],
])("for %d bytes and a limit of %d, the message names two different sizes", (size, article, message) => {
  expect(tooLarge(listed("a.md", size), aNewsroom({ limits: { article } }))?.message).toBe(message);
});

test("an article over the limit is a problem that names both sizes", () => {
  expect(tooLarge(listed("a.md", 5_000_000), aNewsroom())).toBeUndefined();
  expect(tooLarge(listed("a.md", 41_900_000), aNewsroom())).toMatchObject({
    kind: "problem",
    code: "article-too-large",
    key: "a.md",
    message: "The file has 41.9 MB; the limit is 5 MB.",
  });
});
