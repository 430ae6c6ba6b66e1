import { type ClientRequest, type IncomingHttpHeaders, type IncomingMessage, request as plainly } from "node:http";
import { request as securely } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";

/** One answer of a server, before any redirect is followed. */
export type FeedAnswer = {
  readonly url: string;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The body as it came over the wire, in bytes. */
  readonly transferred: number;
  /** The body after decompression; empty for HEAD, or if it was refused. */
  readonly body: Uint8Array;
  /** Why the body cannot be read. */
  readonly unreadable?: string;
};

/** What came of a request: every answer on the way through redirects, the last one last; or why there is none. */
export type Asked =
  | { readonly kind: "answered"; readonly hops: readonly FeedAnswer[]; readonly last: FeedAnswer }
  | { readonly kind: "failed"; readonly url: string; readonly hops: readonly FeedAnswer[]; readonly why: string };

export type FeedRequest = {
  readonly agent: string;
  readonly method?: "GET" | "HEAD";
  readonly headers?: Readonly<Record<string, string>>;
  /** Reads only the beginning of the body, in bytes, and hangs up. */
  readonly most?: number;
};

export type Client = { readonly ask: (url: string, question: FeedRequest) => Promise<Asked>; readonly asked: () => number };

/** The most redirects that readers follow (Miniflux: 10). */
const mostHops = 10;
/** The largest body to read, in bytes: the W3C validator stops at 5,000,000, and Miniflux at 15 MB. */
export const mostBytes = 20_000_000;
/** What readers send (feedparser, Miniflux). */
const accept = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5";

/**
 * A client that is polite: one request at a time, a pause between two, and never more than `limit` in all. `pause` and `patience`: in
 * milliseconds.
 */
export function politeClient({ pause = 200, patience = 20_000, limit = 60 } = {}): Client {
  let asked = 0;
  const one = async (url: string, question: FeedRequest): Promise<FeedAnswer> => {
    if (asked >= limit) throw new Error(`the limit of ${limit} requests is reached`);
    if (asked > 0) await sleep(pause);
    asked += 1;
    return send(url, question, patience);
  };
  const ask: Client["ask"] = async (start, question) => {
    const hops: FeedAnswer[] = [];
    let url = start;
    try {
      for (;;) {
        const answer = await one(url, question);
        hops.push(answer);
        const to = redirectOf(answer);
        if (to === undefined) return { kind: "answered", hops, last: answer };
        if (hops.length > mostHops) return { kind: "failed", url, hops, why: `it redirects more than ${mostHops} times` };
        url = to;
      }
    } catch (error) {
      return { kind: "failed", url, hops, why: reasonOf(error) };
    }
  };
  return { ask, asked: () => asked };
}

/** The address that an answer leads to; undefined if it is no redirect. */
function redirectOf({ url, status, headers }: FeedAnswer): string | undefined {
  if (![301, 302, 303, 307, 308].includes(status) || headers.location === undefined) return undefined;
  const to = URL.parse(headers.location, url);
  return to !== null && /^https?:$/.test(to.protocol) ? to.href : undefined;
}

function send(url: string, { agent, method = "GET", headers = {}, most = mostBytes }: FeedRequest, patience: number): Promise<FeedAnswer> {
  const open = url.startsWith("https:") ? securely : plainly;
  return new Promise((answered, failed) => {
    const timer = setTimeout(() => request.destroy(new Error(`no answer within ${patience / 1000} s`)), patience);
    const end = (result: FeedAnswer | Error) => {
      clearTimeout(timer);
      if (result instanceof Error) failed(result);
      else answered(result);
    };
    const request: ClientRequest = open(
      url,
      { method, headers: { "user-agent": agent, accept, "accept-encoding": "gzip, deflate, br", ...headers }, agent: false },
      (response) => void receive(url, response, most).then(end, end),
    );
    request.on("error", end);
    request.end();
  });
}

async function receive(url: string, response: IncomingMessage, most: number): Promise<FeedAnswer> {
  const pieces: Uint8Array[] = [];
  let transferred = 0;
  for await (const piece of response as AsyncIterable<Uint8Array>) {
    pieces.push(piece);
    transferred += piece.length;
    if (transferred > most) break;
  }
  response.destroy();
  const answer = { url, status: response.statusCode ?? 0, headers: response.headers, transferred };
  const cut = transferred > most;
  if (cut && most === mostBytes) return { ...answer, body: new Uint8Array(), unreadable: `it has more than ${mostBytes / 1_000_000} MB` };
  try {
    return { ...answer, body: cut ? new Uint8Array() : decompressed(Buffer.concat(pieces), response.headers["content-encoding"]) };
  } catch (error) {
    return { ...answer, body: new Uint8Array(), unreadable: `it cannot be decompressed (${reasonOf(error)})` };
  }
}

/** @throws if the bytes are not what the header says, or swell beyond the limit. */
function decompressed(bytes: Uint8Array, encoding = ""): Uint8Array {
  if (bytes.length === 0) return bytes;
  const limit = { maxOutputLength: mostBytes };
  switch (encoding.trim().toLowerCase()) {
    case "gzip":
    case "x-gzip":
      return gunzipSync(bytes, limit);
    case "deflate":
      return inflateSync(bytes, limit);
    case "br":
      return brotliDecompressSync(bytes, limit);
    default:
      return bytes;
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return reasonOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
