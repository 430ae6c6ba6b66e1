import { createReadStream } from "node:fs";
import type { People } from "../../articles/model/article.ts";
import { peopleIn } from "../../channels/site/people-file.ts";
import type { Site } from "../../channels/site/site.ts";
import { parseSite, siteOfFlags, siteText } from "../../channels/site/site-file.ts";
import { readYaml } from "../../channels/site/yaml-file.ts";
import { Fault } from "../../fault.ts";
import type { Key, Store } from "../../stores/store.ts";
import { checkPartners } from "./partner-settings.ts";

/** The flags that describe the site. */
type Given = { readonly site?: string; readonly siteUrl?: string; readonly language?: string };

const siteFile = "site.yaml";

/** The most bytes of a site.yaml: anybody who can write articles can write this file, and a run reads it whole. */
const mostOfSiteFile = 1_000_000;

/**
 * The site of a run: from `--site`, else from the content's own site.yaml, else from the flags.
 * @throws Fault (usage) if there is none, it is too long, or something in it is wrong.
 */
export async function siteFrom(set: Given, content: Store): Promise<Site> {
  const name = set.site ?? `${content.address}/${siteFile}`;
  const bytes =
    set.site === undefined ? (await content.read(siteFile, { first: 0, last: mostOfSiteFile }))?.bytes : await readSiteFile(set.site);
  if (bytes !== undefined && bytes.length > mostOfSiteFile)
    throw new Fault(
      `${name} is larger than ${mostOfSiteFile / 1_000_000} MB, the limit for a site.yaml. Shorten it, or name another with --site. Nothing was changed.`,
      {
        kind: "usage",
      },
    );
  if (bytes !== undefined) {
    const text = siteText(bytes, name);
    const site = parseSite(text, name, set);
    await checkPartners(site, text, name);
    return site.people === undefined
      ? site
      : { ...site, people: await peopleFrom(site, site.people.file, content, `${name}:${readYaml(text, name).lineOf(["people"])}`) };
  }
  if (set.siteUrl !== undefined) return siteOfFlags({ ...set, siteUrl: set.siteUrl });
  const message = `There is no ${siteFile} in ${content.address}. Write one with at least "url: https://…" (wireroom init does), or add --site-url https://…. Nothing was changed.`;
  throw new Fault(message, { kind: "usage" });
}

/** The people of the file that `people` names; `where` is that key's place in site.yaml. */
async function peopleFrom({ url }: Site, file: Key, content: Store, where: string): Promise<People> {
  const name = `${content.address}/${file}`;
  const bytes = (await content.read(file, { first: 0, last: mostOfSiteFile }))?.bytes;
  if (bytes === undefined)
    throw new Fault(`${where}  "people" names ${file}, which is not in ${content.address}. Nothing was changed.`, { kind: "usage" });
  if (bytes.length > mostOfSiteFile)
    throw new Fault(`${name} is larger than ${mostOfSiteFile / 1_000_000} MB, the limit for people. Nothing was changed.`, {
      kind: "usage",
    });
  return { file, byId: peopleIn(siteText(bytes, name), name, url) };
}

/** Reads at most one byte more than the limit. */
async function readSiteFile(path: string): Promise<Uint8Array> {
  try {
    return Buffer.concat((await createReadStream(path, { end: mostOfSiteFile }).toArray()) as Buffer[]);
  } catch (cause) {
    throw new Fault(`--site ${path} cannot be read. Nothing was changed.`, { kind: "usage", cause });
  }
}
