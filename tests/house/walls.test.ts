import { execFile } from "node:child_process";
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/*
 * These walls are lint rules (biome.json, lint/*.grit); those between the rooms are in lint/rooms.ts. Here each meets a plant: a line or
 * two in a file whose path puts it behind that wall. What a wall refuses is named by its rule, what it allows passes without an error. The plants grow in a bare folder
 * beside a copy of the rules, so the project's own tree is never touched, and one run of the linter answers for all of them.
 */

const project = fileURLToPath(new URL("../..", import.meta.url));

/** In `file` a star stands for a name of its own; plants in a file with a fixed name share it. */
type Plant = { readonly file: string; readonly code: string };
type Refused = Plant & { readonly rule: string };

const sees = (path: string): string => `import { planted } from "${path}";\nexport const used_planted = planted;`;
const value = (expression: string): string => `export const planted = ${expression};`;

const behindWalls = (rule: string, rows: readonly (readonly [file: string, code: string])[]): readonly Refused[] =>
  rows.map(([file, code]) => ({ file, code, rule }));

/** What cloudfront-js-2.0 does not have. */
const notAtTheEdge: readonly string[] = [
  "class Planted {}",
  "const used = class {};",
  "const { planted } = {};",
  "const [planted] = [];",
  "for (const planted of []) planted();",
  "planted(...[1]);",
  "const planted = [...[1]];",
  "const planted = { ...{} };",
  "const planted = 1n;",
  "function* planted() {\n  yield 1;\n}",
  "function planted(a = 1) {}",
  "export const planted = 1;",
  'const planted = import("x");',
  "const planted = a?.b;",
  "const planted = a.b?.[1];",
  "const planted = a?.();",
  "planted ??= 1;",
  "planted ||= 1;",
  "try {\n  planted();\n} catch {}",
  "const planted = new Map();",
  "const planted = [1].flatMap(f);",
  "setTimeout(planted, 1);",
  'fetch("planted");',
  "const planted = process;",
  'const planted = require("fs");',
  'const planted = new Function("1");',
  "const planted = Date.parse(1);",
  "const planted = new Date();",
  "const planted = Promise.all([]);",
  "async function planted() {\n  f(await g);\n}",
  "const planted = async () => 1;",
  'import planted from "crypto";',
  'import fs from "fs";',
  "const planted = {\n  async f() {\n    return 1;\n  },\n};",
  "const planted = await f();",
  "const planted = Object.fromEntries([]);",
  'const planted = Object.hasOwn({}, "a");',
  'const planted = "x".normalize("NFC");',
  'const planted = "x".localeCompare("y");',
  "const planted = Array.from([1]);",
  "const planted = Promise.race([]);",
  "const planted = Math.random();",
  "const planted = crypto.randomUUID();",
  'const planted = crypto.createHmac("sha256", "planted");',
  "const planted = /\\p{L}/;",
  "const planted = /x/gs;",
  "const planted = f`x`;",
  "function planted() {\n  return new.target;\n}",
];

