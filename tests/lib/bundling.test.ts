import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, it } from "vitest";
import { bundle } from "../../lib/bundling.ts";
import { root } from "./synthesis.ts";

const folder = mkdtempSync(join(tmpdir(), "wireroom-bundle-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A handler beside a package in CommonJS that asks for a module of Node's, as some of the SDK's do. */
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

it("makes one ES module that holds the SDK, runs old packages, and keeps the names of errors", async () => {
  const file = bundle(join(folder, "out"), entry);
  expect(readdirSync(join(folder, "out"))).toEqual(["handler.mjs"]);
  const { handler } = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as { handler: () => Promise<string> };
  expect(await handler()).toBe("a/b,KeyRefused,function");
  const imported = [...readFileSync(file, "utf8").matchAll(/\bfrom\s*"([^"]+)"/g)].map((match) => match[1]);
  expect(imported.filter((specifier) => specifier?.startsWith("@") === true)).toEqual([]);
});

it("is the same bytes wherever it is written, with no path of the machine in them", () => {
  const here = readFileSync(bundle(join(folder, "here"), entry), "utf8");
  expect(readFileSync(bundle(join(folder, "there", "deep"), entry), "utf8")).toBe(here);
  expect(here).not.toContain(root);
  expect(here).not.toContain(folder);
});

it("leaves no bundle where an import names nothing", () => {
  const broken = join(folder, "source", "broken.ts");
  writeFileSync(join(folder, "source", "empty.ts"), "");
  writeFileSync(broken, 'import { gone } from "./empty.ts";\nexport const handler = () => gone();\n');
  expect(() => bundle(join(folder, "broken"), broken)).toThrow('Import "gone" will always be undefined');
  expect(existsSync(join(folder, "broken", "handler.mjs"))).toBe(false);
});
