import type { Readable } from "node:stream";
import type { S3Client } from "@aws-sdk/client-s3";
import { Fault } from "../../fault.ts";
import { checkKey, checkRange } from "../key.ts";
import { collected } from "../scan.ts";
import type { Condition, Content, Headers, Key, Listed, Range, Removed, ScanPage, Store, Version, Written } from "../store.ts";
import { openStream } from "../stream.ts";
import { copyWithin, type S3Location } from "./s3-copy.ts";
import { isRefusal, s3ErrorOf, s3Fault } from "./s3-errors.ts";
import { headOf, headVersion } from "./s3-head.ts";
import { dropVersions, purgeVersions, versionsOf } from "./s3-history.ts";
import { pagesOfBucket, quotedEtag } from "./s3-listing.ts";
import { type ObjectName, openObject, readObject } from "./s3-read.ts";

/**
 * `client`: for tests; by default the SDK's own settings: region, credentials, `AWS_ENDPOINT_URL_S3`. `left`: milliseconds that
 * requests, with the pauses between them, may still take. Stores with the same `together`, and the same time left, share a client.
 */
export type S3Options = {
  readonly bucket: string;
  readonly prefix?: string;
  readonly client?: S3Client;
  readonly left?: () => number;
  readonly together?: object;
};

/**
 * Up to this many bytes, a stream is collected before it is sent, because only bytes in memory can be sent again after a network
 * failure.
 */
const gathered = 8 * 1024 * 1024;

const places = new WeakMap<Store, S3Location>();
const shared = new WeakMap<object, Promise<S3Client>>();

/** A store in a bucket, below a prefix that is not part of its keys. A version is the ETag. */
export const s3Store = ({ bucket, prefix = "", client: given, left, together = {} }: S3Options): Store => {
  const folder = prefix.replace(/^\/+|\/+$/g, "");
  const root = folder === "" ? "" : `${folder}/`;
  const address = `s3://${bucket}${folder === "" ? "" : `/${folder}`}`;
  const client = async (): Promise<S3Client> => {
    if (given !== undefined) return given;
    const made =
      shared.get(together) ?? import("./s3-requests.ts").then(({ newS3Client }) => newS3Client(left === undefined ? {} : { left }));
    shared.set(together, made);
    return made;
  };
  const told = async <Result>(what: string, key: Key, work: (s3: S3Client) => Promise<Result>): Promise<Result> => {
    try {
      return await work(await client());
    } catch (error) {
      throw s3Fault(what, key === "" ? address : `s3://${bucket}/${root}${key}`, error);
    }
  };
  const object = (key: Key) => ({ Bucket: bucket, Key: root + key });
  const read = (key: Key, range?: Range) => told("read", key, (s3) => readObject(s3, object(key), range));

  async function* pages(under = "", points: readonly Key[] = []): AsyncGenerator<ScanPage> {
    try {
      for await (const page of pagesOfBucket(await client(), { bucket, root, prefix: under }, points))
        yield { ...page, listed: () => told("list", "", page.listed) };
    } catch (error) {
      throw s3Fault("list", address, error);
    }
  }

  async function* scan(under?: string, points?: readonly Key[]): AsyncGenerator<readonly Listed[]> {
    for await (const { listed } of pages(under, points)) yield await listed();
  }

  const store: Store = {
    address,
    scan,
    pages,
    list: (prefix, points) => collected(scan(prefix, points)),
    find: async (key) => {
      // The folders of the S3 console; a listing leaves them out, too.
      if (key === "" || key.endsWith("/")) return undefined;
      const found = await told("look at", key, (s3) => headOf(s3, object(key)));
      return found && { key, ...found, settled: true };
    },
    read: async (key, range) => {
      if (range !== undefined) checkRange(range);
      return read(key, range);
    },
    stream: (key) => told("read", key, (s3) => openObject(s3, object(key))),
    write: async (key, content, headers, condition) => {
      checkKey(address, key);
      const from = content instanceof Uint8Array ? undefined : places.get(content.copyFrom);
      if (!(content instanceof Uint8Array) && from !== undefined && from.client === given) {
        const source = { Bucket: from.bucket, Key: from.root + content.key };
        return told(`copy ${content.copyFrom.address}/${content.key} to`, key, (s3) =>
          copyWithin(s3, source, object(key), headers, condition),
        );
      }
      return told("write", key, async (s3) => {
        const { body, size, theirs } = await bodyOf(content);
        try {
          return await putObject(s3, object(key), body, size, headers ?? theirs, condition);
        } finally {
          if (!(body instanceof Uint8Array)) body.destroy();
        }
      });
    },
    remove: (key, condition) => told("remove", key, (s3) => deleteObject(s3, object(key), condition?.ifVersion)),
    history: (key) =>
      told("read the history of", key, (s3) =>
        versionsOf(s3, bucket, root + key, async (VersionId) => {
          const found = await told("read an old version of", key, () => readObject(s3, { ...object(key), VersionId }));
          if (found === undefined)
            throw new Fault(`s3://${bucket}/${root} no longer keeps version ${VersionId} of ${key}.`, { kind: "overtaken" });
          return found.bytes;
        }),
      ),
    dropHistory: (key) => told("forget the versions of", key, (s3) => dropVersions(s3, bucket, root + key)),
    purge: (which, holds) =>
      told("purge old versions in", "", (s3) =>
        purgeVersions(s3, { bucket, root }, which, async (key, VersionId) => {
          const found = await readObject(s3, { ...object(key), VersionId });
          return found !== undefined && holds(found.bytes, key);
        }),
      ),
  };
  places.set(store, { client: given, bucket, root });
  return store;
};

