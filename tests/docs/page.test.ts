import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { commandsElsewhere, isAsShown, partsOf } from "./page.ts";
import { places, reasons, runPages } from "./pages.ts";

const root = join(import.meta.dirname, "../..");

describe("a page", () => {
  it("is a series of places, files and consoles", () => {
    const page = "<!-- console: in a clone -->\n```md file=a/b.md\ntext\n```\n\n```console exit 1\n$ npm \\\n> start\none\n\n$ ls\n```\n";
    expect(partsOf(page)).toEqual([
      { kind: "place", where: "in a clone" },
      { kind: "file", path: "a/b.md", text: "text\n" },
      {
        kind: "console",
        exit: 1,
        commands: [
          { text: "npm \\\nstart", output: ["one", ""], line: 7 },
          { text: "ls", output: [], line: 11 },
        ],
      },
    ]);
  });

  it("says of a console why it is not run", () => {
    expect(partsOf("```console not run: needs AWS\n$ aws s3 ls\n```\n")).toMatchObject([{ notRun: "needs AWS" }]);
  });

  it.each(["    npm run synth", "    AWS_REGION=x aws s3 ls s3://wire", "```text\n$ wireroom check\n```", "```\nnpx cdk deploy\n```"])(
    "shows a command outside a console: %s",
    (text) => expect(commandsElsewhere(`Do:\n\n${text}\n`)).toHaveLength(1),
  );

  it.each(["Run `npm run synth`.", "```console\n$ npm run synth\n```", "```yaml\nnpm run: x\n```", "    state/head.json  the head"])(
    "shows none in: %s",
    (text) => expect(commandsElsewhere(`Do:\n\n${text}\n`)).toEqual([]),
  );
});

describe("an output", () => {
  test.each([
    [["a", "b"], "a\nb\n", true],
    [["a", "b"], "a\nc\n", false],
    [["a …, d", "b"], "a b c, d\nb", true],
    [["a …"], "a b\nc", false],
    [["a", "…", "b"], "a\nx\ny\nb", true],
    [["a", "…", "b"], "a\nb", true],
    [["…", "b."], "a\nbc", false],
    [["a"], "a\nb", false],
    [[], "a", false],
    [[], "", true],
  ] as const)("%j, as shown for %j: %s", (shown, printed, is) => expect(isAsShown(shown, printed)).toBe(is));
});

describe.each(runPages.map((page) => [page]))("%s", (page) => {
  const text = readFileSync(join(root, page), "utf8");
  const parts = partsOf(text);

  it("shows commands in consoles only, which a test runs", () => expect(commandsElsewhere(text)).toEqual([]));

  it("says where its first command is run, in a place that there is", () => {
    expect(parts.find(({ kind }) => kind !== "file")?.kind).toBe("place");
    for (const part of parts) if (part.kind === "place") expect(places).toContain(part.where.replace(/ with \w+$/, " with NAME"));
  });
});

it("bounds the commands that no test runs, by reason", () => {
  const pages = runPages.map((page) => partsOf(readFileSync(join(root, page), "utf8")));
  const notRun = pages
    .flat()
    .flatMap((part) => (part.kind === "console" && part.notRun !== undefined ? part.commands.map(() => part.notRun ?? "") : []));
  const counts = Object.fromEntries([...Map.groupBy(notRun, (reason) => reason)].map(([reason, all]) => [reason, all.length]));
  expect(Object.keys(counts).filter((reason) => !Object.hasOwn(reasons, reason))).toEqual([]);
  for (const [reason, most] of Object.entries(reasons))
    expect([reason, (counts[reason] ?? 0) <= most, counts[reason]]).toEqual([reason, true, counts[reason]]);
  const run = pages.flat().flatMap((part) => (part.kind === "console" && part.notRun === undefined ? part.commands : []));
  // What looks into an account is most of a runbook.
  expect(run.length).toBeGreaterThan(notRun.filter((reason) => reason !== "needs an AWS account").length);
});

it("covers every page of docs/ that shows a command", () => {
  const all = ["README.md", "content/README.md", ...globSync("docs/**/*.md", { cwd: root })];
  const showing = all.filter((page) => {
    const text = readFileSync(join(root, page), "utf8");
    return commandsElsewhere(text).length > 0 || partsOf(text).some(({ kind }) => kind === "console");
  });
  expect(showing.filter((page) => !runPages.some((one) => one === page))).toEqual([]);
});
