/** A set of the platform's own, or one of the two in which Kazakh was written beside windows-1251. */
export type Encoding = string;

/** What KZ-1048, Kazakhstan's own standard, has in the place of letters of windows-1251 that Kazakh does not need (IANA: KZ-1048). */
const KZ_1048 = ["ЌЋќћЎўЈҐЄЇґєјЅѕї", "ҚҺқһҰұӘӨҒҮөғәҢңү"] as const;
/** The Kazakh letters of Paratype's set for Asian Cyrillic (IANA: PTCP154); the others of it are in no Kazakh text. */
const PTCP154 = ["Ѓѓ‡‰ЊЌЋњќћ¤¦Є±µєІі", "ҒғҮүҢҚҺңқһӨҰӘұөәІі"] as const;

const VARIANTS: Readonly<Record<string, readonly [string, string]>> = { "KZ-1048": KZ_1048, PTCP154 };

/** Text of an encoding that takes every byte. */
export function decodeAs(encoding: Encoding, bytes: Uint8Array): string {
  const variant = VARIANTS[encoding];
  if (variant === undefined) return new TextDecoder(encoding).decode(bytes);
  const letters = new Map([...variant[0]].map((letter, index) => [letter, [...variant[1]][index] ?? letter]));
  return new TextDecoder("windows-1251")
    .decode(bytes)
    .replace(new RegExp(`[${variant[0]}]`, "g"), (letter) => letters.get(letter) ?? letter);
}

/** How often a pattern is met. */
export const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
