/** The next position at or after `from`, or -1. Calls with growing positions read the text only once in total. */
export type Seeker = (from: number) => number;

export function seekerOf(text: string, sought: string | RegExp): Seeker {
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
export function seekersOf(text: string): (sought: string) => Seeker {
  const made = new Map<string, Seeker>();
  return (sought) => {
    const seeker = made.get(sought) ?? seekerOf(text, sought);
    made.set(sought, seeker);
    return seeker;
  };
}
