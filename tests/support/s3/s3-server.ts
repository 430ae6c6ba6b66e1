import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { S3Client } from "@aws-sdk/client-s3";
import { bodyOf } from "./s3-body.ts";
import { type Bucket, newBucket, type ObjectHeaders } from "./s3-bucket.ts";
import { noSuchKey, S3Failure } from "./s3-failure.ts";
import { listObjects, listVersions } from "./s3-lists.ts";
import { type Answer, conditionsOf, copyObject, getObject, keptHeaders } from "./s3-objects.ts";
import { document } from "./s3-xml.ts";

/** A request, for tests to count. `operation` is S3's name for it, such as "PutObject". */
export type S3Request = { readonly method: string; readonly bucket: string; readonly key: string; readonly operation: string };

/** Answers a request before the server does; undefined lets the request through. Without `body`, the answer is S3's XML for `code`. */
export type FailHook = (request: S3Request) => { readonly status: number; readonly code: string; readonly body?: string } | undefined;

export type S3Server = {
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  /** The environment that points the SDK at this server. */
  readonly env: Readonly<Record<string, string>>;
  readonly client: () => S3Client;
  readonly requests: readonly S3Request[];
  readonly clearRequests: () => void;
  /** The present objects of a bucket, with their headers. */
  readonly objects: (bucket: string) => ReadonlyMap<string, { readonly bytes: Uint8Array; readonly headers: ObjectHeaders }>;
  /** A snapshot of all buckets with their versions, and a way to continue from it, on this server or another. */
  readonly remember: () => Remembered;
  readonly restore: (remembered: Remembered) => void;
  /** Puts an object into a bucket without a request. */
  readonly fill: (bucket: string, key: string, bytes: Buffer) => void;
  /** Empties a bucket, including old versions. */
  readonly lose: (bucket: string) => void;
  readonly close: () => Promise<void>;
  /** Tests set and unset this. */
  fail: FailHook | undefined;
  /** A parameter of the query that the server ignores, as some servers do. */
  forget: string | undefined;
};

export type Remembered = ReadonlyMap<string, ReturnType<Bucket["held"]>>;

type Parsed = S3Request & { readonly query: URLSearchParams; readonly message: IncomingMessage };

/**
 * A small S3 server on loopback: path style, versioned buckets in memory, conditional writes, checksums. It does not check signatures,
 * and answers unknown requests with 501. `pageSize`: the entries on a page of a listing (default 1000, as on S3).
 */
