import { parse as parseYaml } from "yaml";
import { baseAddress, below, type Detector, firstFile, isTable, noPattern, proposalOf, textIn } from "./proposal.ts";

/**
 * Generators whose configuration is a program. It is not run: only texts that stand in it as `name: "value"` are read. What a program works
 * out stays unknown.
 */
const written = (text: string, name: string, isMeant = /./): string | undefined =>
  [...text.matchAll(new RegExp(String.raw`(?:^|[\s{,])["']?${name}["']?\s*:\s*(["'\`])((?:(?!\1)[^\\\n$])+)\1`, "g"))]
    .map(([, , value = ""]) => value)
    .find((value) => isMeant.test(value));

const ABSOLUTE = /^https?:\/\//;

/** A text of the outermost level: as deep as the site's address stands. */
function besideSite(text: string, name: string): string | undefined {
  const indent = /^([ \t]*)["']?site["']?\s*:/m.exec(text)?.[1] ?? "";
  return new RegExp(String.raw`^${indent}["']?${name}["']?\s*:\s*["'\`]([^"'\`\n]+)["'\`]`, "m").exec(text)?.[1];
}

const js = (name: string): readonly string[] => ["js", "mjs", "cjs", "ts", "mts"].map((ending) => `${name}.${ending}`);

export const docusaurus: Detector = (read, names) => {
  const file = firstFile(read, js("docusaurus.config"));
  if (file === undefined) return undefined;
  const { text } = file;
  const base = written(text, "baseUrl") ?? "/";
  const people = ["blog/authors.yml", "blog/authors.yaml", "blog/authors.json"].find((path) => names.has(path));
  return proposalOf({
    generator: "Docusaurus",
    title: written(text, "title"),
    description: written(text, "tagline"),
    url: baseAddress(written(text, "url"), base),
    language: written(text, "defaultLocale"),
    articles: [below("blog")],
    ignore: ["build/**", "node_modules/**"],
    static: ["static"],
    permalink: "/blog/{dated}/",
    ...(people === undefined ? {} : { people }),
  });
};

export const astro: Detector = (read, names) => {
  const file = firstFile(read, js("astro.config"));
  if (file === undefined) return undefined;
  const has = (folder: string) => [...names].some((path) => path.startsWith(`${folder}/`) && /\.mdx?$/.test(path));
  const collections = ["blog", "posts", "post", "articles", "news"];
  const homes = ["src/content/docs/", "src/content/", "src/data/", "src/pages/", ""];
  const places = [...homes.flatMap((home) => collections.map((name) => home + name)), "src/content", "content", "src/pages"];
  const folder = places.find(has) ?? "src";
  // The route of a collection is a file of src/pages with the collection's name, as a rule.
  const route = [...names].find((path) => /^src\/pages\/(?:\[[^\]]*\]\/)?[\w-]+\/\[\.{0,3}[\w-]+\]\.astro$/.test(path));
  // Starlight, and pages themselves, have the addresses of their files.
  const own = /^src\/(?:content\/docs|pages)\/(\w+)$/.exec(folder)?.[1];
  const place = own ?? (route === undefined ? undefined : /^src\/pages\/(?:\[[^\]]*\]\/)?([\w-]+)\//.exec(route)?.[1]);
  return proposalOf({
    generator: "Astro",
    title:
      written(file.text, "title") ??
      /(?:SITE_TITLE|SITE\.title|title)\s*[=:]\s*["'`]([^"'`]+)/.exec(
        firstFile(read, ["src/consts.ts", "src/config.ts", "src/site.config.ts"])?.text ?? "",
      )?.[1],
    url: baseAddress(written(file.text, "site", ABSOLUTE), besideSite(file.text, "base")),
    language: written(file.text, "defaultLocale"),
    articles: [below(folder)],
    ignore: ["dist/**", "node_modules/**"],
    static: ["public"],
    ...(place === undefined
      ? { doubt: "The routes of src/pages could not be read. Write a permalink such as /blog/{path}/." }
      : { permalink: `/${place}/{path}/` }),
  });
};

