import { canonicalTag } from "./language.ts";
import { memoize } from "./memoize.ts";

export type Direction = "ltr" | "rtl";

/** Right-to-left scripts (ISO 15924), of living and extinct languages. */
const FROM_THE_RIGHT: ReadonlySet<string> = new Set(
  (
    "Adlm Arab Aran Armi Avst Chrs Cprt Elym Hatr Hebr Hung Khar Lydi Mand Mani Mend Merc Mero Narb Nbat Nkoo Orkh Palm Phli Phlp " +
    "Phnx Prti Rohg Samr Sarb Sogd Sogo Syrc Syre Syrj Syrn Thaa Yezi"
  ).split(" "),
);

/**
 * The direction of a BCP 47 language, from its script, or its most likely script if the tag names none. `kk` is "ltr", `kk-CN` and `ug` are
 * "rtl"; an invalid tag is "ltr".
 */
export const directionOf = memoize((tag): Direction => {
  const canonical = canonicalTag(tag);
  const script = canonical === undefined ? undefined : new Intl.Locale(canonical).maximize().script;
  return script !== undefined && FROM_THE_RIGHT.has(script) ? "rtl" : "ltr";
});
