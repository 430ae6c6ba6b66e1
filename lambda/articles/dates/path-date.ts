import type { WrittenDate } from "../model/article.ts";
import { parseDate } from "./dates.ts";

/**
 * The forms of a day in a path: `2020/06/10/slug`, `2020-06-10-slug`, `2020_06_10 Title`, `20200610 Title`, `202006101545 Title`,
 * `2020-6-1-slug` (Jekyll), `2020年6月10日 标题`, or a folder of such a name. A year and a month alone are not a day. The last day in the path counts, as the nearest to
 * the article.
 */
const SHAPES: readonly RegExp[] = [
  /(?<![^/])(\d{4})\/(\d{1,2})\/(\d{1,2})(?![^/._ -])/g,
  /(?<![^/])(\d{4})[-_.](\d{2})[-_.](\d{2})(?!\d)/g,
  /(?<![^/])(\d{4})-(\d{1,2})-(\d{1,2})(?=-[^\d])/g,
  /(?<![^/])(\d{4})(\d{2})(\d{2})(?:(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?(?!\d)/g,
  /(?<![^/])(\d{4})年(\d{1,2})月(\d{1,2})日/g,
];

/** The day in a path or permalink, if its year is plausible (1970 to 2100). */
export function dateOfPath(path: string, zone: string): WrittenDate | undefined {
  const found = SHAPES.flatMap((shape) => [...path.matchAll(shape)])
    .filter(([, year]) => Number(year) >= 1970 && Number(year) <= 2100)
    .map((match) => ({ index: match.index, date: parseDate(`${match[1]}-${match[2]}-${match[3]}`, zone) }))
    .filter(({ date }) => date !== undefined)
    .sort((a, b) => b.index - a.index);
  return found[0]?.date;
}
