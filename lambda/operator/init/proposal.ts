import { omitUndefined } from "../../articles/model/json-value.ts";

/** What is known of a site from the files of its generator. Absent: they do not say. */
export type Proposal = {
  /** For people: "Hugo", "Jekyll"; "a folder of articles" without one. */
  readonly generator: string;
  readonly title?: string;
  readonly url?: string;
  readonly language?: string;
  readonly timezone?: string;
  readonly description?: string;
  readonly copyright?: string;
  readonly author?: string;
  /** Globs of the content. */
  readonly articles: readonly string[];
  readonly ignore: readonly string[];
  /** Folders that the generator puts at the top of the site. */
  readonly static: readonly string[];
  /** One template, or one for each glob. */
  readonly permalink?: string | Readonly<Record<string, string>>;
  /** Where the addresses could not be worked out: why, a sentence. */
  readonly doubt?: string;
  /** A file of authors by their short names. */
  readonly people?: string;
};

type Said = { readonly [Name in keyof Proposal]: Proposal[Name] | undefined };

export function proposalOf({ generator, articles, ignore, static: folders, ...said }: Said): Proposal {
  return { generator: generator ?? "", articles: articles ?? [], ignore: ignore ?? [], static: folders ?? [], ...omitUndefined(said) };
}

/** Reads a small text file of the site; undefined if it does not exist. */
export type ReadText = (path: string) => string | undefined;

/** Looks for the files of one generator. `names`: every file of the folder. */
export type Detector = (read: ReadText, names: ReadonlySet<string>) => Proposal | undefined;

/** The first of some files that exists, with its text. */
export function firstFile(read: ReadText, paths: readonly string[]): { readonly path: string; readonly text: string } | undefined {
  for (const path of paths) {
    const text = read(path);
    if (text !== undefined) return { path, text };
  }
  return undefined;
}

/** A text of a configuration; undefined for anything else, and for an empty one. */
export function textIn(config: unknown, ...path: readonly string[]): string | undefined {
  const value = path.reduce<unknown>((at, name) => (isTable(at) ? at[name] : undefined), config);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

export function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The absolute address of a site; undefined if it is not one. `path`: of the site on its host. */
export function baseAddress(site: string | undefined, path = ""): string | undefined {
  const url = URL.parse(`${(site ?? "").replace(/\/+$/, "")}/${path.replace(/^\/+/, "")}`);
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : undefined;
}

const markdown = "{md,markdown,mdown,mkd,mdx,html,htm}";

/** The files in which sites say their address to the machine that serves them. */
export const addressFiles = ["CNAME", "static/CNAME", "public/CNAME", "source/CNAME", "src/CNAME", "src/static/CNAME", "docs/CNAME"];

/** The address of a site that its configuration does not name: the host of GitHub Pages, or the homepage of its package. */
export function addressElsewhere(read: ReadText): string | undefined {
  const host = firstFile(read, addressFiles)?.text.trim();
  if (host !== undefined && /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(host)) return baseAddress(`https://${host}`);
  const homepage = /"homepage"\s*:\s*"(https?:\/\/[^"]+)"/.exec(read("package.json") ?? "")?.[1];
  return homepage === undefined || /\/\/(?:www\.)?(?:github|gitlab)\.com\//.test(homepage) ? undefined : baseAddress(homepage);
}

/** The glob of every article below a folder. */
export const below = (folder: string): string => `${folder}/**/*.${markdown}`;

type Words = Readonly<Record<string, string>>;

/**
 * A generator's pattern for addresses as ours, or undefined if it has a word that we do not have. `words`: ours for each of theirs, which
 * `token` finds.
 */
export function patternAs(pattern: string, token: RegExp, words: Words): string | undefined {
  let isWhole = true;
  const ours = pattern.replace(token, (_, name: string) => {
    const word = Object.hasOwn(words, name.toLowerCase()) ? words[name.toLowerCase()] : undefined;
    if (word === undefined) isWhole = false;
    return word ?? "";
  });
  const template = `/${ours}`.replace(/\/{2,}/g, "/");
  return isWhole && /\{(?:slug|name|title|path|stem)\}/.test(template) ? template : undefined;
}

export const noPattern = (pattern: string): string =>
  `The addresses follow "${pattern}", which has no equivalent here. Write a permalink, or a url into each article.`;
