import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { EdgeRequest, EdgeResponse } from "../../../lambda/preview/preview-edge.ts";
import { deployedEdge } from "../../../lambda/preview/preview-edge.ts";

type Headers = Readonly<Record<string, string>>;
type Fetched = { readonly status: number; readonly headers: Headers; readonly body: Buffer };
type Cached = Fetched & { readonly at: number };

export type ACdn = {
  readonly url: string;
  readonly port: number;
  /** The status of each answer from the origin (0: it could not be reached). */
  readonly atOrigin: readonly { readonly uri: string; readonly status: number; readonly conditional: boolean }[];
  /** Makes the cache older by this many seconds. */
  readonly later: (seconds: number) => void;
  readonly close: () => Promise<void>;
};

export type CdnOptions = {
  /** Fetches an object with a signed request, as the CDN does; throws if the origin cannot be reached. */
  readonly origin: (uri: string, headers: Headers) => Promise<Fetched>;
  /** The rows of the edge table. */
  readonly rows: () => Readonly<Record<string, string>>;
  /** The headers that the stack adds to every response. */
  readonly headers: Headers;
};

/** How long an error is cached by default, in seconds (CloudFront's error caching minimum TTL). */
const errorsKept = 10;
/** How long an object without Cache-Control is cached, in seconds: the cache policy's default. */
const defaultAge = 60;

/**
 * A small CDN, like CloudFront as the stack sets it up: the edge function before and after, and a cache with only the path as key. An object
 * is fresh for s-maxage, then revalidated with If-None-Match. If the origin is away, it is served for as long as stale-if-error allows.
 */
export async function aCdn({ origin, rows, headers: added }: CdnOptions): Promise<ACdn> {
  const cache = new Map<string, Cached>();
  const atOrigin: { uri: string; status: number; conditional: boolean }[] = [];
  const edge = () => deployedEdge()(rows());
  let ahead = 0;
  const now = () => Date.now() / 1000 + ahead;

  const fetched = async (uri: string): Promise<Fetched> => {
    const kept = cache.get(uri);
    const age = kept === undefined ? 0 : now() - kept.at;
    if (kept !== undefined && age < freshFor(kept))
      return { ...kept, headers: { ...kept.headers, "x-cache": "Hit", age: String(Math.floor(age)) } };
    const asked: Headers = kept?.headers.etag === undefined ? {} : { "if-none-match": kept.headers.etag };
    const got = await origin(uri, asked).catch(() => undefined);
    atOrigin.push({ uri, status: got?.status ?? 0, conditional: asked["if-none-match"] !== undefined });
    if (got === undefined || got.status >= 500) {
      const usable = kept !== undefined && kept.status === 200 && age < freshFor(kept) + secondsOf(kept, "stale-if-error");
      return usable
        ? { ...kept, headers: { ...kept.headers, "x-cache": "Error, stale" } }
        : (got ?? { status: 502, headers: {}, body: Buffer.from("Bad gateway\n") });
    }
    const fresh = got.status === 304 && kept !== undefined ? { ...kept, at: now() } : { ...got, at: now() };
    cache.set(uri, fresh);
    return { ...fresh, headers: { ...fresh.headers, "x-cache": got.status === 304 ? "RefreshHit" : "Miss" } };
  };

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const request = eventOf(incoming);
    const asked = await edge().asked(request);
    if ("statusCode" in asked)
      return respond(incoming, outgoing, asked.statusCode, { ...flat(asked), ...added }, Buffer.from(asked.body?.data ?? ""));
    const { status, headers, body } = await fetched(asked.uri === "/" ? "/index.html" : asked.uri);
    const response: EdgeResponse = { statusCode: status, headers: valuesOf(headers) };
    // CloudFront does not run the function on errors.
    const final = status < 400 ? await edge().answered(asked, response) : response;
    const all = { ...flat(final), ...added };
    if (status === 200 && isKnown(incoming, all)) return respond(incoming, outgoing, 304, without(all, "content-length"), Buffer.alloc(0));
    respond(incoming, outgoing, status, all, body);
  };

  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch((error: unknown) =>
      outgoing.writeHead(503, { "x-cache": "FunctionExecutionError" }).end(`${String(error)}\n`),
    );
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", () => listening()));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    atOrigin,
    later: (seconds) => {
      ahead += seconds;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((closed) => server.close(() => closed()));
    },
  };
}

