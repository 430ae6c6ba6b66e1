import { parse as parseToml } from "smol-toml";
import { parse as parseYaml } from "yaml";
import {
  baseAddress,
  below,
  type Detector,
  firstFile,
  isTable,
  noPattern,
  type Proposal,
  patternAs,
  proposalOf,
  textIn,
} from "./proposal.ts";

const names = ["hugo", "config"].flatMap((name) => ["toml", "yaml", "yml", "json"].map((ending) => `${name}.${ending}`));
const places = [...names, ...names.map((name) => `config/_default/${name}`)];

/** Hugo's words for the parts of an address (its docs: content management, URLs), and ours. */
const words = {
  year: "{year}",
  month: "{month}",
  day: "{day}",
  title: "{title}",
  slug: "{title}",
  slugorfilename: "{name}",
  slugorcontentbasename: "{name}",
  filename: "{name}",
  contentbasename: "{name}",
};

export const hugo: Detector = (read) => {
  const file = firstFile(read, places);
  const config = file && configOf(file);
  // Zola and Jekyll have a config.toml or _config.yml as well.
  if (config === undefined || textIn(config, "base_url") !== undefined) return undefined;
  if (config["baseURL"] === undefined && config["baseurl"] === undefined && config["theme"] === undefined && config["module"] === undefined)
    return undefined;
  const content = textIn(config, "contentDir") ?? textIn(config, "contentdir") ?? "content";
  const language = textIn(config, "languageCode") ?? textIn(config, "defaultContentLanguage");
  return proposalOf({
    generator: "Hugo",
    ...shared(config),
    url: baseAddress(textIn(config, "baseURL") ?? textIn(config, "baseurl")),
    language,
    articles: [below(content)],
    ignore: ["**/_index.*", "themes/**", "public/**", "resources/**"],
    static: ["static", "assets"],
    ...addresses(config, content.replace(/^\.?\/+|\/+$/g, "")),
  });
};

export const zola: Detector = (read) => {
  const text = read("config.toml");
  const config = text === undefined ? undefined : configOf({ path: "config.toml", text });
  const url = textIn(config, "base_url");
  if (config === undefined || url === undefined) return undefined;
  return proposalOf({
    generator: "Zola",
    ...shared(config),
    title: textIn(config, "title") ?? /^title\s*=\s*"([^"\n]+)"/m.exec(read("content/_index.md") ?? "")?.[1],
    url: baseAddress(url),
    language: textIn(config, "default_language"),
    articles: [below("content")],
    ignore: ["**/_index.*", "themes/**", "public/**"],
    static: ["static", "content"],
    permalink: "/{stem}/",
  });
};

type Config = Readonly<Record<string, unknown>>;

function configOf({ path, text }: { readonly path: string; readonly text: string }): Config | undefined {
  try {
    const value: unknown = path.endsWith(".toml") ? parseToml(text) : parseYaml(text);
    return isTable(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function shared(config: Config) {
  return {
    title: textIn(config, "title"),
    description: textIn(config, "params", "description") ?? textIn(config, "description"),
    copyright: textIn(config, "copyright"),
    author:
      textIn(config, "params", "author") ??
      textIn(config, "params", "author", "name") ??
      textIn(config, "author", "name") ??
      textIn(config, "author"),
    timezone: textIn(config, "timeZone"),
  };
}

/** Hugo has patterns for some sections; elsewhere an address follows the path of its file. */
function addresses(config: Config, content: string): Pick<Proposal, "permalink" | "doubt"> {
  const written = isTable(config["permalinks"]) ? config["permalinks"] : {};
  const ofPages = isTable(written["page"]) ? written["page"] : written;
  const patterns = Object.entries(ofPages).filter((pair): pair is [string, string] => typeof pair[1] === "string");
  if (patterns.length === 0) return { permalink: "/{path}/" };
  const ours = patterns.map(([section, pattern]) => [section, pattern, patternIn(section, pattern)] as const);
  const unknown = ours.find(([, , template]) => template === undefined);
  const known = ours.flatMap(([section, , template]) => (template === undefined ? [] : [[`${content}/${section}/**`, template] as const]));
  return {
    ...(known.length === 0 ? {} : { permalink: Object.fromEntries([...known, ["**", "/{path}/"] as const]) }),
    ...(unknown === undefined ? {} : { doubt: `In "${unknown[0]}", ${lowered(noPattern(unknown[1]))}` }),
  };
}

const lowered = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1);

function patternIn(section: string, pattern: string): string | undefined {
  return patternAs(pattern.replace(/:sections?\b(?:\[[^\]]*\])?/g, section), /:(\w+)/g, words);
}
