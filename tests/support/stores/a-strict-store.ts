import { Fault } from "../../../lambda/fault.ts";
import type { Key, Store } from "../../../lambda/stores/store.ts";
import { memoryStore } from "./memory-store.ts";

/** A memory store with the limits of a disk: no file below another file or in place of a folder, and names of at most 255 bytes. */
export function aStrictStore(address = "strict"): Store {
  const store = memoryStore(address);
  const refuse = (key: Key, why: string): never => {
    throw new Fault(`Cannot write ${key} in ${address}: ${why}.`);
  };
  return {
    ...store,
    tree: true,
    write: async (key, ...rest) => {
      if (key.split("/").some((segment) => Buffer.byteLength(segment) > 255)) refuse(key, "ENAMETOOLONG");
      if (/^\.(?:history|writing)\//.test(key)) refuse(key, "the store's own folder");
      for (const { key: other } of await store.list()) {
        if (key.startsWith(`${other}/`)) refuse(key, `${other} is not a folder`);
        if (other.startsWith(`${key}/`)) refuse(key, "EISDIR");
      }
      return store.write(key, ...rest);
    },
  };
}