const bodyOf = async (content: Content): Promise<{ body: Uint8Array | Readable; size: number; theirs?: Headers }> => {
  if (content instanceof Uint8Array) return { body: content, size: content.length };
  const { stream, size, headers } = await openStream(content);
  const body = size > gathered ? stream : Buffer.concat(await stream.toArray());
  if (body instanceof Uint8Array && body.length !== size)
    throw new Fault(`Only ${body.length} of ${size} bytes came of the content to copy. Nothing was changed; run again.`);
  return { body, size, ...(headers && { theirs: headers }) };
};

const conditionOf = (condition: Condition | undefined): { IfMatch?: Version; IfNoneMatch?: "*" } => {
  if (condition === undefined) return {};
  return "ifAbsent" in condition ? { IfNoneMatch: "*" } : { IfMatch: condition.ifVersion };
};

const putObject = async (
  s3: S3Client,
  name: ObjectName,
  body: Uint8Array | Readable,
  size: number,
  headers: Headers = {},
  condition?: Condition,
): Promise<Written> => {
  const requests = await import("./s3-requests.ts");
  const { contentType: ContentType, cacheControl: CacheControl, contentEncoding: ContentEncoding } = headers;
  try {
    const { ETag } = await requests.putObject(s3, {
      ...name,
      Body: body,
      ContentLength: size,
      ContentType,
      CacheControl,
      ContentEncoding,
      ...conditionOf(condition),
    });
    if (ETag === undefined) throw new Fault(`S3 gave no ETag for s3://${name.Bucket}/${name.Key}.`);
    return { kind: "written", version: quotedEtag(ETag) };
  } catch (error) {
    if (condition === undefined || !isRefusal(error)) throw error;
    // The answer to the first attempt may have been lost, and the second refused because the first had succeeded.
    if (s3ErrorOf(error).attempts === 1 || !(body instanceof Uint8Array)) return { kind: "refused" };
    const found = await readObject(s3, name);
    return found !== undefined && Buffer.compare(found.bytes, body) === 0
      ? { kind: "written", version: found.version }
      : { kind: "refused" };
  }
};

const deleteObject = async (s3: S3Client, name: ObjectName, ifVersion: Version | undefined): Promise<Removed> => {
  const requests = await import("./s3-requests.ts");
  // Servers answer differently if the version to remove does not exist (Ceph RGW 20.2: done), so this is checked first.
  if (ifVersion !== undefined && (await headVersion(s3, name)) !== ifVersion) return { kind: "refused" };
  try {
    await requests.deleteObject(s3, { ...name, ...(ifVersion !== undefined && { IfMatch: ifVersion }) });
    return { kind: "removed" };
  } catch (error) {
    if (ifVersion === undefined || !isRefusal(error)) throw error;
    // As for a write: our own first attempt may have removed it.
    const gone = s3ErrorOf(error).attempts > 1 && (await headVersion(s3, name)) === undefined;
    return { kind: gone ? "removed" : "refused" };
  }
};
