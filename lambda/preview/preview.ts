import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Site } from "../channels/site/site.ts";
import { Fault } from "../fault.ts";
import { edgeKey, readEdgeTable } from "../plan/edge/edge-table.ts";
import type { Store } from "../stores/store.ts";
import { type Beside, besideAnswer, ownNames } from "./beside.ts";
import { livePage } from "./live-page.ts";
import { answerFor, type FileAnswer } from "./preview-answer.ts";
import { deployedEdge, type EdgeRequest, type EdgeResponse } from "./preview-edge.ts";
import { bytesOf, type File, fileAt, headersFor } from "./preview-file.ts";

export type Preview = { readonly address: string; readonly close: () => Promise<void> };
type Home = Pick<Site, "url" | "feedUrl"> & Partial<Pick<Site, "moves">>;

const text = "text/plain; charset=utf-8";

/**
 * Serves the published bytes unchanged, on loopback only, as CloudFront does: the edge function with the published table, then the
 * file, then the edge function again. It also answers requests for the hosts of `url` and `feedUrl` (by Host header, or as a proxy), so
 * that a reader can follow the feeds' own addresses. It refuses any other host: with DNS rebinding, a page of another site could
 * otherwise read the files. `pages`: pages are served with a script that hears of each publication. `desk`: answers below `/-/`, on this
 * machine's own names alone.
 */
export async function preview(target: Store, site: Home, port: number, beside: Beside = {}): Promise<Preview> {
  const edgeOf = deployedEdge();
  const hosts = new Set([...ownNames, ...namesOf(site)]);
  const server = createServer((request, response) => {
    const host = hostOf(request);
    if (host !== "" && !hosts.has(host))
      return refuse(response, 421, `This server does not serve that host. It serves ${[...hosts].join(", ")}.\n`);
    const own =
      besideAnswer(request, response, host, beside) ??
      answer(request, response, target, site, { edgeOf, isLive: beside.pages !== undefined });
    own.catch(() => {
      // Once the headers are sent, only a broken connection can tell the client that the file is incomplete.
      if (response.headersSent) response.destroy();
      else refuse(response, 502, "The published files cannot be read now. Try again.\n");
    });
  });
  await new Promise<void>((listening, failed) =>
    server
      .once("error", (cause) => failed(new Fault(portMessage(cause, port), { kind: "usage", cause })))
      .listen(port, "127.0.0.1", listening),
  );
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      beside.pages?.close();
      return new Promise((closed) => void server.close(() => closed()));
    },
  };
}

function portMessage({ code }: NodeJS.ErrnoException, port: number): string {
  return code === "EADDRINUSE"
    ? `Port ${port} is already in use, perhaps by another preview. Choose another with --port.`
    : `The preview cannot listen on port ${port}. Choose another with --port.`;
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
  { edgeOf, isLive }: { readonly edgeOf: ReturnType<typeof deployedEdge>; readonly isLive: boolean },
): Promise<void> {
  const edge = edgeOf(await tableOf(target));
  const request = requestOf(incoming, site);
  const page = isLive ? await livePage(target, edge, request) : undefined;
  if (page !== undefined) return say(incoming, outgoing, page);
  const asked = await edge.asked(request);
  if ("statusCode" in asked) return say(incoming, outgoing, asked);
  const key = decodeURIComponent(asked.uri.slice(1));
  const file = await fileAt(target, key);
  // CloudFront does not run the function on error responses either.
  if (file === undefined) return say(incoming, outgoing, await notFound(target));
  const decided = answerFor(request.method, incoming.headers, file);
  const { headers } = await edge.answered(asked, { statusCode: 200, headers: valued(headersFor(key, file)) });
  const sent = Object.fromEntries(Object.entries(headers).map(([name, { value }]) => [name, value]));
  outgoing.writeHead(decided.status, { ...sent, ...lengthOf(decided, file) });
  if (request.method === "HEAD" || (decided.status !== 200 && decided.status !== 206) || decided.part === undefined)
    return void outgoing.end();
  await pipeline(Readable.from(bytesOf(target, key, file.version, decided.part)), outgoing);
}

/** The page for addresses without a page, as CloudFront sends it; one sentence if nothing has been published yet. */
async function notFound(target: Store): Promise<EdgeResponse> {
  const page = await target.read("404.html");
  if (page === undefined) return nothing;
  const headers = { ...nothing.headers, "content-type": { value: "text/html; charset=utf-8" } };
  return { ...nothing, headers, body: { encoding: "text", data: Buffer.from(page.bytes).toString("utf8") } };
}

const nothing: EdgeResponse = {
  statusCode: 404,
  headers: { "content-type": { value: text }, "access-control-allow-origin": { value: "*" } },
  body: { encoding: "text", data: "There is nothing here.\n" },
};

/** A damaged table counts as empty: without a table, the edge serves plain files. */
async function tableOf(target: Store) {
  const found = await target.read(edgeKey);
  try {
    return found === undefined ? {} : readEdgeTable(Buffer.from(found.bytes).toString("utf8"));
  } catch {
    return {};
  }
}

/** Sends a response that the edge function made itself. */
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

/** The request as the edge function sees it: the path as sent, without decoding, relative to the site's address on that host. */
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

/** The requested host without its port; for a proxy request, the host in its address. */
function hostOf({ url, headers }: IncomingMessage): string {
  const proxied = /^https?:\/\/([^/?#]*)/i.exec(url ?? "")?.[1];
  return (proxied ?? headers.host ?? "").replace(/^.*@/, "").replace(/:\d*$/, "").replace(/\.$/, "").toLowerCase();
}

/** On a host of the site, the path of the site's address maps to the root of the target. */
function withoutHome(path: string, host: string, { url, feedUrl }: Home): string {
  const home = [feedUrl, url].map((address) => new URL(address)).find(({ hostname }) => hostname === host)?.pathname ?? "/";
  return path.startsWith(home) ? path.slice(home.length - 1) : path;
}
