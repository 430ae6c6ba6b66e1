import * as z from "zod"; // the named import carries the messages of every language
import { beginsWithLanguage } from "../articles/language-codes.ts";
import { withoutForbidden } from "../articles/xml-text.ts";
import { mistakesInMoves } from "./moves.ts";
import { files, folders } from "./reserved.ts";

/** What no feed can hold is none: a title of nothing else would be an empty one in every feed. */
const text = z.string().overwrite(withoutForbidden).trim().min(1);
const words = z
  .union([text, z.array(text)], { error: "must be text, or a list of texts" })
  .transform((value) => (Array.isArray(value) ? value : [value]));
const httpUrl = z.url({
  protocol: /^https?$/,
  error: ({ code }) => (code === "invalid_type" ? undefined : "is not an absolute http or https URL"),
});
/** What a hub is told could otherwise be read and changed on its way. */
const hubUrl = httpUrl.refine((url) => !/^http:/i.test(url) || /^http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost)(?:[:/]|$)/i.test(url), {
  error: "must begin with https:// (http only on this machine)",
});
/** What addresses are made from: without the parts that an address made from it could not keep. */
const baseUrl = httpUrl.refine((url) => !/[?#]/.test(url), { error: "must not have a ? or a # in it: addresses are made by adding to it" });
/** An address, or a path under the site's url. */
const address = text.refine((written) => URL.canParse(written, "https://site.example/"), { error: "is not an address" });
const languageTag = text
  .refine(isLanguageTag, { error: "is not a BCP 47 language tag, such as ru, kk or zh-Hans" })
  .transform(canonicalTag);

const sizes: Readonly<Record<string, number>> = { B: 1, KB: 1_000, MB: 1_000_000, GB: 1_000_000_000 };
const notASize = "is not a size; write a number of bytes, or 500KB, 1MB";
const byteSize = z.union([z.number(), z.string()], { error: notASize }).transform((value, context) => {
  const match = /^(\d+(?:\.\d+)?)\s*(B|KB|MB|GB)?$/i.exec(String(value).trim());
  if (match === null) return refuse(context, notASize);
  return Math.round(Number(match[1]) * (sizes[(match[2] ?? "B").toUpperCase()] ?? 1));
});

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const notADuration = "is not a duration; write 90s, 15m, 24h or 30d";
const duration = z.string({ error: notADuration }).transform((value, context) => {
  const match = /^(\d+(?:\.\d+)?)\s*([smhd])$/.exec(value.trim());
  if (match === null) return refuse(context, notADuration);
  return Math.round(Number(match[1]) * (units[match[2] ?? ""] ?? 0));
});

/** What the wire itself uses at the top of a feed host, and what the plan calls a run as a whole. */
const reserved = new Set([...folders, ...files, "run"]);
const channelName = text
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u, { error: "is not a name: letters, digits, '-', '_' and '.' only, because it becomes a folder" })
  // Names are keys of plain records in state, where "constructor" would be found without ever having been put there.
  .refine((name) => !reserved.has(name.toLowerCase()) && !(name in {}), { error: "is a word the wire uses itself; choose another name" });

/** RFC 4151, 2.1: who mints ids. Lower case, so that an id is the same wherever somebody normalises it. */
const authority = text.regex(/^(?:[a-z0-9._-]+@)?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/, {
  error: "is not a domain name or an e-mail address in lower case, such as wire.example",
});
const notADay = "is not a day, such as 2026-01-01";
/** RFC 4151, 2.1: a day, a month or a year. A year alone is a number in YAML. */
const since = z
  .union([z.string(), z.int()], { error: notADay })
  .transform(String)
  .refine((date) => /^\d{4}(-\d{2}){0,2}$/.test(date) && z.iso.date().safeParse(`${date}-01-01`.slice(0, 10)).success, { error: notADay });

const parts = ["section", "language", "slug", "year", "month", "day"];
const permalink = text
  .startsWith("/", { error: 'must begin with "/", such as "/{section}/{slug}/"' })
  .refine((template) => [...template.matchAll(/\{([^}]*)\}?/g)].every(([, name = ""]) => parts.includes(name)), {
    error: `may use ${parts.map((part) => `{${part}}`).join(", ")}, and nothing else in braces`,
  })
  .refine((template) => template.includes("{slug}"), { error: "must have {slug} in it, or all articles would have one address" });

const share = z.number().min(0).max(1);
const where = z.strictObject({ section: words, tag: words, author: words, language: words, path: words }).partial();

