import { appendFileSync, copyFileSync, cpSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** A copy of the program that can become another one. Returns its command. */
export function copyProgram(folder: string): { readonly cli: string; readonly becomeAnother: () => void } {
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, "lambda"), join(folder, "lambda"), { recursive: true });
  for (const name of ["package.json", "package-lock.json"]) copyFileSync(join(root, name), join(folder, name));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  return {
    cli: join(folder, "lambda", "cli.ts"),
    // A file of the rooms that read articles and of those that render: all that a program has made is made again.
    becomeAnother: () => {
      for (const file of ["articles/parse.ts", "feeds/formats/formats.ts"])
        appendFileSync(join(folder, "lambda", file), "// Another program.\n");
    },
  };
}