const refused: readonly Refused[] = [
  ...notAtTheEdge.map((code) => ({ file: "lambda/edge/*.js", code, rule: "plugin" })),
  ...behindWalls("lint/style/noRestrictedImports", [
    ["lambda/fault.ts", sees("./reports/report.ts")],
    ["lambda/edge/*.ts", sees("../state/state-keys.ts")],
    ["lambda/edge/*.ts", sees("node:fs")],
    ["lambda/run/*.ts", sees("../handler.ts")],
    ["lambda/run/*.ts", sees("../cli.ts")],
    ["lambda/run/*.ts", 'import type { planted } from "../cli.ts";\nexport type Used_planted = planted;'],
    ["lambda/run/*.ts", 'export type { planted } from "../cli.ts";'],
    ["lambda/run/*.ts", value('await import("../cli.ts")')],
    ["lambda/handler.ts", sees("./cli.ts")],
    ["lambda/handler.ts", sees("./terminal/lines.ts")],
    ["lambda/cli.ts", sees("./handler.ts")],
    ["lambda/cli.ts", sees("../lib/app.ts")],
    ["lambda/cli.ts", sees("../tests/support/articles.ts")],
    ["lambda/elsewhere/*.ts", sees("../../lib/app.ts")],
    ["lambda/elsewhere/*.ts", sees("../../tests/support/articles.ts")],
    ["lambda/elsewhere/*.ts", sees("../cli.ts")],
    ["lambda/elsewhere/deeper/*.ts", sees("../../../bench/blog.ts")],
    ["lambda/elsewhere/deeper/*.ts", sees("../../handler.ts")],
    ["lib/*.ts", sees("../lambda/run/pipeline.ts")],
    ["lib/*.ts", sees("../lambda/plan/changes/make-plan.ts")],
    ["lib/deeper/*.ts", sees("../../lambda/plan/changes/make-plan.ts")],
    ["lib/*.ts", sees("../tests/support/articles.ts")],
  ]),
  { file: "lambda/cli.ts", code: value("process.env"), rule: "lint/style/noProcessEnv" },
  { file: "lambda/stores/*.ts", code: value("process.env.HOME"), rule: "lint/style/noProcessEnv" },
  { file: "lib/*.ts", code: value("process.env"), rule: "lint/style/noProcessEnv" },
  { file: "lambda/cli.ts", code: "export const { env: planted } = process;", rule: "plugin" },
  { file: "lambda/cli.ts", code: 'import { env as planted } from "node:process";\nexport const used_planted = planted;', rule: "plugin" },
  {
    file: "lambda/*.ts",
    code: "async function later() {}\nexport function planted() {\n  later();\n}",
    rule: "lint/nursery/noFloatingPromises",
  },
  { file: "lambda/*.ts", code: value("[1].filter(async () => true)"), rule: "lint/nursery/noMisusedPromises" },
  {
    file: "lambda/*.ts",
    code: 'export function planted(kind: "one" | "other") {\n  switch (kind) {\n    case "one":\n      return 1;\n  }\n}',
    rule: "lint/nursery/useExhaustiveSwitchCases",
  },
  { file: "lambda/*.ts", code: "export default 1;", rule: "lint/style/noDefaultExport" },
  { file: "lambda/*.ts", code: "export enum planted {\n  One,\n}", rule: "lint/style/noEnum" },
  { file: "lambda/*.ts", code: "export const planted: any = 1;", rule: "lint/suspicious/noExplicitAny" },
  { file: "lambda/*.ts", code: value("[1, 2][0]!"), rule: "lint/style/noNonNullAssertion" },
  { file: "lambda/*.ts", code: 'import { planted } from "./fault.ts";\nexport type Used = planted;', rule: "lint/style/useImportType" },
  { file: "lambda/*.ts", code: 'export { planted } from "./fault.ts";', rule: "lint/performance/noBarrelFile" },
  {
    file: "lambda/*.ts",
    code: Array.from({ length: 201 }, (_, n) => `export const line${n} = ${n};`).join("\n"),
    rule: "lint/style/noExcessiveLinesPerFile",
  },
  {
    file: "tests/*.test.ts",
    code: 'import { test } from "vitest";\ntest.only("planted", () => {});',
    rule: "lint/suspicious/noFocusedTests",
  },
];

const allowed: readonly (readonly [file: string, code: string])[] = [
  ["lambda/stores/*.ts", sees("node:fs/promises")],
  ["lambda/stores/*.ts", sees("@aws-sdk/client-s3")],
  ["lambda/feeds/formats/*.ts", sees("feed")],
  ["lambda/clients/*.ts", sees("@smithy/signature-v4")],
  [
    "lambda/plan/*.ts",
    'import type { Headers, Key, Listed, Version } from "../stores/store.ts";\nexport type planted = [Headers, Key, Listed, Version];',
  ],
  ["lambda/plan/*.ts", 'import { fitsEveryStore } from "../stores/store.ts";\nexport const planted = fitsEveryStore;'],
  ["lambda/plan/*.ts", "export type planted = PromisedFeed;"],
  ["lambda/run/threads/threads.ts", sees("node:worker_threads")],
  ["lambda/handler.ts", sees("./run/pipeline.ts")],
  ["lambda/handler.ts", sees("./stores/open/open.ts")],
  ["lambda/cli.ts", sees("./terminal/lines.ts")],
  ["lambda/cli.ts", value("process.argv")],
  ["lambda/settings.ts", value("process.env.HOME")],
  ["lib/*.ts", sees("../lambda/state/state-keys.ts")],
  ["lib/*.ts", sees("aws-cdk-lib/aws-lambda")],
  ["tests/*.test.ts", sees("../lambda/stores/folder/folder.ts")],
  ["tests/*.test.ts", sees("../lib/app.ts")],
  ["tests/*.test.ts", value("[1, 2][0]!")],
  ["lambda/edge/*.js", "function handler(event) {\n  return event.request;\n}"],
  ["lambda/edge/*.js", 'import cf from "cloudfront";\nconst planted = cf.kvs();\nasync function handler(event) {\n  return planted;\n}'],
  ["lambda/edge/*.js", 'import crypto from "crypto";\nconst planted = crypto.createHash("sha256").update("a").digest("hex") + Date.now();'],
  ["lambda/edge/*.js", "const planted = `a` + (2 ** 3) + /(?<part>[a-z]+)/gi.source;"],
  ["lambda/edge/*.js", "const planted = {\n  f() {\n    return Object.keys({}).map((key) => key.length);\n  },\n};"],
  ["lambda/edge/*.js", 'const planted = [1, 2].map((one) => one * 2).filter((one) => one !== 3 && "?.");'],
  ["vitest.config.ts", "export default {};"],
];

