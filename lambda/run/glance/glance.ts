import { omitUndefined } from "../../articles/model/json-value.ts";
import { asText, listingFrom } from "../../stores/scan.ts";
import type { Key, Listed, PageHash, ScanPage, Store } from "../../stores/store.ts";
import { type KnownRanges, rangesAfter, type SummedPage, sameRanges, sumIn } from "./ranges.ts";
import { add, countInto, sumFrom, sumText } from "./sum.ts";

/**
 * The digest of a listing, worked out as the listing came; undefined if a version does not yet prove that the bytes stay. `keys`: how many it
 * has, or a few more. `known`: what to keep of it, if the store has pages.
 */
export type Glance = {
  readonly digest: string | undefined;
  readonly keys: number;
  readonly known?: KnownRanges;
  readonly listing: () => Promise<readonly Listed[]>;
};

/** Looks at all keys of a store. Pages that are still as `before` knows them are not read, until somebody needs the listing. */
export async function glance(store: Store, before: KnownRanges, isLeftOut = (_key: Key): boolean => false): Promise<Glance> {
  const [texts, sum]: [string[], Uint16Array] = [[], sumFrom()];
  let [settled, keys] = [true, 0];
  /** Its sum, in hexadecimal. */
  const read = (batch: readonly Listed[]): string => {
    const own = sumFrom();
    for (const one of batch) {
      if (isLeftOut(one.key)) continue;
      settled &&= one.settled;
      countInto(own, one, 1);
    }
    add(sum, own);
    texts.push(asText(batch));
    keys += batch.length;
    return sumText(own);
  };
  const pages: SummedPage[] = [];
  const unread = new Map<PageHash, ScanPage>();
  if (store.pages === undefined) for await (const batch of store.scan("", before.points)) read(batch);
  else
    for await (const page of store.pages("", before.points)) {
      if (page.hashed !== undefined && before.ranges.length > 0) unread.set(page.hashed, page);
      else {
        const own = read(await page.listed());
        if (page.hashed !== undefined) pages.push({ ...page.hashed, sum: own });
      }
    }
  const same = sameRanges(before, [...unread.keys()]);
  for (const at of same.keys()) add(sum, sumFrom(sumIn(before.ranges[at] ?? "")));
  const stay = new Set([...same.values()].flat());
  for (const [hashed, page] of [...unread]) {
    if (stay.has(hashed)) {
      keys += hashed.keys;
      pages.push(hashed);
    } else {
      pages.push({ ...hashed, sum: read(await page.listed()) });
      unread.delete(hashed);
    }
  }
  const others = async () => {
    const all: Listed[] = [];
    for (const [hashed, page] of unread) {
      for (const one of await page.listed()) all.push(one);
      unread.delete(hashed);
    }
    return all;
  };
  const listed = async () => {
    const all = listingFrom(texts, await others());
    // They are needed no more, and the listing itself stays for the whole run.
    texts.length = 0;
    return all;
  };
  let listing: ReturnType<typeof listed> | undefined;
  return {
    digest: settled ? sumText(sum) : undefined,
    keys,
    ...omitUndefined({ known: rangesAfter(before, same, pages) }),
    listing: () => {
      listing ??= listed();
      return listing;
    },
  };
}
