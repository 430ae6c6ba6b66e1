import * as z from "zod"; // the named import carries the messages of every language
import { omitUndefined } from "../../articles/model/json-value.ts";
import { accessKeys, accessOf } from "./partner-access.ts";
import { type PartnerRule, profileNames } from "./partner-rule.ts";
import type { Where } from "./site.ts";
import { duration, httpUrl, text, where, words } from "./site-values.ts";

const partnerName = text.max(60).regex(/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/, {
  error: 'is not a name for a partner: small letters, digits and "-", because it becomes a folder',
});

const content = z.union([z.enum(["full", "summary"]), z.strictObject({ paragraphs: z.int().min(1).max(100) })], {
  error: 'must be full, summary, or a number of paragraphs as in "{ paragraphs: 3 }"',
});

const parameter = z.union([text, z.number()]).transform(String);

const attribution = z
  .strictObject({
    line: text.max(500),
    canonical: z.boolean(),
    noindex: z.boolean(),
    pixel: httpUrl,
    parameters: z.record(text.max(100), parameter),
  })
  .partial();

/** One entry of `partners`. `settings` belong to the profile, which checks them. */
export const partner = z
  .strictObject({
    name: partnerName,
    profile: z.enum(profileNames),
    title: text.optional(),
    channel: text.optional(),
    where: where.optional(),
    except: where.optional(),
    delay: duration.optional(),
    hours: z.int().min(1).max(87_600).optional(),
    limit: z.int().min(1).max(3000).optional(),
    content: content.optional(),
    sponsored: z.boolean().optional(),
    sources: words.optional(),
    attribution: attribution.optional(),
    ids: z.enum(["url", "guid"]).optional(),
    changes: z.boolean().optional(),
    settings: z.looseObject({}).optional(),
    ...accessKeys,
  })
  .refine((rule) => (rule.channel === undefined) !== (rule.where === undefined), { error: 'needs "channel" or "where", but not both' });

type PartnerFile = z.infer<typeof partner>;

/** Fills in the defaults of a partner. `zone`: the site's, for a day on which access ends. */
export function partnerRuleOf(file: PartnerFile, zone: string): PartnerRule {
  const { line, canonical = false, noindex = false, pixel, parameters = {} } = file.attribution ?? {};
  return {
    name: file.name,
    profile: file.profile,
    where: (file.where ?? {}) as Where,
    except: (file.except ?? {}) as Where,
    delay: file.delay ?? 0,
    content: file.content ?? "full",
    sponsored: file.sponsored ?? false,
    sources: file.sources ?? [],
    attribution: { canonical, noindex, parameters, ...omitUndefined({ line, pixel }) },
    ids: file.ids ?? "guid",
    changes: file.changes ?? false,
    settings: file.settings ?? {},
    access: accessOf(file, zone),
    ...omitUndefined({ title: file.title, channel: file.channel, hours: file.hours, limit: file.limit }),
  };
}
