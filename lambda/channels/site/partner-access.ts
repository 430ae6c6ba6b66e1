import * as z from "zod"; // the named import carries the messages of every language
import { parseDate } from "../../articles/dates/dates.ts";
import { instantOfDay } from "../../articles/dates/zone.ts";
import type { Instant } from "../../articles/model/article.ts";
import { omitUndefined } from "../../articles/model/json-value.ts";
import { text } from "./site-values.ts";

/**
 * How a partner shows its key: as the password of HTTP Basic, in a header, or in the path (`/p/<key>/partners/<name>/…`). "public": it
 * needs none, for a partner whose crawler cannot send one.
 */
const methods = ["basic", "header", "path", "public"] as const;

export type AccessMethod = (typeof methods)[number];

/**
 * Who may fetch a partner's files. `methods`: absent where site.yaml leaves them to the profile; none means that nobody may. `header`: in
 * lower case. `expires`: no key counts from then on.
 */
export type PartnerAccess = {
  readonly methods?: readonly AccessMethod[];
  readonly header: string;
  readonly expires?: Instant;
};

const method = z.enum([...methods, "off"]);
const notADate = "is not a date; write 2027-01-31 or 2027-01-31T18:00:00+05:00";

/** The keys of a partner in site.yaml that say who may fetch its files. */
export const accessKeys = {
  access: z
    .union([method, z.array(method).min(1)])
    .transform((written) => [...new Set([written].flat())])
    .refine((all) => all.length === 1 || !(all.includes("off") || all.includes("public")), {
      error: '"off" and "public" stand alone',
    })
    .optional(),
  // Those that a proxy or CloudFront may change, or that mean something else, cannot hold a key.
  header: text
    .max(64)
    .regex(/^[A-Za-z0-9-]+$/, { error: "is not the name of a header, such as X-Api-Key" })
    .refine(
      (name) => !/^(?:authorization|connection|host|cookie|content-.*|accept.*|x-amz-.*|x-forwarded-.*|via|te|range|if-.*)$/i.test(name),
      {
        error: "is a header with another meaning; choose a name such as X-Api-Key",
      },
    )
    .optional(),
  expires: text.refine((written) => parseDate(written, "UTC") !== undefined, { error: notADate }).optional(),
} as const;

type AccessFile = {
  readonly access?: readonly z.infer<typeof method>[] | undefined;
  readonly header?: string | undefined;
  readonly expires?: string | undefined;
};

/** With its defaults: ways that the profile knows, and `X-Api-Key`. A day ends access at its beginning, in the site's time zone. */
export function accessOf({ access, header = "X-Api-Key", expires }: AccessFile, zone: string): PartnerAccess {
  const date = expires === undefined ? undefined : parseDate(expires, zone);
  return {
    header: header.toLowerCase(),
    ...omitUndefined({ methods: access?.flatMap((one) => (one === "off" ? [] : [one])) }),
    ...omitUndefined({ expires: date?.kind === "day" ? instantOfDay(date.day, date.zone, "start") : date?.at }),
  };
}
