import { createReadStream } from "node:fs";
import picomatch from "picomatch";
import type { People } from "../../articles/model/article.ts";
import { isDotted } from "../../articles/source.ts";
import { peopleIn } from "../../channels/site/people-file.ts";
import { peopleOfFolder } from "../../channels/site/people-folder.ts";
import type { Site } from "../../channels/site/site.ts";
import { parseSite, siteOfFlags, siteText } from "../../channels/site/site-file.ts";
import { readYaml } from "../../channels/site/yaml-file.ts";
import { Fault } from "../../fault.ts";
import { inParallel } from "../../stores/parallel.ts";
import type { Store } from "../../stores/store.ts";
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
      : { ...site, people: await peopleFrom(site, site.people, content, `${name}:${readYaml(text, name).lineOf(["people"])}`) };
  }
  if (set.siteUrl !== undefined) return siteOfFlags({ ...set, siteUrl: set.siteUrl });
  const message = `There is no ${siteFile} in ${content.address}. Write one with at least "url: https://…" (wireroom init does), or add --site-url https://…. Nothing was changed.`;
  throw new Fault(message, { kind: "usage" });
}

/** The most files and bytes of a folder of people: every run reads them all. */
const most = { files: 5_000, bytes: 5_000_000 };

/** The people of the folder that `people` names. */
async function peopleOfFolderFrom({ url }: Site, { file, glob }: Required<Omit<People, "byId">>, content: Store, where: string) {
  const { base } = picomatch.scan(glob);
  const isMeant = picomatch(glob, { nocase: true });
  const all = await content.list(base === "" ? undefined : `${base}/`);
  const listed = all.filter(({ key }) => !isDotted(key) && isMeant(key.normalize("NFC")));
  const refuse = (message: string) => new Fault(`${where}  "people" names ${file}${message} Nothing was changed.`, { kind: "usage" });
  if (listed.length === 0) throw refuse(`, in which no file of ${content.address} is.`);
  if (listed.length > most.files) throw refuse(` with ${listed.length} files; at most ${most.files} are allowed. Put them into one file.`);
  if (listed.reduce((sum, { size }) => sum + size, 0) > most.bytes)
    throw refuse(` with more than ${most.bytes / 1_000_000} MB. Put what is needed into one file.`);
  const files = await inParallel(listed, async ({ key }) => {
    const name = `${content.address}/${key}`;
    return { key: key.normalize("NFC"), name, text: siteText((await content.read(key))?.bytes ?? new Uint8Array(), name) };
  });
  return { file, glob, byId: peopleOfFolder(files, glob, url) };
}

/** The people of the file or folder that `people` names; `where` is that key's place in site.yaml. */
async function peopleFrom(site: Site, { file, glob }: People, content: Store, where: string): Promise<People> {
  if (glob !== undefined) return peopleOfFolderFrom(site, { file, glob }, content, where);
  const name = `${content.address}/${file}`;
  const bytes = (await content.read(file, { first: 0, last: mostOfSiteFile }))?.bytes;
  if (bytes === undefined)
    throw new Fault(`${where}  "people" names ${file}, which is not in ${content.address}. Nothing was changed.`, { kind: "usage" });
  if (bytes.length > mostOfSiteFile)
    throw new Fault(`${name} is larger than ${mostOfSiteFile / 1_000_000} MB, the limit for people. Nothing was changed.`, {
      kind: "usage",
    });
  return { file, byId: peopleIn(siteText(bytes, name), name, site.url) };
}

/** Reads at most one byte more than the limit. */
async function readSiteFile(path: string): Promise<Uint8Array> {
  try {
    return Buffer.concat((await createReadStream(path, { end: mostOfSiteFile }).toArray()) as Buffer[]);
  } catch (cause) {
    throw new Fault(`--site ${path} cannot be read. Nothing was changed.`, { kind: "usage", cause });
  }
}
