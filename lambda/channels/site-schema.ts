import * as z from "zod"; // the named import carries the messages of every language

const text = z.string().trim().min(1);
const words = z.union([text, z.array(text)]).transform((value) => (Array.isArray(value) ? value : [value]));
const httpUrl = z.url({ protocol: /^https?$/, error: "is not an absolute http or https URL" });
const languageTag = text
  .refine(isLanguageTag, { error: "is not a BCP 47 language tag, such as ru, kk or zh-Hans" })
  .transform(canonicalTag);

const sizes: Readonly<Record<string, number>> = { B: 1, KB: 1_000, MB: 1_000_000, GB: 1_000_000_000 };
const byteSize = z.union([z.number(), z.string()]).transform((value, context) => {
  const match = /^(\d+(?:\.\d+)?)\s*(B|KB|MB|GB)?$/i.exec(String(value).trim());
  if (match === null) return refuse(context, "is not a size; write a number of bytes, or 500KB, 1MB");
  return Math.round(Number(match[1]) * (sizes[(match[2] ?? "B").toUpperCase()] ?? 1));
});

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const duration = z.string().transform((value, context) => {
  const match = /^(\d+(?:\.\d+)?)\s*([smhd])$/.exec(value.trim());
  if (match === null) return refuse(context, "is not a duration; write 90s, 15m, 24h or 30d");
  return Math.round(Number(match[1]) * (units[match[2] ?? ""] ?? 0));
});

/** Paths that the wire itself uses at the top of a feed host (design: what is published). */
const reserved = new Set(["archive", "media", "partners", "articles", "section", "tag", "author", "language"]);
const channelName = text
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u, { error: "is not a name: letters, digits, '-', '_' and '.' only, because it becomes a folder" })
  .refine((name) => !reserved.has(name.toLowerCase()), { error: "is a word the wire uses itself; choose another name" });

const share = z.number().min(0).max(1);
const where = z.strictObject({ section: words, tag: words, author: words, language: words, path: words }).partial();

const channel = z
  .strictObject({
    name: channelName,
    by: z.enum(["section", "tag", "author", "language"]),
    title: text,
    description: text,
    image: text,
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

const shape = z.strictObject({
  url: httpUrl,
  title: text.optional(),
  feedUrl: httpUrl.optional(),
  language: languageTag.default("en"),
  languages: z.array(languageTag).optional(),
  timezone: text.refine(isTimezone, { error: "is not an IANA time zone, such as Asia/Almaty" }).default("UTC"),
  description: text.optional(),
  image: text.optional(),
  icon: text.optional(),
  copyright: text.optional(),
  license: httpUrl.optional(),
  author: z.strictObject({ name: text, email: text.optional(), url: httpUrl.optional() }).optional(),
  ids: z
    .strictObject({ authority: text.optional(), since: z.union([z.iso.date(), z.string().regex(/^\d{4}(-\d{2})?$/)]).optional() })
    .optional(),
  articles: words.optional(),
  ignore: words.optional(),
  permalink: text.startsWith("/", { error: 'must begin with "/", such as "/{section}/{slug}/"' }).optional(),
  pages: z.boolean().optional(),
  channels: z.array(channel).min(1).refine(uniqueNames, { error: "has two channels of one name" }).optional(),
  hub: httpUrl.optional(),
  guard: guard.prefault({}),
  retain: duration.default(30 * 86_400_000),
  limits: z.strictObject({ article: byteSize.default(5_000_000), media: byteSize.default(500_000_000) }).prefault({}),
  encodings: z.array(z.enum(["gzip"])).default(["gzip"]),
  freshness: duration.optional(),
  moved: z.record(z.string(), z.string()).optional(),
  retired: z.array(text).optional(),
  news: z.looseObject({}).optional(),
  rights: z.looseObject({}).optional(),
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
});

export type SiteFile = z.infer<typeof siteSchema>;

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
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
  const names = rules.map((rule) => rule.name ?? `by ${rule.by}`);
  return new Set(names).size === names.length;
}

function refuse(context: z.RefinementCtx, message: string): never {
  context.addIssue({ code: "custom", message });
  return z.NEVER;
}
