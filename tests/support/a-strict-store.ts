import { Fault } from "../../lambda/fault.ts";
import type { Key, Store } from "../../lambda/stores/store.ts";
import { memoryStore } from "./memory-store.ts";

/** A store in memory with the manners of a disk: no file lies below another one or where a folder is, and a name has 255 bytes at most. */
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
