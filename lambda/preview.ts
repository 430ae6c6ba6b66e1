import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { typeOfName } from "./articles/media-type.ts";
import type { Site } from "./channels/site.ts";
import { Fault } from "./fault.ts";
import type { Store } from "./stores/store.ts";

export type Preview = { readonly address: string; readonly close: () => Promise<void> };

/** What a folder cannot remember: the types that S3 would have been told. */
const types: Readonly<Record<string, string>> = {
  "rss.xml": "application/rss+xml; charset=utf-8",
  "atom.xml": "application/atom+xml; charset=utf-8",
  "feed.json": "application/feed+json; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".opml": "text/x-opml; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
};

/**
 * Serves the published bytes untouched, on loopback only. Requests for the hosts of `url` and `feedUrl` (by Host header, or
 * through this server as a proxy) are mapped to it, so that a reader can follow the feeds' own addresses.
 */
export async function preview(target: Store, site: Pick<Site, "url" | "feedUrl">, port: number): Promise<Preview> {
  const server = createServer((request, response) => {
    answer(request, response, target, site).catch((error: unknown) => {
      response.writeHead(500, { "content-type": "text/plain; charset=utf-8" }).end(`${String(error)}\n`);
    });
  });
  await new Promise<void>((listening, failed) =>
    server
      .once("error", (cause) =>
        failed(
          new Fault(`Port ${port} of this machine cannot be had: is another preview running? Choose one with --port.`, {
            kind: "usage",
            cause,
          }),
        ),
      )
      .listen(port, "127.0.0.1", listening),
  );
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((closed) => void server.close(() => closed())),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  target: Store,
  site: Pick<Site, "url" | "feedUrl">,
): Promise<void> {
  const fail = (status: number, text: string) =>
    response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${text}\n`);
  if (request.method !== "GET" && request.method !== "HEAD") return void fail(405, "Only GET and HEAD.");
  const key = keyOf(request, site);
  if (key === undefined || key.endsWith(".gz")) return void fail(404, "There is nothing here.");
  const plain = await target.read(key);
  if (plain === undefined) return void fail(404, "There is nothing here.");
  const zipped = /\bgzip\b/.test(request.headers["accept-encoding"] ?? "") ? await target.read(`${key}.gz`) : undefined;
  const { bytes } = zipped ?? plain;
  const headers = {
    "content-type": typeOf(key),
    "cache-control": "no-cache",
    vary: "Accept-Encoding",
    etag: `"${createHash("sha256").update(bytes).digest("hex").slice(0, 32)}"`,
    "access-control-allow-origin": "*",
    ...(zipped === undefined ? {} : { "content-encoding": "gzip" }),
  };
  if (request.headers["if-none-match"] === headers.etag) return void response.writeHead(304, headers).end();
  response.writeHead(200, { ...headers, "content-length": bytes.length });
  response.end(request.method === "HEAD" ? undefined : bytes);
}

/** A request's address -> a key; undefined where it cannot be one. A folder's address is its index.html. */
function keyOf(request: IncomingMessage, site: Pick<Site, "url" | "feedUrl">): string | undefined {
  try {
    const asked = new URL(request.url ?? "/", `http://${request.headers.host ?? "127.0.0.1"}`);
    const home = [site.feedUrl, site.url].map((url) => new URL(url)).find((url) => url.hostname === asked.hostname);
    const prefix = home?.pathname ?? "/";
    const path = asked.pathname.startsWith(prefix) ? asked.pathname.slice(prefix.length) : asked.pathname.slice(1);
    const segments = (path === "" || path.endsWith("/") ? `${path}index.html` : path).split("/").map(decodeURIComponent);
    return segments.every((segment) => /^[^/\0]+$/.test(segment) && segment !== "." && segment !== "..") ? segments.join("/") : undefined;
  } catch {
    return undefined;
  }
}

function typeOf(key: string): string {
  const name = key.slice(key.lastIndexOf("/") + 1);
  // An article's page may have an address without a slash, and so a name without an ending.
  if (!name.includes(".")) return "text/html; charset=utf-8";
  return types[name] ?? types[name.slice(name.lastIndexOf("."))] ?? typeOfName(name) ?? "application/octet-stream";
}
