/**
 * A record that counts how often all of it is looked through (its keys are asked for), for "once, however many": what does so for each
 * article takes a hundred times as long for ten times as many.
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

/** The same for a list, which counts each of its items that is looked at. */
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