export const eleventy: Detector = (read, names) => {
  const file = firstFile(read, [".eleventy.js", ...js("eleventy.config")]);
  const isUsed = /"@11ty\/eleventy"\s*:/.test(read("package.json") ?? "");
  if (file === undefined && !isUsed) return undefined;
  const input = (written(file?.text ?? "", "input") ?? ".").replace(/^\.?\/*|\/+$/g, "");
  const at = (path: string) => (input === "" ? path : `${input}/${path}`);
  const folderOfData = written(file?.text ?? "", "data") ?? "_data";
  const data = firstFile(
    read,
    ["metadata", "site", "meta"].flatMap((name) =>
      [at(`${folderOfData}/`), "_data/"].flatMap((folder) => [...js(folder + name), `${folder}${name}.json`, `${folder}${name}.yml`]),
    ),
  );
  const meta = metaOf(data);
  const said = (name: string) => textIn(meta, name) ?? written(data?.text ?? "", name);
  const folder = ["content/blog", "blog", "posts", "content/posts", "articles", "news"]
    .map(at)
    .find((one) => [...names].some((path) => path.startsWith(`${one}/`)));
  const ofData = folder === undefined ? undefined : permalinkOfData(read, folder);
  return proposalOf({
    generator: "Eleventy",
    title: said("title") ?? said("name"),
    description: said("description"),
    url: baseAddress(said("url") ?? ["site", "siteUrl", "baseUrl", "base", "origin"].map(said).find((one) => ABSOLUTE.test(one ?? ""))),
    language: said("language") ?? said("lang"),
    author: textIn(meta, "author", "name") ?? textIn(meta, "author"),
    articles: folder === undefined ? [`${input === "" ? "" : `${input}/`}**/*.{md,markdown}`] : [below(folder)],
    ignore: ["_site/**", "node_modules/**", "**/_includes/**", "**/_data/**"],
    static: [at("public"), at("static")].filter((one) => [...names].some((path) => path.startsWith(`${one}/`))),
    ...(ofData === undefined || patternOfData(ofData) !== undefined ? {} : { doubt: noPattern(ofData) }),
    permalink:
      ofData !== undefined
        ? patternOfData(ofData)
        : folder === undefined
          ? "/{stem}/"
          : `/${folder.replace(new RegExp(`^${input}/|^content/|^${input}/content/`), "").replace(/^content\//, "")}/{stem}/`,
  });
};

/** The pattern that the data of a folder give its articles: `blog/blog.json`, `blog/blog.11tydata.json`. */
function permalinkOfData(read: Parameters<Detector>[0], folder: string): string | undefined {
  const name = folder.slice(folder.lastIndexOf("/") + 1);
  const file = firstFile(read, [`${folder}/${name}.json`, `${folder}/${name}.11tydata.json`]);
  return textIn(metaOf(file), "permalink");
}

/** Eleventy's variables, and its dates in Liquid's and Nunjucks' words. */
const wordsOfData: readonly (readonly [RegExp, string])[] = [
  [/\{\{\s*page\.fileSlug(?:\s*\|\s*slugify)?\s*\}\}/g, "{name}"],
  [/\{\{\s*(?:title|page\.title)\s*\|\s*(?:slug|slugify)\s*\}\}/g, "{title}"],
  [/\{\{\s*page\.filePathStem\s*\}\}/g, "/{stem}"],
  [/\{\{\s*(?:page\.)?date\s*\|\s*date:?\s*\(?["']%Y\/%m\/%d["']\)?\s*\}\}/g, "{year}/{month}/{day}"],
  [/\{\{\s*(?:page\.)?date\s*\|\s*date:?\s*\(?["']%Y\/%m["']\)?\s*\}\}/g, "{year}/{month}"],
  [/\{\{\s*(?:page\.)?date\s*\|\s*date:?\s*\(?["']%Y["']\)?\s*\}\}/g, "{year}"],
];

function patternOfData(written: string): string | undefined {
  const ours = wordsOfData.reduce((pattern, [found, word]) => pattern.replace(found, word), written).replace(/index\.html$/, "");
  const template = `/${ours}`.replace(/\/{2,}/g, "/");
  return /\{\{|\{%|\||\s/.test(template) ? undefined : template;
}

function metaOf(file: { readonly path: string; readonly text: string } | undefined): unknown {
  if (file === undefined || !/\.(?:json|ya?ml)$/.test(file.path)) return undefined;
  try {
    const value: unknown = parseYaml(file.text);
    return isTable(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
