import { factOf, plainName } from "../../articles/front-matter/fields/field-names.ts";
import type { Newsroom, Person } from "../../articles/model/article.ts";
import { omitUndefined } from "../../articles/model/json-value.ts";
import { type Moves, movesOf } from "./moves.ts";
import type { PartnerRule } from "./partner-rule.ts";
import { partnerRuleOf } from "./partner-schema.ts";
import { peopleAt } from "./people-folder.ts";
import type { SiteFile } from "./site-schema.ts";
import { type SyndicationRights, syndicationOf } from "./syndication.ts";

export type FormatName = "rss" | "atom" | "json";

/** The file of each format in the folder of its document. */
export const feedFiles: Readonly<Record<FormatName, string>> = { rss: "rss.xml", atom: "atom.xml", json: "feed.json" };

/**
 * The conditions of a channel: properties of an article. `path` is a glob over keys. A list matches if any value matches; several
 * properties must all match.
 */
export type Where = Readonly<Partial<Record<"section" | "tag" | "author" | "language" | "path", readonly string[]>>>;

/** How the feeds of a channel look; the same for every feed of a rule. */
export type ChannelStyle = {
  readonly limit: number;
  /** Bytes, measured before formats: the UTF-8 of each body as shown, plus 1,000 per entry. */
  readonly bytes: number;
  readonly content: "full" | "summary";
  readonly formats: readonly FormatName[];
  readonly archive: "none" | "monthly";
  readonly split: "none" | "language";
  readonly description?: string;
  readonly image?: string;
};

/** One entry of `channels` in site.yaml. A `by` rule makes one channel for each value in its articles. */
export type ChannelRule =
  | ({ readonly kind: "named"; readonly name: string; readonly title?: string; readonly where: Where } & ChannelStyle)
  | ({
      readonly kind: "by";
      readonly by: "section" | "tag" | "author" | "language";
      readonly title?: string;
      readonly where: Where;
    } & ChannelStyle);

/** When a change looks like damage. `lose` and `quarantined` are shares from 0 to 1, `grace` is in milliseconds. */
export type Guard = { readonly lose: number; readonly atLeast: number; readonly quarantined: number; readonly grace: number };

/** How files are compressed in addition to the plain file. */
export type Encoding = "gzip" | "br";

/** What the newsroom tells programs that read it; what it does not set is absent. */
export type Rights = {
  /** Url of a licence for machines (RSL 1.0): the newsroom's own, or the one that Wireroom writes with `terms`. */
  readonly rsl?: string;
  /** What the licence that Wireroom writes says besides `ai`. */
  readonly terms?: { readonly payment: string };
  /** Url of a policy on text and data mining (TDMRep). */
  readonly policy?: string;
  /** Whether search may index it, answers may use it, and models may train on it. */
  readonly ai: { readonly search?: boolean; readonly input?: boolean; readonly train?: boolean };
  /** Crawlers that are asked to stay away, by their names in robots.txt. */
  readonly disallow: readonly string[];
};

/** site.yaml with every default filled in. */
export type Site = Newsroom & {
  readonly title: string;
  readonly description: string;
  /** The absolute address of the feeds; ends with "/". */
  readonly feedUrl: string;
  readonly image?: string;
  readonly icon?: string;
  readonly copyright?: string;
  /** `rights.license`, or the older `license`. */
  readonly license?: string;
  readonly rights?: Rights;
  /** The newsroom's look on its pages: a color for links (`#rrggbb`), and a stylesheet of the content by its path. */
  readonly theme?: { readonly accent?: string; readonly stylesheet?: string };
  readonly author: Person;
  /** For `tag:` ids (RFC 4151). Absent: ids are `urn:uuid:`. */
  readonly ids?: { readonly authority: string; readonly since: string };
  /** The template of the addresses of articles that no rule of `permalinks` names. */
  readonly permalink?: string;
  /** Templates for the articles of a glob, the first that fits. */
  readonly permalinks?: readonly { readonly path: string; readonly template: string }[];
  /** Folders whose files a site generator puts at the top of the site: `/a.png` may be `static/a.png`. */
  readonly staticFolders: readonly string[];
  /** Each article has its own page at its url. */
  readonly pages: boolean;
  /** RSS also has the bodies of articles written in Markdown as Markdown. */
  readonly markdown?: boolean;
  readonly channels: readonly ChannelRule[];
  readonly partners: readonly PartnerRule[];
  /** What partners may have, where an article or a picture says nothing. */
  readonly syndication: SyndicationRights;
  readonly hub?: string;
  readonly guard: Guard;
  /** Bytes: a larger file is not published as a medium. */
  readonly mediaLimit: number;
  /** Milliseconds. */
  readonly retain: number;
  /** How long without a new article before an alarm, in milliseconds. */
  readonly freshness: number;
  readonly encodings: readonly Encoding[];
  readonly moves: Moves;
  /** For the sitemap of Google News: the publication's name as news.google.com shows it. Absent: no such sitemap. */
  readonly news?: { readonly name: string };
};

