import { readdir } from "node:fs/promises";
import picomatch from "picomatch";
import { canonicalTag } from "../../articles/language/language.ts";
import type { Instant } from "../../articles/model/article.ts";
import { omitUndefined } from "../../articles/model/json-value.ts";
import { chooseSources } from "../../articles/source.ts";
import { peopleAt } from "../../channels/site/people-folder.ts";
import { parseSite, siteOfFlags } from "../../channels/site/site-file.ts";
import { Fault } from "../../fault.ts";
import type { InitPlan } from "../../reports/started.ts";
import type { Key, Listed, Store } from "../../stores/store.ts";
import { commonFolder, isOfPeople, languagesInNames, peopleFor, staticFoldersFor } from "./evidence.ts";
import { generatorIn, isOfPackage, noGenerator } from "./generators.ts";
import { newsroomFiles } from "./newsroom.ts";
import type { Proposal } from "./proposal.ts";
import { siteLines } from "./site-lines.ts";
import { type Looked, survey } from "./survey.ts";

/** `name`: of the folder, for a title; url and language: as the person gave them. */
export type InitOrder = { readonly name: string; readonly url?: string; readonly language?: string; readonly now: Instant };

/** The content of a new site.yaml: this folder if it has something besides what npm and Git leave in it, else the folder content. */
export async function placeOfInit(): Promise<string> {
  const names = (await readdir(".")).filter((name) => !/^\.|^node_modules$/.test(name) && !isOfPackage(name));
  return names.length === 0 || (names.length === 1 && names[0] === "content") ? "content" : ".";
}

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
  const { whole, read } = await generatorIn(listing, content);
  const site = { url: order.url ?? whole.url ?? example, language: order.language ?? languageOf(whole) ?? "en" };
  const inNames = languagesInNames(chooseSources(own, { articles: whole.articles, ignore: whole.ignore }).articles.map(({ key }) => key));
  const newsroom = {
    ...site,
    languages: inNames.length === 0 ? [] : [...new Set([site.language, ...inNames])],
    timezone: zoneOf(whole),
    articles: whole.articles,
    ignore: whole.ignore,
    limits: { article: 5_000_000 },
  };
  const first = await survey(content, own, newsroom);
  const meant = whole.generator === noGenerator ? whereDated(whole.articles, first) : narrowed(whole.articles, first.dated);
  const articles = onlyBundles(meant, first);
  const people = whole.people ?? peopleFor(first.authors, own.map(({ key }) => key).filter(isOfPeople), read);
  const known = people === undefined ? {} : { people: peopleAt(people) };
  const isSame = articles === whole.articles && known.people?.glob === undefined;
  const looked = isSame ? first : await survey(content, own, { ...newsroom, ...known, articles });
  const seen = { ...looked, languages: [...new Set([...looked.languages, ...newsroom.languages])] };
  const names = new Set(own.map(({ key }) => key.normalize("NFC")));
  const proposal: Proposal = {
    ...whole,
    articles,
    ignore: [...whole.ignore, ...seen.dataFolders.map((folder) => `${folder}/**`)],
    static: staticFoldersFor(seen.references, names, whole.static),
    ...omitUndefined({ people, permalink: withoutStem(permalinkFor(seen, whole.permalink), whole, seen.keys) }),
  };
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

/** The glob for only some folders; addresses by {path} stay as they are, since the fixed part of the glob does. */
function narrowed(globs: readonly string[], folders: readonly string[]): readonly string[] {
  const [glob = ""] = globs;
  const { base } = picomatch.scan(glob);
  return folders.length === 0 ? globs : [`${base}/@(${folders.join("|")})${glob.slice(base.length)}`];
}

/** The templates that some article needs; a text if that is one. Jekyll names a category once, be it a folder's or the article's own. */
function permalinkFor({ keys, sectioned }: Looked, written: Proposal["permalink"]): Proposal["permalink"] {
  if (written === undefined || typeof written === "string") return written;
  const rules = Object.entries(written).map(([glob, template]) => ({ glob, template, isMatch: picomatch(glob, { nocase: true }) }));
  const needed = new Set(keys.map((key) => rules.find(({ isMatch }) => isMatch(key))));
  const used = rules
    .filter((rule) => needed.has(rule))
    .map(({ glob, template, isMatch }) => {
      const names = /^(.*)\/\{section\}/.exec(template)?.[1]?.split("/") ?? [];
      const isTwice = sectioned.some(({ key, section }) => isMatch(key) && names.includes(section.toLowerCase()));
      return { glob, template: isTwice ? template.replace("/{section}", "") : template };
    });
  return used.length === 1 ? used[0]?.template : Object.fromEntries(used.map(({ glob, template }) => [glob, template]));
}

/** `{stem}` is for names with a day, which Zola also takes from folders; without any it is `{path}`. */
function withoutStem(written: Proposal["permalink"], { generator }: Proposal, keys: readonly Key[]): Proposal["permalink"] {
  const dated =
    generator === "Zola" ? /(?:^|\/)\d{4}-\d\d-\d\d[-_][^/]+(?:\/index(?:\.[\w-]+)?)?\.[^./]+$/ : /(?:^|\/)\d{4}-\d\d-\d\d-[^/]+$/;
  return typeof written === "string" && !keys.some((key) => dated.test(key)) ? written.replace("{stem}", "{path}") : written;
}

/** The folder that holds nearly all articles with a date, if there are enough to tell. */
function whereDated(globs: readonly string[], { datedKeys }: Looked): readonly string[] {
  const folder = datedKeys.length < 5 ? "" : commonFolder(datedKeys);
  return folder === "" ? globs : globs.map((glob) => `${folder}/${glob}`);
}

/** Where every article with a date is the index page of a folder of its own, the files beside those belong to them. */
function onlyBundles(globs: readonly string[], { datedKeys, keys }: Looked): readonly string[] {
  const [glob = "", ...others] = globs;
  const { base } = picomatch.scan(glob);
  const isBundle = (key: Key) => /^[^/]+\/index(?:\.[\w-]+)?\.[^./]+$/i.test(key.slice(base.length + 1));
  if (base === "" || others.length > 0 || datedKeys.length < 5 || !datedKeys.every(isBundle)) return globs;
  const isOther = (key: Key) => key.startsWith(`${base}/`) && !isBundle(key);
  return keys.some(isOther) ? [`${base}/*/index.${glob.slice(glob.lastIndexOf("*.") + 2)}`] : globs;
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
