import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type BuildOptions, buildSync } from "esbuild";
import { bundleFingerprints, fingerprintsFile } from "./fingerprints.ts";
import { licencesOf } from "./licences.ts";

/** The top of the project, from which imports and their packages are resolved. */
export const root = join(import.meta.dirname, "..", "..");

/** The function's source. Lambda calls its export `handler`. */
export const handlerEntry = join(root, "lambda", "handler.ts");

/** The file of the bundle that Lambda loads; `.mjs` because Lambda takes `.js` without a package.json for CommonJS. */
export const bundleFile = "handler.mjs";

/** The licences of the bundled packages, in the same folder. */
export const licencesFile = "THIRD-PARTY-LICENSES.txt";

/** How every program is bundled: ES modules with every package in them. */
export const inEveryModule = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  format: "esm",
  chunkNames: "[name]-[hash]",
  splitting: true,
  minify: true,
  // Minified class names would become the names of errors in the log.
  keepNames: true,
  charset: "utf8",
  // They are in full beside the bundle.
  legalComments: "none",
  metafile: true,
  mainFields: ["module", "main"],
  alias: { "node:http": join(import.meta.dirname, "node-http.ts") },
  // Packages in CommonJS load Node's modules with `require`, which an ES module does not have. One that is not there is an error, as some expect.
  banner: {
    js: 'const require=name=>{const found=process.getBuiltinModule(name);if(found===undefined)throw new Error("Cannot find module "+name);return found};',
  },
  logLevel: "error",
} as const satisfies BuildOptions;

/**
 * How the function is bundled: including the SDK, so that exactly the tested code runs. Lambda's own copy of the SDK changes without
 * notice and takes longer to load. What is imported later is in files of its own, because Node compiles a file whole: a run that finds
 * nothing to do never loads the libraries for Markdown, HTML and XML.
 */
function bundleOptions(entry: string, folder: string) {
  return {
    ...inEveryModule,
    entryPoints: [{ in: entry, out: "handler" }],
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    target: "node24",
    alias: { ...inEveryModule.alias, "@aws-sdk/credential-provider-node": join(import.meta.dirname, "environment-credentials.ts") },
  } satisfies BuildOptions;
}

/**
 * Bundles the function into `folder`, after removing an older bundle from it, and returns the path of the file. A warning is an
 * error: an import without a target, for example, would otherwise become a fault at night.
 */
export function bundle(folder: string, entry: string = handlerEntry): string {
  const file = join(folder, bundleFile);
  clear(folder);
  const { warnings, metafile } = buildSync(bundleOptions(entry, folder));
  if (warnings.length > 0) {
    clear(folder);
    throw new Error(`The function does not bundle cleanly: ${warnings.map(({ text }) => text).join("; ")}`);
  }
  writeFileSync(join(folder, licencesFile), licencesOf(metafile, root));
  writeFileSync(join(folder, fingerprintsFile), JSON.stringify(bundleFingerprints(metafile, root)));
  return file;
}

function clear(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder))
    if (name.endsWith(".mjs") || name === licencesFile || name === fingerprintsFile) rmSync(join(folder, name));
}
