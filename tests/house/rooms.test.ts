import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { breaches } from "../../lint/rooms.ts";

/** What is wrong with a house of these files; a file that is not named has nothing in it. */
const wrongWith = (files: Readonly<Record<string, string>>): readonly string[] => breaches(new Map(Object.entries(files)));

const sees = (path: string): string => `import { planted } from "${path}";\n`;

describe("a room imports only earlier rooms", () => {
  test("and the sentence names both files", () => {
    expect(wrongWith({ "lambda/articles/html/tree/tree.ts": sees("../../../run/ports.ts") })).toEqual([
      "articles/html/tree/tree.ts imports run/ports.ts: rooms import only earlier rooms (CONTRIBUTING.md).",
    ]);
  });

  test.each([
    ["lambda/fault.ts", "./stores/store.ts"],
    ["lambda/stores/store.ts", "../articles/model/article.ts"],
    ["lambda/articles/parse.ts", "../channels/site/site.ts"],
    ["lambda/channels/site/site.ts", "../../feeds/model/feed.ts"],
    ["lambda/feeds/model/feed.ts", "../../plan/plan.ts"],
    ["lambda/plan/plan.ts", "../state/state.ts"],
    ["lambda/state/state.ts", "../run/ports.ts"],
    ["lambda/run/prepared.ts", "../clients/hub.ts"],
    ["lambda/clients/hub.ts", "../settings.ts"],
    ["lambda/settings.ts", "./reports/report.ts"],
    ["lambda/reports/report.ts", "../operator/run.ts"],
    ["lambda/operator/run.ts", "../preview/preview.ts"],
    ["lambda/preview/preview.ts", "../cli.ts"],
    ["lambda/terminal/lines.ts", "../plan/plan.ts"],
    ["lambda/handler.ts", "./terminal/lines.ts"],
    ["lambda/cli.ts", "./handler.ts"],
    ["lambda/edge/edge.js", "../fault.ts"],
    ["lambda/run/prepared.ts", "../elsewhere/new.ts"],
    ["lambda/plan/plan.ts", "../stores/folder/folder.ts"],
    ["lambda/run/prepared.ts", "../stores/open/open.ts"],
  ])("%s does not see %s", (from, to) => {
    expect(wrongWith({ [from]: sees(to) })).toHaveLength(1);
  });

  test.each([
    ["a type", 'import type { Planted } from "../cli.ts";'],
    ["names on several lines", 'import {\n  one,\n  type Other,\n} from "../cli.ts";'],
    ["an effect", 'import "../cli.ts";'],
    ["a name that is passed on", 'export { planted } from "../cli.ts";'],
    ["a file that is loaded later", 'const planted = await import("../cli.ts");'],
  ])("%s counts", (_, code) => {
    expect(wrongWith({ "lambda/run/prepared.ts": code })).toHaveLength(1);
  });

  test.each([
    ["lambda/articles/parse.ts", "./html/heading.ts"],
    ["lambda/articles/parse.ts", "../fault.ts"],
    ["lambda/plan/plan.ts", "../stores/store.ts"],
    ["lambda/run/refresh.ts", "../stores/parallel.ts"],
    ["lambda/settings.ts", "./stores/open/open.ts"],
    ["lambda/terminal/lines.ts", "../reports/report.ts"],
    ["lambda/handler.ts", "./operator/run.ts"],
    ["lambda/cli.ts", "./terminal/lines.ts"],
    ["lambda/run/prepared.ts", "node:zlib"],
  ])("%s sees %s", (from, to) => {
    expect(wrongWith({ [from]: sees(to) })).toEqual([]);
  });
});

test("a folder has at most sixteen files of its own", () => {
  const files = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`lambda/plan/file-${n}.ts`, ""]));
  expect(wrongWith({ ...files(16), "lambda/plan/edge/table.ts": "" })).toEqual([]);
  expect(wrongWith(files(17))).toEqual(["lambda/plan has 17 files of its own: with more than 16 it needs rooms (CONTRIBUTING.md)."]);
});

test("folders of a room do not import each other", () => {
  expect(
    wrongWith({
      "lambda/articles/html/tree.ts": sees("../links/addresses.ts"),
      "lambda/articles/links/addresses.ts": sees("../dates/zone.ts"),
      "lambda/articles/dates/dates.ts": sees("../html/heading.ts"),
    }),
  ).toEqual([
    "Folders import each other: lambda/articles/dates/dates.ts imports lambda/articles/html/heading.ts, lambda/articles/html/tree.ts imports " +
      "lambda/articles/links/addresses.ts, lambda/articles/links/addresses.ts imports lambda/articles/dates/zone.ts (CONTRIBUTING.md).",
  ]);
});

test("a name is exported once", () => {
  expect(wrongWith({ "lambda/plan/a.ts": "export type Planted = 1;", "lambda/state/b.ts": "export function Planted() {}" })).toEqual([
    "Planted is exported by lambda/plan/a.ts and lambda/state/b.ts: one name, one thing (CONTRIBUTING.md).",
  ]);
});

test("each function of the glossary is exported by the file that it names", () => {
  const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
  const glossary = read("CONTRIBUTING.md").split("\n## Glossary\n")[1]?.split("\n## ")[0] ?? "";
  const makers = [...glossary.matchAll(/ `(\w+)` \(`([\w/.-]+\.ts)`\)/g)];
  expect(makers).toHaveLength(12);
  const wrong = makers.filter(
    ([, name, path]) => !new RegExp(`^export (?:async )?(?:function|const) ${name}\\b`, "m").test(read(`lambda/${path}`)),
  );
  expect(wrong.map(([text]) => text)).toEqual([]);
});
