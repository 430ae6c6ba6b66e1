import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { Fault } from "../fault.ts";
import type { Content, Streamed } from "./store.ts";

/** Opens what is to be copied; a Fault where it is not there. The caller reads the stream to its end or destroys it. */
export const openStream = async (content: Exclude<Content, Uint8Array>): Promise<Streamed> => {
  const { copyFrom, key } = content;
  const streamed = await copyFrom.stream(key);
  if (streamed === undefined)
    throw new Fault(`${key} is not in ${copyFrom.address} any more, so it cannot be copied.`, { kind: "overtaken" });
  if (content.sha256 === undefined) return streamed;
  return { ...streamed, stream: Readable.from(checked(streamed.stream, content)) };
};

/** Hands on what comes, its last piece only when the whole is what it must be: whoever writes it down then never has all of something else. */
async function* checked(stream: Readable, { copyFrom, key, sha256 }: Exclude<Content, Uint8Array>): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  let last: Buffer | undefined;
  for await (const piece of stream as AsyncIterable<Buffer>) {
    hash.update(piece);
    if (last !== undefined) yield last;
    last = piece;
  }
  if (hash.digest("hex") !== sha256)
    throw new Fault(`${key} of ${copyFrom.address} is not what it was when it was measured.`, { kind: "overtaken" });
  if (last !== undefined) yield last;
}
