import type { Readable } from "node:stream";
import type { _Object, ListObjectsV2Command } from "@aws-sdk/client-s3";

/** What a listing reads of an object. */
type Facts = Required<Pick<_Object, "Key" | "ETag" | "Size">>;

/**
 * Takes the objects out of a page of a listing before the SDK reads it, whose parser needs eighty times as long for them: nine tenths
 * of the processor time of a large listing. The SDK reads all the rest, and the whole of a page of another form. Returns the objects
 * taken from the last answer, if any.
 */
export const takeObjects = (command: ListObjectsV2Command): (() => Facts[] | undefined) => {
  let taken: Facts[] | undefined;
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const response = result.response as { readonly statusCode: number; body: Readable | Uint8Array };
      taken = undefined;
      if (response.statusCode !== 200 || response.body instanceof Uint8Array) return result;
      const body = Buffer.concat(await response.body.toArray());
      const page = splitPage(body.toString("utf8"));
      response.body = page === undefined ? body : Buffer.from(page.rest, "utf8");
      taken = page?.objects;
      return result;
    },
    // The nearest to the wire: a body that breaks off is then sent for again, as if the SDK had read it.
    { step: "deserialize", priority: "low" },
  );
  return () => taken;
};

/** What stands before the first object: whole fields and nothing else, so that the object is a child of the root. */
const beginning = /^<\?xml [^<>]*\?>\n?<ListBucketResult(?: xmlns="[^"<>&]*")?>(?:<(\w+)(?:\/>|>[^<]*<\/\1>))*$/;

const owner = `<Owner>(?:<ID>[^<]*</ID>)?(?:<DisplayName(?:/>|>[^<]*</DisplayName>))?</Owner>`;

/** An object as S3, Ceph and MinIO write it: nothing but these fields, in this order. A key without line breaks, which the SDK may change. */
const object = new RegExp(
  [
    String.raw`<Contents><Key>([^<\r\n]*)</Key>(?:<LastModified>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z</LastModified>)?`,
    String.raw`<ETag>(?:(?:"|&quot;|&#34;)([^<>&"\s]*)(?:"|&quot;|&#34;)|([^<>&"\s]*))</ETag>`,
    String.raw`(?:<ChecksumAlgorithm>\w*</ChecksumAlgorithm>)?(?:<ChecksumType>\w*</ChecksumType>)?<Size>(\d{1,15})</Size>`,
    String.raw`(?:${owner})?(?:<StorageClass>\w*</StorageClass>)?(?:${owner})?(?:<Type>\w*</Type>)?</Contents>`,
  ].join(""),
  "y",
);

/**
 * The objects of a page, and the page without them. Undefined if any of them has another form: a key that is misread is an article that
 * vanishes.
 */
export const splitPage = (page: string): { readonly objects: Facts[]; readonly rest: string } | undefined => {
  const start = page.indexOf("<Contents>");
  if (start === -1 || !beginning.test(page.slice(0, start))) return undefined;
  const objects: Facts[] = [];
  let end = start;
  for (;;) {
    object.lastIndex = end;
    const found = object.exec(page);
    if (found === null) break;
    const [, written = "", quoted, bare = "", size] = found;
    const Key = textOf(written);
    if (Key === undefined) return undefined;
    objects.push({ Key, ETag: quoted === undefined ? bare : `"${quoted}"`, Size: Number(size) });
    end = object.lastIndex;
  }
  return page.includes("<Contents", end) ? undefined : { objects, rest: page.slice(0, start) + page.slice(end) };
};

const entities: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'" };

/** Undefined if it has a reference that only a whole parser knows. */
const textOf = (written: string): string | undefined => {
  if (!written.includes("&")) return written;
  return /&(?!(?:amp|lt|gt|quot|apos);)/.test(written) ? undefined : written.replace(/&\w+;/g, (entity) => entities[entity] ?? entity);
};
