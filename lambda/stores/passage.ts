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
  return passage;
};

const readWhole: (store: Store, key: Key) => ReturnType<Opener> = async (store, key) => {
  const found = await store.read(key);
  if (found === undefined) return undefined;
  const { bytes, headers } = found;
  return { stream: Readable.from([bytes]), size: bytes.length, ...(headers && { headers }) };
};
