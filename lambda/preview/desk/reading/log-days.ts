import type { GroupedLog } from "../../../operator/proof/grouped-log.ts";

/** Days in a row, each as `2026-11-28` (UTC). */
export type Days = {
  readonly names: readonly string[] /** The place of a second since 1970 in them; undefined if it is of another day. */;
  readonly at: (second: number) => number | undefined;
};

const day = 86_400;
/** The most days that a picture shows: CloudFront's logs are kept for 30. */
const most = 31;

/** The days of the logs, without a gap, the latest of them; none if there is no request. */
export function daysOf(logs: readonly GroupedLog[]): Days {
  const first = Math.min(...logs.flatMap((log) => log.first ?? []));
  const last = Math.max(...logs.flatMap((log) => log.last ?? []));
  if (!Number.isFinite(first)) return { names: [], at: () => undefined };
  const end = Math.floor(last / day);
  const start = Math.max(Math.floor(first / day), end - most + 1);
  const names = Array.from({ length: end - start + 1 }, (_, index) => new Date((start + index) * day * 1_000).toISOString().slice(0, 10));
  return {
    names,
    at: (second) => {
      const index = Math.floor(second / day) - start;
      return index < 0 || index >= names.length ? undefined : index;
    },
  };
}

/** How many of these seconds are of each day. */
export function countByDay({ names, at }: Days, seconds: Iterable<number>): readonly number[] {
  const counts = names.map(() => 0);
  for (const second of seconds) {
    const index = at(second);
    if (index !== undefined) counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts;
}
