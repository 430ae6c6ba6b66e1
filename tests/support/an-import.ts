import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ImportOrder, importFrom } from "../../lambda/operator/import/import.ts";
import type { ImportReport } from "../../lambda/reports/imported.ts";
import { workHere } from "../../lambda/run/threads/work.ts";
import { folderStore } from "../../lambda/stores/folder/folder.ts";
import type { Key, Store } from "../../lambda/stores/store.ts";

/** A folder of the test's own with sources and, in `content`, what is made of them. */
export function anImport(sources: Readonly<Record<string, string | Uint8Array>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "wireroom-test-import-"));
  for (const [name, text] of Object.entries(sources)) writeFileSync(join(folder, name), text);
  const content: Store = folderStore(join(folder, "content"));
  return {
    folder,
    content,
    run: (names: readonly string[], options: Partial<ImportOrder> = {}): Promise<ImportReport> =>
      importFrom(
        {
          sources: names.map((name) => (/^https?:/.test(name) ? name : join(folder, name))),
          now: new Date("2026-11-28T12:00:00Z"),
          workers: workHere,
          pause: 0,
          ...options,
        },
        content,
      ),
    files: async (): Promise<Readonly<Record<Key, string>>> => {
      const keys = (await content.list()).map(({ key }) => key);
      const texts = await Promise.all(
        keys.map(async (key) => [key, Buffer.from((await content.read(key))?.bytes ?? []).toString("utf8")] as const),
      );
      return Object.fromEntries(texts);
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