/** What counts as an article without a site.yaml: the default globs of docs/site-yaml.md. */
const articles = ["**/*.{md,markdown,mdx,html,htm,txt}"];
const ignored = ["**/_index.*", "**/README.*", "**/LICENSE.*", "**/node_modules/**"];

/** Fills in the defaults of a site file that has passed the schema. Nobody is in `people` yet: they are in files of their own. */
export function siteOf(file: SiteFile): Site {
  const url = withSlash(file.url);
  const host = new URL(url).hostname;
  const title = file.title ?? host;
  return {
    title,
    description: file.description ?? title,
    url,
    feedUrl: withSlash(file.feedUrl ?? file.url),
    language: file.language,
    languages: file.languages ?? [],
    timezone: file.timezone,
    articles: file.articles ?? articles,
    ignore: file.ignore ?? ignored,
    limits: { article: file.limits.article },
    mediaLimit: file.limits.media,
    author: personOf(file.author) ?? { name: title },
    ...omitUndefined({ image: absolute(file.image, url), icon: absolute(file.icon, url), copyright: file.copyright }),
    ...omitUndefined({
      license: file.rights?.license ?? file.license,
      rights: rightsOf(file.rights, withSlash(file.feedUrl ?? file.url)),
      theme: file.theme && omitUndefined(file.theme),
    }),
    ...omitUndefined({ ids: file.ids?.since === undefined ? undefined : { authority: file.ids.authority ?? host, since: file.ids.since } }),
    staticFolders: [file.static ?? []].flat(),
    ...permalinksOf(file.permalink),
    ...omitUndefined({ hub: file.hub, fields: fieldsOf(file.fields) }),
    ...omitUndefined({ people: file.people === undefined ? undefined : peopleAt(file.people) }),
    pages: file.pages ?? false,
    ...omitUndefined({ markdown: file.markdown }),
    channels: (file.channels ?? [{ name: "all" }]).map(ruleOf),
    partners: (file.partners ?? []).map((partner) => partnerRuleOf(partner, file.timezone)),
    syndication: syndicationOf(file.rights),
    guard: file.guard,
    retain: file.retain,
    freshness: file.freshness,
    encodings: file.encodings,
    moves: movesOf(file),
    ...omitUndefined({ news: file.news && { name: file.news.name ?? title } }),
  };
}

function permalinksOf(written: SiteFile["permalink"]): Pick<Site, "permalink" | "permalinks"> {
  if (written === undefined || typeof written === "string") return omitUndefined({ permalink: written });
  const { "**": others, ...rest } = written;
  const permalinks = Object.entries(rest).map(([path, template]) => ({ path, template }));
  return { ...omitUndefined({ permalink: others }), ...(permalinks.length === 0 ? {} : { permalinks }) };
}

type RuleFile = NonNullable<SiteFile["channels"]>[number];

function ruleOf(rule: RuleFile): ChannelRule {
  const style = {
    limit: rule.limit ?? 50,
    bytes: rule.bytes ?? 1_000_000,
    content: rule.content ?? "full",
    formats: rule.formats ?? (["rss", "atom", "json"] as const),
    archive: rule.archive ?? "none",
    split: rule.split ?? "none",
    where: (rule.where ?? {}) as Where,
    ...omitUndefined({ description: rule.description, image: rule.image, title: rule.title }),
  } as const;
  return rule.by === undefined ? { kind: "named", name: rule.name ?? "all", ...style } : { kind: "by", by: rule.by, ...style };
}

/** By fact, each name folded. Two names of one fact (`date` and `published`) share a list. */
function fieldsOf(fields: SiteFile["fields"]): Newsroom["fields"] {
  if (fields === undefined) return undefined;
  const own: Record<string, readonly string[]> = {};
  for (const [name, others = []] of Object.entries(fields)) {
    const fact = factOf(name);
    if (fact !== undefined) own[fact] = [...(own[fact] ?? []), ...others.map(plainName)];
  }
  return own;
}

function personOf(author: SiteFile["author"]): Person | undefined {
  return author === undefined
    ? undefined
    : { name: author.name, ...omitUndefined({ email: author.email, url: author.url, fediverse: author.fediverse }) };
}

function rightsOf(rights: SiteFile["rights"], feedUrl: string): Rights | undefined {
  if (rights === undefined) return undefined;
  return {
    ai: omitUndefined(rights.ai ?? {}),
    disallow: rights.robots?.disallow ?? [],
    ...omitUndefined({
      rsl: rights.rsl ?? (rights.terms === undefined ? undefined : `${feedUrl}rsl.xml`),
      terms: rights.terms,
      policy: rights.policy,
    }),
  };
}

function withSlash(url: string): string {
  const { href } = new URL(url);
  return href.endsWith("/") ? href : `${href}/`;
}

function absolute(address: string | undefined, base: string): string | undefined {
  return address === undefined ? undefined : new URL(address, base).href;
}
