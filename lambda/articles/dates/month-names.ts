/**
 * Month names in dates, whole or shortened: English, Russian, Kazakh (also in the form after a day, and in Arabic script), and Arabic of
 * Egypt and the Gulf, the Levant and the Maghreb.
 */
const NAMES: readonly (readonly string[])[] = [
  ["january", "jan", "января", "январь", "янв", "қаңтар", "қаңтары", "қаң", "قاڭتار", "يناير", "كانون الثاني", "جانفي"],
  ["february", "feb", "февраля", "февраль", "фев", "февр", "ақпан", "ақпаны", "ақп", "اقپان", "فبراير", "شباط", "فيفري"],
  ["march", "mar", "марта", "март", "мар", "наурыз", "наурызы", "нау", "ناۋرىز", "مارس", "آذار"],
  ["april", "apr", "апреля", "апрель", "апр", "сәуір", "сәуірі", "сәу", "ءساۋىر", "ساۋىر", "أبريل", "إبريل", "نيسان", "أفريل"],
  ["may", "мая", "май", "мамыр", "мамыры", "мам", "مامىر", "مايو", "أيار", "ماي"],
  ["june", "jun", "июня", "июнь", "июн", "маусым", "маусымы", "мау", "ماۋسىم", "يونيو", "يونيه", "حزيران", "جوان"],
  ["july", "jul", "июля", "июль", "июл", "шілде", "шілдесі", "шіл", "شىلدە", "يوليو", "يوليه", "تموز", "جويلية"],
  ["august", "aug", "августа", "август", "авг", "тамыз", "тамызы", "там", "تامىز", "أغسطس", "آب", "أوت", "غشت"],
  ["september", "sep", "sept", "сентября", "сентябрь", "сен", "сент", "қыркүйек", "қыркүйегі", "қыр", "قىركۇيەك", "سبتمبر", "أيلول"],
  ["october", "oct", "октября", "октябрь", "окт", "қазан", "қазаны", "қаз", "قازان", "أكتوبر", "تشرين الأول"],
  ["november", "nov", "ноября", "ноябрь", "ноя", "нояб", "қараша", "қарашасы", "қар", "قاراشا", "نوفمبر", "تشرين الثاني"],
  ["december", "dec", "декабря", "декабрь", "дек", "желтоқсан", "желтоқсаны", "жел", "جەلتوقسان", "ديسمبر", "كانون الأول"],
];

/** Arabic is often typed without the marks on alif. */
const plain = (name: string): string => name.toLowerCase().replace(/[أإآ]/g, "ا").replace(/\.$/, "");

const NUMBERS: ReadonlyMap<string, number> = new Map(
  NAMES.flatMap((names, index) => names.map((name) => [plain(name), index + 1] as const)),
);

/** 1 to 12; undefined for any other word. Two names of the same month count as one: "تشرين الثاني/نوفمبر". */
export function monthNumber(written: string): number | undefined {
  const numbers = new Set(written.split("/").map((name) => NUMBERS.get(plain(name.trim()))));
  return numbers.size === 1 ? [...numbers][0] : undefined;
}
