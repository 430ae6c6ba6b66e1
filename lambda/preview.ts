import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Site } from "./channels/site.ts";
import { Fault } from "./fault.ts";
import { deployedEdge, type Edge, type EdgeRequest, type EdgeResponse } from "./preview-edge.ts";
import { edgeKey, readEdgeTable } from "./publish/edge-table.ts";
import { headersByKey } from "./publish/headers.ts";
import type { Headers, Store } from "./stores/store.ts";

export type Preview = { readonly address: string; readonly close: () => Promise<void> };
type Home = Pick<Site, "url" | "feedUrl">;

const text = "text/plain; charset=utf-8";

/**
 * Serves the published bytes untouched, on loopback only, as CloudFront would: the edge function over the published table, then the
 * file, then the edge function. Requests for the hosts of `url` and `feedUrl` (by Host header, or through this server as a proxy)
 * are mapped to it, so that a reader can follow the feeds' own addresses.
 */
export async function preview(target: Store, site: Home, port: number): Promise<Preview> {
  const edgeOf = deployedEdge();
  const server = createServer((request, response) => {
    answer(request, response, target, site, edgeOf).catch((error: unknown) => {
      response.writeHead(500, { "content-type": text }).end(`${String(error)}\n`);
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
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  target: Store,
  site: Home,
  edgeOf: ReturnType<typeof deployedEdge>,
): Promise<void> {
  const table = await target.read(edgeKey);
  const edge = edgeOf(table === undefined ? {} : readEdgeTable(Buffer.from(table.bytes).toString("utf8")));
  const request = requestOf(incoming, site);
  const asked = await edge.asked(request);
  const { response, bytes } = "statusCode" in asked ? said(asked) : await served(asked, target, edge);
  const headers = Object.fromEntries(Object.entries(response.headers).map(([name, { value }]) => [name, value]));
  if (response.statusCode === 200 && isKnown(incoming, headers)) return void outgoing.writeHead(304, headers).end();
  const length = response.statusCode === 204 ? {} : { "content-length": bytes.length };
  outgoing.writeHead(response.statusCode, { ...headers, ...length });
  outgoing.end(incoming.method === "HEAD" ? undefined : bytes);
}

type Answer = { readonly response: EdgeResponse; readonly bytes: Uint8Array };

function said(response: EdgeResponse): Answer {
  return { response, bytes: Buffer.from(response.body?.data ?? "", "utf8") };
}

/** What lies under the rewritten address. Like CloudFront, the edge function is not asked again about an error. */
async function served(request: EdgeRequest, target: Store, edge: Edge): Promise<Answer> {
  const key = decodeURIComponent(request.uri.slice(1));
  const found = await target.read(key);
  if (found === undefined) {
    const headers = { "content-type": { value: text }, "access-control-allow-origin": { value: "*" } };
    return said({ statusCode: 404, headers, body: { encoding: "text", data: "There is nothing here.\n" } });
  }
  const modified = (await target.history(key))[0]?.modified;
  const headers = {
    ...asStored(found.headers ?? storedBy(key)),
    etag: `"${createHash("sha256").update(found.bytes).digest("hex").slice(0, 32)}"`,
    ...(modified === undefined ? {} : { "last-modified": new Date(modified).toUTCString() }),
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "ETag, Last-Modified, Link",
  };
  const values = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }]));
  return { response: await edge.answered(request, { statusCode: 200, headers: values }), bytes: found.bytes };
}

/** The headers of a key or, where it is a variant, of its file. */
function storedBy(key: string): Headers {
  const [, plain = key, ending] = /^(.*)\.(gz|br)$/.exec(key) ?? [];
  return { ...headersByKey(plain), ...(ending === undefined ? {} : { contentEncoding: ending === "gz" ? "gzip" : "br" }) };
}

function asStored({ contentType, cacheControl, contentEncoding }: Headers): Readonly<Record<string, string>> {
  const named = { "content-type": contentType, "cache-control": cacheControl, "content-encoding": contentEncoding };
  return Object.fromEntries(Object.entries(named).filter((pair): pair is [string, string] => pair[1] !== undefined));
}

/** RFC 9110, 13.2.2: the date counts only where no tag is given. Thunderbird knows the date alone. */
function isKnown({ headers: asked }: IncomingMessage, headers: Readonly<Record<string, string>>): boolean {
  const tags = asked["if-none-match"];
  if (tags !== undefined) return tags.trim() === "*" || tags.split(",").some((tag) => tag.trim().replace(/^W\//, "") === headers.etag);
  const since = Date.parse(asked["if-modified-since"] ?? "");
  return Date.parse(headers["last-modified"] ?? "") <= since;
}

/** The request as the edge function sees it: the address as it was sent, nothing decoded, on whichever of the site's hosts. */
function requestOf(incoming: IncomingMessage, site: Home): EdgeRequest {
  const [, proxied, asked = "/"] = /^(?:https?:\/\/([^/?#]*))?(.*)$/i.exec(incoming.url ?? "/") ?? [];
  const [path = "", ...query] = asked.split("?");
  const host = (proxied ?? incoming.headers.host ?? "").replace(/:\d+$/, "").toLowerCase();
  const headers = Object.entries(incoming.headersDistinct).map(([name, [value = "", ...more] = []]) => [
    name,
    more.length === 0 ? { value } : { value, multiValue: [value, ...more].map((one) => ({ value: one })) },
  ]);
  return {
    method: incoming.method ?? "GET",
    uri: withoutHome(path === "" ? "/" : path, host, site),
    querystring: Object.fromEntries([...new URLSearchParams(query.join("?"))].map(([name, value]) => [name, { value }])),
    headers: Object.fromEntries(headers),
  };
}

/** On a host of the site, what lies below its address lies at the top of the target. */
function withoutHome(path: string, host: string, { url, feedUrl }: Home): string {
  const home = [feedUrl, url].map((address) => new URL(address)).find(({ hostname }) => hostname === host)?.pathname ?? "/";
  return path.startsWith(home) ? path.slice(home.length - 1) : path;
}
