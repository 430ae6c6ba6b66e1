import type { Store } from "../../../lambda/stores/store.ts";

/** Counts the calls to a store. */
export function counted(store: Store) {
  const count = { read: [] as string[], write: [] as string[], remove: [] as string[] };
  const counting: Store = {
    ...store,
    read: (key, range) => {
      count.read.push(key);
      return store.read(key, range);
    },
    write: (key, ...rest) => {
      count.write.push(key);
      return store.write(key, ...rest);
    },
    remove: (key, ...rest) => {
      count.remove.push(key);
      return store.remove(key, ...rest);
    },
  };
  return { store: counting, count };
}
