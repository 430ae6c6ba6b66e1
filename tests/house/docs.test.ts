import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it, test } from "vitest";
import { parse as parseYaml } from "yaml";
import { parseDate } from "../../lambda/articles/dates/dates.ts";
import { type Fact, lookup } from "../../lambda/articles/front-matter/fields/field-names.ts";
import type { Finding, Newsroom } from "../../lambda/articles/model/article.ts";
import { parse } from "../../lambda/articles/parse.ts";
import { siteOf } from "../../lambda/channels/site/site.ts";
import { parseSite } from "../../lambda/channels/site/site-file.ts";
import { siteSchema } from "../../lambda/channels/site/site-schema.ts";
import { exitCodes } from "../../lambda/reports/report.ts";
import { parseSettings } from "../../lib/settings.ts";

const root = join(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const inFolder = (path: string, ending: string): readonly string[] =>
  (readdirSync(join(root, path), { recursive: true }) as string[]).filter((name) => name.endsWith(ending)).map((name) => join(path, name));

const readme = read("README.md");
const siteYaml = read("docs/site-yaml.md");
const articles = read("docs/articles.md");
const operations = read("docs/operations.md");
const pages = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "content/README.md", ...inFolder("docs", ".md")].sort();

/** What a pattern's first group found, each once. */
const all = (text: string, pattern: RegExp): readonly string[] => [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ""))];
/** The words that a text shows as code. */
const codeIn = (text: string): readonly string[] => all(text, /`([^`\n]+)`/g);
const yamlIn = (text: string): readonly string[] => all(text, /^```yaml\n([\s\S]*?)^```/gm);
const section = (text: string, heading: string): string => {
  const after = text.split(`\n${heading}\n`)[1] ?? "";
  const level = /^#+/.exec(heading)?.[0].length ?? 1;
  return after.split(new RegExp(`^#{1,${level}} `, "m"))[0] ?? "";
};
/** The rows of the tables in a text, each as its cells. */
const rowsIn = (text: string): readonly (readonly string[])[] =>
  [...text.matchAll(/^\| *(.*?) *\|$/gm)]
    .map((match) => (match[1] ?? "").split(/ +\| +| +\|$/))
    .filter(([first = ""]) => !/^-+/.test(first));

describe("docs/site-yaml.md", () => {
  type Shaped = {
    readonly shape?: Readonly<Record<string, unknown>>;
    readonly element?: unknown;
    readonly unwrap?: () => unknown;
    readonly options?: readonly unknown[];
  };
  /** Every key of the schema as a path, `guard.lose`; and every word that one of them may hold. */
  const keys: string[] = [];
  const words = new Set<string>();
  const walk = (schema: unknown, path: string): void => {
    const { shape, element, unwrap, options } = (schema ?? {}) as Shaped;
    for (const option of options ?? []) if (typeof option === "string") words.add(option);
    if (shape !== undefined) {
      for (const [key, inner] of Object.entries(shape)) {
        keys.push(path === "" ? key : `${path}.${key}`);
        walk(inner, path === "" ? key : `${path}.${key}`);
      }
    } else if (element !== undefined) walk(element, path);
    else if (typeof unwrap === "function") walk(unwrap.call(schema), path);
  };
  walk(siteSchema, "");

  /** The cell that names the key, without its mark: type and default stand behind it. */
  const rows = rowsIn(siteYaml).flatMap(([name = "", type = "", otherwise = ""]) => {
    const key = /^`([^`]+)`/.exec(name)?.[1];
    return key === undefined ? [] : [{ key, type, otherwise }];
  });

  it("has a row for every key of the schema, and for nothing else", () => {
    expect(keys.length).toBeGreaterThan(50);
    expect([...new Set(rows.map(({ key }) => key))].sort()).toEqual([...keys].sort());
  });

  it("names every word that a key may hold", () => {
    expect(words.size).toBeGreaterThan(10);
    expect(codeIn(siteYaml)).toEqual(expect.arrayContaining([...words]));
  });

  const stated = rows.flatMap(({ key, otherwise }) => {
    const value = /^`([^`]+)`$/.exec(otherwise)?.[1];
    return value === undefined || value === "url" ? [] : [[key, value] as const];
  });

  it.each(stated)("states the default of %s: %s", (key, value) => {
    const steps = key.split(".");
    const list = { channels: { name: "all" }, partners: { name: "p", profile: "generic", channel: "all" } }[steps[0] ?? ""];
    const [name = ""] = list !== undefined && steps.length > 1 ? steps : [];
    const written = steps.slice(name === "" ? 0 : 1).reduceRight<unknown>((inner, step) => ({ [step]: inner }), parseYaml(value));
    const without = { url: "https://wire.example/", ...(name === "" ? {} : { [name]: [list] }) };
    const as = name === "" ? { ...without, ...(written as object) } : { ...without, [name]: [{ ...list, ...(written as object) }] };
    expect(siteOf(siteSchema.parse(as))).toEqual(siteOf(siteSchema.parse(without)));
  });

  it("states each default that the schema or the site fills in", () => {
    expect(stated.length).toBeGreaterThan(15);
  });

  test.each([...yamlIn(siteYaml), ...yamlIn(readme)].map((text) => [text]))("shows a site.yaml that passes: %s", (text) => {
    expect(parseSite(text, "site.yaml").url).toBe("https://wire.example/");
  });
});

