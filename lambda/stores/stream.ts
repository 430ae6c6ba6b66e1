import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { Fault } from "../fault.ts";
import type { Content, Streamed } from "./store.ts";

/** Opens a content to copy; a Fault if it does not exist. The caller reads the stream to its end or destroys it. */
export const openStream = async (content: Exclude<Content, Uint8Array>): Promise<Streamed> => {
  const { copyFrom, key } = content;
  const streamed = await copyFrom.stream(key);
  if (streamed === undefined)
    throw new Fault(`${key} no longer exists in ${copyFrom.address}, so it cannot be copied. Nothing was changed.`, { kind: "overtaken" });
  if (content.sha256 === undefined) return streamed;
  return { ...streamed, stream: Readable.from(checked(streamed.stream, content)) };
};

/** Passes the stream on, and its last piece only if the whole has the right hash: so a writer never gets all of a wrong file. */
async function* checked(stream: Readable, { copyFrom, key, sha256 }: Exclude<Content, Uint8Array>): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  let last: Buffer | undefined;
  for await (const piece of stream as AsyncIterable<Buffer>) {
    hash.update(piece);
    if (last !== undefined) yield last;
    last = piece;
  }
  if (hash.digest("hex") !== sha256)
    throw new Fault(`${key} of ${copyFrom.address} has changed since it was measured. Nothing was written; run again.`, {
      kind: "overtaken",
    });
  if (last !== undefined) yield last;
}
