import { dayOf } from "../../articles/dates/zone.ts";
import type { Instant } from "../../articles/model/article.ts";
import { htmlText } from "../model/text.ts";
import { wordsIn } from "../model/words.ts";

/** Our own list, because those of Intl differ between versions of its data. In the form that follows a day's number. */
const MONTHS: Readonly<Record<string, readonly string[]>> = {
  en: "January February March April May June July August September October November December".split(" "),
  ru: "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(" "),
  kk: "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан".split(" "),
  ar: "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split(" "),
};

/** A day (`2026-11-25`) as people write it in a language; unchanged in a language without a list here. */
export const dayIn = (language: string, day: string): string => {
  const primary = language.toLowerCase().split("-")[0] ?? "";
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  if (primary === "zh") return `${year}年${month}月${date}日`;
  const name = MONTHS[primary]?.[month - 1];
  if (name === undefined) return day;
  return primary === "kk" ? `${year} жылғы ${date} ${name}` : `${date} ${name} ${year}`;
};

/** The day of an instant in a zone, as a `time` element in a language. */
export const timeElement = (instant: Instant, language: string, zone: string): string =>
  `<time datetime="${htmlText(instant)}">${htmlText(dayIn(wordsIn(language).language, dayOf(instant, zone)))}</time>`;
