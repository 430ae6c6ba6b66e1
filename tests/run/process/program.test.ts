import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { type Fingerprints, fingerprintsOf } from "../../../lambda/run/process/program.ts";
import { ownCode } from "../../../lambda/settings.ts";
import { aFolder } from "../../support/a-command.ts";

const program = {
  "articles/parse-head.ts": 'import type { Far } from "../run/far.ts";\nimport {\n  a,\n  type B,\n} from "./title/a.ts";\n',
  "articles/title/a.ts": 'export { b } from "./b.ts";\n',
  "articles/title/b.ts": 'import yaml from "yaml";\n',
  "articles/parse-body.ts": 'import { a } from "./title/a.ts";\nimport { c } from "./html/c.ts";\n',
  "articles/html/c.ts": "",
  "channels/catalog/ledger/record.ts": "",
  "run/far.ts": "",
};
const lock = (yaml: string, far: string) =>
  JSON.stringify({
    packages: {
      "node_modules/yaml": { version: "1", dependencies: { deep: "1" } },
      "node_modules/deep": { version: yaml },
      "node_modules/far": { version: far },
    },
  });

async function fingerprintsWith(edits: Readonly<Record<string, string>>): Promise<Fingerprints> {
  await using folder = await aFolder();
  const files = { "../package-lock.json": lock("1", "1"), ...program, ...edits };
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder.path, "lambda", name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  return await fingerprintsOf(join(folder.path, "lambda"));
}

test.each([
  ["what neither imports changes the program alone", { "run/far.ts": "// edited" }, [true, false, false]],
  ["another package changes the program alone", { "../package-lock.json": lock("1", "2") }, [true, false, false]],
  ["what only bodies need", { "articles/html/c.ts": "// edited" }, [true, false, true]],
  ["what both need, through another file", { "articles/title/b.ts": "// edited" }, [true, true, true]],
  ["a package that a package of both needs", { "../package-lock.json": lock("2", "1") }, [true, true, true]],
  ["the record of a source", { "channels/catalog/ledger/record.ts": "// edited" }, [true, true, true]],
])("%s", async (_, edits, differ) => {
  const [before, after] = [await fingerprintsWith({}), await fingerprintsWith(edits)];
  expect([
    before.program !== after.program,
    before.parsers.heads !== after.parsers.heads,
    before.parsers.bodies !== after.parsers.bodies,
  ]).toEqual(differ);
});

test("a bundle has the fingerprints that its build left", async () => {
  const built = { program: "built", parsers: { heads: "of the build", bodies: "of the build, too" } };
  expect(await fingerprintsWith({ "fingerprints.json": JSON.stringify(built) })).toEqual(built);
});

test("the code that reads heads is not all of the code that makes bodies", async () => {
  const { parsers, program: whole } = await fingerprintsOf(ownCode);
  expect(new Set([parsers.heads, parsers.bodies, whole]).size).toBe(3);
});
