const FROM_THE_RIGHT = new Set(["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"]);
const SCRIPTS_FROM_THE_RIGHT = new Set(["adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"]);

/** Which way a BCP 47 language is written: its script says (`kk-Arab`), or else the language. */
export const directionOf = (language: string): "ltr" | "rtl" => {
  const [first = "", ...others] = language.toLowerCase().split("-");
  const script = others.find((part) => /^[a-z]{4}$/.test(part));
  const fromTheRight = script === undefined ? FROM_THE_RIGHT.has(first) : SCRIPTS_FROM_THE_RIGHT.has(script);
  return fromTheRight ? "rtl" : "ltr";
};
