/** Month names as they stand in dates, whole or by their first letters: English, Russian and Kazakh. */
const NAMES: readonly (readonly string[])[] = [
  ["january", "jan", "января", "январь", "янв", "қаңтар", "қаң"],
  ["february", "feb", "февраля", "февраль", "фев", "февр", "ақпан", "ақп"],
  ["march", "mar", "марта", "март", "мар", "наурыз", "нау"],
  ["april", "apr", "апреля", "апрель", "апр", "сәуір", "сәу"],
  ["may", "мая", "май", "мамыр", "мам"],
  ["june", "jun", "июня", "июнь", "июн", "маусым", "мау"],
  ["july", "jul", "июля", "июль", "июл", "шілде", "шіл"],
  ["august", "aug", "августа", "август", "авг", "тамыз", "там"],
  ["september", "sep", "sept", "сентября", "сентябрь", "сен", "сент", "қыркүйек", "қыр"],
  ["october", "oct", "октября", "октябрь", "окт", "қазан", "қаз"],
  ["november", "nov", "ноября", "ноябрь", "ноя", "нояб", "қараша", "қар"],
  ["december", "dec", "декабря", "декабрь", "дек", "желтоқсан", "жел"],
];

const NUMBERS: ReadonlyMap<string, number> = new Map(NAMES.flatMap((names, index) => names.map((name) => [name, index + 1] as const)));

/** From 1 to 12; undefined for any other word. */
export const monthNumber = (name: string): number | undefined => NUMBERS.get(name.toLowerCase().replace(/\.$/, ""));
