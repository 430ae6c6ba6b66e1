import { execFileSync } from "node:child_process";
import { appendFileSync, copyFileSync, cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * The command as people install it, in a folder, where it can become another program. From its sources it takes 30 MB more, in which Node strips
 * their types.
 */
export function copyProgram(folder: string): { readonly cli: string; readonly becomeAnother: () => void } {
  execFileSync(process.execPath, [join("lib", "bundle", "package.ts")], { cwd: root, stdio: "ignore" });
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, "dist"), join(folder, "dist"), { recursive: true });
  copyFileSync(join(root, "package.json"), join(folder, "package.json"));
  return {
    cli: join(folder, "dist", "wireroom.js"),
    // It renders everything again. An update seldom changes how articles are read, which has a fingerprint of its own.
    becomeAnother: () => appendFileSync(join(folder, "dist", "lambda", "command", "cli.js"), "// Another program.\n"),
  };
}