const pureFiles = ["articles", "articles/html", "channels", "feeds", "partners", "plan", "state", "run", "run/read", "terminal"].map(
  (folder) => `lambda/${folder}/*.ts`,
);

const refusedInPure: readonly (readonly [code: string, rule: string])[] = [
  [sees("node:fs"), "plugin"],
  [sees("node:fs/promises"), "plugin"],
  [sees("node:child_process"), "plugin"],
  [sees("node:http"), "plugin"],
  [sees("node:net"), "plugin"],
  [sees("node:process"), "plugin"],
  [sees("@aws-sdk/client-s3"), "plugin"],
  [sees("@aws-lambda-powertools/logger"), "plugin"],
  ['import { randomUUID } from "node:crypto";\nexport const planted = randomUUID();', "plugin"],
  ['import * as crypto_planted from "node:crypto";\nexport const planted = crypto_planted.randomUUID();', "plugin"],
  [value('await import("node:fs")'), "plugin"],
  ['export type planted = import("../elsewhere.ts").Planted;', "plugin"],
  [value("Date.now()"), "plugin"],
  [value("[1].map(Date.now)"), "plugin"],
  [value("new Date()"), "plugin"],
  [value("Math.random()"), "plugin"],
  [value("new Intl.DateTimeFormat()"), "plugin"],
  [value("new Intl.DateTimeFormat(undefined, {})"), "plugin"],
  [value("(1).toLocaleString()"), "plugin"],
  [value('["b", "a"].sort((one, other) => one.localeCompare(other))'), "plugin"],
  [value("process.argv"), "lint/style/noRestrictedGlobals"],
  [value("console"), "lint/style/noRestrictedGlobals"],
  [value("fetch"), "lint/style/noRestrictedGlobals"],
  [value("performance.now()"), "lint/style/noRestrictedGlobals"],
  [value("crypto.randomUUID()"), "lint/style/noRestrictedGlobals"],
  [value("globalThis"), "lint/style/noRestrictedGlobals"],
];

/** Files that take values and give values, at once. */
const synchronousFiles = [
  ...["articles/markdown", "channels/select", "feeds/formats", "plan", "plan/changes", "terminal"].map((folder) => `lambda/${folder}/*.ts`),
  ...["catalog-cache", "catalog-rows", "columns", "head", "part-rows", "state-keys", "tables"].map((name) => `lambda/state/${name}.ts`),
];

const refusedInSynchronous: readonly string[] = [
  "export async function planted() {}",
  "export const planted = async () => 1;",
  "export const planted = async function named() {};",
  "export const planted = {\n  async read() {\n    return 1;\n  },\n};",
  "export class planted {\n  static async read() {}\n}",
  "export async function* planted() {\n  yield 1;\n}",
  value("await read()"),
  "export function planted(read: () => Promise<number>): void {}",
  "export type planted = AsyncIterable<number>;",
  value("Promise.all([])"),
  value('import("./other.ts")'),
  value("Date.now()"),
  'import type { Store as planted } from "../../stores/store.ts";\nexport type Used_planted = planted;',
  'import type { Key, Store as planted } from "../../stores/store.ts";\nexport type Used_planted = [Key, planted];',
  'import { inParallel as planted } from "../../stores/parallel.ts";\nexport const used_planted = planted;',
];

const allowedInPure: readonly string[] = [
  sees("node:buffer"),
  sees("node:zlib"),
  'import { createHash } from "node:crypto";\nexport const planted = createHash("sha256");',
  "export const planted = (at: string) => new Date(at);",
  value('new Intl.DateTimeFormat("en-GB")'),
];

type Remark = { readonly file: string; readonly line: number; readonly rule: string; readonly severity: string };

const roots: string[] = [];
afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true, force: true });
});

