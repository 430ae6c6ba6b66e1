import { createHash } from "node:crypto";
import { noSuchKey, preconditionFailed, S3Failure } from "./s3-failure.ts";

/** Headers as the server returns them, with lower-case names. */
export type ObjectHeaders = Readonly<Record<string, string>>;

/** One version of an object; a delete marker has no bytes. */
export type Version = {
  readonly id: string;
  readonly modified: Date;
  readonly kind: "object" | "marker";
  readonly bytes: Buffer;
  readonly headers: ObjectHeaders;
  readonly etag: string;
};

/** The `If-Match` and `If-None-Match` headers of a change. */
export type Conditions = { readonly ifMatch?: string | undefined; readonly ifNoneMatch?: string | undefined };

/** A versioned bucket: for each key its versions, newest first. */
export type Bucket = ReturnType<typeof newBucket>;

export const newBucket = (held: ReadonlyMap<string, readonly Version[]> = new Map()) => {
  const objects = new Map(held);
  let count = [...objects.values()].reduce((sum, versions) => sum + versions.length, 0);

  /** The keys in order, for listings; made anew when a key came or went. */
  let order: readonly { readonly key: string; readonly bytes: Buffer }[] | undefined;

  const newest = (key: string): Version | undefined => {
    const version = objects.get(key)?.[0];
    return version?.kind === "object" ? version : undefined;
  };

  const add = (key: string, version: Pick<Version, "kind" | "bytes" | "headers">): Version => {
    count += 1;
    const etag = `"${createHash("md5").update(version.bytes).digest("hex")}"`;
    // Version ids are opaque and in no order, as Amazon's are.
    const id = createHash("sha1").update(`version ${count} of ${key}`).digest("base64url");
    const added = { ...version, id, etag, modified: new Date() };
    if (!objects.has(key)) order = undefined;
    objects.set(key, [added, ...(objects.get(key) ?? [])]);
    return added;
  };

  const check = (key: string, { ifMatch, ifNoneMatch }: Conditions): void => {
    const present = newest(key);
    if (ifNoneMatch !== undefined) {
      if (ifNoneMatch !== "*") throw new S3Failure(501, "NotImplemented", "A write takes only * as If-None-Match.");
      if (present !== undefined) throw preconditionFailed("If-None-Match");
    }
    if (ifMatch !== undefined) {
      if (present === undefined) throw noSuchKey(key);
      if (ifMatch !== "*" && ifMatch.replaceAll('"', "") !== present.etag.replaceAll('"', "")) throw preconditionFailed("If-Match");
    }
  };

  return {
    newest,
    /** The bucket's present content, from which a `newBucket` can continue. */
    held: (): ReadonlyMap<string, readonly Version[]> => new Map(objects),
    /** A version by id, or the newest. Throws an S3Failure if there is none, or if it is a delete marker. */
    get: (key: string, id?: string): Version => {
      const found = id === undefined ? newest(key) : objects.get(key)?.find((version) => version.id === id);
      if (found === undefined && id !== undefined) throw new S3Failure(404, "NoSuchVersion", "The version does not exist.");
      if (found === undefined) throw noSuchKey(key);
      if (found.kind === "marker") throw new S3Failure(405, "MethodNotAllowed", "A delete marker cannot be read.");
      return found;
    },
    /** Checks the condition and makes the change in one step: nothing else runs between them. */
    put: (key: string, bytes: Buffer, headers: ObjectHeaders, conditions: Conditions): Version => {
      check(key, conditions);
      return add(key, { kind: "object", bytes, headers });
    },
    /** Without an id, adds a delete marker; with an id, deletes that version permanently. Returns the version's id. */
    delete: (key: string, conditions: Conditions, id?: string): string => {
      check(key, conditions);
      if (id === undefined) return add(key, { kind: "marker", bytes: Buffer.alloc(0), headers: {} }).id;
      const left = (objects.get(key) ?? []).filter((version) => version.id !== id);
      order = undefined;
      if (left.length === 0) objects.delete(key);
      else objects.set(key, left);
      return id;
    },
    /** Every key from `start` on with its versions, in the order of S3: by the bytes of UTF-8. */
    *sorted(prefix: string, start = ""): Generator<readonly [key: string, versions: readonly Version[]]> {
      order ??= [...objects.keys()].map((key) => ({ key, bytes: Buffer.from(key) })).sort((a, b) => Buffer.compare(a.bytes, b.bytes));
      const from = [Buffer.from(prefix), Buffer.from(start)].sort(Buffer.compare)[1] ?? Buffer.alloc(0);
      let [low, high] = [0, order.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (Buffer.compare(order[middle]?.bytes ?? from, from) < 0) low = middle + 1;
        else high = middle;
      }
      for (const keys = order; low < keys.length; low += 1) {
        const { key = "" } = keys[low] ?? {};
        if (!key.startsWith(prefix)) return;
        yield [key, objects.get(key) ?? []];
      }
    },
  };
};