/** The feeds bucket as the origin, with signed requests, as CloudFront sends them. */
export const bucketOrigin =
  (s3: S3Client, Bucket: string): CdnOptions["origin"] =>
  async (uri, { "if-none-match": IfNoneMatch }) => {
    const Key = decodeURIComponent(uri.slice(1));
    try {
      const got = await s3.send(new GetObjectCommand({ Bucket, Key, ...(IfNoneMatch === undefined ? {} : { IfNoneMatch }) }));
      const headers = {
        etag: got.ETag,
        "last-modified": got.LastModified?.toUTCString(),
        "content-type": got.ContentType,
        "content-encoding": got.ContentEncoding,
        "cache-control": got.CacheControl,
      };
      const named = Object.entries(headers).filter((pair): pair is [string, string] => pair[1] !== undefined);
      return { status: 200, headers: Object.fromEntries(named), body: Buffer.from((await got.Body?.transformToByteArray()) ?? []) };
    } catch (error) {
      const status = (error as { readonly $metadata?: { readonly httpStatusCode?: number } }).$metadata?.httpStatusCode;
      if (status === undefined) throw error;
      return { status, headers: { "content-type": "application/xml" }, body: Buffer.from("<Error/>") };
    }
  };

function secondsOf({ headers }: Fetched, directive: string): number {
  const found = new RegExp(`(?:^|[ ,])${directive}=(\\d+)`).exec(headers["cache-control"] ?? "")?.[1];
  return found === undefined ? 0 : Number(found);
}

function freshFor(fetched: Fetched): number {
  if (fetched.status >= 400) return errorsKept;
  return secondsOf(fetched, "s-maxage") || secondsOf(fetched, "max-age") || defaultAge;
}

function eventOf(incoming: IncomingMessage): EdgeRequest {
  const [uri = "/", query = ""] = (incoming.url ?? "/").split(/\?(.*)/s);
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, { value: String(value) }]);
  return {
    method: incoming.method ?? "GET",
    uri,
    querystring: Object.fromEntries([...new URLSearchParams(query)].map(([name, value]) => [name, { value }])),
    headers: Object.fromEntries(headers),
  };
}

function valuesOf(headers: Headers): EdgeResponse["headers"] {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }]));
}

function flat({ headers }: EdgeResponse): Headers {
  return Object.fromEntries(Object.entries(headers).map(([name, { value }]) => [name, value]));
}

function without(headers: Headers, ...names: readonly string[]): Headers {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}

/** RFC 9110, 13.2.2: the date counts only if there is no tag. */
function isKnown({ headers: asked }: IncomingMessage, headers: Headers): boolean {
  const tags = asked["if-none-match"];
  if (tags !== undefined) return tags.split(",").some((tag) => tag.trim().replace(/^W\//, "") === headers.etag);
  return Date.parse(headers["last-modified"] ?? "") <= Date.parse(asked["if-modified-since"] ?? "");
}

function respond(incoming: IncomingMessage, outgoing: ServerResponse, status: number, headers: Headers, body: Buffer): void {
  const kept = without(headers, "connection", "keep-alive", "transfer-encoding", "date", "server", "content-length");
  const length = status === 204 || status === 304 ? {} : { "content-length": String(body.length) };
  outgoing.writeHead(status, { ...kept, ...length });
  outgoing.end(incoming.method === "HEAD" ? undefined : body);
}
