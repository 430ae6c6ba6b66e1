import { omitUndefined } from "../../articles/model/json-value.ts";
import { asText, listingFrom } from "../../stores/scan.ts";
import type { Key, Listed, Print, ScanPage, Store } from "../../stores/store.ts";
import { type Divided, dividedAfter, sameRanges, sumIn } from "./ranges.ts";
import { add, countInto, sumFrom, sumText } from "./sum.ts";

/**
 * The digest of a listing, worked out as the listing came; undefined if a version does not yet prove that the bytes stay. `keys`: how many it
 * has, or a few more. `divided`: what to keep of it, if the store has pages.
 */
export type Glance = {
  readonly digest: string | undefined;
  readonly keys: number;
  readonly divided?: Divided;
  readonly listing: () => Promise<readonly Listed[]>;
};

/** Looks at all keys of a store. Pages that are still as `before` knows them are not read, until somebody needs the listing. */
export async function glance(store: Store, before: Divided, isLeftOut = (_key: Key): boolean => false): Promise<Glance> {
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
  const printed: (Print & { readonly sum?: string })[] = [];
  const unread = new Map<Print, ScanPage>();
  if (store.pages === undefined) for await (const batch of store.scan("", before.points)) read(batch);
  else
    for await (const page of store.pages("", before.points)) {
      if (page.printed !== undefined && before.ranges.length > 0) unread.set(page.printed, page);
      else {
        const own = read(await page.listed());
        if (page.printed !== undefined) printed.push({ ...page.printed, sum: own });
      }
    }
  const same = sameRanges(before, [...unread.keys()]);
  for (const at of same.keys()) add(sum, sumFrom(sumIn(before.ranges[at] ?? "")));
  const stay = new Set([...same.values()].flat());
  for (const [print, page] of [...unread]) {
    if (stay.has(print)) {
      keys += print.keys;
      printed.push(print);
    } else {
      printed.push({ ...print, sum: read(await page.listed()) });
      unread.delete(print);
    }
  }
  const others = async () => {
    const all: Listed[] = [];
    for (const [print, page] of unread) {
      for (const one of await page.listed()) all.push(one);
      unread.delete(print);
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
    ...omitUndefined({ divided: dividedAfter(before, same, printed) }),
    listing: () => {
      listing ??= listed();
      return listing;
    },
  };
}
