import { createReadStream } from "node:fs";
import type { Site } from "../../channels/site/site.ts";
import { parseSite, siteOfFlags, siteText } from "../../channels/site/site-file.ts";
import { Fault } from "../../fault.ts";
import type { Store } from "../../stores/store.ts";

/** Of the flags, what says which site it is. */
type Given = { readonly site?: string; readonly siteUrl?: string; readonly language?: string };

const siteFile = "site.yaml";

/** Bytes of a site.yaml: whoever may write an article may write this, too, and a run reads it whole. */
const mostOfSiteFile = 1_000_000;

/**
 * The site of a run: `--site`, else the content's own site.yaml, else what flags say.
 * @throws Fault (usage) where there is none, it is too long, or something in it is wrong.
 */
export async function siteFrom(set: Given, content: Store): Promise<Site> {
  const name = set.site ?? `${content.address}/${siteFile}`;
  const bytes =
    set.site === undefined ? (await content.read(siteFile, { first: 0, last: mostOfSiteFile }))?.bytes : await readSiteFile(set.site);
  if (bytes !== undefined && bytes.length > mostOfSiteFile)
    throw new Fault(`${name} has more than ${mostOfSiteFile / 1_000_000} MB: that is no site.yaml. Nothing of it was read.`, {
      kind: "usage",
    });
  if (bytes !== undefined) return parseSite(siteText(bytes, name), name, set);
  if (set.siteUrl !== undefined) return siteOfFlags({ ...set, siteUrl: set.siteUrl });
  const message = `There is no ${siteFile} in ${content.address}. Write one with at least "url: https://…", or add --site-url https://….`;
  throw new Fault(message, { kind: "usage" });
}

/** No more than a byte over the bound. */
async function readSiteFile(path: string): Promise<Uint8Array> {
  try {
    return Buffer.concat((await createReadStream(path, { end: mostOfSiteFile }).toArray()) as Buffer[]);
  } catch (cause) {
    throw new Fault(`--site ${path} cannot be read.`, { kind: "usage", cause });
  }
}
