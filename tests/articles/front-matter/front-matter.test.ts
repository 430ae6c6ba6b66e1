import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { frontMatter } from "../../../lambda/articles/front-matter/front-matter.ts";
import { fullYaml } from "../../../lambda/articles/front-matter/front-matter-yaml.ts";
import { plainYaml } from "../../../lambda/articles/front-matter/plain-yaml.ts";

const values = (text: string): Record<string, unknown> =>
  Object.fromEntries(frontMatter(text).fields.map(({ name, value }) => [name, value]));
const remark = (text: string) => frontMatter(text).remarks[0];

describe("front matter in every syntax", () => {
  test.each([
    ["YAML", "---\ntitle: One\ntags: [a, b]\n---\nBody"],
    ["YAML with space after its fences", "---  \ntitle: One\ntags:\n  - a\n  - b\n--- \nBody"],
    ["YAML that ends with dots", "---\ntitle: One\ntags: [a, b]\n...\nBody"],
    ["TOML", '+++\ntitle = "One"\ntags = ["a", "b"]\n+++\nBody'],
    ["JSON", '{\n  "title": "One",\n  "tags": ["a", "b"]\n}\nBody'],
    ["JSON after a fence that names it", '---json\n{ "title": "One", "tags": ["a", "b"] }\n---\nBody'],
    ["TOML after a fence that names it", '--- toml\ntitle = "One"\ntags = ["a", "b"]\n---\nBody'],
    ["YAML after a fence that names it", "---yaml\ntitle: One\ntags: [a, b]\n---\nBody"],
    ["YAML after empty lines", "\n\n---\ntitle: One\ntags: [a, b]\n---\nBody"],
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
    ["a line without a second one", "---\n\nProse."],
    ["a line with a word", "---note\n\nProse.\n\n---\n"],
    ["a table", "| a |\n|---|\n| b |"],
    ["a brace", "{% include x %}\nText"],
    ["a link definition", "[title]: https://wire.example/\n\nText"],
  ])("%s", (_, text) => {
    expect(frontMatter(text)).toEqual({ fields: [], body: text, bodyLine: 1, remarks: [] });
  });
});

