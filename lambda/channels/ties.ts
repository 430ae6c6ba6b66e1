/** `tie` puts two names into one group, `of` says a name's group: one of the names in it, the same for all of them. */
export type Ties = { readonly tie: (a: string, b: string) => void; readonly of: (name: string) => string };

/** Groups that grow together (union and find): what is tied to what one is tied to is tied to oneself. */
export function ties(): Ties {
  const toward = new Map<string, string>();
  const of = (name: string): string => {
    let end = name;
    for (let next = toward.get(end); next !== undefined; next = toward.get(end)) end = next;
    // The way is kept short: a chain of a thousand translations is walked once.
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
