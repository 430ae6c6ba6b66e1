import { copyFileSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build, type Metafile, type Plugin } from "esbuild";
import { inEveryModule, root } from "./bundling.ts";
import { bundleFingerprints, fingerprintsFile } from "./fingerprints.ts";

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

/**
 * Bundles the command into `folder`/lambda/command, in chunks that load when they are needed, with the edge function beside it, which
 * preview runs. Returns what went in.
 */
export async function bundleCommand(folder: string): Promise<Metafile> {
  const files = globSync("lambda/**/*.ts", { cwd: root }).sort();
  const threads = threadsOf(new Map(files.map((file) => [file, readFileSync(join(root, file), "utf8")])));
  const outdir = join(folder, "lambda", "command");
  const { metafile, warnings } = await build({
    ...inEveryModule,
    target: "node22",
    entryPoints: ["lambda/cli.ts", ...threads],
    outdir,
    entryNames: "[name]",
    plugins: [addresses],
  });
  if (warnings.length > 0) throw new Error(`The command does not bundle cleanly: ${warnings.map(({ text }) => text).join("; ")}`);
  writeFileSync(join(outdir, fingerprintsFile), JSON.stringify(bundleFingerprints(metafile, root)));
  mkdirSync(join(folder, "lambda", "edge"), { recursive: true });
  copyFileSync(join(root, "lambda", "edge", "edge.js"), join(folder, "lambda", "edge", "edge.js"));
  return metafile;
}
