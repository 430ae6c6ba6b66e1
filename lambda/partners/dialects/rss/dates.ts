import type { Instant } from "../../../articles/model/article.ts";

/** A moment in UTC as RFC 822 writes it with a four-digit year, or as ISO 8601 without milliseconds. */
export const partnerDate = (at: Instant, form: "rfc822" | "iso8601"): string =>
  form === "rfc822" ? new Date(at).toUTCString() : at.replace(/\.\d+Z$/, "Z");
