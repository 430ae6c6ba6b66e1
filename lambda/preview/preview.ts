import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Site } from "../channels/site/site.ts";
import { Fault } from "../fault.ts";
import { edgeKey, readEdgeTable } from "../plan/edge/edge-table.ts";
import type { Store } from "../stores/store.ts";
import { answerFor, type FileAnswer } from "./preview-answer.ts";
import { deployedEdge, type EdgeRequest, type EdgeResponse } from "./preview-edge.ts";
import { bytesOf, type File, fileAt, headersFor } from "./preview-file.ts";

export type Preview = { readonly address: string; readonly close: () => Promise<void> };
type Home = Pick<Site, "url" | "feedUrl"> & Partial<Pick<Site, "moves">>;

const text = "text/plain; charset=utf-8";

/**
 * Serves the published bytes untouched, on loopback only, as CloudFront would: the edge function over the published table, then the
 * file, then the edge function. Requests for the hosts of `url` and `feedUrl` (by Host header, or through this server as a proxy)
 * are mapped to it, so that a reader can follow the feeds' own addresses. Any other host is refused: a page of somebody else's, whose name
 * leads to this machine of a sudden (DNS rebinding), would read whatever is here.
 */
export async function preview(target: Store, site: Home, port: number): Promise<Preview> {
  const edgeOf = deployedEdge();
  const hosts = new Set(["127.0.0.1", "localhost", "[::1]", ...namesOf(site)]);
  const server = createServer((request, response) => {
    const host = hostOf(request);
    if (host !== "" && !hosts.has(host))
      return refuse(response, 421, `This server does not answer for that host. It answers for ${[...hosts].join(", ")}.\n`);
    answer(request, response, target, site, edgeOf).catch(() => {
      // Of a file that was begun nobody can say any more that it is not whole but by ending it.
      if (response.headersSent) response.destroy();
      else refuse(response, 502, "The published files cannot be read at this moment.\n");
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

function namesOf({ url, feedUrl, moves }: Home): readonly string[] {
  const former = (moves?.former ?? []).map((host) => host.replace(/:\d+$/, ""));
  return [...[url, feedUrl].map((address) => new URL(address).hostname), ...former];
}

function refuse(response: ServerResponse, status: number, why: string): void {
  response.writeHead(status, { "content-type": text }).end(why);
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  target: Store,
  site: Home,
  edgeOf: ReturnType<typeof deployedEdge>,
): Promise<void> {
  const edge = edgeOf(await tableOf(target));
  const request = requestOf(incoming, site);
  const asked = await edge.asked(request);
  if ("statusCode" in asked) return say(incoming, outgoing, asked);
  const key = decodeURIComponent(asked.uri.slice(1));
  const file = await fileAt(target, key);
  // Like CloudFront, the edge function is not asked again about an error.
  if (file === undefined) return say(incoming, outgoing, nothing);
  const decided = answerFor(request.method, incoming.headers, file);
  const { headers } = await edge.answered(asked, { statusCode: 200, headers: valued(headersFor(key, file)) });
  const sent = Object.fromEntries(Object.entries(headers).map(([name, { value }]) => [name, value]));
  outgoing.writeHead(decided.status, { ...sent, ...lengthOf(decided, file) });
  if (request.method === "HEAD" || (decided.status !== 200 && decided.status !== 206) || decided.part === undefined)
    return void outgoing.end();
  await pipeline(Readable.from(bytesOf(target, key, file.version, decided.part)), outgoing);
}

const nothing: EdgeResponse = {
  statusCode: 404,
  headers: { "content-type": { value: text }, "access-control-allow-origin": { value: "*" } },
  body: { encoding: "text", data: "There is nothing here.\n" },
};

/** A table that somebody has spoilt is none: the edge serves plain files without one. */
async function tableOf(target: Store) {
  const found = await target.read(edgeKey);
  try {
    return found === undefined ? {} : readEdgeTable(Buffer.from(found.bytes).toString("utf8"));
  } catch {
    return {};
  }
}

/** What the edge function has answered itself. */
function say({ method }: IncomingMessage, outgoing: ServerResponse, { statusCode, headers, body }: EdgeResponse): void {
  const bytes = Buffer.from(body?.data ?? "", "utf8");
  const sent = Object.fromEntries(Object.entries(headers).map(([name, { value }]) => [name, value]));
  outgoing.writeHead(statusCode, { ...sent, ...(statusCode === 204 ? {} : { "content-length": bytes.length }) });
  outgoing.end(method === "HEAD" ? undefined : bytes);
}

function lengthOf({ status, part }: FileAnswer, { size }: File): Readonly<Record<string, string | number>> {
  const length = part === undefined ? 0 : part.last - part.first + 1;
  switch (status) {
    case 200:
      return { "content-length": length };
    case 206:
      return { "content-length": length, "content-range": `bytes ${part?.first}-${part?.last}/${size}` };
    case 416:
      return { "content-length": 0, "content-range": `bytes */${size}` };
    case 412:
      return { "content-length": 0 };
    case 304:
      return {};
  }
}

const valued = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }]));

/** The request as the edge function sees it: the address as it was sent, nothing decoded, on whichever of the site's hosts. */
function requestOf(incoming: IncomingMessage, site: Home): EdgeRequest {
  const [, , asked = "/"] = /^(?:https?:\/\/([^/?#]*))?(.*)$/i.exec(incoming.url ?? "/") ?? [];
  const [path = "", ...query] = asked.split("?");
  const host = hostOf(incoming);
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

/** The host that is asked for, without its port; of a request to a proxy, the one in its address. */
function hostOf({ url, headers }: IncomingMessage): string {
  const proxied = /^https?:\/\/([^/?#]*)/i.exec(url ?? "")?.[1];
  return (proxied ?? headers.host ?? "").replace(/^.*@/, "").replace(/:\d*$/, "").replace(/\.$/, "").toLowerCase();
}

/** On a host of the site, what lies below its address lies at the top of the target. */
function withoutHome(path: string, host: string, { url, feedUrl }: Home): string {
  const home = [feedUrl, url].map((address) => new URL(address)).find(({ hostname }) => hostname === host)?.pathname ?? "/";
  return path.startsWith(home) ? path.slice(home.length - 1) : path;
}
