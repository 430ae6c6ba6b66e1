import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, type Metafile } from "esbuild";
import { bundle, inEveryModule, licencesFile, root } from "./bundling.ts";
import { bundleCommand } from "./command.ts";
import { licencesOf } from "./licences.ts";

// `npm pack` runs this first (prepack): it makes dist/, which is the package. Node strips no types below node_modules, so the package
// holds JavaScript, with every library in it. The folders of dist/ lie to each other as those of the sources do, so that a path from
// one file to another is right in both.

const dist = join(root, "dist");

/** The package's command. It looks at Node before it loads anything newer than its own syntax. */
const start = `#!/usr/bin/env node
const [major, minor] = process.versions.node.split(".").map(Number);
if (major >= 24 || (major === 22 && minor >= 22)) import("./lambda/command/cli.js");
else {
  const message = "wireroom needs Node 22.22, 24 or newer, and this is Node " + process.versions.node + ".";
  console.error(message);
  if (process.argv.includes("--json")) console.log(JSON.stringify({ outcome: "failed", exitCode: 2, error: { kind: "usage", message } }, undefined, 2));
  process.exitCode = 2;
}
`;

/** The construct, and its types as tsc writes them. CDK is the user's own. */
async function construct(): Promise<Metafile> {
  const folder = join(dist, "lib");
  const { metafile } = await build({
    ...inEveryModule,
    target: "node22",
    entryPoints: ["lib/wireroom.ts"],
    outdir: folder,
    external: ["aws-cdk-lib", "constructs"],
  });
  const types = join(dist, "types");
  mkdirSync(types);
  const compilerOptions = { noEmit: false, declaration: true, emitDeclarationOnly: true, rootDir: "../..", outDir: "." };
  const settings = { extends: "../../tsconfig.json", compilerOptions, files: ["../../lib/wireroom.ts"], include: [] };
  writeFileSync(join(types, "tsconfig.json"), JSON.stringify(settings));
  execFileSync("npx", ["tsc", "--project", types], { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  for (const name of ["wireroom.d.ts", "properties.d.ts"])
    writeFileSync(join(folder, name), readFileSync(join(types, "lib", name), "utf8").replaceAll('.ts";', '.js";'));
  rmSync(types, { recursive: true });
  return metafile;
}

async function makePackage(): Promise<void> {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist);
  writeFileSync(join(dist, "wireroom.js"), start, { mode: 0o755 });
  const [made, cdk] = [await bundleCommand(dist), await construct()];
  const folder = join(dist, "lambda", "function");
  mkdirSync(folder);
  bundle(folder);
  writeFileSync(join(dist, licencesFile), licencesOf({ ...made, outputs: { ...made.outputs, ...cdk.outputs } }, root));
}

if (import.meta.main) await makePackage();
