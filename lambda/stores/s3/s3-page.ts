import type { Readable } from "node:stream";
import type { _Object, ListObjectsV2Command } from "@aws-sdk/client-s3";

/** One object of a page, in the form that S3 documents, and nothing else. */
const object = /<Contents>((?:<(\w+)>[^<]*<\/\2>|<Owner>(?:<(\w+)>[^<]*<\/\3>)*<\/Owner>)*)<\/Contents>/g;

/**
 * Takes the objects out of a page of a listing before the SDK reads it, whose parser needs forty times as long for them: nine tenths
 * of the processor time of a large listing. The SDK reads all the rest, and each object of another form. Returns the objects taken from the last
 * answer.
 */
export const takeObjects = (command: ListObjectsV2Command): (() => readonly _Object[]) => {
  let taken: _Object[] = [];
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const response = result.response as { readonly statusCode: number; body: Readable | Uint8Array };
      taken = [];
      if (response.statusCode !== 200 || response.body instanceof Uint8Array) return result;
      const page = Buffer.concat(await response.body.toArray()).toString("utf8");
      const rest = page.replace(object, (whole: string, fields: string) => {
        const found = objectOf(fields);
        if (found === undefined) return whole;
        taken.push(found);
        return "";
      });
      response.body = Buffer.from(rest, "utf8");
      return result;
    },
    // The nearest to the wire: a body that breaks off is then sent for again, as if the SDK had read it.
    { step: "deserialize", priority: "low" },
  );
  return () => taken;
};

const objectOf = (fields: string): _Object | undefined => {
  const [Key, ETag, size] = [textOf(fields, "Key"), textOf(fields, "ETag"), textOf(fields, "Size")];
  return Key === undefined || ETag === undefined || size === undefined || !/^\d+$/.test(size)
    ? undefined
    : { Key, ETag, Size: Number(size) };
};

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Undefined if the field is absent, or has a reference that only a whole parser knows. */
const textOf = (fields: string, name: string): string | undefined => {
  const start = fields.indexOf(`<${name}>`);
  if (start === -1) return undefined;
  const from = start + name.length + 2;
  const text = fields.slice(from, fields.indexOf("<", from));
  if (!text.includes("&")) return text;
  const parts = text.split(/&(\w+);/);
  const decoded = parts.map((part, at) => (at % 2 === 0 ? (part.includes("&") ? undefined : part) : entities[part]));
  return decoded.includes(undefined) ? undefined : decoded.join("");
};
