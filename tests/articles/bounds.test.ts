import { expect, test } from "vitest";
import { articleOf, codesOf, findingsOf, parsed } from "./a-newsroom.ts";

const file = (...lines: readonly string[]) => `---\n${lines.join("\n")}\n---\nText.`;
const words = (count: number, word = "w") => Array.from({ length: count }, (_, index) => `${word}${index}`);
const long = (length: number) => "x".repeat(length);

test.each([
  ["title", `title: ${long(200_000)}`, 500],
  ["summary", `title: T\nsummary: ${long(200_000)}`, 5_000],
  ["section", `title: T\nsection: ${long(10_000)}`, 200],
  ["correction", `title: T\ncorrection: ${long(10_000)}`, 5_000],
] as const)("cuts a long %s, with a notice at its line", (name, lines, most) => {
  const article = articleOf("a.md", file(...lines.split("\n")));
  expect(article[name]).toBe(`${long(most - 1)}…`);
  expect(findingsOf(parsed("a.md", file(...lines.split("\n"))))).toMatchObject([
    { kind: "notice", code: "field-too-long", line: lines.startsWith("title: T\n") ? 3 : 2 },
  ]);
});

test("never cuts a character in half", () => {
  expect(articleOf("a.md", file(`title: ${long(498)}😀😀`)).title).toBe(`${long(498)}…`);
});

test("keeps the whole of a cut title in the text", () => {
  const { title, html } = articleOf("a.md", `# ${long(600)} end\n\nMore.`);
  expect(title).toBe(`${long(200)}…`);
  expect(html).toContain("end");
});

test.each([
  ["tags", `tags: "${Array.from({ length: 46_000 }, (_, index) => index.toString(36))}"`, 100],
  ["tags", `tags: [a, ${long(201)}, b]`, 2],
  ["authors", `authors: [${words(2_000, "Ann Lee ")}]`, 50],
  ["authors", `authors: [Ann Lee, { name: ${long(300)} }]`, 1],
  ["attachments", `audio: [${words(80, "/s.mp3?")}]`, 50],
] as const)("limits %s in number and length: %#", (name, line, most) => {
  expect(articleOf("a.md", file("title: T", line))[name]).toHaveLength(most);
  expect(codesOf("a.md", file("title: T", line))).toEqual(["list-too-long"]);
});

test("an id of more than a thousand characters keeps its article out", () => {
  expect(findingsOf(parsed("a.md", file("title: T", `id: ${long(1_001)}`)))).toMatchObject([
    { kind: "problem", code: "id-too-long", line: 3 },
  ]);
  expect(codesOf("a.md", file("title: T", `id: ${long(1_000)}`))).toEqual([]);
});

test("drops an address that is too long for browsers", () => {
  const far = `https://a.example/${long(2_000)}`;
  expect(codesOf("a.md", file("title: T", `image: ${far}`, `audio: ${far}.mp3`, `comments: ${far}`))).toEqual([
    "address-invalid",
    "address-invalid",
    "address-invalid",
  ]);
});
