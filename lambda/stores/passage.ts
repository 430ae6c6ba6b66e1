import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { Fault } from "../fault.ts";
import type { Content, Headers, Key, Store } from "./store.ts";

/** The content of a key on its way from one store to another, piece by piece. */
export type Passage = { readonly stream: Readable; readonly size: number; readonly headers?: Headers };

type Opener = (key: Key) => Promise<Passage | undefined>;

// Beside the interface, not in it: only stores use it, and a store that cannot stream is still a store.
const openers = new WeakMap<Store, Opener>();

/** Makes it known that what `store` holds can be read as a stream, so that copies from it need no memory. Gives the store back. */
export const withPassage = (store: Store, open: Opener): Store => {
  openers.set(store, open);
  return store;
};

/** Opens what is to be copied; a Fault where it is not there. The caller reads the stream to its end or destroys it. */
export const openPassage = async (content: Exclude<Content, Uint8Array>): Promise<Passage> => {
  const { copyFrom, key } = content;
  const opener = openers.get(copyFrom);
  const passage = opener === undefined ? await readWhole(copyFrom, key) : await opener(key);
  if (passage === undefined)
    throw new Fault(`${key} is not in ${copyFrom.address} any more, so it cannot be copied.`, { kind: "overtaken" });
  if (content.sha256 === undefined) return passage;
  const { stream, size, headers } = passage;
  return { stream: Readable.from(checked(stream, content)), size, ...(headers && { headers }) };
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

const readWhole: (store: Store, key: Key) => ReturnType<Opener> = async (store, key) => {
  const found = await store.read(key);
  if (found === undefined) return undefined;
  const { bytes, headers } = found;
  return { stream: Readable.from([bytes]), size: bytes.length, ...(headers && { headers }) };
};
