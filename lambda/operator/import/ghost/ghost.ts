import { omitUndefined } from "../../../articles/model/json-value.ts";
import { Fault } from "../../../fault.ts";
import type { NotTaken } from "../../../reports/imported.ts";
import { customaryFeeds } from "../feed/customary-feeds.ts";
import { languageWord } from "../feed/feed-words.ts";
import type { ImportSource } from "../model/imported.ts";
import { ghostArticle } from "./ghost-article.ts";
import { type GhostData, type GhostRow, listOf, textAt } from "./ghost-data.ts";

/**
 * Reads a Ghost export, which is one JSON document. Its RSS feed has the post's id as guid. `siteUrl`: the site's address, which no
 * export names.
 * @throws Fault (usage) if it is no Ghost export, or the address is missing.
 */
export function readGhost(bytes: Uint8Array, name: string, siteUrl: string | undefined): ImportSource {
  const data = dataOf(bytes, name);
  const url = URL.parse(siteUrl ?? "");
  if (url === null || !/^https?:$/.test(url.protocol))
    throw refused("A Ghost export does not name the site's address. Add it: --site-url https://news.example/");
  const site = url.href.replace(/\/?$/, "/");
  const notTaken: NotTaken[] = [];
  const articles = listOf(data, "posts").flatMap((post) => {
    const made = ghostArticle(post, data, site, notTaken);
    return made === undefined ? [] : [made];
  });
  notTaken.push(...ofOtherTables(data));
  const setting = settingsOf(data, site);
  return {
    kind: "ghost",
    format: "rss",
    site: {
      url: site,
      ...omitUndefined({
        title: setting("title"),
        description: setting("description"),
        language: languageWord(setting("locale", "lang", "default_locale")),
        timezone: zoneOf(setting("timezone", "active_timezone", "activeTimezone")),
        image: setting("logo"),
        icon: setting("icon"),
      }),
      feeds: customaryFeeds("Ghost", site),
    },
    heads: articles,
    articles: () => articles,
    notTaken,
  };
}

function dataOf(bytes: Uint8Array, name: string): GhostData {
  let value: unknown;
  try {
    value = JSON.parse(
      Buffer.from(bytes)
        .toString("utf8")
        .replace(/^\uFEFF/, ""),
    );
  } catch (cause) {
    throw new Fault(`${name} is neither a JSON Feed nor a Ghost export: it is no JSON. Nothing was written.`, { kind: "usage", cause });
  }
  const root = (value ?? {}) as { readonly db?: readonly { readonly data?: unknown }[]; readonly data?: unknown };
  const data = (Array.isArray(root.db) ? root.db[0]?.data : root.data) as GhostData | undefined;
  if (data === null || typeof data !== "object" || !Array.isArray(data["posts"]))
    throw refused(`${name} is neither a JSON Feed nor a Ghost export: it has no list of posts`);
  return data;
}

/** Reads a setting by the names that it had over the years. Files of the site have a placeholder in place of its address. */
function settingsOf(data: GhostData, site: string): (...names: readonly string[]) => string | undefined {
  const values = new Map(listOf(data, "settings").map((row) => [textAt(row, "key"), textAt(row, "value")] as const));
  return (...names) =>
    names.map((name) => values.get(name)?.replace("__GHOST_URL__/", site)).find((value) => value !== undefined && value !== "");
}

function zoneOf(written: string | undefined): string | undefined {
  try {
    return written === undefined ? undefined : new Intl.DateTimeFormat("en", { timeZone: written }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

const others: Readonly<Record<string, string>> = {
  members: "members (subscribers by e-mail)",
  comments: "comments",
  newsletters: "newsletters",
  snippets: "snippets",
};

function ofOtherTables(data: GhostData): readonly NotTaken[] {
  return Object.entries(others).flatMap(([table, words]) => {
    const { length } = listOf(data, table) as readonly GhostRow[];
    return length === 0 ? [] : [{ where: table, reason: `${length} ${words}: Wireroom has no place for them.` }];
  });
}

function refused(message: string): Fault {
  return new Fault(`${message}. Nothing was written.`, { kind: "usage" });
}
