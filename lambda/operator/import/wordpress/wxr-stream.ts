import { createReadStream } from "node:fs";
import { SaxesParser } from "saxes";
import { withoutForbidden } from "../../../articles/model/xml-text.ts";
import { Fault } from "../../../fault.ts";

/** A part of a WordPress export (WXR): an item, an author or the channel itself, with the texts of its own elements by name. */
export type WxrPart = {
  readonly kind: "item" | "author" | "channel";
  readonly texts: ReadonlyMap<string, string>;
  readonly terms: readonly { readonly domain: string; readonly nicename: string; readonly name: string }[];
  /** Custom fields (wp:postmeta). */
  readonly meta: ReadonlyMap<string, string>;
  readonly comments: number;
  /** It has more text than the limit, so some is missing. */
  readonly cut: boolean;
};

type Growing = {
  readonly kind: WxrPart["kind"];
  readonly texts: Map<string, string>;
  readonly terms: WxrPart["terms"][number][];
  readonly meta: Map<string, string>;
  comments: number;
  length: number;
};

/** The most characters of one item: more than any article may have. */
const longest = 10_000_000;

const kinds: Readonly<Record<string, WxrPart["kind"]>> = { item: "item", "wp:author": "author", channel: "channel" };

/**
 * Reads an export as a stream: one part at a time is in memory. The channel's own texts come last. `withBodies`: false leaves out the
 * texts of articles. `met`: hears how many bytes came.
 * @throws Fault (usage) with the line, if the file is not well-formed XML or declares a document type.
 */
export async function* wxrParts(name: string, withBodies: boolean, met?: (bytes: number) => void): AsyncGenerator<WxrPart> {
  const ready: WxrPart[] = [];
  const parser = partsParser(name, withBodies, (part) => void ready.push(part));
  const decoder = new TextDecoder();
  for await (const bytes of createReadStream(name) as AsyncIterable<Uint8Array>) {
    // Exports contain control characters that XML forbids, and every other importer fails at them.
    parser.write(withoutForbidden(decoder.decode(bytes, { stream: true })));
    met?.(bytes.length);
    yield* ready.splice(0);
  }
  parser.close();
  yield* ready.splice(0);
}

function partsParser(name: string, withBodies: boolean, done: (part: WxrPart) => void): SaxesParser {
  const parser = new SaxesParser();
  const stack: Growing[] = [];
  const path: string[] = [];
  let [text, attributes]: [string, Readonly<Record<string, string>>] = ["", {}];
  let metaKey = "";
  const refuse = (why: string): never => {
    throw new Fault(`${name}:${parser.line}  The export is not well-formed XML: ${why}. Export it again. Nothing was written.`, {
      kind: "usage",
    });
  };
  const add = (more: string): void => {
    const part = stack.at(-1);
    if (part === undefined || (!withBodies && path.at(-1) === "content:encoded")) return;
    part.length += more.length;
    if (part.length <= longest) text += more;
  };
  parser.on("doctype", () => refuse("it declares a document type, which no export of WordPress does"));
  parser.on("error", ({ message }) => {
    // An entity that nobody declares (&nbsp;) stays as it is written, and so does "]]>" in a text.
    if (!/entity|\]\]>/i.test(message)) refuse(message.replace(/^[\d:]+ /, "").replace(/\.$/, ""));
  });
  parser.on("opentag", (tag) => {
    const kind = kinds[tag.name];
    path.push(tag.name);
    text = "";
    attributes = tag.attributes;
    if (kind !== undefined) stack.push({ kind, texts: new Map(), terms: [], meta: new Map(), comments: 0, length: 0 });
  });
  parser.on("text", add);
  parser.on("cdata", add);
  parser.on("closetag", ({ name: tag }) => {
    path.pop();
    const part = stack.at(-1);
    const around = path.at(-1) ?? "";
    if (part !== undefined && kinds[tag] === part.kind) {
      stack.pop();
      done({ ...part, cut: part.length > longest });
    } else if (part !== undefined && kinds[around] === part.kind) {
      if (tag === "category" && part.kind === "item") part.terms.push({ domain: "", nicename: "", ...attributes, name: detached(text) });
      else if (tag === "wp:comment") part.comments += 1;
      else if (!part.texts.has(tag)) part.texts.set(tag, detached(text));
    } else if (around === "wp:postmeta" && tag === "wp:meta_key") metaKey = text;
    else if (around === "wp:postmeta" && tag === "wp:meta_value" && wanted.has(metaKey)) part?.meta.set(metaKey, detached(text));
    text = "";
  });
  return parser;
}

/** A copy: a piece of a longer string keeps all of it in memory, here 64 KB of the file for each title. */
function detached(text: string): string {
  return Buffer.from(text).toString();
}

/** The custom fields that say something about an article. */
const wanted = new Set(["_thumbnail_id", "_wp_attachment_image_alt", "enclosure"]);
