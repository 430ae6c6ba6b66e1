import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type BuildOptions, buildSync } from "esbuild";
import { licencesOf } from "./licences.ts";

/** The top of the project, from where imports and the packages they name are found. */
const root = join(import.meta.dirname, "..");

/** The function's source. Its export `handler` is what Lambda calls. */
export const handlerEntry = join(root, "lambda", "handler.ts");

/** The one file of the bundle; `.mjs` because Lambda would take `.js` without a package.json for CommonJS. */
export const bundleFile = "handler.mjs";

/** Beside it: the licences of what is in it. */
const licencesFile = "THIRD-PARTY-LICENSES.txt";

/**
 * How the function is bundled: one ESM file with every package in it, the SDK too, so that what was tested is what runs. Lambda's own
 * copy of the SDK changes without notice and takes longer to load.
 */
function bundleOptions(entry: string, folder: string) {
  return {
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: join(folder, bundleFile),
    bundle: true,
    platform: "node",
    target: "node24",
    format: "esm",
    minify: true,
    // Minified class names would be the names of errors in the log.
    keepNames: true,
    charset: "utf8",
    // They stand beside the bundle, whole.
    legalComments: "none",
    metafile: true,
    alias: { "@aws-sdk/credential-provider-node": join(import.meta.dirname, "environment-credentials.ts") },
    mainFields: ["module", "main"],
    // Packages in CommonJS ask for Node's own modules with `require`, which an ES module does not have.
    banner: { js: 'import{createRequire as wireroomRequire}from"node:module";const require=wireroomRequire(import.meta.url);' },
    logLevel: "error",
  } satisfies BuildOptions;
}

/**
 * Bundles the function into `folder`, which is emptied first of an older bundle, and gives the path of the file. A warning is an
 * error: that an import names nothing, say, would otherwise show as a fault at night.
 */
export function bundle(folder: string, entry: string = handlerEntry): string {
  const file = join(folder, bundleFile);
  const licences = join(folder, licencesFile);
  for (const old of [file, licences]) rmSync(old, { force: true });
  const { warnings, metafile } = buildSync(bundleOptions(entry, folder));
  if (warnings.length > 0) {
    rmSync(file, { force: true });
    throw new Error(`The function does not bundle cleanly: ${warnings.map(({ text }) => text).join("; ")}`);
  }
  writeFileSync(licences, licencesOf(metafile, root));
  return file;
}
