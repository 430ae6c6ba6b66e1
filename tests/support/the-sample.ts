import { resolve } from "node:path";
import { folderStore } from "../../lambda/stores/folder/folder.ts";
import type { Key } from "../../lambda/stores/store.ts";
import { aNewsroom, type Newsroom } from "./a-newsroom.ts";
import { memoryStore } from "./stores/memory-store.ts";

/** In place of the sample's own partner. */
const partners = `news: { name: The Saxaul Wire }
partners:
  - { name: plain, profile: generic, channel: all, settings: { hours: 0 } }
  - { name: wire, profile: ninjs, channel: all, changes: true, settings: { hours: 0 } }
  - { name: agency, profile: newsml-g2, channel: all, changes: true, settings: { hours: 0 } }
`;

/** The whole sample newsroom in memory, with monthly archives, a sitemap of news, and partners of three dialects unless `served` is false. */
export async function theSample(served = true): Promise<Newsroom> {
  const content = memoryStore("content");
  const folder = folderStore(resolve(import.meta.dirname, "../../content"));
  for (const { key } of await folder.list()) await content.write(key, (await folder.read(key))?.bytes ?? new Uint8Array());
  const newsroom = await aNewsroom({}, { content });
  const site = (await textOf(newsroom, "site.yaml"))
    .replace(/^ {2}- name: all$/m, "$&\n    limit: 10\n    archive: monthly")
    .replace(/^partners:\n(?: .*\n)+/m, served ? partners : "");
  await newsroom.write("site.yaml", site);
  return newsroom;
}

export async function textOf({ content }: Pick<Newsroom, "content">, key: Key): Promise<string> {
  return Buffer.from((await content.read(key))?.bytes ?? []).toString("utf8");
}

type Shown = { readonly id: string; readonly published: string; readonly updated: string };

/** What readers know each article by, by its title: from the windows and archives of all feeds. */
export function shownIn(files: Readonly<Record<Key, string>>): ReadonlyMap<string, Shown> {
  const found = new Map<string, Shown>();
  for (const [, text] of Object.entries(files).filter(([key]) => key.endsWith("feed.json"))) {
    const { items } = JSON.parse(text) as {
      readonly items: readonly Record<"id" | "title" | "date_published" | "date_modified", string>[];
    };
    for (const { id, title, date_published: published, date_modified: updated } of items) {
      const before = found.get(title);
      if (before !== undefined && (before.id !== id || before.published !== published)) throw new Error(`two articles are titled ${title}`);
      if (before === undefined || before.updated < updated) found.set(title, { id, published, updated });
    }
  }
  return found;
}
