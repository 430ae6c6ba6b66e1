import { readdir } from "node:fs/promises";
import picomatch from "picomatch";
import { canonicalTag } from "../../articles/language/language.ts";
import type { Instant } from "../../articles/model/article.ts";
import { parseSite, siteOfFlags } from "../../channels/site/site-file.ts";
import { Fault } from "../../fault.ts";
import type { InitPlan } from "../../reports/started.ts";
import { inParallel } from "../../stores/parallel.ts";
import type { Key, Listed, Store } from "../../stores/store.ts";
import { hugo, zola } from "./hugo.ts";
import { astro, docusaurus, eleventy } from "./javascript.ts";
import { hexo, jekyll } from "./jekyll.ts";
import { newsroomFiles } from "./newsroom.ts";
import type { Proposal } from "./proposal.ts";
import { siteLines } from "./site-lines.ts";
import { survey } from "./survey.ts";

/** `name`: of the folder, for a title; url and language: as the person gave them. */
export type InitOrder = { readonly name: string; readonly url?: string; readonly language?: string; readonly now: Instant };

/** The content of a new site.yaml: this folder if it has something besides what npm and Git leave in it, else the folder content. */
export async function placeOfInit(): Promise<string> {
  const names = (await readdir(".")).filter((name) => !/^\.|^node_modules$/.test(name) && !isOfPackage(name));
  return names.length === 0 || (names.length === 1 && names[0] === "content") ? "content" : ".";
}

const detectors = [docusaurus, astro, eleventy, hexo, jekyll, hugo, zola];

/** Files of a site that say something about it; the largest that is read. */
const telling =
  /^(?:[\w.-]*config[\w.-]*\.\w+|config\/_default\/[\w.-]+|package\.json|\.eleventy\.js|hugo\.\w+|src\/[\w.-]+\.ts|(?:[\w-]+\/)?_data\/[\w.-]+)$/;
const largest = 200_000;

/**
 * Looks into a folder, and changes nothing.
 * @throws Fault (usage) if it has a site.yaml or an export of another system, if there is nothing in it that could be an article, or if url
 * or language is invalid.
 */
export async function planInit(order: InitOrder, content: Store): Promise<InitPlan> {
  siteOfFlags({ siteUrl: order.url ?? example, ...(order.language === undefined ? {} : { language: order.language }) });
  const listing = (await content.list()).filter(({ key }) => !key.includes("node_modules/"));
  const own = listing.filter(({ key }) => !isOfPackage(key));
  if (own.some(({ key }) => key === "site.yaml"))
    throw refusal(`${content.address} already has a site.yaml. Change it, or remove it to start anew.`);
  if (own.length === 0)
    return {
      content: content.address,
      files: newsroomFiles({ url: order.url ?? example, language: order.language ?? "en", now: order.now }),
    };
  const whole = await proposalFor(own, content);
  const site = { url: order.url ?? whole.url ?? example, language: order.language ?? languageOf(whole) ?? "en" };
  const newsroom = {
    ...site,
    languages: [],
    timezone: zoneOf(whole),
    articles: whole.articles,
    ignore: whole.ignore,
    limits: { article: 5_000_000 },
  };
  const first = await survey(content, own, newsroom);
  const proposal = { ...whole, articles: narrowed(whole.articles, first.dated) };
  const seen = first.dated.length === 0 ? first : await survey(content, own, { ...newsroom, articles: proposal.articles });
  if (seen.files === 0) throw refusal(nothingIn(content.address, own));
  const language = order.language ?? languageOf(proposal) ?? seen.languages[0] ?? "en";
  const title = proposal.title ?? order.name;
  const isKnown = order.url !== undefined || proposal.url !== undefined;
  const text = siteLines({
    proposal: { ...proposal, ...zoneIn(proposal) },
    survey: seen,
    title,
    url: site.url,
    isKnown,
    language,
    now: order.now,
  });
  parseSite(text, "site.yaml");
  return { content: content.address, files: { "site.yaml": text }, found: { generator: proposal.generator, survey: seen } };
}

/** Writes what was planned; never over a file that came meanwhile. */
export async function init({ files }: InitPlan, content: Store): Promise<void> {
  for (const [key, text] of Object.entries(files)) {
    const written = await content.write(key, Buffer.from(text, "utf8"), {}, { ifAbsent: true });
    if (written.kind === "refused") throw refusal(`${content.address}/${key} exists by now.`);
  }
}

const example = "https://news.example/";

const refusal = (message: string): Fault => new Fault(`${message} Nothing was changed.`, { kind: "usage" });

/** Files that npm, Git and a copy of our own package leave in an otherwise empty folder. */
const isOfPackage = (key: Key): boolean => /^(?:package(?:-lock)?\.json|README\.md|LICENSE(?:\.\w+)?|wireroom-[\w.-]+\.tgz)$/i.test(key);

async function proposalFor(listing: readonly Listed[], content: Store): Promise<Proposal> {
  const readable = listing.filter(({ key, size }) => telling.test(key) && size <= largest);
  const texts = new Map(
    await inParallel(readable, async ({ key }) => [key, Buffer.from((await content.read(key))?.bytes ?? []).toString("utf8")] as const),
  );
  const names = new Set(listing.map(({ key }) => key));
  for (const detect of detectors) {
    const found = detect((path) => texts.get(path), names);
    if (found !== undefined) return found;
  }
  return {
    generator: "a folder of articles",
    articles: ["**/*.{md,markdown,mdx,html,htm,txt}"],
    ignore: ["**/_index.*", "**/README.*", "**/LICENSE.*"],
    static: [],
  };
}

/** The glob for only some folders; addresses by {path} stay as they are, since the fixed part of the glob does. */
function narrowed(globs: readonly string[], folders: readonly string[]): readonly string[] {
  const [glob = ""] = globs;
  const { base } = picomatch.scan(glob);
  return folders.length === 0 ? globs : [`${base}/@(${folders.join("|")})${glob.slice(base.length)}`];
}

/** An export is for import, and a folder without articles for nobody. */
function nothingIn(address: string, listing: readonly Listed[]): string {
  const some = listing.slice(0, 3).map(({ key }) => key);
  const exported = listing.find(({ key }) => /\.(?:xml|json)$/i.test(key) && /wordpress|wxr|ghost/i.test(key));
  const way = exported === undefined ? "Name the folder of the articles with --content." : `Run: wireroom import ${exported.key}`;
  return `There are no articles in ${address} (${some.join(", ")}${listing.length > some.length ? ", …" : ""}). ${way}`;
}

const languageOf = ({ language }: Proposal): string | undefined => (language === undefined ? undefined : canonicalTag(language));

function zoneOf({ timezone = "UTC" }: Proposal): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: timezone }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}

function zoneIn(proposal: Proposal): Pick<Proposal, "timezone"> {
  return proposal.timezone === undefined ? {} : { timezone: zoneOf(proposal) };
}
