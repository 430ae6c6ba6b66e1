import { parse as parseYaml } from "yaml";
import { baseAddress, type Detector, isTable, noPattern, patternAs, proposalOf, textIn } from "./proposal.ts";

/** Jekyll's words for the parts of an address (its docs: permalinks), and ours; Hexo's are the same but for its colons. */
const words = {
  categories: "{section}",
  category: "{section}",
  year: "{year}",
  month: "{month}",
  day: "{day}",
  title: "{name}",
  slug: "{name}",
  post_title: "{name}",
  name: "{name}",
};

/** Jekyll's named patterns. */
const styles: Readonly<Record<string, string>> = {
  date: "/:categories/:year/:month/:day/:title.html",
  pretty: "/:categories/:year/:month/:day/:title/",
  none: "/:categories/:title.html",
  ordinal: "/:categories/:year/:y_day/:title.html",
};

export const jekyll: Detector = (read, names) => {
  const config = configOf(read("_config.yml") ?? read("_config.yaml"));
  if (config === undefined || isHexo(read, names)) return undefined;
  const source = (textIn(config, "source") ?? "").replace(/^\.(?:\/|$)|^\/+|\/+$/g, "");
  const at = (path: string) => (source === "" ? path : `${source}/${path}`);
  const written = ofPosts(config) ?? textIn(config, "permalink") ?? "date";
  const pattern = (Object.hasOwn(styles, written) ? (styles[written] ?? written) : written).replace(":output_ext", ".html");
  const folders = /:categor(?:ies|y)\b/.test(pattern) ? postFolders(names, at(textIn(config, "collections_dir") ?? "")) : [];
  const permalinkOf = (section: string) => patternAs(pattern, /:(\w+)/g, { ...words, categories: section, category: section });
  const permalink = permalinkOf("{section}");
  const inFolders = folders.map(({ glob, path }) => [glob, permalinkOf(`${path}/{section}`) ?? ""] as const);
  const people = ["authors", "people", "members"].flatMap((name) => ["yml", "yaml", "json"].map((ending) => at(`_data/${name}.${ending}`)));
  return proposalOf({
    generator: "Jekyll",
    ...shared(config),
    url: baseAddress(textIn(config, "url"), textIn(config, "baseurl")),
    articles: [`**/_posts/**/*.{md,markdown,html}`],
    ignore: ["_site/**", "vendor/**", "node_modules/**"],
    static: [],
    ...(permalink === undefined
      ? { doubt: noPattern(pattern) }
      : { permalink: folders.length === 0 ? permalink : { ...Object.fromEntries(inFolders), "**": permalink } }),
    people: people.find((path) => names.has(path)),
  });
};

/** More would make a site.yaml that nobody reads. */
const mostFolders = 40;
/** Jekyll reads no folder whose name begins with "_"; a glob needs plain names. */
const WAY = /^(?:(?!_)[\p{L}\p{M}\p{N}.~_-]+(?:\/|$))+$/u;

/**
 * The folders of posts below others, whose names Jekyll takes as categories, in lower case: `news/_posts`, but not `_posts/news`. `top`: the
 * folder of the site's sources.
 */
function postFolders(names: ReadonlySet<string>, top: string): readonly { readonly glob: string; readonly path: string }[] {
  const base = top === "" ? "" : `${top.replace(/\/+$/, "")}/`;
  const below = [...names].flatMap((name) => (name.startsWith(base) ? [name.slice(base.length)] : []));
  const folders = new Set(below.flatMap((name) => /^(.+?)\/_posts\//.exec(name)?.[1] ?? []));
  return [...folders]
    .filter((folder) => WAY.test(folder))
    .sort()
    .slice(0, mostFolders)
    .map((folder) => ({ glob: `${base}${folder}/_posts/**`, path: folder.toLowerCase() }));
}

/** The pattern that the defaults of Jekyll, or its collection of posts, set for posts alone. */
function ofPosts(config: Config): string | undefined {
  const defaults = Array.isArray(config["defaults"]) ? (config["defaults"] as readonly unknown[]) : [];
  const meant = defaults.filter((one) => {
    const type = textIn(one, "scope", "type");
    return type === undefined ? (textIn(one, "scope", "path") ?? "").includes("_posts") : /^posts?$/.test(type);
  });
  return (
    meant.map((one) => textIn(one, "values", "permalink")).findLast((one) => one !== undefined) ??
    textIn(config, "collections", "posts", "permalink")
  );
}

export const hexo: Detector = (read, names) => {
  const config = configOf(read("_config.yml"));
  if (config === undefined || !isHexo(read, names)) return undefined;
  const source = textIn(config, "source_dir") ?? "source";
  const pattern = textIn(config, "permalink") ?? ":year/:month/:day/:title/";
  const permalink = patternAs(pattern, /:(\w+)/g, words);
  return proposalOf({
    generator: "Hexo",
    ...shared(config),
    url: baseAddress(textIn(config, "url"), textIn(config, "root")?.replace(/^\/$/, "")),
    articles: [`${source}/_posts/**/*.{md,markdown,html}`],
    ignore: ["themes/**", "public/**"],
    static: [source],
    ...(permalink === undefined ? { doubt: noPattern(pattern) } : { permalink }),
  });
};

type Config = Readonly<Record<string, unknown>>;

function isHexo(read: Parameters<Detector>[0], names: ReadonlySet<string>): boolean {
  return /"hexo"\s*:/.test(read("package.json") ?? "") || [...names].some((name) => name.startsWith("source/_posts/"));
}

function configOf(text: string | undefined): Config | undefined {
  try {
    const value: unknown = text === undefined ? undefined : parseYaml(text);
    return isTable(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function shared(config: Config) {
  return {
    title: textIn(config, "title") ?? textIn(config, "name"),
    description: textIn(config, "description"),
    language: textIn(config, "lang") ?? textIn(config, "locale") ?? textIn(config, "language"),
    author: textIn(config, "author", "name") ?? textIn(config, "author"),
    timezone: textIn(config, "timezone"),
  };
}
