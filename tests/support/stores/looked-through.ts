/**
 * A record that counts how often its keys are listed, to show that code iterates over it once: code that does so for each article takes
 * a hundred times as long for ten times as many articles.
 */
export function lookedThrough<T extends object>(record: T): { readonly record: T; readonly times: () => number } {
  let times = 0;
  const counting: ProxyHandler<T> = {
    ownKeys: (target) => {
      times += 1;
      return Reflect.ownKeys(target);
    },
  };
  return { record: new Proxy(record, counting), times: () => times };
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
