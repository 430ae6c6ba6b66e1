import type { Headers } from "../stores/store.ts";

/**
 * Cache times of windows and pages. No stale-while-revalidate: it would hand a WebSub hub the old feed. stale-if-error: a reader
 * that meets one error may stay away for days.
 */
const short = "public, max-age=300, s-maxage=60, stale-if-error=604800";
const long = "public, max-age=3600, s-maxage=86400, stale-if-error=604800";

/** What a published text file is served with. */
export function headersOf(kind: "window" | "archive", contentType: string): Headers {
  return { contentType, cacheControl: kind === "window" ? short : long };
}
