import type { Image, Person } from "../../articles/model/article.ts";
import { asUri } from "./address.ts";
import type { Entry, FeedDocument } from "./feed.ts";
import { cleanText } from "./text.ts";

/** Makes every text fit every format and every address a URI. Runs once, before all formats, so that they agree. */
export const cleanDocument = (document: FeedDocument): FeedDocument => {
  const { image, icon, license, rsl, page, hub, current, previous, next, ...rest } = allClean(document);
  return {
    ...rest,
    ...uris({ image, icon, license, rsl, page, hub }),
    ...(current === undefined ? {} : { current: uris(current) }),
    ...(previous === undefined ? {} : { previous: uris(previous) }),
    ...(next === undefined ? {} : { next: uris(next) }),
    site: asUri(rest.site),
    urls: uris(rest.urls),
    alternates: rest.alternates.map(({ language, urls }) => ({ language, urls: uris(urls) })),
    author: personAt(rest.author),
    entries: rest.entries.map(entryAt),
  };
};

/** Does the same for an entry that stands alone. */
export const cleanEntry = (entry: Entry): Entry => entryAt(allClean(entry));

const entryAt = ({ url, comments, license, image, via, translations, ...entry }: Entry): Entry => ({
  ...entry,
  ...uris({ url, comments, license }),
  ...(via === undefined ? {} : { via: { ...via, url: asUri(via.url) } }),
  ...(translations === undefined ? {} : { translations: translations.map(({ language, url }) => ({ language, url: asUri(url) })) }),
  ...(image === undefined ? {} : { image: imageAt(image) }),
  authors: entry.authors.map(personAt),
  attachments: entry.attachments.map((attachment) => ({ ...attachment, url: asUri(attachment.url) })),
});

const personAt = ({ url, ...person }: Person): Person => ({ ...person, ...uris({ url }) });

const imageAt = (image: Image): Image => ({ ...image, url: asUri(image.url) });

/** The addresses that are present, each as a URI. */
const uris = <Name extends string>(addresses: Readonly<Partial<Record<Name, string | undefined>>>): Partial<Record<Name, string>> => {
  const made: Partial<Record<Name, string>> = {};
  for (const name in addresses) {
    const address = addresses[name];
    if (address !== undefined) made[name] = asUri(address);
  }
  return made;
};

/** The same data with every text cleaned; the same object if every text is clean already, which is the usual case. */
const allClean = <Data>(data: Data): Data => (isClean(data) ? data : (cleaned(data) as Data));

const isClean = (data: unknown): boolean => {
  if (typeof data === "string") return cleanText(data) === data;
  if (Array.isArray(data)) return data.every(isClean);
  return typeof data !== "object" || data === null || Object.values(data).every(isClean);
};

const cleaned = (data: unknown): unknown => {
  if (typeof data === "string") return cleanText(data);
  if (Array.isArray(data)) return data.map(cleaned);
  if (typeof data !== "object" || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, cleaned(value)]));
};
