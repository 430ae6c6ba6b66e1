import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const root = join(import.meta.dirname, "../..");
const builds = join(root, "node_modules", ".cache", "command");
/** All that decides what a build holds. */
const sources = ["lambda/**/*.{ts,js}", "lib/bundle/*.ts", "package.json", "package-lock.json", "tsconfig.json"];
const day = 86_400_000;

/** The command as the package has it, which starts faster than its sources. It is built once for each state of the sources. */
export async function builtCommand(): Promise<string> {
  const hash = createHash("sha256");
  for (const file of globSync(sources, { cwd: root }).sort()) hash.update(file).update(readFileSync(join(root, file)));
  const build = join(builds, hash.digest("hex").slice(0, 32));
  while (!existsSync(build)) await (locked(`${build}.lock`) ? makeBuild(build) : sleep(50));
  return join(build, "lambda", "command", "cli.js");
}

/** Whether this thread has the lock now. Takes away the lock of a process that has ended. */
function locked(lock: string): boolean {
  mkdirSync(builds, { recursive: true });
  try {
    writeFileSync(lock, `${process.pid}`, { flag: "wx" });
    return true;
  } catch {
    try {
      process.kill(Number(readFileSync(lock, "utf8")), 0);
    } catch {
      rmSync(lock, { force: true });
    }
    return false;
  }
}

async function makeBuild(build: string): Promise<void> {
  try {
    if (existsSync(build)) return;
    for (const path of globSync("*", { cwd: builds }).map((name) => join(builds, name)))
      if (Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > day) rmSync(path, { recursive: true, force: true });
    const { bundleCommand } = await import("../../lib/bundle/command.ts");
    const folder = `${build}.${process.pid}`;
    await bundleCommand(folder);
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
    renameSync(folder, build);
  } finally {
    rmSync(`${build}.lock`, { force: true });
  }
}
