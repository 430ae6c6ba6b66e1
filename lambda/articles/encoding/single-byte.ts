/** An encoding of the platform, or one of two in which Kazakh was written next to windows-1251. */
export type SingleByteEncoding = string;

/** KZ-1048, the standard of Kazakhstan, replaces letters of windows-1251 that Kazakh does not need (IANA: KZ-1048). */
const KZ_1048 = ["ЌЋќћЎўЈҐЄЇґєјЅѕї", "ҚҺқһҰұӘӨҒҮөғәҢңү"] as const;
/** The Kazakh letters of ParaType's Asian Cyrillic (IANA: PTCP154); its other letters occur in no Kazakh text. */
const PTCP154 = ["Ѓѓ‡‰ЊЌЋњќћ¤¦Є±µєІі", "ҒғҮүҢҚҺңқһӨҰӘұөәІі"] as const;

const VARIANTS: Readonly<Record<string, readonly [string, string]>> = { "KZ-1048": KZ_1048, PTCP154 };

/** Decodes an encoding in which every byte is valid. */
export function decodeAs(encoding: SingleByteEncoding, bytes: Uint8Array): string {
  const variant = VARIANTS[encoding];
  if (variant === undefined) return new TextDecoder(encoding).decode(bytes);
  const letters = new Map([...variant[0]].map((letter, index) => [letter, [...variant[1]][index] ?? letter]));
  return new TextDecoder("windows-1251")
    .decode(bytes)
    .replace(new RegExp(`[${variant[0]}]`, "g"), (letter) => letters.get(letter) ?? letter);
}

/** How often a pattern matches. */
export const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
