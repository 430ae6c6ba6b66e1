import { describe, expect, test } from "vitest";
import { type Line, plain, shown } from "../../lambda/terminal/screen/screen.ts";
import { table } from "../../lambda/terminal/screen/table.ts";
import { cut, width } from "../../lambda/terminal/screen/width.ts";

const at = (columns: number, ...lines: readonly Line[]): readonly string[] => shown(lines, { ...plain, columns });
const coloured = { columns: 40, paint: (style: string, text: string) => `<${style}>${text}</>` };

describe("a sentence", () => {
  test("goes on under its beginning, or beside a short label", () => {
    expect(at(20, "One two three four five six seven.")).toEqual(["One two three four", "  five six seven."]);
    expect(at(20, "a.md:3  One two three four.")).toEqual(["a.md:3  One two", "  three four."]);
    expect(at(30, "a.md:3  One two three four five six.")).toEqual(["a.md:3  One two three four", "        five six."]);
    expect(at(20, "  → One two three four.")).toEqual(["  → One two three", "    four."]);
  });

  test("is broken between characters where a script has no spaces, but not before a full stop", () => {
    expect(at(11, "渡轮今天早上恢复了运营。")).toEqual(["渡轮今天早", "  上恢复了", "  运营。"]);
  });

  test("is never broken inside a word, nor if it is a command, nor where nobody watches", () => {
    const address = `https://wire.example/${"a".repeat(40)}`;
    expect(at(20, `See ${address} now.`)).toEqual(["See", `  ${address}`, "  now."]);
    expect(at(20, { verbatim: "  wireroom allow world@1f3c9a2b --json" })).toEqual(["  wireroom allow world@1f3c9a2b --json"]);
    expect(shown(["One two ".repeat(40)])).toHaveLength(1);
  });

  test("is coloured where it can be seen, and foreign text colours nothing", () => {
    const line: Line = [{ text: "  Held: ", style: "red" }, "the title \u001b[31mred\u001b[0m"];
    expect(shown([line], coloured)).toEqual(["  <red>Held:</> the title \\u001b[31mred\\u001b[0m"]);
    expect(shown([line])).toEqual(["  Held: the title \\u001b[31mred\\u001b[0m"]);
  });
});

describe("a table", () => {
  test("counts Han twice, combining marks not at all, and aligns numbers right", () => {
    expect(
      table(
        ["title", "size"],
        [
          ["渡轮", 1],
          ["a\u0301b", 20],
          ["عبارة", 300],
        ],
      ),
    ).toEqual(["title  size", "渡轮      1", "a\u0301b       20", "عبارة   300"]);
    expect([width("👩‍🚀"), width("한국"), width("ｶﾅ")]).toEqual([2, 4, 2]);
  });

  test("cuts titles at their end and paths at their beginning", () => {
    expect([cut("The ferry runs", 8), cut("world/ferry.md", 9, true), cut("渡轮今天", 6)]).toEqual(["The fer…", "…ferry.md", "渡轮…"]);
    const rows = [["world/on/the/lake/ferry.md", "The ferry runs again"]];
    expect(at(30, { head: ["file", "title"], rows, paths: [0] })).toEqual(["file            title", "…lake/ferry.md  The ferry run…"]);
  });

  test("goes on in its last column, if that is text to be read", () => {
    expect(at(24, { rows: [["a.md", "One two three four five"]], wraps: true, indent: 2 })).toEqual([
      "  a.md  One two three",
      "        four five",
    ]);
  });

  test("colours its headings and the first cell of a row", () => {
    const lines = shown([{ head: ["what", "file"], rows: [["new", "a.md"]], style: () => "green" }], coloured);
    expect(lines).toEqual(["<dim>what  file</>", "<green>new</>   a.md"]);
  });
});
