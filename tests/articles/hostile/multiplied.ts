import { page, type Row, withFields } from "./row.ts";

const TIMES = 20_000;
const LONG = "y".repeat(20_000);
const swollen: Pick<Row, "is" | "says"> = { says: ["article-swollen"] };
const html = (what: string, written: string, rest: Partial<Row> = {}): Row => ({ what, key: "a.html", file: page(written), ...rest });
const fields = (count: number, line: (index: number) => string): readonly string[] =>
  Array.from({ length: count }, (_, index) => line(index));

// Mutation: size-limit.ts, `16 * written.length` to `1e12`: rows run out of memory or outlast the watchdog.
export const multiplied: readonly Row[] = [
  {
    what: "one long address, referred to again and again",
    file: page(`[a]: https://x.example/${LONG}\n\n${"[a] ".repeat(TIMES)}`),
    ...swollen,
  },
  { what: "one long title, referred to again and again", file: page(`[a]: /x "${LONG}"\n\n${"![a] ".repeat(TIMES)}`), ...swollen },
  { what: "a reference of usual length, again and again", file: page(`[a]: https://x.example/a\n\n${"[a] ".repeat(TIMES)}`) },
  html("a link left open before paragraphs", `<p><a href="https://x.example/${LONG}">${"<p>x".repeat(TIMES)}`, swollen),
  html("formatting left open before paragraphs", `<p><b title="${LONG}">${"<p>x".repeat(TIMES)}`, swollen),
  html("formatting left open before a usual number of paragraphs", `<p><b>${"<p>x".repeat(TIMES)}`),
  html(
    "all formatting elements, left open before paragraphs",
    `<p>${fields(16, (at) => `<b lang=x${at}>`).join("")}${"<p>x".repeat(TIMES)}`,
    {
      says: ["nesting-cut"],
    },
  ),
  html("formatting left open in a paragraph before list items", `<p>${"<i id=a><b id=b>".repeat(100)}${"<li>x".repeat(TIMES)}`, {
    says: ["nesting-cut"],
  }),
  html("formatting left open, deep, before blocks", `<p>${fields(300, (at) => `<b id=b${at}>`).join("")}${"<div>x</div>".repeat(TIMES)}`, {
    says: ["nesting-cut"],
  }),
  {
    what: "a long url that every link repeats",
    file: `---\ntitle: T\npermalink: /${LONG}/\n---\n${"[a](b) ".repeat(TIMES)}`,
    says: ["address-invalid"],
  },
  {
    what: "a path that every picture repeats",
    key: `${"новости/".repeat(60)}a.md`,
    file: page("![](a.png) ".repeat(TIMES)),
    ...swollen,
  },
  {
    what: "nine thousand aliases of one text",
    file: withFields("a: &a x", `b: [${Array(9000).fill("*a").join(", ")}]`),
    is: "quarantined",
    says: ["front-matter-invalid"],
  },
  {
    what: "four thousand anchors, each with its alias",
    file: withFields(...fields(4000, (at) => `f${at}: &a${at} x`), `b: [${fields(4000, (at) => `*a${at}`).join(", ")}]`),
    is: "quarantined",
    says: ["front-matter-invalid"],
  },
  {
    what: "twelve thousand fields that need the parser",
    file: withFields(...fields(12_000, (at) => `f${at}: "\\u0041"`)),
    is: "quarantined",
    says: ["front-matter-invalid"],
  },
  {
    what: "six thousand fields that need the parser, one of them twice",
    file: withFields(...fields(6000, (at) => `f${at}: "\\u0041"`), "f3: x"),
    says: ["field-twice"],
  },
  {
    what: "a usual number of aliases",
    file: withFields("author: &a Ann Lee", "editor: *a", "summary: *a"),
    has: { authors: [{ name: "Ann Lee" }], summary: "Ann Lee" },
  },
  {
    what: "an anchor that is set again: the last before the alias counts",
    file: withFields("a: &a One", "b: &a Two", "summary: *a", "c: &a Three"),
    has: { summary: "Two" },
  },
  { what: "an alias before its anchor", file: withFields("summary: *a", "a: &a x"), is: "quarantined", says: ["front-matter-invalid"] },
];
