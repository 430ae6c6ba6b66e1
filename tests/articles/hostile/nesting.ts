import { page, type Row } from "./row.ts";

const MANY = 10_000;
const cut: Pick<Row, "says"> = { says: ["nesting-cut"] };
const html = (what: string, written: string, rest: Partial<Row> = cut): Row => ({ what, key: "a.html", file: page(written), ...rest });
const markdown = (what: string, written: string, rest: Partial<Row> = {}): Row => ({
  what: `${what} of Markdown`,
  key: "a.md",
  file: page(written),
  ...rest,
});
const nested = (open: string, close = ""): string => `${open.repeat(MANY)}words${close.repeat(MANY)}`;
const indented = (mark: string): string => Array.from({ length: 300 }, (_, index) => `${"  ".repeat(index)}${mark} words`).join("\n");

// Mutation: preclean.ts, `isDeep(tags)` to `false`: rows overflow the stack or outlast the watchdog.
export const nesting: readonly Row[] = [
  html("blocks", nested("<div>", "</div>")),
  html("unclosed blocks", nested("<div>")),
  html("quotations", nested("<blockquote>", "</blockquote>")),
  html("lists", nested("<ul><li>", "</li></ul>")),
  html("tables", nested("<table><tr><td>", "</td></tr></table>")),
  html("unclosed tables", nested("<table>")),
  html("formatting", nested("<em>", "</em>")),
  html("formatting of two kinds that crosses", nested("<b><i>", "</b></i>")),
  html("links", nested('<a href="/x">', "</a>"), {}),
  html("fonts, which are unwrapped", nested("<font>", "</font>")),
  html("unknown elements", nested("<x-y>", "</x-y>")),
  html("quotation marks in quotations", nested("<q>", "</q>")),
  html("vector images", nested("<svg>", "</svg>"), { says: ["body-empty", "nesting-cut"] }),
  html("mathematics", nested("<math><mrow>", "</mrow></math>"), { says: ["nesting-cut"] }),
  html("templates", nested("<template>", "</template>"), { says: ["body-empty", "nesting-cut"] }),
  html("choices", nested("<select><option>", "</option></select>"), { says: ["nesting-cut"] }),
  html("buttons and forms", nested("<form><button>", "</button></form>"), { says: ["nesting-cut"] }),
  html("frames", nested('<iframe src="//x.example/">', "</iframe>"), { says: ["body-empty", "frame-dropped"] }),
  html("objects", nested("<object>", "</object>"), { says: ["nesting-cut"] }),
  html("comments", nested("<!-- ", " -->"), { has: {} }),
  html("directions detected from a long text", `${"<div dir=auto>a".repeat(250)}${"ع ".repeat(600_000)}`, {}),
  html("directions detected from many elements", `${"<div dir=auto>".repeat(250)}${"<br>".repeat(200_000)}ع`, {}),
  html("ruby", nested("<ruby><rt>", "</rt></ruby>")),
  html("definitions", nested("<dl><dd>", "</dd></dl>")),
  html("details", nested("<details><summary>x</summary>", "</details>")),
  html("no scripts", nested("<noscript>", "</noscript>")),
  html("paragraphs that only the parser closes", nested("<p><span>"), cut),
  markdown("quotations", `${">".repeat(MANY)} words`, cut),
  markdown("quotations in lists", `${"> - ".repeat(MANY)} words`, cut),
  markdown("lists", indented("-"), cut),
  markdown("numbered lists", indented("1."), cut),
  markdown("emphasis", nested("*a **b ")),
  markdown("emphasis that closes", nested("*", "*"), cut),
  markdown("brackets", nested("[", "]")),
  markdown("unclosed brackets", nested("[")),
  markdown("links in links", nested("[a](", ")")),
  markdown("pictures in pictures", nested("![a](", ")")),
  markdown("notes in notes", `${Array.from({ length: 3000 }, (_, index) => `[^${index}]: words[^${index + 1}]`).join("\n")}\n\nx[^0]`),
  markdown("one note, mentioned everywhere", `${"x[^1] ".repeat(MANY)}\n\n[^1]: words`),
  markdown("note marks", nested("[^")),
  markdown("task boxes", `${"- [ ] [x] words\n".repeat(2000)}`),
  markdown("code marks", `${"`".repeat(MANY)} words ${"``".repeat(MANY)}`),
  markdown("tables", `|${"a|".repeat(2000)}\n|${"-|".repeat(2000)}\n|${"words|".repeat(2000)}`),
  markdown("headings", nested("# ")),
  markdown("backslashes and entities", nested("\\&amp;")),
  {
    what: "brackets of YAML",
    file: `---\ntitle: ${"[".repeat(MANY)}${"]".repeat(MANY)}\n---\nwords`,
    is: "quarantined",
    says: ["front-matter-invalid"],
  },
  {
    what: "maps of YAML",
    file: `---\n${Array.from({ length: 450 }, (_, index) => `${" ".repeat(index)}a:`).join("\n")}\n---\nwords`,
    is: "quarantined",
    says: ["front-matter-invalid"],
  },
  { what: "brackets of JSON", file: `{"title": "T", "a": ${"[".repeat(MANY)}${"]".repeat(MANY)}}\nwords` },
  { what: "braces of JSON", file: `{"title": "T", "a": ${'{"a":'.repeat(MANY)}1${"}".repeat(MANY)}}\nwords` },
  {
    what: "brackets of TOML",
    file: `+++\ntitle = "T"\na = ${"[".repeat(MANY)}${"]".repeat(MANY)}\n+++\nwords`,
    is: "quarantined",
    says: ["front-matter-invalid"],
  },
  { what: "dots of TOML", file: `+++\ntitle = "T"\n${"a.".repeat(MANY)}a = 1\n+++\nwords` },
];