test("fields and body have their line in the file", () => {
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

describe("values stay as written", () => {
  test.each([
    ["a date", "2026-11-23"],
    ["a version", "1.10"],
    ["a number with leading zeros", "007"],
    ["a time", "12:30:45"],
    ["a boolean of YAML 1.1", "no"],
  ])("%s", (_, written) => {
    expect(values(`---\nvalue: ${written}\n# so that the parser reads it\n---\n`)).toEqual({ value: written });
    expect(values(`---\nvalue: ${written}\n---\n`)).toEqual({ value: written });
  });

  test("a TOML date stays text", () => {
    expect(values("+++\na = 2026-11-23\nb = 2026-11-23T09:00:00+05:00\n+++\n")).toEqual({
      a: "2026-11-23",
      b: "2026-11-23T09:00:00+05:00",
    });
  });

  test("quotes keep null and booleans text", () => {
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
    ["a tab", "---\na:\n\tb: c\n---\n", 3, "front-matter-invalid"],
    ["a line that is not a field", "---\ntitle: One\nnonsense\n---\n", 3, "front-matter-invalid"],
    ["a star", "---\ntitle: *One\n---\n", 2, "front-matter-invalid"],
    ["a percent sign", "---\na: b\ntitle: %One\n---\n", 3, "front-matter-invalid"],
    ["no closing fence", "---\ntitle: One\n\nBody", 1, "front-matter-unclosed"],
    ["no closing fence of TOML", '+++\ntitle = "One"\n\nBody', 1, "front-matter-unclosed"],
    ["no closing brace of JSON", '{\n"title": "One"\n\nBody', 1, "front-matter-unclosed"],
    ["TOML that is YAML", "+++\na = 1\ntitle: One\n+++\n", 3, "front-matter-invalid"],
    ["JSON with a bare word", '{\n"a": 1,\n"title": One\n}\n', 3, "front-matter-invalid"],
    ["a list", "---\n- One\n- Two\n---\n", 2, "front-matter-invalid"],
    ["an unclosed list", "---\na: b\ntags: [a, b\ndate: 2026-11-23\n---\n", 3, "front-matter-invalid"],
    ["an unclosed quotation mark", '---\na: b\ntitle: "One\ndate: 2026-11-23\n---\n', 3, "front-matter-invalid"],
    ["JavaScript", '---js\n{ title: "One" }\n---\nBody', 1, "front-matter-unread"],
    ["invalid JSON after a fence that names it", "---json\n{\ntitle\n}\n---\n", 3, "front-matter-invalid"],
    ["no end after a fence that names a language", "---js\n{}\n", 1, "front-matter-unclosed"],
    ["thousands of brackets", `---\na: ${"[".repeat(5000)}${"]".repeat(5000)}\n---\n`, 2, "front-matter-invalid"],
    ["thousands of dashes", `---\na:\n  ${"- ".repeat(5000)}x\n---\n`, 2, "front-matter-invalid"],
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
  ])("reports the missing end of %j", (header) => {
    expect(remark(`---\n${header}\n---\n`)?.message).toBe("The front matter is not YAML: a list or text that begins here is never closed.");
  });

  test.each(["a:\n - b\n c: d", 'a: "\\q"', "a: !e!x b", "a: &b &c d", "a: ]", "a: - b", "a: > b", "a: 'x' y"])(
    "%j is explained without the parser's words",
    (header) => {
      const said = remark(`---\n${header}\n---\n`);
      expect(said).toMatchObject({ kind: "problem", code: "front-matter-invalid" });
      expect(said?.message).not.toMatch(/token|scalar|mapping|sequence|flow|anchor|resolve|node|escape/i);
    },
  );

  test("aliases that multiply are a problem and take little memory", () => {
    const levels = ["a: &a0 [x, x, x, x, x, x, x, x, x, x]"];
    for (let level = 1; level < 9; level += 1)
      levels.push(
        `b${level}: &a${level} [${Array(10)
          .fill(`*a${level - 1}`)
          .join(", ")}]`,
      );
    expect(remark(`---\n${levels.join("\n")}\n---\n`)?.message).toBe("The front matter repeats itself too often through aliases.");
  });

  test("a tag of a programming language only makes text", () => {
    expect(values("---\na: !!js/function 'function () {}'\nb: !ruby/object:File x\n---\n")).toEqual({ a: "function () {}", b: "x" });
  });
});

// Each was read with libyaml (Jekyll), go-yaml 2 and 3 (Hugo), js-yaml 3 (Eleventy) and 4 (Astro): all of them, or all that accept it,
// agree.
describe("front matter that only other generators accept has the values that they read", () => {
  test.each([
    [
      "a text in double quotes over lines without an indent",
      'title: "One\ntwo: three,\n# four"\ndate: 2026-11-23',
      { title: "One two: three, # four", date: "2026-11-23" },
    ],
    ["a single-quoted text over lines without indent", "title: 'It''s\none'\na: b", { title: "It's one", a: "b" }],
    ["an empty line in quotes", 'title: "One\n\ntwo"\na: b', { title: "One\ntwo", a: "b" }],
    ["an escaped line end in quotes", 'title: "One \\\ntwo"\na: b', { title: "One two", a: "b" }],
    ["a closing quotation mark on its own line", 'title: "One\n"\na: b', { title: "One ", a: "b" }],
    ["a quoted text indented less than its name", 'a:\n  b: "One\n two"\n  c: d', { a: { b: "One two", c: "d" } }],
    ["a quoted list item over several lines", 'tags:\n- "One\ntwo"\n- b', { tags: ["One two", "b"] }],
    ["a bracketed list over lines without indent", 'tags: [a,\n"b\nc", it\'s]\na: b', { tags: ["a", "b c", "it's"], a: "b" }],
    ["a braced table over lines without indent", "a: {b: c,\nd: [e,\nf]}\ng: h", { a: { b: "c", d: ["e", "f"] }, g: "h" }],
    ["a closing bracket below the name of an inner list", "a:\n  tags: [\n  b\n]\nc: d", { a: { tags: ["b"] }, c: "d" }],
    ["lists in brackets indented with tabs", "tags: [\n\ta,\n\tb\n]\nc: d", { tags: ["a", "b"], c: "d" }],
    ["quoted lines with tabs before and after", 'a: "One\t\n\ttwo"\t\nb: c\t\n', { a: "One two", b: "c" }],
    [
      "tabs behind values, names, dashes and list marks",
      "a:\tb\t\nc:\t\n-\td\t\n- e\ne: |\t\n  f\ng: [h]\t",
      { a: "b", c: ["d", "e"], e: "f\n", g: ["h"] },
    ],
    ["a comment that touches a closing quotation mark", 'title: "One"#two\na: b', { title: "One", a: "b" }],
    ["a comment that touches a closing bracket", "tags: [a]#b\nc: d", { tags: ["a"], c: "d" }],
    ["a list that is not indented", "tags:\n- a\n- b\nc: d", { tags: ["a", "b"], c: "d" }],
    ["everything indented", "  title: One\n  a: b", { title: "One", a: "b" }],
    ["a merge key", "a: &a {b: c}\nd:\n  <<: *a\n  e: f", { a: { b: "c" }, d: { b: "c", e: "f" } }],
    ["a Ruby tag", "a: !ruby/hash:Map\n  b: c\nd: !!str 1", { a: { b: "c" }, d: "1" }],
    ["bytes written by Ruby", "title: !binary |-\n  0J7QtNC40L0=\na: b", { title: "Один", a: "b" }],
    ["a Ruby symbol", "a: :b\nc: d", { a: ":b", c: "d" }],
    ["colons in bare texts", "url: http://wire.example/\na: b:c\nd: [e:f, g]", { url: "http://wire.example/", a: "b:c", d: ["e:f", "g"] }],
    ["number signs in bare texts", "a: C# and b#c\nd: e # f", { a: "C# and b#c", d: "e" }],
    ["a name longer than YAML allows", `"${"k".repeat(1100)}": a\nb: c`, { ["k".repeat(1100)]: "a", b: "c" }],
    ["a name that begins with a dollar sign", "$schema: a\nb: c", { $schema: "a", b: "c" }],
  ])("%s", (_, header, expected) => {
    expect(frontMatter(`---\n${header}\n---\nBody`)).toMatchObject({ body: "Body", remarks: [] });
    expect(values(`---\n${header}\n---\nBody`)).toEqual(expected);
  });

  test("takes the last of two equal names, as Jekyll and Hugo do, with a notice", () => {
    const read = frontMatter("---\ntitle: One\na: b\ntitle: Two\n---\n");
    expect(read.fields).toEqual([
      { name: "a", value: "b", line: 3 },
      { name: "title", value: "Two", line: 4 },
    ]);
    expect(read.remarks).toMatchObject([{ kind: "notice", code: "field-twice", line: 4 }]);
    expect(values("---\na: {b: c, b: d}\ntitle: One\ntitle:\n---\n")).toEqual({ a: { b: "d" }, title: null });
  });

  test("a field after a text of several lines has the right line", () => {
    const read = frontMatter('---\ntitle: "One\ntwo"\nlong: |\n  "three\n\n  four\nlast: [a,\nb]\ndate: x\n---\n');
    expect(read.fields.map(({ name, line }) => [name, line])).toEqual([
      ["title", 2],
      ["long", 4],
      ["last", 8],
      ["date", 10],
    ]);
    expect(read.fields[1]?.value).toBe('"three\n\nfour\n');
  });
});

describe("what no parser accepts is a problem with its line", () => {
  test.each([
    ["an unclosed quotation mark", 'a: b\ntitle: "One\ntwo\nc: d', 3],
    ["text after a quoted text of several lines", 'title: "One\ntwo" three\na: b', 3],
    ["a backslash without a meaning, on a later line", 'title: "One\ntwo \\d"\na: b', 3],
    ["an unclosed bracket", "tags: [a,\nb\nc: d", 2],
    ["a table indented with a tab", "a:\n\tb: c", 3],
    ["an at sign", "author: @ann\na: b", 2],
    ["a backtick", "title: `One`\na: b", 2],
    ["a percent sign", "title: %One\na: b", 2],
    ["a value without a name", "title: One\n: Two", 3],
    ["a colon in a list", "tags:\n- a: b: c", 3],
    ["a name indented less than its neighbours", "  a: b\nc: d", 3],
    ["a dash after a name", "tags: - a\n- b", 2],
  ])("%s", (_, header, line) => {
    const { fields, remarks } = frontMatter(`---\n${header}\n---\nBody`);
    expect(fields).toEqual([]);
    expect(remarks).toMatchObject([{ kind: "problem", code: "front-matter-invalid", line }]);
  });
});

test("too many lines are refused before parsing", () => {
  expect(remark(`---\ntags: [a${",\n".repeat(10_001)}]\n---\n`)?.message).toBe("The front matter has more than 10000 lines.");
});

test("many values without an alias are not reported as aliases", () => {
  expect(remark(`---\ntags: [${Array(10_001).fill("a").join(", ")}]\n---\n`)?.message).toBe("The front matter has more than 10000 values.");
});

test("escapes cannot add characters that XML cannot hold", () => {
  const read = frontMatter('---\ntitle: "a\\u0001b\\uD800c"\n---\n');
  expect(read.fields[0]?.value).toBe("abc");
  expect(read.remarks).toMatchObject([{ kind: "notice", code: "character-forbidden", line: 2 }]);
});

test("the fast path for plain YAML equals the parser on all it accepts", () => {
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

test("a stray space before the first line hides no front matter", () => {
  expect(values("\n ---\ntitle: The rain\n---\n\nIt rains.\n")).toEqual({ title: "The rain" });
  expect(values(" ---\nIt rains, and rains.\n\n---\n")).toEqual({});
});
