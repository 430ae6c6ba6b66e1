import type { Store } from "./store.ts";

/** A store that is never opened: nothing is in it, and nothing can be written. `address`: the name of the place that it stands for. */
export function nowhere(address: string, isTree: boolean): Store {
  const refuse = async () => {
    throw new Error(`${address} is not open: nothing may be written`);
  };
  return {
    address,
    ...(isTree ? { tree: true as const } : {}),
    scan: async function* () {},
    list: async () => [],
    find: async () => undefined,
    read: async () => undefined,
    stream: async () => undefined,
    history: async () => [],
    ...{ write: refuse, remove: refuse, dropHistory: refuse, purge: refuse },
  };
}
