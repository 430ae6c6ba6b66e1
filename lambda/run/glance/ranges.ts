import { hash } from "node:crypto";
import { byBytes, pointsOf } from "../../stores/scan.ts";
import type { Key, PageHash } from "../../stores/store.ts";
import { add, sumFrom, sumText } from "./sum.ts";

/**
 * What is kept of a listing, so that the next one is quick: the points at which it may be divided, and for each range between them the hash of
 * its pages and the sum of its items, in 32 digits each; "" if they are not known. `ranges` is empty if none is known.
 */
export type KnownRanges = { readonly points: readonly Key[]; readonly ranges: readonly string[] };

/** A page of the listing. `sum`: of its items, in hexadecimal, if it was read. */
export type SummedPage = PageHash & { readonly sum?: string };

const digits = 32;

/** The sum of a range. */
export function sumIn(range: string): string {
  return range.slice(digits);
}

/** The ranges whose pages are still the same, by their place, each with these pages. */
export function sameRanges<P extends PageHash>({ points, ranges }: KnownRanges, pages: readonly P[]): ReadonlyMap<number, readonly P[]> {
  const begin = beginnings(pages);
  const same = new Map<number, readonly P[]>();
  for (const [at, range] of ranges.entries()) {
    const inside = range === "" ? undefined : pagesBetween(begin, points[at - 1], points[at]);
    if (inside !== undefined && hashOfPages(inside) === range.slice(0, digits)) same.set(at, inside);
  }
  return same;
}

/**
 * What to keep of a listing that was divided at the points of `before`; undefined if its pages do not join. `same`: the ranges of it that are still
 * the same.
 */
export function rangesAfter(
  before: KnownRanges,
  same: ReadonlyMap<number, unknown>,
  pages: readonly SummedPage[],
): KnownRanges | undefined {
  const begin = beginnings(pages);
  if (pagesBetween(begin, undefined, undefined) === undefined) return undefined;
  const points = pointsAfter(before.points, begin);
  const ranges = [...points, undefined].map((to, at) => {
    const from = points[at - 1];
    if (same.has(at) && before.points[at - 1] === from && before.points[at] === to) return before.ranges[at] ?? "";
    return rangeOf(pagesBetween(begin, from, to));
  });
  return known({ points, ranges });
}

/** What is still known after some keys have changed. `points`: those of the listing as it is now, for one that has grown. */
export function rangesWithout(before: KnownRanges, changed: readonly Key[], points: readonly Key[]): KnownRanges {
  if (before.ranges.length === 0 || points.length > before.points.length + 1) return { points, ranges: [] };
  const touched = new Set<number>();
  for (const key of changed) {
    touched.add(before.points.filter((point) => byBytes(point, key) < 0).length);
    if (touched.size === before.ranges.length) break;
  }
  return known({ ...before, ranges: before.ranges.map((range, at) => (touched.has(at) ? "" : range)) });
}

function known({ points, ranges }: KnownRanges): KnownRanges {
  return { points, ranges: ranges.some((range) => range !== "") ? ranges : [] };
}

type Beginnings<P extends PageHash> = ReadonlyMap<Key | undefined, P>;

function beginnings<P extends PageHash>(pages: readonly P[]): Beginnings<P> {
  return new Map(pages.map((page) => [page.from, page]));
}

/** The pages after one point up to another, if pages begin and end there. */
function pagesBetween<P extends PageHash>(begin: Beginnings<P>, from: Key | undefined, to: Key | undefined): readonly P[] | undefined {
  const pages: P[] = [];
  for (let page = begin.get(from); page !== undefined && pages.length < begin.size; page = begin.get(page.to)) {
    pages.push(page);
    if (page.to === to) return pages;
    if (page.to === undefined) return undefined;
  }
  return undefined;
}

/** After every key: the last page has an end, too, but no key that is known. */
const end = "\u{10FFFF}";

/** At ends of pages, so that the next listing has the same pages. Points stay while they divide the pages well enough. */
function pointsAfter(before: readonly Key[], begin: Beginnings<PageHash>): readonly Key[] {
  const points = pointsOf([...begin.values()].map(({ to = end }) => to));
  const most = 2 * Math.ceil(begin.size / (points.length + 1));
  const isEven = [...before, undefined].every((to, at) => (pagesBetween(begin, before[at - 1], to)?.length ?? most + 1) <= most);
  return isEven && points.length === before.length ? before : points;
}

function rangeOf(pages: readonly SummedPage[] | undefined): string {
  if (pages === undefined) return "";
  const sum = sumFrom();
  for (const page of pages) {
    if (page.sum === undefined) return "";
    add(sum, sumFrom(page.sum));
  }
  return hashOfPages(pages) + sumText(sum);
}

function hashOfPages(pages: readonly PageHash[]): string {
  return hash("sha256", pages.map((page) => page.hash).join(), "hex").slice(0, digits);
}
