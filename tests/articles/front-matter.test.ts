import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { frontMatter } from "../../lambda/articles/front-matter.ts";
import { fullYaml } from "../../lambda/articles/front-matter-yaml.ts";
import { plainYaml } from "../../lambda/articles/plain-yaml.ts";

const values = (text: string): Record<string, unknown> =>
  Object.fromEntries(frontMatter(text).fields.map(({ name, value }) => [name, value]));
const remark = (text: string) => frontMatter(text).remarks[0];

describe("front matter in every syntax", () => {
  test.each([
    ["YAML", "---\ntitle: One\ntags: [a, b]\n---\nBody"],
    ["YAML with space around its fences", "---  \ntitle: One\ntags:\n  - a\n  - b\n--- \nBody"],
    ["YAML that ends with dots", "---\ntitle: One\ntags: [a, b]\n...\nBody"],
    ["TOML", '+++\ntitle = "One"\ntags = ["a", "b"]\n+++\nBody'],
    ["JSON", '{\n  "title": "One",\n  "tags": ["a", "b"]\n}\nBody'],
    ["JSON that a fence names", '---json\n{ "title": "One", "tags": ["a", "b"] }\n---\nBody'],
    ["TOML that a fence names", '--- toml\ntitle = "One"\ntags = ["a", "b"]\n---\nBody'],
    ["YAML that a fence names", "---yaml\ntitle: One\ntags: [a, b]\n---\nBody"],
    ["YAML behind empty lines", "\n\n---\ntitle: One\ntags: [a, b]\n---\nBody"],
  ])("%s", (_, text) => {
    expect(values(text)).toEqual({ title: "One", tags: ["a", "b"] });
    expect(frontMatter(text).body.trim()).toBe("Body");
    expect(frontMatter(text).remarks).toEqual([]);
  });

  test("comments of Markdown archives", () => {
    expect(values('[title]: # "One"\n[#]: author: (Ann)\n\nBody')).toEqual({ title: "One", author: "Ann" });
  });
});

describe("no front matter", () => {
  test.each([
    ["a text", "Just text."],
    ["a line between paragraphs", "---\n\nProse, and more of it.\n\n---\n\nMore"],
    ["a line, and nothing that closes it", "---\n\nProse."],
    ["a word behind a line", "---note\n\nProse.\n\n---\n"],
    ["a table", "| a |\n|---|\n| b |"],
    ["a brace", "{% include x %}\nText"],
    ["a link definition", "[title]: https://wire.example/\n\nText"],
  ])("%s", (_, text) => {
    expect(frontMatter(text)).toEqual({ fields: [], body: text, bodyLine: 1, remarks: [] });
  });
});

test("a field has the line on which it stands in the file, and so has the body", () => {
  const yaml = frontMatter("\n---\ntitle: One\n\n# comment\nlist:\n  - a\ndate: 2026-11-23\n---\nBody");
  expect(yaml.fields.map(({ name, line }) => [name, line])).toEqual([
    ["title", 3],
    ["list", 6],
    ["date", 8],
  ]);
  expect(yaml.bodyLine).toBe(10);
  expect(frontMatter('+++\n# x\ntitle = "One"\n\n[extra]\na = 1\n+++\n').fields.map(({ line }) => line)).toEqual([3, 5]);
  expect(frontMatter('{\n"title": "One",\n\n"date": "x"\n}\n').fields.map(({ line }) => line)).toEqual([2, 4]);
});

describe("what was written stays", () => {
  test.each([
    ["a date", "2026-11-23"],
    ["a version", "1.10"],
    ["a number with noughts", "007"],
    ["a time", "12:30:45"],
    ["a word that was once a boolean", "no"],
  ])("%s", (_, written) => {
    expect(values(`---\nvalue: ${written}\n# so that the parser reads it\n---\n`)).toEqual({ value: written });
    expect(values(`---\nvalue: ${written}\n---\n`)).toEqual({ value: written });
  });

  test("a date of TOML is text again", () => {
    expect(values("+++\na = 2026-11-23\nb = 2026-11-23T09:00:00+05:00\n+++\n")).toEqual({
      a: "2026-11-23",
      b: "2026-11-23T09:00:00+05:00",
    });
  });

  test("quotes make text of what would be nothing or a boolean", () => {
    expect(values("---\na: null\nb: 'null'\nc: true\nd: \"true\"\ne:\nf: ~\n---\n")).toEqual({
      a: null,
      b: "null",
      c: true,
      d: "true",
      e: null,
      f: null,
    });
  });
});

