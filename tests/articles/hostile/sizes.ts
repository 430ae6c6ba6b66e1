import { bytes, page, type Row, singleByte } from "./row.ts";

const MEGABYTE = 1_000_000;
const filled = (part: string): string => part.repeat(Math.ceil(MEGABYTE / part.length));

const several = (before: string, behind: string): string =>
  Array.from({ length: 15_000 }, (_, index) => `${before}${index}${behind}`).join("");

// Mutation: decode.ts, looksBinary always returns `false`: a file of control characters becomes an article without a notice.
export const sizes: readonly Row[] = [
  { what: "nothing", file: "", is: "quarantined", says: ["file-empty"] },
  { what: "one line end", file: "\n", is: "quarantined", says: ["file-empty"] },
  { what: "one letter", file: "x", has: { title: "x", html: "<p>x</p>" } },
  { what: "one NUL", file: new Uint8Array(1), is: "quarantined", says: ["file-empty"] },
  { what: "a megabyte of NULs", file: new Uint8Array(MEGABYTE), is: "quarantined", says: ["file-empty"] },
  { what: "a megabyte of NULs in UTF-16", file: bytes([0xff, 0xfe], new Uint8Array(1000)), is: "quarantined", says: ["file-empty"] },
  { what: "a megabyte of spaces", file: filled(" "), is: "quarantined", says: ["file-empty"] },
  { what: "a megabyte of line ends", file: filled("\r\n"), is: "quarantined", says: ["file-empty"] },
  { what: "control characters", file: filled("\u0001\u0002"), is: "quarantined", says: ["file-binary"] },
  { what: "a megabyte of one letter", file: filled("x"), has: { summary: `${"x".repeat(300)}…` } },
  { what: "a line of a megabyte in HTML", key: "a.html", file: page(`<p>${filled("words and ")}`) },
  { what: "a line of a megabyte in plain text", key: "a.txt", file: `T\n${filled("words and ")}` },
  { what: "fifty thousand lines in plain text", key: "a.txt", file: `T\n${"word\n".repeat(50_000)}` },
  { what: "a title of a megabyte", file: `---\ntitle: ${"x".repeat(250_000)}\n---\nText.`, says: ["field-too-long"] },
  {
    what: "front matter of a megabyte",
    file: `---\ntitle: ${filled("x")}\n---\nText.`,
    is: "quarantined",
    says: ["front-matter-too-long"],
  },
  {
    what: "a megabyte of old Cyrillic",
    file: bytes(page(""), singleByte("слова и снова слова, ".repeat(40_000), "koi8-r")),
    says: ["encoding-guessed"],
  },
  {
    what: "a megabyte with one bad byte at its end",
    file: bytes(page(filled("words и слова ")), [0xff]),
    is: "quarantined",
    says: ["encoding-unknown"],
  },
  { what: "thirty thousand paragraphs", file: page("words\n\n".repeat(30_000)) },
  { what: "twenty thousand headings", file: page("# words\n\n".repeat(20_000)) },
  { what: "an attribute of 200 KB", key: "a.html", file: page(`<p title="${"x".repeat(200_000)}">x</p>`) },
  {
    what: "ten thousand attributes, a hundred of which are read",
    key: "a.html",
    file: page(`<p ${Array.from({ length: 10_000 }, (_, index) => `a${index}=x`).join(" ")} title=y>x</p>`),
    has: { html: "<p>x</p>" },
  },
  { what: "fifteen thousand fields of TOML", file: `+++\ntitle = "T"\n${several("a", " = 1\n")}+++\nText.`, has: { title: "T" } },
  { what: "fifteen thousand tables of TOML", file: `+++\ntitle = "T"\n${several("[a", "]\n")}+++\nText.`, has: { title: "T" } },
  { what: "fifteen thousand fields of JSON", file: `{${several('"a', '": 1,\n')}"title": "T"}\nText.`, has: { title: "T" } },
  {
    what: "fifteen thousand authors",
    file: `{"title": "T", "authors": [${several('"Ann L', '", ').slice(0, -2)}]}\nText.`,
    has: { title: "T" },
    says: ["list-too-long"],
  },
  { what: "a hundred thousand line ends before a text", file: page(`${"\n".repeat(100_000)}import words`) },
  // Five megabytes, the limit of an article. Mutation: budget.ts, `spend` does nothing: the watchdog ends the first row.
  ...(
    [
      ["lines", "a\n"],
      ["lines with hard breaks", "a\\\n"],
      ["paragraphs", "a\n\n"],
      ["headings", "# a\n"],
      ["items of lists in lists", "- - - - a\n"],
      ["quotations", "> a\n"],
      ["rows of a table", "|a|b|\n", "|a|b|\n|-|-|\n"],
      ["emphasis", "*a*"],
      ["unclosed formatting", "**a *b _c "],
      ["links", "[a](b)"],
      ["unclosed links", "["],
      ["mentions of a note", "[^1]", "[^1]: a\n\n"],
      ["tags", "<b>a</b>"],
      ["images", "![](a.png)"],
    ] as const
  ).map(
    ([name, part, before = ""]): Row => ({
      what: `five megabytes of ${name}`,
      file: page(before + part.repeat(Math.ceil((4.8 * MEGABYTE) / part.length))),
      says: ["article-crowded"],
    }),
  ),
  {
    what: "five megabytes of lines in plain text",
    key: "a.txt",
    file: "a\n".repeat(2.4 * MEGABYTE),
    says: ["title-from-name", "article-crowded"],
  },
  {
    what: "five megabytes of tags in HTML",
    key: "a.html",
    file: page("<p>a".repeat(1.2 * MEGABYTE)),
    says: ["article-crowded"],
  },
  {
    what: "a novel of three megabytes",
    file: page("These are the words of one line of it, and so on they go.\n".repeat(20).concat("\n").repeat(2500)),
  },
  { what: "ten thousand pictures", file: page("![a](https://x.example/a.png)\n".repeat(10_000)) },
  {
    what: "an embedded picture of a megabyte",
    file: page(`![a](data:image/png;base64,${filled("A")})\n\nwords`),
    says: ["image-inline"],
  },
  { what: "one letter with a million marks", file: page(`a${"\u0301".repeat(MEGABYTE / 2)}`) },
  { what: "a megabyte of question marks in Cyrillic", file: page(filled("а?")), says: ["text-damaged"] },
  { what: "a megabyte of emoji", file: page(filled("👩‍👩‍👧‍👦")) },
  { what: "a megabyte of short words with full stops", file: page(filled("г. ")) },
];
