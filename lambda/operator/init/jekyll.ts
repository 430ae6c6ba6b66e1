import { parse as parseYaml } from "yaml";
import { baseAddress, type Detector, isTable, noPattern, patternAs, proposalOf, textIn } from "./proposal.ts";

/** Jekyll's words for the parts of an address (its docs: permalinks), and ours; Hexo's are the same but for its colons. */
const words = {
  categories: "{section}",
  category: "{section}",
  year: "{year}",
  month: "{month}",
  day: "{day}",
  title: "{slug}",
  slug: "{slug}",
  post_title: "{slug}",
  name: "{slug}",
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
  const source = (textIn(config, "source") ?? "").replace(/^\.?\/+|\/+$/g, "");
  const at = (path: string) => (source === "" ? path : `${source}/${path}`);
  const written = textIn(config, "permalink") ?? "date";
  const pattern = (Object.hasOwn(styles, written) ? (styles[written] ?? written) : written).replace(":output_ext", ".html");
  const permalink = patternAs(pattern, /:(\w+)/g, words);
  return proposalOf({
    generator: "Jekyll",
    ...shared(config),
    url: baseAddress(textIn(config, "url"), textIn(config, "baseurl")),
    articles: [`**/_posts/**/*.{md,markdown,html}`],
    ignore: ["_site/**", "vendor/**", "node_modules/**"],
    static: [],
    ...(permalink === undefined ? { doubt: noPattern(pattern) } : { permalink }),
    ...(names.has(at("_data/authors.yml")) ? { people: at("_data/authors.yml") } : {}),
  });
};

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
