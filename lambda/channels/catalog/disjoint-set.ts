/** `tie` joins the groups of two names; `of` gives a name's group: one of its names, the same for all. */
export type Ties = { readonly tie: (a: string, b: string) => void; readonly of: (name: string) => string };

/** Disjoint sets (union-find): if a is tied to b and b to c, then a is tied to c. */
export function ties(): Ties {
  const toward = new Map<string, string>();
  const of = (name: string): string => {
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
  const tie = (a: string, b: string): void => {
    const [first, second] = [of(a), of(b)];
    if (first !== second) toward.set(first, second);
  };
  return { tie, of };
}
