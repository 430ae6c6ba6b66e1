import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export type KvsRequest = { readonly operation: string; readonly host: string; readonly authorization: string };

export type KvsServer = {
  readonly arn: string;
  /** The value for AWS_ENDPOINT_URL_CLOUDFRONT_KEYVALUESTORE. It must be a host name, because the SDK puts the account id in front of it. */
  readonly endpoint: string;
  readonly port: number;
  readonly rows: () => Readonly<Record<string, string>>;
  /** Sets a row, as somebody else would. */
  readonly set: (key: string, value: string) => void;
  readonly requests: readonly KvsRequest[];
  /** Called before each answer, to simulate events meanwhile. */
  meanwhile: ((operation: string) => void) | undefined;
  /** Whether the connection breaks before a request is carried out. */
  breaks: ((operation: string) => boolean) | undefined;
  readonly close: () => Promise<void>;
};

type Answer = { readonly status: number; readonly etag?: string; readonly body: object };

const account = "123456789012";

/**
 * One CloudFront KeyValueStore on loopback, with the REST API of 2022-07-26: DescribeKeyValueStore, ListKeys in pages of at most 50, and
 * UpdateKeys with If-Match, at most 50 keys at once, all or nothing. Refuses requests that are not signed with SigV4A for all regions.
 */
export async function startKvs(start: Readonly<Record<string, string>> = {}): Promise<KvsServer> {
  const arn = `arn:aws:cloudfront::${account}:key-value-store/6c5b3c2e-0d7f-4a55-9c6e-1f2a3b4c5d6e`;
  const rows = new Map(Object.entries(start));
  const requests: KvsRequest[] = [];
  let version = 1;
  const etag = () => `KV${version}UCFF`;

  const refuse = (status: number, type: string, Message: string): Answer => ({ status, body: { __type: type, Message } });
  const size = () => [...rows].reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value), 0);
  const facts = () => ({ ItemCount: rows.size, TotalSizeInBytes: size() });

  const list = (query: URLSearchParams): Answer => {
    const most = Number(query.get("MaxResults") ?? 10);
    if (most < 1 || most > 50) return refuse(400, "ValidationException", "MaxResults is from 1 to 50.");
    const from = Number(query.get("NextToken") ?? 0);
    const Items = [...rows].slice(from, from + most).map(([Key, Value]) => ({ Key, Value }));
    return { status: 200, body: { Items, ...(from + most < rows.size ? { NextToken: String(from + most) } : {}) } };
  };

  const update = (ifMatch: unknown, body: string): Answer => {
    const { Puts = [], Deletes = [] } = JSON.parse(body) as {
      readonly Puts?: readonly { readonly Key: string; readonly Value: string }[];
      readonly Deletes?: readonly { readonly Key: string }[];
    };
    if (ifMatch !== etag()) return refuse(409, "ConflictException", "The store is not in the state that If-Match names.");
    const keys = [...Puts, ...Deletes].map(({ Key }) => Key);
    if (keys.length > 50 || keys.length === 0) return refuse(400, "ValidationException", "From 1 to 50 keys at once.");
    if (new Set(keys).size !== keys.length) return refuse(400, "ValidationException", "A key is named twice.");
    if (Puts.some(({ Key, Value }) => Buffer.byteLength(Key) > 512 || Buffer.byteLength(Value) > 1024))
      return refuse(400, "ValidationException", "A key has 512 bytes at most, a value 1024.");
    if (Deletes.some(({ Key }) => !rows.has(Key))) return refuse(404, "ResourceNotFoundException", "Key not found.");
    for (const { Key, Value } of Puts) rows.set(Key, Value);
    for (const { Key } of Deletes) rows.delete(Key);
    version += 1;
    return { status: 200, etag: etag(), body: facts() };
  };

  const answer = (operation: string, request: IncomingMessage, query: URLSearchParams, body: string): Answer => {
    const { authorization = "", host = "" } = request.headers;
    if (!authorization.startsWith("AWS4-ECDSA-P256-SHA256 ") || request.headers["x-amz-region-set"] !== "*")
      return refuse(403, "AccessDeniedException", "The request is not signed with SigV4A.");
    if (!host.startsWith(`${account}.`)) return refuse(403, "AccessDeniedException", "The host does not name the account.");
    switch (operation) {
      case "DescribeKeyValueStore":
        return { status: 200, etag: etag(), body: { ...facts(), KvsARN: arn, Created: 1_764_000_000, Status: "READY" } };
      case "ListKeys":
        return list(query);
      case "UpdateKeys":
        return update(request.headers["if-match"], body);
      default:
        return refuse(404, "ResourceNotFoundException", "There is no such store, or this server does not know the operation.");
    }
  };

  const server = createServer(async (request, response) => {
    const [path = "", search = ""] = (request.url ?? "").split("?");
    const operation = operationOf(request.method ?? "", decodeURIComponent(path), arn);
    requests.push({ operation, host: request.headers.host ?? "", authorization: request.headers.authorization ?? "" });
    const body = Buffer.concat(await request.toArray()).toString("utf8");
    kvs.meanwhile?.(operation);
    if (kvs.breaks?.(operation) === true) return void response.destroy();
    const said = answer(operation, request, new URLSearchParams(search), body);
    const type = "__type" in said.body ? { "x-amzn-errortype": String(said.body.__type) } : {};
    response.writeHead(said.status, {
      "content-type": "application/json",
      ...type,
      ...(said.etag === undefined ? {} : { etag: said.etag }),
    });
    response.end(JSON.stringify(said.body));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", () => listening()));
  const { port } = server.address() as AddressInfo;
  const kvs: KvsServer = {
    arn,
    port,
    endpoint: `http://localhost:${port}`,
    rows: () => Object.fromEntries(rows),
    set: (key, value) => {
      rows.set(key, value);
      version += 1;
    },
    requests,
    meanwhile: undefined,
    breaks: undefined,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((closed) => server.close(() => closed()));
    },
  };
  return kvs;
}

function operationOf(method: string, path: string, arn: string): string {
  const store = `/key-value-stores/${arn}`;
  if (path === store && method === "GET") return "DescribeKeyValueStore";
  if (path === `${store}/keys`) return { GET: "ListKeys", POST: "UpdateKeys" }[method] ?? "Unknown";
  return "Unknown";
}
