import { open, readFile, stat } from "node:fs/promises";
import { Fault } from "../../fault.ts";
import type { Client } from "../web/ask.ts";
import { feedText } from "../web/feed-text.ts";
import { type FetchFeed, followFeed } from "./feed/follow.ts";
import { readFeedPage } from "./feed/read-feed.ts";
import { readGhost } from "./ghost/ghost.ts";
import { importAgent } from "./media.ts";
import type { ImportSource, TellProgress } from "./model/imported.ts";
import { readWordpress } from "./wordpress/wordpress.ts";

/** The largest files that are read whole, in bytes. A WordPress export is a stream and has no limit. */
const largest = { feed: 50_000_000, ghost: 250_000_000 } as const;

/** How much of a file shows what it is, in bytes. */
const beginning = 65_536;

/**
 * Opens what people name: the address of a feed, a feed's file, a Ghost export, or the files of a WordPress export. `siteUrl`: the site's
 * address, for a source that does not name it.
 * @throws Fault (usage) if it is none of these; nothing was written then.
 */
export async function openSource(names: readonly string[], client: Client, tell: TellProgress, siteUrl?: string): Promise<ImportSource> {
  const [name, ...others] = names as readonly [string, ...string[]];
  const kinds = await Promise.all(names.map(kindOf));
  if (kinds.every((kind) => kind === "wordpress")) return readWordpress(names, tell);
  if (others.length > 0) {
    const odd = names[kinds.findIndex((kind) => kind !== "wordpress")];
    throw refused(`${odd} is no part of a WordPress export. Several sources must be the parts of one. Import others one by one`);
  }
  if (kinds[0] === "ghost") return readGhost(await wholeFile(name, largest.ghost), name, siteUrl);
  const fetchFeed = fetcher(client, tell);
  const got = kinds[0] === "web" ? await fetchFeed(new URL(name).href) : await feedFile(name);
  if ("why" in got) throw refused(`${name} cannot be read: ${got.why}`);
  const page = readFeedPage(got.text, got.url);
  if (page.kind === "none")
    throw refused(`${name} is not a source that can be imported. ${page.why} Name a feed, a WordPress export or a Ghost export`);
  return followFeed({ page, at: got.url }, fetchFeed);
}

async function kindOf(name: string): Promise<"web" | "wordpress" | "ghost" | "feed"> {
  if (/^https?:\/\//i.test(name)) {
    if (!URL.canParse(name)) throw refused(`${name} is not a web address. Write https://news.example/feed/`);
    return "web";
  }
  const start = await startOf(name);
  if (start.startsWith("PK\u0003\u0004")) throw refused(`${name} is a ZIP archive. Unpack it, and name the file in it`);
  if (/xmlns:\w+=["']https?:\/\/wordpress\.org\/export\//.test(start)) return "wordpress";
  const isJson = start.trimStart().startsWith("{");
  return isJson && !/"version"\s*:\s*"https?:\\?\/\\?\/jsonfeed\.org/.test(start) ? "ghost" : "feed";
}

async function startOf(name: string): Promise<string> {
  try {
    await using file = await open(name);
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(beginning), position: 0 });
    return feedText(buffer.subarray(0, bytesRead)).replace(/^\uFEFF/, "");
  } catch (cause) {
    throw new Fault(`${name} cannot be read. Name a file, or the address of a feed that begins with https://. Nothing was written.`, {
      kind: "usage",
      cause,
    });
  }
}

async function feedFile(name: string): Promise<{ readonly text: string; readonly url: string }> {
  return { text: feedText(await wholeFile(name, largest.feed)), url: name };
}

async function wholeFile(name: string, limit: number): Promise<Uint8Array> {
  const { size } = await stat(name);
  if (size > limit) throw refused(`${name} has ${Math.ceil(size / 1_000_000)} MB; a file of this kind may have ${limit / 1_000_000} MB`);
  return readFile(name);
}

/** Fetches documents of a feed with a polite client. */
function fetcher(client: Client, tell: TellProgress): FetchFeed {
  return async (url) => {
    tell({ kind: "stage", stage: "fetch", done: client.asked() + 1 });
    const asked = await client.ask(url, { agent: importAgent });
    if (asked.kind === "failed") return { why: `${asked.why}.` };
    const { last } = asked;
    if (last.unreadable !== undefined) return { why: `${last.unreadable}.` };
    if (last.status !== 200) return { why: `the server answers ${last.status}.` };
    return { text: feedText(last.body, last.headers["content-type"]), url: last.url };
  };
}

function refused(message: string): Fault {
  return new Fault(`${message.replace(/\.$/, "")}. Nothing was written.`, { kind: "usage" });
}