describe("docs/articles.md", () => {
  const folded = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, "");
  const fields = rowsIn(section(articles, "## Fields")).slice(1);
  const names = fields.flatMap(([, cell = ""]) => codeIn(cell));

  it("names every field name that front matter may use", () => {
    const source = /const NAMES = \{([\s\S]*?)\n\}/.exec(read("lambda/articles/front-matter/fields/field-names.ts"))?.[1] ?? "";
    const known = all(source, /"([a-z]+)"/g);
    expect(known.length).toBeGreaterThan(70);
    expect(names.map(folded)).toEqual(expect.arrayContaining([...known]));
  });

  it("names no field that nothing reads", () => {
    const facts = all(read("lambda/articles/front-matter/fields/field-names.ts"), /^ {2}(\w+): \["/gm) as readonly Fact[];
    const unread = names.filter((name) => {
      const found = lookup([{ name, value: "x", line: 1 }], undefined);
      return facts.every((fact) => found.one(fact) === undefined);
    });
    expect(unread).toEqual([]);
  });

  it("names every word that status understands", () => {
    const states = all(
      read("lambda/articles/front-matter/fields/lifecycle.ts").split("const STATES")[1]?.split("]);")[0] ?? "",
      /"([a-z-]+)"/g,
    );
    expect(states.length).toBeGreaterThan(12);
    expect(codeIn(section(articles, "## Fields"))).toEqual(expect.arrayContaining([...states]));
  });

  const dates = rowsIn(section(articles, "### Dates")).slice(1);
  test.each(dates.flatMap(([written = "", as = ""]) => codeIn(written).map((date) => [date, as] as const)))(
    "says how %s is read: %s",
    (date, as) => {
      const kind = parseDate(date, "Asia/Almaty")?.kind;
      expect(kind).toBe(as.startsWith("no date") ? undefined : as === "that day" ? "day" : "instant");
    },
  );

  const messages = new Map(
    ["### Problems", "### Notices"].flatMap((heading) =>
      rowsIn(section(articles, heading)).flatMap(([code = "", message = ""]) => {
        const name = /^`([a-z-]+)`$/.exec(code)?.[1];
        return name === undefined ? [] : [[name, { message, kind: heading === "### Problems" ? "problem" : "notice" }] as const];
      }),
    ),
  );

  it("has every finding code of the source, and no other", () => {
    const source = ["lambda/articles", "lambda/channels", "lambda/run/read"].flatMap((folder) => inFolder(folder, ".ts")).map(read);
    const codes = source.flatMap((text) => all(text, /(?:\b(?:notice|problem)\(\s*|\bwrong\(\s*\w+,\s*|\bcode: )"([a-z]+(?:-[a-z]+)*)"/g));
    const found = new Set(codes.filter((code) => code !== "custom")); // zod's own word in the schema of site.yaml
    expect(found.size).toBeGreaterThan(25);
    expect([...messages.keys()].sort()).toEqual([...found].sort());
  });

  const newsroom: Newsroom = {
    url: "https://wire.example/",
    language: "en",
    languages: [],
    timezone: "UTC",
    articles: ["**"],
    ignore: [],
    limits: { article: 5_000_000 },
    people: { file: "_data/authors.yml", byId: {} },
  };
  const findingsOf = (key: string, text: string | Uint8Array): readonly Finding[] => {
    const parsed = parse({ key, bytes: typeof text === "string" ? Buffer.from(text) : text }, newsroom, { soleInFolder: true });
    return parsed.kind === "passed-over" ? [] : parsed.findings;
  };
  const file = (fields: string, body = "A text."): string => `---\n${fields}\n---\n\n${body}\n`;
  const cyrillic = "Мама мыла раму и новости о городе написал человек из области";
  const in1251 = Uint8Array.from(cyrillic, (letter) => (letter === " " ? 0x20 : letter.charCodeAt(0) - 0x410 + 0xc0));

  const causes: readonly [code: string, text: string | Uint8Array, ending?: string][] = [
    ["article-empty", "---\ndate: 2026-01-01\n---\n"],
    ["authors-invalid", file("title: t\nauthor: [[a]]")],
    ["article-swollen", `<h1>t</h1><p><b title="${"x".repeat(5000)}">${"<p>x".repeat(2000)}`, ".html"],
    ["date-invalid", file("title: t\ndate: tomorrow")],
    ["encoding-unknown", Uint8Array.from([...Buffer.from("A text with "), 0xff, 0xfe, 0x80, ...Buffer.from(" in it.")])],
    ["field-not-boolean", file("title: t\ndraft: perhaps")],
    ["field-not-list", file("title: t\ntags: { a: b }")],
    ["field-not-text", file("title: [a, b]")],
    ["file-binary", Uint8Array.from({ length: 400 }, (_, index) => index % 7)],
    ["file-empty", ""],
    ["front-matter-invalid", file("title: Energy: a new page")],
    ["front-matter-too-long", file(`title: t\nx: ${"y".repeat(300_000)}`)],
    ["front-matter-unclosed", "---\ntitle: t\ntext"],
    ["front-matter-unread", "---js\n{ title: 't' }\n---\nA text."],
    ["scheduled-undated", file("title: t\nstatus: scheduled")],
    ["status-unknown", file("title: t\nstatus: ready")],
    ["author-unknown", file("title: t\nauthor: jdoe")],
    ["field-unknown", file("newstitle: t")],
    ["address-invalid", file("title: t\nimage: ftp://x/y")],
    ["body-empty", file("title: t", "")],
    ["character-forbidden", file("title: t", "A text\u0007 here.")],
    ["encoding-guessed", in1251],
    ["file-dropped", file("title: t", "Look ![x](ftp://a/b.png)")],
    ["frame-dropped", file("title: t", '<iframe src="https://maps.example/embed"></iframe>\n\nText.')],
    ["image-inline", file("title: t", "Look ![x](data:image/png;base64,AAAA)")],
    ["language-invalid", file("title: t\nlang: english language")],
    ["list-item-empty", file("title: t\ntags: [a, null]")],
    ["link-dropped", file("title: t", "A [link](ftp://a/b).")],
    ["nesting-cut", `<h1>t</h1>${"<div>".repeat(400)}x`, ".html"],
    ["choices-dropped", file("title: t", "Look <select><option>Apples</option><option>Pears</option></select>")],
    ["comment-dropped", file("title: t", "Look %% to do %% here.")],
    ["comment-unclosed", file("title: t", "Look\n\n{% comment %}\n\nhere.")],
    ["template-condition", file("title: t", "Look {% if site.beta %}here{% endif %}.")],
    ["template-dropped", file("title: t", "Look {% include player.html %} here.")],
    ["template-unclosed", file("title: t", "Look {% here.")],
    ["text-damaged", file("title: t", "?аза?стан и М?ск?а и ?ород о?од бы?ый")],
    ["title-from-name", "<p><img src='https://a.example/x.png' alt=''></p>", ".html"],
    ["title-mended", "路Старая дорога и новые поезда\n\nТекст о дороге.", ".txt"],
    ["title-mixed-letters", file("title: Mосква сегодня", "Текст.")],
  ];

  test.each(causes)("quotes what %s says, in the table of its kind", (code, text, ending = ".md") => {
    const found = findingsOf(`file${ending}`, text).find((finding) => finding.code === code);
    const quoted = messages.get(code);
    const plain = (message = "") => message.replace(/\d{6}/, "300013");
    expect({ kind: found?.kind, message: plain(found?.message) }).toEqual({ kind: quoted?.kind, message: plain(quoted?.message) });
  });

  test.each(yamlIn(articles).map((text) => [text]))("shows front matter that passes: %s", (text) => {
    expect(findingsOf("file.md", `${text}\nA text.\n`)).toEqual([]);
  });
});

describe("docs/feeds.md", () => {
  const feeds = read("docs/feeds.md");
  const rows = rowsIn(section(feeds, "## What each format carries"));
  const column = (index: number): string => rows.map((cells) => cells[index]).join("\n");
  const golden = (file: string): string => ["window", "archive", "hostile"].map((name) => read(`tests/golden/${name}/${file}`)).join("\n");
  /** Names that stand within others, which the table names. */
  const within = new Set(["rss", "channel", "item", "entry", "feed", "url", "name", "uri", "email", "link", "atom:link"]);

  /** The words of a column: elements, relations, fields. */
  const wordsIn = (cells: string): readonly string[] => codeIn(cells).flatMap((code) => code.replace("rel=", "").split(" "));

  it.each([
    ["RSS", 1, "rss.xml"],
    ["Atom", 2, "atom.xml"],
  ] as const)("names every element and relation that a file of %s shows", (_, index, file) => {
    const text = golden(file).replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, "");
    const shown = [...all(text, /<([a-z][\w:-]*)/gi), ...all(text, / rel="([\w-]+)"/g)].filter((name) => !within.has(name));
    expect(shown.length).toBeGreaterThan(20);
    const named = wordsIn(index === 2 && column(2).includes("the same") ? `${column(1)}\n${column(2)}` : column(index));
    expect(named).toEqual(expect.arrayContaining(shown));
  });

  it("names every field that JSON Feed shows, and every one of the extension", () => {
    const documents = ["window", "archive", "hostile"].map((name) => JSON.parse(read(`tests/golden/${name}/feed.json`)));
    const shown = documents.flatMap((feed) =>
      [feed, ...feed.items].flatMap((one) => [...Object.keys(one), ...Object.keys(one._wireroom ?? {}).map((name) => `_wireroom.${name}`)]),
    );
    expect(codeIn(column(3))).toEqual(expect.arrayContaining(shown.filter((name) => name !== "items" && name !== "_wireroom")));
  });

  it("accepts at most six warnings of the W3C validator, each with its reason", () => {
    const warnings = rowsIn(section(feeds, "## The W3C validator")).slice(1);
    expect(warnings.length).toBeLessThanOrEqual(6);
    for (const [name, cause, reason] of warnings)
      expect([/^`\w+`$/.test(name ?? ""), cause === "", reason === ""], name).toEqual([true, false, false]);
  });
});

describe("docs/command.md", () => {
  const cli = ["lambda/cli/program.ts", "lambda/cli/import-command.ts", "lambda/cli/desk-commands.ts"].map(read).join("");
  const ofPartners = read("lambda/cli/partner-command.ts");
  const ofLogs = read("lambda/cli/proof-commands.ts");
  const commands = [
    ...all(cli, /command\("(\w+)"/g),
    ...all(ofPartners, /wireroom\.command\("(\w+)"/g),
    ...all(ofLogs, /reading\(wireroom, "(\w+)"/g),
  ];
  const options = all(`${cli}${ofPartners}${ofLogs}`, /"(--[a-z-]+)/g);
  const table = rowsIn(read("docs/command.md"));

  it("names every command, every option and every exit code", () => {
    expect(commands.length).toBeGreaterThan(4);
    expect(options.length).toBeGreaterThan(10);
    const named = table.map(([first = ""]) => first.replace(/^`([\w-]+).*$/, "$1"));
    expect(named).toEqual(expect.arrayContaining([...commands, ...options, ...Object.values(exitCodes).map(String)]));
    const spoken = table.flatMap(([first = ""]) => all(first, /`partner (\w+)/g));
    expect(spoken.sort()).toEqual([...all(ofPartners, /[^.]command\("(\w+)"/g), ...all(ofLogs, /reading\(partner, "(\w+)"/g)].sort());
  });

  it("names every environment variable that is read", () => {
    const variables = all(read("lambda/settings.ts"), /env\["(\w+)"\]/g);
    expect(variables.length).toBeGreaterThan(4);
    const named = [...table.flatMap(([, second = ""]) => codeIn(second)), ...codeIn(operations)];
    expect(named).toEqual(expect.arrayContaining([...variables]));
  });

  test.each(pages.map((page) => [page]))("%s calls only commands, options and scripts that there are", (page) => {
    const text = read(page);
    const lines = [...text.matchAll(/npm run (?:-s )?wireroom -- (\w+)([^\n`]*)/g)];
    for (const [line, command = "", rest = ""] of lines) {
      expect(commands, line).toContain(command);
      expect(options, line).toEqual(expect.arrayContaining([...all(rest, /(--[a-z-]+)/g)]));
    }
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining([...all(text, /npm run (\w+)/g)]));
  });
});

describe("README.md", () => {
  it("is a front door: short, with a picture of a result", () => {
    expect(readme.split(/\s+/).length).toBeLessThan(900);
    const picture = /^!\[[^\]]+\]\((docs\/[\w-]+\.png)\)$/m.exec(readme)?.[1] ?? "";
    expect(statSync(join(root, picture)).size).toBeLessThan(100_000);
  });
});

test.each(pages.map((page) => [page]))("%s has npm say nothing where JSON is asked for, and starts sources on Node 24", (page) => {
  const text = read(page);
  expect([...text.matchAll(/npm run wireroom -- [^\n`]*--json/g)].map(([line]) => line)).toEqual([]);
  expect([...text.matchAll(/(?<!npx )\bnode (?:--import \S+ )?\S+\.ts/g)].map(([line]) => line)).toEqual([]);
});

test.each(pages.filter((page) => page !== "CHANGELOG.md").map((page) => [page]))(
  "%s names no file or folder of the project that is not there",
  (page) => {
    const named = codeIn(read(page)).filter((code) => /^(lambda|lib|tests|docs|bench|lint|content|\.ci|\.github)\/[\w./-]*$/.test(code));
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  },
);

describe("docs/runbook.md", () => {
  /** All that the program can say, in one line: what it fills in is left out, and a text over several lines is one. */
  const said = ["lambda", "lib"]
    .flatMap((folder) => inFolder(folder, ".ts"))
    .map(read)
    .join("\n")
    .replace(/["`] \+\s*["`]/g, "")
    .replace(/\$\{[^}]*\}/g, "…");
  const quoted = rowsIn(read("docs/runbook.md")).flatMap(([first = ""]) => codeIn(first));
  const messages = quoted.filter((code) => /^[A-Z"…<-].* .* /.test(code));

  it("quotes messages", () => expect(messages.length).toBeGreaterThan(20));

  it.each(messages.map((message) => [message]))("quotes a message that the program has: %s", (message) => {
    const parts = message
      .split(/…|site\.yaml|\d+|<file>|all\/rss\.xml|--content|"|\(|\)/)
      .map((part) => part.trim())
      .filter((part) => part.split(" ").length > 2);
    expect(parts.filter((part) => !said.includes(part))).toEqual([]);
  });
});

describe("docs/operations.md", () => {
  it("deploys by the command that looks first, and imports what it names", () => {
    for (const page of ["README.md", "docs/operations.md", "docs/runbook.md"]) expect(read(page), page).not.toMatch(/npx cdk deploy/);
    expect(operations).toContain("npx cdk import <stack> --resource-mapping adopt.json");
    const adopted = /^ {4}(\{ "ContentBucket".*\})$/m.exec(operations)?.[1] ?? "";
    expect(Object.keys(JSON.parse(adopted) as object)).toEqual(["ContentBucket", "FeedsBucket", "StateBucket"]);
  });

  it("names every setting of the stack", () => {
    const refusal = () => parseSettings({ nonsense: 1 });
    expect(refusal).toThrow("The known ones are: ");
    let said = "";
    try {
      refusal();
    } catch (error) {
      said = (error as Error).message;
    }
    const settings = (/The known ones are: (.*)$/m.exec(said)?.[1] ?? "").split(", ");
    const told = rowsIn(section(operations, "## Settings")).flatMap(([name = ""]) => codeIn(name));
    expect([...told].sort()).toEqual([...settings].sort());
  });

  it("names every output of the stack", () => {
    const outputs = all(read("lib/wireroom.ts").split("const outputs")[1]?.split("};")[0] ?? "", /^ +(\w+):/gm);
    expect(outputs.length).toBeGreaterThan(5);
    expect(codeIn(operations)).toEqual(expect.arrayContaining([...outputs]));
  });
});

describe.each(pages.map((page) => [page]))("links of %s", (page) => {
  /** The anchors that GitHub makes of headings. */
  const anchorsOf = (markdown: string): readonly string[] =>
    all(markdown.replace(/^```[\s\S]*?^```/gm, ""), /^#+ +(.+)$/gm).map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}_ -]/gu, "")
        .trim()
        .replaceAll(" ", "-"),
    );
  const links = all(read(page).replace(/`[^`\n]*`/g, ""), /\]\(([^)\s]+)\)/g).filter((link) => !/^[a-z]+:/.test(link));

  it("lead to files and headings that there are", () => {
    const broken = links.filter((link) => {
      const [path = "", anchor] = link.split("#");
      const target = path === "" ? page : relative(root, join(root, dirname(page), path));
      if (!existsSync(join(root, target))) return true;
      return anchor !== undefined && !anchorsOf(read(target)).includes(anchor);
    });
    expect(broken).toEqual([]);
  });
});
