import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { builtCommand } from "./built-command.ts";

export type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** The command of a clone, which Node runs as it is written. */
export const sourceCommand = resolve(import.meta.dirname, "../../lambda/cli.ts");

type Options = {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly unread?: boolean;
  readonly file?: string;
};

/**
 * Runs `wireroom …` in a folder, in a separate process, as a person would. `unread`: nobody reads its output, as with `| true`. `file`: which
 * command it is; by default the package's.
 */
export async function wireroom(words: readonly string[], options: Options = {}): Promise<Ended> {
  const cli = options.file ?? (await builtCommand());
  return new Promise((ended, failed) => {
    const child = spawn(process.execPath, [cli, ...words], {
      cwd: options.cwd ?? process.cwd(),
      env: { ...process.env, ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const out = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text: string) => {
        out[name] += text;
      });
    }
    if (options.unread === true) child.stdout.destroy();
    child.once("error", failed).once("close", (code) => ended({ code, ...out }));
  });
}

/** An empty folder that is removed when the test ends. */
export async function aFolder(): Promise<{ readonly path: string; readonly [Symbol.asyncDispose]: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "wireroom-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** Every file below a folder with its modification time, to show that nothing was touched. */
export async function touched(folder: string): Promise<Readonly<Record<string, string>>> {
  const names = (await readdir(folder, { recursive: true })).sort();
  const entries = await Promise.all(names.map(async (name) => [name, await stat(join(folder, name), { bigint: true })] as const));
  return Object.fromEntries(entries.filter(([, found]) => found.isFile()).map(([name, found]) => [name, `${found.ino} ${found.mtimeNs}`]));
}