const channel = z
  .strictObject({
    name: channelName,
    by: z.enum(["section", "tag", "author", "language"]),
    title: text,
    description: text,
    image: address,
    where,
    limit: z.int().min(1).max(3000),
    bytes: byteSize,
    content: z.enum(["full", "summary"]),
    formats: z.array(z.enum(["rss", "atom", "json"])).min(1),
    archive: z.enum(["none", "monthly"]),
    split: z.enum(["none", "language"]),
  })
  .partial()
  .refine((rule) => (rule.name === undefined) !== (rule.by === undefined), { error: 'needs either "name" or "by", and not both' });

const guard = z.strictObject({
  lose: share.default(0.5),
  atLeast: z.int().min(1).default(5),
  quarantined: share.default(0.1),
  grace: duration.default(3_600_000),
});

/** RFC 9309, 2.2.1, and the digits that some names have in spite of it. */
const crawler = text.regex(/^[A-Za-z0-9_.-]+$/, { error: 'is not the name of a crawler, such as GPTBot; "*" would mean every one' });
const rights = z.strictObject({
  license: httpUrl.optional(),
  rsl: httpUrl.optional(),
  policy: httpUrl.optional(),
  ai: z.strictObject({ search: z.boolean(), input: z.boolean(), train: z.boolean() }).partial().optional(),
  robots: z.strictObject({ disallow: z.array(crawler).optional() }).optional(),
});

const shape = z.strictObject({
  url: baseUrl,
  title: text.optional(),
  feedUrl: baseUrl.optional(),
  language: languageTag.default("en"),
  languages: z.array(languageTag).optional(),
  timezone: text.refine(isTimezone, { error: "is not an IANA time zone, such as Asia/Almaty" }).default("UTC"),
  description: text.optional(),
  image: address.optional(),
  icon: address.optional(),
  copyright: text.optional(),
  license: httpUrl.optional(),
  author: z.strictObject({ name: text, email: text.optional(), url: httpUrl.optional() }).optional(),
  ids: z.strictObject({ authority: authority.optional(), since: since.optional() }).optional(),
  articles: words.optional(),
  ignore: words.optional(),
  permalink: permalink.optional(),
  pages: z.boolean().optional(),
  channels: z.array(channel).min(1).refine(uniqueNames, { error: "has two channels of one name" }).optional(),
  hub: hubUrl.optional(),
  guard: guard.prefault({}),
  retain: duration.default(30 * 86_400_000),
  limits: z.strictObject({ article: byteSize.default(5_000_000), media: byteSize.default(500_000_000) }).prefault({}),
  encodings: z.array(z.enum(["gzip", "br"])).default(["gzip"]),
  freshness: duration.default(86_400_000),
  moved: z.record(z.string(), text).optional(),
  retired: z.array(text).optional(),
  news: z.looseObject({}).optional(),
  rights: rights.optional(),
  partners: z.array(z.looseObject({})).optional(),
});

/** What site.yaml may say; docs/site-yaml.md tells what each key means. */
export const siteSchema = shape.superRefine((site, context) => {
  const tags = new Set([site.language, ...(site.languages ?? [])].map((tag) => tag.toLowerCase()));
  for (const [index, rule] of (site.channels ?? []).entries()) {
    if (rule.name === undefined || !tags.has(rule.name.toLowerCase())) continue;
    const message = `is a language of this site, whose feeds have that folder; write "name: news-${rule.name}"`;
    context.addIssue({ code: "custom", path: ["channels", index, "name"], message });
  }
  const licenses = new Set([site.license, site.rights?.license].filter((url) => url !== undefined));
  if (licenses.size > 1) {
    const message = 'is another one than "license", which means the same; write one of the two';
    context.addIssue({ code: "custom", path: ["rights", "license"], message });
  }
  for (const { path, message } of mistakesInMoves(site)) context.addIssue({ code: "custom", path: [...path], message });
});

export type SiteFile = z.infer<typeof siteSchema>;

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1 && beginsWithLanguage(tag);
  } catch {
    return false;
  }
}

function canonicalTag(tag: string): string {
  return Intl.getCanonicalLocales(tag)[0] ?? tag;
}

function isTimezone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en-GB", { timeZone: zone }).format(0) !== "";
  } catch {
    return false;
  }
}

function uniqueNames(rules: readonly { readonly name?: string | undefined; readonly by?: string | undefined }[]): boolean {
  // Folded: not every disk tells "World" from "world".
  const names = rules.map((rule) => rule.name?.normalize("NFC").toLowerCase() ?? `by ${rule.by}`);
  return new Set(names).size === names.length;
}

function refuse(context: z.RefinementCtx, message: string): never {
  context.addIssue({ code: "custom", message });
  return z.NEVER;
}
