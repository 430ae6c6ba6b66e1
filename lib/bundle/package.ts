import { execFileSync } from "node:child_process";
import { copyFileSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build, type Metafile, type Plugin } from "esbuild";
import { bundle, inEveryModule, licencesFile, root } from "./bundling.ts";
import { licencesOf } from "./licences.ts";
import { parsersFile, parsersOf } from "./parsers.ts";

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

/** A file that a program starts by its address, as a thread: `new URL("./thread.ts", import.meta.url)`. */
const startedByAddress = /(?<=new URL\("\.\/[^"]+\.)ts(?=",\s*import\.meta\.url\))/g;

/** The files of lambda/ that are started by their addresses. They lie beside the file that starts them. */
export function threadsOf(sources: ReadonlyMap<string, string>): readonly string[] {
  return [...sources].flatMap(([file, text]) =>
    [...text.matchAll(/new URL\("\.\/([^"]+\.ts)",\s*import\.meta\.url\)/g)].map(([, name = ""]) => join(dirname(file), name)),
  );
}

/** All files of the command are in one folder, where a thread is a file of JavaScript beside the one that starts it. */
const addresses: Plugin = {
  name: "addresses",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]lambda[\\/].*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(startedByAddress, "js"),
      loader: "ts",
    }));
  },
};

/** The command, in chunks that load when they are needed. */
async function command(): Promise<Metafile> {
  const files = globSync("lambda/**/*.ts", { cwd: root }).sort();
  const threads = threadsOf(new Map(files.map((file) => [file, readFileSync(join(root, file), "utf8")])));
  const { metafile, warnings } = await build({
    ...inEveryModule,
    target: "node22",
    entryPoints: ["lambda/cli.ts", ...threads],
    outdir: join(dist, "lambda", "command"),
    entryNames: "[name]",
    plugins: [addresses],
  });
  if (warnings.length > 0) throw new Error(`The command does not bundle cleanly: ${warnings.map(({ text }) => text).join("; ")}`);
  return metafile;
}

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
  mkdirSync(join(dist, "lambda", "edge"), { recursive: true });
  copyFileSync(join(root, "lambda", "edge", "edge.js"), join(dist, "lambda", "edge", "edge.js"));
  writeFileSync(join(dist, "wireroom.js"), start, { mode: 0o755 });
  const folder = join(dist, "lambda", "function");
  mkdirSync(folder);
  bundle(folder);
  const [made, cdk] = [await command(), await construct()];
  writeFileSync(join(dist, "lambda", "command", parsersFile), JSON.stringify(parsersOf(made, root)));
  writeFileSync(join(dist, licencesFile), licencesOf({ ...made, outputs: { ...made.outputs, ...cdk.outputs } }, root));
}

if (import.meta.main) await makePackage();
