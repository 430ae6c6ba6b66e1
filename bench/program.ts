import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * The command as people install it, in a folder, where it can become another program. From its sources it takes 30 MB more, in which Node strips
 * their types.
 */
export function copyProgram(folder: string): {
  readonly cli: string;
  readonly becomeAnother: () => void;
  readonly parseOtherwise: () => void;
} {
  execFileSync(process.execPath, [join("lib", "bundle", "package.ts")], { cwd: root, stdio: "ignore" });
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, "dist"), join(folder, "dist"), { recursive: true });
  copyFileSync(join(root, "package.json"), join(folder, "package.json"));
  const command = join(folder, "dist", "lambda", "command");
  const fingerprints = join(command, "fingerprints.json");
  const become = (what: object) =>
    writeFileSync(fingerprints, JSON.stringify({ ...JSON.parse(readFileSync(fingerprints, "utf8")), ...what }));
  const becomeAnother = () => become({ program: randomUUID() });
  return {
    cli: join(folder, "dist", "wireroom.js"),
    // It renders everything again. An update seldom changes how articles are read, which has a fingerprint of its own.
    becomeAnother,
    // It reads every head and makes every shown body again, too.
    parseOtherwise: () => become({ program: randomUUID(), parsers: { heads: "other", bodies: "other" } }),
  };
}
