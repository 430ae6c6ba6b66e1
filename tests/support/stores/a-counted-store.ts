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

/** How many pages of a bucket were read, of all that came. */
export type PagesSeen = { read: number; came: number };

/** A store that counts the pages of its listings. */
export function countedPages(store: Store): { readonly store: Store; readonly seen: PagesSeen } {
  const seen: PagesSeen = { read: 0, came: 0 };
  async function* pages(prefix?: string, points?: readonly string[]) {
    for await (const page of store.pages?.(prefix, points) ?? []) {
      seen.came += 1;
      const listed = () => {
        seen.read += 1;
        return page.listed();
      };
      yield { ...page, listed };
    }
  }
  return { store: { ...store, pages }, seen };
}
