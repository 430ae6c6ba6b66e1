import { slugify } from "../../../articles/title/slug.ts";
import type { ImportedHead } from "../model/imported.ts";

/** The `permalink` of site.yaml that makes addresses like most of the old ones; undefined if fewer than half are alike. `site`: ends with "/". */
export function permalinkPattern(heads: readonly ImportedHead[], site: string): string | undefined {
  const posts = heads.filter(({ kind, state, url }) => kind === "post" && state === "published" && url !== undefined);
  const counts = new Map<string, number>();
  for (const head of posts) {
    const pattern = patternOf(head, site);
    if (pattern !== undefined) counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
  }
  const [best] = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return best !== undefined && best[1] * 2 > posts.length ? best[0] : undefined;
}

function patternOf({ url = "", section, language }: ImportedHead, site: string): string | undefined {
  const [address, home] = [URL.parse(url), new URL(site)];
  if (address === null || address.host !== home.host || address.search !== "" || !address.pathname.startsWith(home.pathname))
    return undefined;
  const path = address.pathname.slice(home.pathname.length);
  const parts = path.split("/").filter((part) => part !== "");
  const last = parts.pop();
  if (last === undefined) return undefined;
  const ending = /\.\w{1,5}$/.exec(last)?.[0] ?? (path.endsWith("/") ? "/" : "");
  const named: string[] = [];
  for (const part of parts) named.push(partOf(part, named, section, language));
  // An address that the site would spell otherwise is no example.
  const written = named.join("/");
  return /[{}]/.test(written.replaceAll(/\{[a-z]+\}/g, "")) ? undefined : `/${[...named, `{slug}${ending}`].join("/")}`;
}

function partOf(part: string, before: readonly string[], section: string | undefined, language: string | undefined): string {
  if (/^(?:19|20)\d\d$/.test(part) && !before.includes("{year}")) return "{year}";
  if (/^\d\d$/.test(part) && before.at(-1) === "{year}") return "{month}";
  if (/^\d\d$/.test(part) && before.at(-1) === "{month}") return "{day}";
  const word = part.toLowerCase();
  if (section !== undefined && (word === slugify(section) || word === section.toLowerCase())) return "{section}";
  return language !== undefined && word === language.toLowerCase() ? "{language}" : part;
}