/** Writes a plant under names of its own, after whatever its file holds already, and says in which lines it stands. */
function grow(
  root: string,
  { file, code }: Plant,
  number: number,
): { readonly file: string; readonly first: number; readonly last: number } {
  const name = file.replace("*", `p${number}`);
  const path = join(root, name);
  mkdirSync(dirname(path), { recursive: true });
  const first = existsSync(path) ? readFileSync(path, "utf8").split("\n").length : 1;
  const text = `${code.replaceAll("planted", `planted_${number}`)}\n`;
  appendFileSync(path, text);
  return { file: name, first, last: first + text.split("\n").length - 2 };
}

function lint(folder: string): Promise<readonly Remark[]> {
  const biome = join(project, "node_modules/@biomejs/biome/bin/biome");
  const flags = ["lint", "--reporter=json", "--max-diagnostics=none", "--colors=off"];
  type Said = {
    readonly category: string;
    readonly severity: string;
    readonly location: { readonly path: string; readonly start: { readonly line: number } };
  };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [biome, ...flags], { cwd: folder, maxBuffer: 64_000_000 }, (error, stdout, stderr) => {
      if (!stdout.startsWith("{")) return reject(error ?? new Error(`the linter said nothing: ${stderr}`));
      const { diagnostics } = JSON.parse(stdout) as { readonly diagnostics: readonly Said[] };
      resolve(
        diagnostics.map(({ category, severity, location }) => ({
          file: location.path,
          line: location.start.line,
          rule: category,
          severity,
        })),
      );
    });
  });
}

/** The rules that each plant breaks, in the order of the plants. */
async function brokenBy(plants: readonly Plant[]): Promise<readonly (readonly string[])[]> {
  const root = mkdtempSync(join(tmpdir(), "wireroom-walls-"));
  roots.push(root);
  for (const file of ["biome.json", "lint", "package.json", ".gitignore"])
    cpSync(join(project, file), join(root, file), { recursive: true });
  const beds = plants.map((plant, number) => grow(root, plant, number));
  const remarks = await lint(root);
  const unread = remarks.filter(({ rule }) => !rule.startsWith("lint/") && rule !== "plugin");
  if (unread.length > 0) throw new Error(`The linter could not read every plant: ${JSON.stringify(unread)}`);
  return beds.map(({ file, first, last }) =>
    remarks
      .filter((said) => said.severity === "error" && said.file === file && said.line >= first && said.line <= last)
      .map(({ rule }) => rule),
  );
}

const brief = (code: string): string => code.replaceAll(/\s+/g, " ").slice(0, 100);
const inEveryPureFile = (code: string): readonly Plant[] => pureFiles.map((file) => ({ file, code }));

describe("the linter refuses", () => {
  let broken: readonly (readonly string[])[];
  beforeAll(async () => {
    broken = await brokenBy([
      ...refused,
      ...refusedInPure.flatMap(([code]) => inEveryPureFile(code)),
      ...refusedInSynchronous.flatMap((code) => synchronousFiles.map((file) => ({ file, code }))),
    ]);
  });

  test.each(refusedInSynchronous.map((code, n) => [brief(code), n] as const))("in every synchronous file: %s", (_, n) => {
    const from = refused.length + refusedInPure.length * pureFiles.length + n * synchronousFiles.length;
    expect(synchronousFiles.filter((_file, k) => broken[from + k]?.includes("plugin"))).toEqual(synchronousFiles);
  });

  test.each(refused.map(({ file, code, rule }, n) => [file, brief(code), rule, n] as const))("in %s: %s (%s)", (_, __, rule, n) => {
    expect(broken[n]).toContain(rule);
  });

  test.each(refusedInPure.map(([code, rule], n) => [brief(code), rule, n] as const))("in every pure stage: %s (%s)", (_, rule, n) => {
    const from = refused.length + n * pureFiles.length;
    expect(pureFiles.filter((_file, k) => broken[from + k]?.includes(rule))).toEqual(pureFiles);
  });
});

describe("the linter allows", () => {
  let broken: readonly (readonly string[])[];
  beforeAll(async () => {
    broken = await brokenBy([...allowed.map(([file, code]) => ({ file, code })), ...allowedInPure.flatMap(inEveryPureFile)]);
  });

  test.each(allowed.map(([file, code], n) => [file, brief(code), n] as const))("in %s: %s", (_, __, n) => {
    expect(broken[n]).toEqual([]);
  });

  test.each(allowedInPure.map((code, n) => [brief(code), n] as const))("in every pure stage: %s", (_, n) => {
    const from = allowed.length + n * pureFiles.length;
    expect(broken.slice(from, from + pureFiles.length)).toEqual(pureFiles.map(() => []));
  });
});