export const startS3 = async (options: { readonly buckets: readonly string[]; readonly pageSize?: number }): Promise<S3Server> => {
  const buckets = new Map<string, Bucket>(options.buckets.map((name) => [name, newBucket()]));
  const requests: S3Request[] = [];
  const listener = createServer((message, response) => {
    void respond(message, response);
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;

  const respond = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = parse(message);
    const { method, bucket, key, operation } = request;
    requests.push({ method, bucket, key, operation });
    if (server.forget !== undefined) request.query.delete(server.forget);
    try {
      const planned = server.fail?.(request);
      if (planned !== undefined) message.resume();
      if (planned?.body !== undefined) send(response, method, { status: planned.status, headers: xml, body: planned.body });
      else if (planned !== undefined) throw new S3Failure(planned.status, planned.code, "As the test asked for.");
      else send(response, method, await answer(buckets, request, options.pageSize ?? 1000));
    } catch (error) {
      send(response, method, failed(request, error));
    }
  };

  const env = { AWS_ENDPOINT_URL_S3: endpoint, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_REGION: "us-east-1" };
  const server: S3Server = {
    endpoint,
    env,
    client: () => new S3Client({ endpoint, region: env.AWS_REGION, credentials: { accessKeyId: "test", secretAccessKey: "test" } }),
    requests,
    clearRequests: () => {
      requests.length = 0;
    },
    objects: (name) => {
      const present = [...(buckets.get(name)?.sorted("") ?? [])].flatMap(([key, [version]]) =>
        version?.kind === "object" ? [[key, version] as const] : [],
      );
      return new Map(present.map(([key, { bytes, headers }]) => [key, { bytes: new Uint8Array(bytes), headers }]));
    },
    remember: () => new Map([...buckets].map(([name, bucket]) => [name, bucket.held()])),
    restore: (remembered) => {
      for (const [name, held] of remembered) buckets.set(name, newBucket(held));
    },
    fill: (name, key, bytes) => void bucketOf(buckets, name).put(key, bytes, {}, {}),
    lose: (name) => void buckets.set(name, newBucket()),
    close: async () => {
      listener.closeAllConnections();
      await new Promise<void>((resolve) => listener.close(() => resolve()));
    },
    fail: undefined,
    forget: undefined,
  };
  return server;
};

/** Parses the path itself, because `new URL` would resolve "." and ".." in a key. */
const parse = (message: IncomingMessage): Parsed => {
  const [path = "", search = ""] = (message.url ?? "/").split(/\?(.*)/s);
  const [bucket = "", ...rest] = path.slice(1).split("/").map(decodeURIComponent);
  const key = rest.join("/");
  const method = message.method ?? "GET";
  const query = new URLSearchParams(search);
  return { method, bucket, key, query, message, operation: operationOf(method, key, query, message) };
};

const operationOf = (method: string, key: string, query: URLSearchParams, { headers }: IncomingMessage): string => {
  if (key === "") {
    if (method === "GET" && query.get("list-type") === "2") return "ListObjectsV2";
    if (method === "GET" && query.has("versions")) return "ListObjectVersions";
    if (method === "PUT" && query.has("versioning")) return "PutBucketVersioning";
    const plain = ["acl", "cors", "delete", "location", "policy", "tagging", "uploads"].every((name) => !query.has(name));
    return { PUT: "CreateBucket", HEAD: "HeadBucket", DELETE: "DeleteBucket" }[plain ? method : ""] ?? "Unknown";
  }
  if (["acl", "tagging", "uploads", "uploadId", "attributes"].some((name) => query.has(name))) return "Unknown";
  const put = headers["x-amz-copy-source"] === undefined ? "PutObject" : "CopyObject";
  return { GET: "GetObject", HEAD: "HeadObject", PUT: put, DELETE: "DeleteObject" }[method] ?? "Unknown";
};

const answer = async (buckets: Map<string, Bucket>, request: Parsed, pageSize: number): Promise<Answer> => {
  const { bucket: name, key, query, message } = request;
  // Reads the body before anything else, because a client that is still sending would not see the answer.
  const body = request.operation === "PutObject" ? await bodyOf(message) : void message.resume();
  if (Buffer.byteLength(key) > 1024) throw new S3Failure(400, "KeyTooLongError", "The key is longer than 1024 bytes.");
  switch (request.operation) {
    case "CreateBucket":
      if (buckets.has(name)) throw new S3Failure(409, "BucketAlreadyOwnedByYou", "The bucket is yours already.");
      buckets.set(name, newBucket());
      return { status: 200, headers: { location: `/${name}` } };
    case "ListObjectsV2":
      return { status: 200, headers: xml, body: listObjects(name, bucketOf(buckets, name), query, pageSize) };
    case "ListObjectVersions":
      return { status: 200, headers: xml, body: listVersions(name, bucketOf(buckets, name), query, pageSize) };
    case "HeadBucket":
    case "PutBucketVersioning": // every bucket here keeps versions
      bucketOf(buckets, name);
      return { status: 200 };
    case "GetObject":
    case "HeadObject":
      return getObject(bucketOf(buckets, name), key, query, message.headers);
    case "PutObject": {
      const { id, etag } = bucketOf(buckets, name).put(
        key,
        body ?? Buffer.alloc(0),
        keptHeaders(message.headers),
        conditionsOf(message.headers),
      );
      return { status: 200, headers: { etag, "x-amz-version-id": id } };
    }
    case "CopyObject": {
      const [from = "", ...rest] = decodeURIComponent(String(message.headers["x-amz-copy-source"]).replace(/^\//, "")).split("/");
      const source = bucketOf(buckets, from).newest(rest.join("/"));
      if (source === undefined) throw noSuchKey(rest.join("/"));
      return copyObject(source, bucketOf(buckets, name), key, message.headers);
    }
    case "DeleteObject": {
      const id = bucketOf(buckets, name).delete(key, conditionsOf(message.headers), query.get("versionId") ?? undefined);
      return { status: 204, headers: { "x-amz-version-id": id } };
    }
    default:
      throw new S3Failure(501, "NotImplemented", `${request.method} ${message.url} is not known here.`);
  }
};

const xml = { "content-type": "application/xml" };

const bucketOf = (buckets: Map<string, Bucket>, name: string): Bucket => {
  const bucket = buckets.get(name);
  if (bucket === undefined) throw new S3Failure(404, "NoSuchBucket", `The bucket ${name} does not exist.`);
  return bucket;
};

const failed = (request: S3Request, error: unknown): Answer => {
  const { status, code, message, headers } = error instanceof S3Failure ? error : new S3Failure(500, "InternalError", String(error));
  const resource = `/${request.bucket}/${request.key}`;
  return {
    status,
    headers: { ...xml, ...headers },
    body: document([
      "Error",
      [
        ["Code", code],
        ["Message", message],
        ["Resource", resource],
        ["RequestId", "test"],
      ],
    ]),
  };
};

const send = (response: ServerResponse, method: string, { status, headers = {}, body = "" }: Answer): void => {
  const bodiless = status === 204 || status === 304;
  response.writeHead(status, {
    "x-amz-request-id": "test",
    ...headers,
    ...(bodiless ? {} : { "content-length": Buffer.byteLength(body) }),
  });
  response.end(bodiless || method === "HEAD" ? undefined : body);
};
