import { type FormatName, feedFiles } from "../channels/site/site.ts";
import { headersByKey } from "../plan/manifest/headers.ts";
import type { Key, Store } from "../stores/store.ts";
import { type WayToDesk, withLiveScript } from "./live.ts";
import type { deployedEdge, EdgeRequest, EdgeResponse } from "./preview-edge.ts";

/**
 * A page with the script that listens for publications; undefined for everything that is no page, which is then served to the byte. An
 * absent page listens too: it may come.
 */
export async function livePage(
  target: Store,
  edge: ReturnType<ReturnType<typeof deployedEdge>>,
  request: EdgeRequest,
): Promise<EdgeResponse | undefined> {
  const { "accept-encoding": _, ...headers } = request.headers;
  const asked = await edge.asked({ ...request, headers });
  if ("statusCode" in asked) return undefined;
  const key = decodeURIComponent(asked.uri.slice(1));
  const { contentType } = headersByKey(key);
  if (contentType?.startsWith("text/html") !== true) return undefined;
  const found = await target.read(key);
  const page = found ?? (await target.read("404.html"));
  if (page === undefined) return undefined;
  const html = Buffer.from(page.bytes).toString("utf8");
  return textOf(found === undefined ? 404 : 200, contentType, withLiveScript(html, await waysFrom(target, key, html)));
}

/** From every page to the desk; from the page of a feed, to the source of the feed; from that of an article, to the article at the desk. */
async function waysFrom(target: Store, key: Key, html: string): Promise<readonly WayToDesk[]> {
  const desk = { address: "/-/", words: "Desk" };
  if (html.includes('<meta property="og:type" content="article">')) {
    const page = `/${key.replace(/(^|\/)index\.html$/, "$1")}`;
    return [desk, { address: `/-/article?${new URLSearchParams({ page })}`, words: "This article at the desk" }];
  }
  const folder = /^(.+\/)index\.html$/.exec(key)?.[1];
  if (folder === undefined) return [desk];
  const formats = Object.entries(feedFiles).map(([format, file]) => ({
    file: `${folder}${file}`,
    words: `Source: ${labels[format as FormatName]}`,
  }));
  const found = await Promise.all(formats.map(async ({ file }) => (await target.find(file)) !== undefined));
  const sources = formats.filter((_, index) => found[index] === true);
  return [desk, ...sources.map(({ file, words }) => ({ address: `/-/source?${new URLSearchParams({ path: file })}`, words }))];
}

const labels: Readonly<Record<FormatName, string>> = { rss: "RSS", atom: "Atom", json: "JSON Feed" };

function textOf(statusCode: number, type: string, data: string): EdgeResponse {
  return {
    statusCode,
    headers: { "content-type": { value: type }, "cache-control": { value: "no-store" } },
    body: { encoding: "text", data },
  };
}
