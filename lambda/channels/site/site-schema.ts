import * as z from "zod"; // the named import carries the messages of every language
import { mistakesInMoves } from "./moves.ts";
import { mistakesInPartners } from "./partner-mistakes.ts";
import { partner } from "./partner-schema.ts";
import {
  account,
  address,
  authority,
  baseUrl,
  byteSize,
  channelName,
  destination,
  duration,
  fieldName,
  folder,
  globs,
  httpUrl,
  hubUrl,
  languageTag,
  peopleFile,
  permalink,
  since,
  text,
  timezone,
  where,
  words,
} from "./site-values.ts";
import { syndicationKeys } from "./syndication.ts";

const share = z.number().min(0).max(1);

const mostBytes = 4_000_000;

const channel = z
  .strictObject({
    name: channelName,
    by: z.enum(["section", "tag", "author", "language"]),
    title: text,
    description: text,
    image: address,
    where,
    limit: z.int().min(1).max(3000),
    bytes: byteSize.refine((bytes) => bytes <= mostBytes, {
      error: "must be at most 4MB: a feed file may have at most 5 MB, and text grows in each format",
    }),
    content: z.enum(["full", "summary"]),
    formats: z.array(z.enum(["rss", "atom", "json"])).min(1),
    archive: z.enum(["none", "monthly"]),
    split: z.enum(["none", "language"]),
  })
  .partial()
  .refine((rule) => (rule.name === undefined) !== (rule.by === undefined), { error: 'needs "name" or "by", but not both' });

const guard = z.strictObject({
  lose: share.default(0.5),
  atLeast: z.int().min(1).default(5),
  quarantined: share.default(0.1),
  grace: duration.default(3_600_000),
});

/** RFC 9309, 2.2.1, and the digits that some names have in spite of it. */
const crawler = text.regex(/^[A-Za-z0-9_.-]+$/, { error: 'is not the name of a crawler, such as GPTBot; "*" would mean every crawler' });
/** What a permitted use costs (RSL 1.0, payment). */
const payment = z.enum(["free", "attribution", "contribution", "purchase", "subscription", "crawl", "training", "use"]);
const rights = z.strictObject({
  license: httpUrl.optional(),
  rsl: httpUrl.optional(),
  terms: z.strictObject({ payment }).optional(),
  policy: httpUrl.optional(),
  ai: z.strictObject({ search: z.boolean(), input: z.boolean(), train: z.boolean() }).partial().optional(),
  robots: z.strictObject({ disallow: z.array(crawler).optional() }).optional(),
  ...syndicationKeys,
});

const theme = z
  .strictObject({
    accent: text.regex(/^#[0-9a-f]{6}$/i, { error: 'is not a color; write it as "#0a4a85"' }),
    stylesheet: text.regex(/^[^?#:]+\.css$/i, { error: 'is not the path of a .css file in the content, such as "media/wire.css"' }),
  })
  .partial();

const shape = z.strictObject({
  url: baseUrl,
  title: text.optional(),
  feedUrl: baseUrl.optional(),
  language: languageTag.default("en"),
  languages: z.array(languageTag).optional(),
  timezone: timezone.default("UTC"),
  description: text.optional(),
  image: address.optional(),
  icon: address.optional(),
  copyright: text.optional(),
  license: httpUrl.optional(),
  author: z
    .strictObject({ name: text, email: text.max(320).optional(), url: httpUrl.optional(), fediverse: account.optional() })
    .optional(),
  ids: z.strictObject({ authority: authority.optional(), since: since.optional() }).optional(),
  articles: globs.optional(),
  ignore: globs.optional(),
  static: z.union([folder, z.array(folder)]).optional(),
  permalink: permalink.optional(),
  pages: z.boolean().optional(),
  markdown: z.boolean().optional(),
  channels: z.array(channel).min(1).refine(uniqueNames, { error: "has two channels with the same name" }).optional(),
  hub: hubUrl.optional(),
  guard: guard.prefault({}),
  retain: duration.default(30 * 86_400_000),
  limits: z.strictObject({ article: byteSize.default(5_000_000), media: byteSize.default(500_000_000) }).prefault({}),
  encodings: z
    .array(z.enum(["gzip", "br"]))
    .refine((names) => new Set(names).size === names.length, { error: "names the same encoding twice" })
    .default(["gzip"]),
  freshness: duration.default(86_400_000),
  moved: z.record(z.string(), destination).optional(),
  retired: z.array(text).optional(),
  news: z.strictObject({ name: text.optional() }).optional(),
  rights: rights.optional(),
  theme: theme.optional(),
  fields: z.record(fieldName, words).optional(),
  people: peopleFile.optional(),
  partners: z.array(partner).optional(),
});

/** What site.yaml may contain; docs/site-yaml.md explains each key. */
export const siteSchema = shape.superRefine((site, context) => {
  const tags = new Set([site.language, ...(site.languages ?? [])].map((tag) => tag.toLowerCase()));
  for (const [index, rule] of (site.channels ?? []).entries()) {
    if (rule.name === undefined || !tags.has(rule.name.toLowerCase())) continue;
    const message = `is a language of this site, whose feeds use that folder; write "name: news-${rule.name}"`;
    context.addIssue({ code: "custom", path: ["channels", index, "name"], message });
  }
  const licenses = new Set([site.license, site.rights?.license].filter((url) => url !== undefined));
  if (licenses.size > 1) {
    const message = 'differs from "license", which means the same; write only one of the two';
    context.addIssue({ code: "custom", path: ["rights", "license"], message });
  }
  const { terms, rsl, ai } = site.rights ?? {};
  const wrong =
    rsl !== undefined
      ? 'has Wireroom write the licence that "rights.rsl" already names; write only one of the two'
      : Object.keys(ai ?? {}).length === 0
        ? 'says nothing about any use without "rights.ai"; write, for example, ai: { search: true, train: false } beside it'
        : undefined;
  if (terms !== undefined && wrong !== undefined) context.addIssue({ code: "custom", path: ["rights", "terms"], message: wrong });
  for (const { path, message } of [...mistakesInMoves(site), ...mistakesInPartners(site)])
    context.addIssue({ code: "custom", path: [...path], message });
});

export type SiteFile = z.infer<typeof siteSchema>;

function uniqueNames(rules: readonly { readonly name?: string | undefined; readonly by?: string | undefined }[]): boolean {
  // Folded, because some disks do not distinguish "World" from "world".
  const names = rules.map((rule) => rule.name?.normalize("NFC").toLowerCase() ?? `by ${rule.by}`);
  return new Set(names).size === names.length;
}
