import type { Instant } from "../../articles/model/article.ts";
import type { FormatName } from "../site/site.ts";

/** An entry as a live JSON feed shows it. */
export type LiveItem = {
  readonly id: string;
  readonly uri: string;
  readonly url?: string;
  readonly title: string;
  readonly published: Instant;
  readonly updated: Instant;
};

/** A published document: a window or a part of an archive, read from its JSON feed. */
export type LiveFeed = {
  readonly path: string;
  readonly updated?: Instant;
  readonly archive: boolean;
  /** Those of its formats that exist. */
  readonly formats: readonly FormatName[];
  readonly items: readonly LiveItem[];
};

type Written = Readonly<Record<string, unknown>>;

/** A JSON feed that we made; undefined for any other text. */
export function liveFeedOf(text: string, path: string, formats: readonly FormatName[]): LiveFeed | undefined {
  const feed = parsed(text);
  const ours = feed?.["_wireroom"];
  if (feed === undefined || !isRecord(ours) || !Array.isArray(feed["items"])) return undefined;
  const updated = textOf(ours["updated"]);
  return {
    path,
    archive: ours["archive"] === true,
    formats,
    items: feed["items"].flatMap(itemOf),
    ...(updated === undefined ? {} : { updated }),
  };
}

function itemOf(item: unknown): readonly LiveItem[] {
  if (!isRecord(item)) return [];
  const [uri, published, updated, url] = [item["id"], item["date_published"], item["date_modified"], item["url"]].map(textOf);
  if (uri === undefined || published === undefined) return [];
  // RSS writes ids to the letter; if such an id is not a URI, JSON Feed holds it in addition to its URI.
  const own = isRecord(item["_wireroom"]) ? textOf(item["_wireroom"]["id"]) : undefined;
  const title = textOf(item["title"]) ?? "";
  return [{ id: own ?? uri, uri, title, published, updated: updated ?? published, ...(url === undefined ? {} : { url }) }];
}

function parsed(text: string): Written | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Written {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