describe("broken front matter is a problem with its line", () => {
  test.each([
    ["a colon in a text", "---\ndate: 2026-11-23\ntitle: Energy: a page\n---\n", 3, "front-matter-invalid"],
    ["a name twice", "---\ntitle: One\ntitle: Two\n---\n", 3, "front-matter-invalid"],
    ["a tab", "---\na:\n\tb: c\n---\n", 3, "front-matter-invalid"],
    ["a line that is no field", "---\ntitle: One\nnonsense\n---\n", 3, "front-matter-invalid"],
    ["a star", "---\ntitle: *One\n---\n", 2, "front-matter-invalid"],
    ["a percent sign", "---\na: b\ntitle: %One\n---\n", 3, "front-matter-invalid"],
    ["no end", "---\ntitle: One\n\nBody", 1, "front-matter-unclosed"],
    ["no end of TOML", '+++\ntitle = "One"\n\nBody', 1, "front-matter-unclosed"],
    ["no end of JSON", '{\n"title": "One"\n\nBody', 1, "front-matter-unclosed"],
    ["TOML that is YAML", "+++\na = 1\ntitle: One\n+++\n", 3, "front-matter-invalid"],
    ["JSON with a bare word", '{\n"a": 1,\n"title": One\n}\n', 3, "front-matter-invalid"],
    ["a list", "---\n- One\n- Two\n---\n", 2, "front-matter-invalid"],
    ["a list without an end", "---\na: b\ntags: [a, b\ndate: 2026-11-23\n---\n", 3, "front-matter-invalid"],
    ["a quotation mark without its sister", '---\na: b\ntitle: "One\ndate: 2026-11-23\n---\n', 3, "front-matter-invalid"],
    ["JavaScript", '---js\n{ title: "One" }\n---\nBody', 1, "front-matter-unread"],
    ["JSON behind a fence that is no JSON", "---json\n{\ntitle\n}\n---\n", 3, "front-matter-invalid"],
    ["no end of what a fence names", "---js\n{}\n", 1, "front-matter-unclosed"],
    ["brackets beyond use", `---\na: ${"[".repeat(5000)}${"]".repeat(5000)}\n---\n`, 2, "front-matter-invalid"],
    ["dashes beyond use", `---\na:\n  ${"- ".repeat(5000)}x\n---\n`, 2, "front-matter-invalid"],
    ["more than a quarter of a million characters", `---\na: ${"x".repeat(300_000)}\n---\n`, 1, "front-matter-too-long"],
  ])("%s", (_, text, line, code) => {
    expect(remark(text)).toMatchObject({ kind: "problem", code, line });
  });

  test.each([
    "tags: [a, b\ndate: 2026-11-23",
    "tags: {a: b\ndate: 2026-11-23",
    'title: "One\ndate: 2026-11-23',
    "title: 'One",
    "a:\n  - [b, [c]\nd: e",
  ])("%j has no end, and the message says so", (header) => {
    expect(remark(`---\n${header}\n---\n`)?.message).toBe("The front matter is not YAML: a list or text that begins here has no end.");
  });

  test.each(["a:\n - b\n c: d", 'a: "\\q"', "a: !e!x b", "a: &b &c d", "a: ]", "a: - b", "a: > b", "a: 'x' y"])(
    "%j is explained without the parser's words",
    (header) => {
      const said = remark(`---\n${header}\n---\n`);
      expect(said).toMatchObject({ kind: "problem", code: "front-matter-invalid" });
      expect(said?.message).not.toMatch(/token|scalar|mapping|sequence|flow|anchor|resolve|node|escape/i);
    },
  );

  test("aliases that multiply are a problem, and not a gigabyte", () => {
    const levels = ["a: &a0 [x, x, x, x, x, x, x, x, x, x]"];
    for (let level = 1; level < 9; level += 1)
      levels.push(
        `b${level}: &a${level} [${Array(10)
          .fill(`*a${level - 1}`)
          .join(", ")}]`,
      );
    expect(remark(`---\n${levels.join("\n")}\n---\n`)?.message).toBe("The front matter repeats itself too often through aliases.");
  });

  test("a tag of a programming language makes nothing but text", () => {
    expect(values("---\na: !!js/function 'function () {}'\nb: !ruby/object:File x\n---\n")).toEqual({ a: "function () {}", b: "x" });
  });
});

test("escapes cannot bring in what XML cannot hold", () => {
  const read = frontMatter('---\ntitle: "a\\u0001b\\uD800c"\n---\n');
  expect(read.fields[0]?.value).toBe("abc");
  expect(read.remarks).toMatchObject([{ kind: "notice", code: "character-forbidden", line: 2 }]);
});

test("the short way through plain YAML equals the parser on whatever it accepts", () => {
  const word = fc.constantFrom(
    "One",
    "title",
    "é",
    "日本",
    "1.10",
    "null",
    "~",
    "true",
    "a: b",
    "a:b",
    "a #b",
    "a#b",
    "'q'",
    '"q"',
    "it's",
    "\\",
    "-",
    "- a",
    "[a]",
    "{a}",
    "&a",
    "*a",
    "!a",
    "|",
    ">",
    "%",
    "@",
    "`",
    "?",
    "? a",
    ":",
    "#",
    " ",
    "  ",
    "\t",
    "\u00A0",
    "\u2028",
    "2026-11-23",
    "...",
    "---",
    ",",
    "]",
    "}",
    "http://x.example/",
    "0x1F",
    "No",
    "\uFEFF",
  );
  const text = fc.array(word, { maxLength: 4 }).map((words) => words.join(""));
  const line = fc
    .tuple(fc.constantFrom("title", "date", "a-b", "_x", "null", "true"), fc.constantFrom(": ", ":", ":  ", " : "), text)
    .map((parts) => parts.join(""));
  let accepted = 0;
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 3 }), (lines) => {
      const header = `${lines.join("\n")}\n`;
      const short = plainYaml(header, 2);
      if (short === undefined) return;
      accepted += 1;
      expect(short).toEqual(fullYaml(header, 2));
    }),
    { numRuns: 5000, seed: 20261123 },
  );
  expect(accepted).toBeGreaterThan(500);
});
