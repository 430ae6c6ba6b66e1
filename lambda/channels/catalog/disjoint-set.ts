/** `union` joins the groups of two names; `find` gives a name's group: one of its names, the same for all. */
export type DisjointSet = { readonly union: (a: string, b: string) => void; readonly find: (name: string) => string };

/** Disjoint sets (union-find): if a is joined to b and b to c, then a is joined to c. */
export function disjointSet(): DisjointSet {
  const toward = new Map<string, string>();
  const find = (name: string): string => {
    let end = name;
    for (let next = toward.get(end); next !== undefined; next = toward.get(end)) end = next;
    // Shortens the path: a chain of a thousand translations is walked only once.
    for (let step = name; step !== end; ) {
      const next = toward.get(step) ?? end;
      toward.set(step, end);
      step = next;
    }
    return end;
  };
  const union = (a: string, b: string): void => {
    const [first, second] = [find(a), find(b)];
    if (first !== second) toward.set(first, second);
  };
  return { union, find };
}
