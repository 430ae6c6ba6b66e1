/** The next position at or after `from`, or -1. Calls with growing positions read the text only once in total. */
export type ForwardSearch = (from: number) => number;

export function forwardSearch(text: string, sought: string | RegExp): ForwardSearch {
  let found = -2;
  const seek = (from: number): number => {
    if (typeof sought === "string") return text.indexOf(sought, from);
    sought.lastIndex = from;
    return sought.exec(text)?.index ?? -1;
  };
  return (from) => {
    if (found === -2 || (found !== -1 && found < from)) found = seek(from);
    return found;
  };
}

/** The seekers of one text, one for each sought string. */
export function forwardSearches(text: string): (sought: string) => ForwardSearch {
  const made = new Map<string, ForwardSearch>();
  return (sought) => {
    const search = made.get(sought) ?? forwardSearch(text, sought);
    made.set(sought, search);
    return search;
  };
}
