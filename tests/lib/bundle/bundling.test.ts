import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type BuildOptions, buildSync } from "esbuild";
import { afterAll, describe, expect, it } from "vitest";
import { bundle, handlerEntry } from "../../../lib/bundle/bundling.ts";
import { licencesOf, packagesIn } from "../../../lib/bundle/licences.ts";
import { root } from "../synthesis.ts";

const folder = mkdtempSync(join(tmpdir(), "wireroom-bundle-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A handler with a CommonJS package that loads one of Node's modules, as some packages of the SDK do. */
function aHandler(): string {
  mkdirSync(join(folder, "source"), { recursive: true });
  writeFileSync(join(folder, "source", "old.cjs"), 'module.exports = require("node:path").posix.join("a", "b");\n');
  const entry = join(folder, "source", "handler.ts");
  writeFileSync(
    entry,
    `import { S3Client } from ${JSON.stringify(join(root, "node_modules", "@aws-sdk", "client-s3"))};
import joined from "./old.cjs";
export class KeyRefused extends Error {}
export const handler = async (): Promise<string> => [joined, KeyRefused.name, typeof new S3Client({ region: "eu-central-1" }).send].join();
`,
  );
  return entry;
}

const entry = aHandler();

/** The code of a bundle, all files in one text. */
const codeIn = (at: string): string =>
  readdirSync(at)
    .filter((name) => name.endsWith(".mjs"))
    .map((name) => readFileSync(join(at, name), "utf8"))
    .join("\n");

it("makes ES modules with the SDK in them, runs old packages, and keeps the names of errors", async () => {
  mkdirSync(join(folder, "out"));
  writeFileSync(join(folder, "out", "old-ABCD1234.mjs"), "left by an older bundle");
  const file = bundle(join(folder, "out"), entry);
  expect(readdirSync(join(folder, "out")).filter((name) => !/^[\w-]+-[A-Z0-9]{8}\.mjs$/.test(name))).toEqual([
    "THIRD-PARTY-LICENSES.txt",
    "fingerprints.json",
    "handler.mjs",
  ]);
  expect(existsSync(join(folder, "out", "old-ABCD1234.mjs"))).toBe(false);
  const { handler } = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as { handler: () => Promise<string> };
  expect(await handler()).toBe("a/b,KeyRefused,function");
  const imported = [...codeIn(join(folder, "out")).matchAll(/\bfrom\s*"([^"]+)"/g)].map((match) => match[1]);
  expect(imported.filter((specifier) => specifier?.startsWith("@") === true)).toEqual([]);
  // An import of it would load all that fetch needs.
  expect(codeIn(join(folder, "out"))).not.toMatch(/(?:\bfrom|import\()\s*"(?:node:)?http"/);
});

it("makes the same bytes in any folder, without a path of the machine", () => {
  const here = codeIn(dirname(bundle(join(folder, "here"), entry)));
  expect(codeIn(dirname(bundle(join(folder, "there", "deep"), entry)))).toBe(here);
  expect(here).not.toContain(root);
  expect(here).not.toContain(folder);
});

it("has the fingerprint of its code: the same for the same bytes, another for an edit", () => {
  const source = join(folder, "source", "edited.ts");
  const programOf = (name: string, words: string): string => {
    writeFileSync(source, `export const handler = () => "${words}";\n`);
    const made = readFileSync(join(dirname(bundle(join(folder, name), source)), "fingerprints.json"), "utf8");
    return (JSON.parse(made) as { readonly program: string }).program;
  };
  const first = programOf("one", "a");
  expect(programOf("two", "a")).toBe(first);
  expect(programOf("three", "b")).not.toBe(first);
});

it("leaves no bundle if an import has no target", () => {
  const broken = join(folder, "source", "broken.ts");
  writeFileSync(join(folder, "source", "empty.ts"), "");
  writeFileSync(broken, 'import { gone } from "./empty.ts";\nexport const handler = () => gone();\n');
  expect(() => bundle(join(folder, "broken"), broken)).toThrow('Import "gone" will always be undefined');
  expect(existsSync(join(folder, "broken", "handler.mjs"))).toBe(false);
});

describe("the function's own bundle", () => {
  const file = bundle(join(folder, "function"));
  const text = codeIn(dirname(file));

  it("is at most 2 MB, and what it loads before the first event at most 600 KB", () => {
    expect(Buffer.byteLength(text)).toBeLessThan(2_000_000);
    const loaded = new Set(["handler.mjs"]);
    // A set also gives what is added on the way.
    for (const name of loaded)
      for (const [, still] of readFileSync(join(dirname(file), name), "utf8").matchAll(/(?:\bfrom|\bimport)\s*"\.\/([^"]+)"/g))
        loaded.add(still ?? "");
    const early = [...loaded].map((name) => readFileSync(join(dirname(file), name), "utf8")).join("\n");
    expect(Buffer.byteLength(early)).toBeLessThan(600_000);
    const libraries = ["ListObjectsV2Command", "linkify", "unclosed tag", "blockquote"];
    expect(libraries.filter((mark) => text.includes(mark))).toEqual(libraries);
    expect(libraries.filter((mark) => early.includes(mark))).toEqual([]);
  });

  it("takes credentials from the environment, as Lambda gives them, and can neither start a program nor sign anybody in", () => {
    expect(text).not.toMatch(/child_process/);
    for (const provider of ["process", "ini", "sso", "login", "web-identity", "http"])
      expect(text).not.toContain(`credential-provider-${provider}`);
    expect(text).not.toMatch(/sso-oidc|GetRoleCredentials|AssumeRoleWithWebIdentity|credential_process/);
    expect(text).toContain("AWS_SESSION_TOKEN");
  });

  it("has the licence of each package in it", () => {
    const beside = readFileSync(join(dirname(file), "THIRD-PARTY-LICENSES.txt"), "utf8");
    // Bundled once more, to inspect its content.
    const alias = { "@aws-sdk/credential-provider-node": join(root, "lib", "bundle", "environment-credentials.ts") };
    const words: BuildOptions = {
      entryPoints: [handlerEntry],
      absWorkingDir: root,
      outfile: "x.mjs",
      format: "esm",
      platform: "node",
      alias,
    };
    const { metafile } = buildSync({ ...words, bundle: true, write: false, metafile: true, minify: true, mainFields: ["module", "main"] });
    const packages = metafile === undefined ? [] : packagesIn(metafile);
    expect(packages.length).toBeGreaterThan(30);
    // Only the command imports feeds.
    expect(packages.filter((path) => path.endsWith("/feedsmith"))).toEqual([]);
    const missing = packages.filter((path) => {
      const { name, version } = JSON.parse(readFileSync(join(root, path, "package.json"), "utf8")) as { name: string; version: string };
      return !beside.includes(`${name} ${version} (`);
    });
    expect(missing).toEqual([]);
    for (const words of ["Apache License", "Permission is hereby granted, free of charge", "Colin McDonnell", "Louis-Dominique Dubeau"])
      expect(beside).toContain(words);
    expect(beside).not.toContain(root);
  });
});

it("makes no bundle with a package whose licence is unknown", () => {
  const package_ = join(folder, "source", "node_modules", "nameless");
  mkdirSync(package_, { recursive: true });
  writeFileSync(join(package_, "package.json"), '{"name":"nameless","version":"1.0.0","main":"index.js","license":"Odd-1.0"}');
  writeFileSync(join(package_, "index.js"), "export const odd = 1;");
  const made = buildSync({
    stdin: { contents: 'import { odd } from "nameless"; console.log(odd);', resolveDir: join(folder, "source") },
    absWorkingDir: join(folder, "source"),
    bundle: true,
    write: false,
    metafile: true,
    outfile: "x.js",
  });
  expect(() => licencesOf(made.metafile, join(folder, "source"))).toThrow(
    'nameless 1.0.0 (Odd-1.0) does not include its licence. Put the text of "Odd-1.0"',
  );
});
