import type { Site } from "../../lambda/channels/site/site.ts";
import { parseSite } from "../../lambda/channels/site/site-file.ts";
import type { Announcement } from "../../lambda/plan/manifest/manifest.ts";
import { publish } from "../../lambda/run/pipeline.ts";
import type { Ports } from "../../lambda/run/ports.ts";
import type { Published } from "../../lambda/run/prepared.ts";
import { siteFrom } from "../../lambda/run/read/site-source.ts";
import type { Key, Store } from "../../lambda/stores/store.ts";
import { memoryStore } from "./stores/memory-store.ts";

/** A small newsroom in memory, with a clock that the test sets. */
export type Newsroom = {
  readonly content: Store;
  readonly target: Store;
  readonly state: Store;
  readonly announced: Announcement[];
  /** Publishes as of a moment; `ports` replaces individual ports. */
  readonly publish: (
    now: string,
    options?: { readonly site?: string; readonly allow?: readonly string[]; readonly ports?: Partial<Ports> },
  ) => Promise<Published>;
  readonly write: (key: Key, text: string) => Promise<void>;
  readonly remove: (key: Key) => Promise<void>;
  /** The published files, without their variants. */
  readonly files: () => Promise<Readonly<Record<Key, string>>>;
};

export const aSiteFile =
  "title: The Wire\nurl: https://wire.example/\npermalink: /{slug}/\nids: { authority: wire.example, since: 2026-01-01 }\nlanguages: [ru, en]\n";

/** `articles`: key -> text of the file. */
export async function aNewsroom(
  articles: Readonly<Record<Key, string>>,
  stores: Partial<Pick<Newsroom, "content" | "target" | "state">> = {},
): Promise<Newsroom> {
  const content = stores.content ?? memoryStore("content");
  const target = stores.target ?? memoryStore("target");
  const state = stores.state ?? memoryStore("state");
  const announced: Announcement[] = [];
  const write = async (key: Key, text: string) => void (await content.write(key, Buffer.from(text)));
  for (const [key, text] of Object.entries(articles)) await write(key, text);
  return {
    content,
    target,
    state,
    announced,
    write,
    remove: async (key) => void (await content.remove(key)),
    publish: async (now, options = {}) => {
      const own = options.site === undefined && (await content.find("site.yaml")) !== undefined;
      const site: Site = own ? await siteFrom({}, content) : parseSite(options.site ?? aSiteFile, "site.yaml");
      const moment = new Date(now).toISOString();
      const ports: Ports = {
        content,
        target,
        state,
        places: { content: "content", target: "target" },
        now: moment,
        program: "test",
        holder: `run of ${moment}`,
        tell: () => {},
        announcer: async (announcement) => void announced.push(announcement),
        elapsed: () => 0,
        ...options.ports,
      };
      return publish(ports, site, options.allow ?? []);
    },
    files: async () => {
      const keys = (await target.list()).map(({ key }) => key).filter((key) => !key.endsWith(".gz"));
      const texts = await Promise.all(
        keys.map(async (key) => [key, Buffer.from((await target.read(key))?.bytes ?? []).toString("utf8")] as const),
      );
      return Object.fromEntries(texts);
    },
  };
}

/** An article's file: YAML front matter and a body. */
export function aFile(
  fields: Readonly<Record<string, string | boolean>>,
  body = "A paragraph of some words, long enough to be one.",
): string {
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${typeof value === "string" ? JSON.stringify(value) : value}`);
  return `---\n${lines.join("\n")}\n---\n\n${body}\n`;
}

/** `count` dated articles, the newest first by name: `a-01.md` is dated 1 March 2026. */
export function someArticles(count: number): Readonly<Record<Key, string>> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const name = String(index + 1).padStart(2, "0");
      return [`a-${name}.md`, aFile({ title: `Article ${name}`, date: `2026-03-${name}T09:00:00Z` }, `The body of article ${name}.`)];
    }),
  );
}

/**
 * Articles of which each fits a feed, and not all of them: RSS writes each quotation mark of their summaries as eleven characters, so that a
 * feed within its limit is too long for the gate, and no entry is the cause.
 */
export const tooMuchForAFeed = (date = "2026-03-01T09:00:00Z"): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Array.from({ length: 120 }, (_, number) => [
      `much-${number}.md`,
      aFile({ title: `Much ${number}`, date, summary: '"'.repeat(4_900) }, "Text."),
    ]),
  );
