type Half = { readonly words: RegExp; readonly hourOf: (hour: number) => number | undefined };

const morning = (hour: number): number | undefined => (hour < 12 ? hour : undefined);
const between = (first: number, last: number) => (hour: number) => {
  const later = hour < 12 ? hour + 12 : hour;
  return later >= first && later <= last ? later : undefined;
};

/**
 * Parts of the day, as written before or after an hour. Ambiguous times ("晚上12点", "上午12点", "晚上1点") are undefined. 13 to 23 stay as they
 * are.
 */
const HALVES: readonly Half[] = [
  { words: /^(?:上午|早上|早晨|清晨|凌晨|утра)$/u, hourOf: morning },
  { words: /^(?:中午|正午)$/u, hourOf: (hour) => (hour === 11 ? 11 : between(12, 14)(hour)) },
  { words: /^(?:下午|дня)$/u, hourOf: between(12, 19) },
  { words: /^(?:傍晚|晚上|晚间|晚間|вечера)$/u, hourOf: between(16, 23) },
  { words: /^ночи$/u, hourOf: (hour) => (hour >= 1 && hour <= 5 ? hour : undefined) },
  { words: /^(?:a\.?m\.?|ص|صباحا|صباحًا)$/iu, hourOf: (hour) => (hour >= 1 && hour <= 12 ? hour % 12 : undefined) },
  { words: /^(?:p\.?m\.?|م|مساء|مساءً)$/iu, hourOf: (hour) => (hour >= 1 && hour <= 12 ? (hour % 12) + 12 : undefined) },
];

/** All of these words, for use in a pattern. */
export const HALF = HALVES.map(({ words }) => words.source.slice(1, -1)).join("|");

/** The hour from 0 to 23; undefined if it is ambiguous or makes no sense. */
export function hourOf(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour;
  return HALVES.find(({ words }) => words.test(half))?.hourOf(hour);
}
