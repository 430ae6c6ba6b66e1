import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { run } from "../../lambda/operator/run.ts";
import { type Settings, settingsOf } from "../../lambda/settings.ts";
import { aFolder } from "./a-command.ts";

/** A newsroom in folders, as on an editor's machine; the test sets the clock. */
export async function aDesk(files: Readonly<Record<string, string | Uint8Array>>) {
  const folder = await aFolder();
  const content = join(folder.path, "content");
  const site = join(folder.path, "site");
  const write = async (key: string, text: string | Uint8Array) => {
    await mkdir(dirname(join(content, key)), { recursive: true });
    await writeFile(join(content, key), text);
  };
  for (const [key, text] of Object.entries(files)) await write(key, text);
  const settings = (now: string): Promise<Settings> => settingsOf({ content, to: site, now }, () => new Date());
  return {
    path: folder.path,
    write,
    remove: (key: string) => rm(join(content, key)),
    read: (key: string) => readFile(join(content, key), "utf8"),
    settings,
    publish: async (now: string, allow: readonly string[] = []) =>
      run({ command: "publish", allow, time: 60_000, tell: () => {} }, await settings(now)),
    /** The published files, without their variants. */
    published: async (): Promise<Readonly<Record<string, string>>> => {
      const names = (await readdir(site, { recursive: true, withFileTypes: true })).filter(
        (entry) => entry.isFile() && !entry.name.endsWith(".gz") && !entry.parentPath.includes("/."),
      );
      const pairs = names.map(async ({ parentPath, name }) => {
        const path = join(parentPath, name);
        return [path.slice(site.length + 1), await readFile(path, "utf8")] as const;
      });
      return Object.fromEntries(await Promise.all(pairs));
    },
    [Symbol.asyncDispose]: folder[Symbol.asyncDispose],
  };
}
