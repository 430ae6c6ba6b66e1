/** Paper and ink of the pages in both color schemes (page-style.ts). */
const schemes = { light: { paper: "#fffdfa", towards: 0 }, dark: { paper: "#161513", towards: 255 } } as const;

/** The contrast of text on paper (WCAG 2.2, 1.4.6). */
const enough = 7;

/**
 * A color of the newsroom for links, in both color schemes: as it is where it can be read, else darker or lighter until its contrast is
 * 7:1. `accent`: `#rrggbb`.
 */
export const accentIn = (accent: string): { readonly light: string; readonly dark: string } => ({
  light: readable(accent, schemes.light),
  dark: readable(accent, schemes.dark),
});

const readable = (accent: string, { paper, towards }: (typeof schemes)[keyof typeof schemes]): string => {
  const [own, ground] = [partsOf(accent), luminance(partsOf(paper))];
  for (let step = 0; step <= 20; step++) {
    const mixed = own.map((part) => Math.round(part + ((towards - part) * step) / 20));
    if (contrast(luminance(mixed), ground) >= enough) return `#${mixed.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
  }
  throw new Error("Black and white are readable on every paper.");
};

const partsOf = (color: string): readonly number[] => [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));

/** WCAG 2.2, relative luminance. */
const luminance = (parts: readonly number[]): number => {
  const [red = 0, green = 0, blue = 0] = parts.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const contrast = (one: number, other: number): number => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
