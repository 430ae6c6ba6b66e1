import type { Demands } from "../../profiles/profile.ts";

/** A BCP 47 tag as the partner writes it: `zh-Hans` is `zh-cn` in lower case with a country, and `zh` without its script. */
export function partnerLanguage(tag: string, form: Demands["languageTags"]): string {
  if (form === "bcp47") return tag;
  const locale = new Intl.Locale(tag);
  const region = form === "lower" ? locale.maximize().region : locale.region;
  const short = region === undefined ? locale.language : `${locale.language}-${region}`;
  return form === "lower" ? short.toLowerCase() : short;
}
