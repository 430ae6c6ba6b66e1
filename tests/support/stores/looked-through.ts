/**
 * A map that counts how often somebody goes through it, to show that code does so once: code that does so for each article takes a hundred
 * times as long for ten times as many articles.
 */
export function lookedThrough<K, V>(map: ReadonlyMap<K, V>): { readonly map: ReadonlyMap<K, V>; readonly times: () => number } {
  let times = 0;
  const through: readonly unknown[] = [Symbol.iterator, "entries", "forEach", "keys", "values"];
  const counting: ProxyHandler<ReadonlyMap<K, V>> = {
    get: (target, name) => {
      if (through.includes(name)) times += 1;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  };
  return { map: new Proxy(map, counting), times: () => times };
}

/** The same for a list: counts each access to an item. */
export function lookedAt<T>(items: readonly T[]): { readonly items: readonly T[]; readonly times: () => number } {
  let times = 0;
  const counting: ProxyHandler<T[]> = {
    get: (target, name, receiver) => {
      if (typeof name === "string" && /^\d+$/.test(name)) times += 1;
      return Reflect.get(target, name, receiver);
    },
  };
  return { items: new Proxy([...items], counting), times: () => times };
}
