import { gunzipSync } from "node:zlib";
import { SaxesParser } from "saxes";
import type { ListedEntry } from "../a-listing.ts";
import { type Story, shownAs, tagOf, wordsOf } from "./a-history.ts";
import { anchor, FORMATS, walked } from "./a-lived-history.ts";

/*
 * Judges a target by its bytes alone, without any of the program's code.
 */

export type Bytes = ReadonlyMap<string, Uint8Array>;

/** The settings of the site that the law changes. */
export type Asked = { readonly pages: boolean; readonly gzip: boolean };

const phrase = /(?:What there is to say of )?Story \d{3}, edition \d{3}/g;

/** The site's own files; any other file belongs to a feed, an archive or an article's page. */
const ofSite = new Set(["index.html", "404.html", "feeds.opml", "status.json", "edge.json"]);
const ofFeed = /^all\/(?:archive\/\d{4}-\d{2}(?:-\d+)?\/)?(?:rss\.xml|atom\.xml|feed\.json|index\.html)$/;

/** Describes each way in which the target differs from what readers of these stories may find. */
export function breachesFrom(files: Bytes, stories: readonly Story[], now: number, asked: Asked): readonly string[] {
  const shown = stories.flatMap((story) => {
    const title = shownAs(story, now);
    return title === undefined ? [] : [{ story, title }];
  });
  const titles = new Set(shown.map(({ title }) => title.replace("Withdrawn: ", "")));
  const bodies = new Set(shown.flatMap(({ title }) => (title.startsWith("Withdrawn: ") ? [] : [wordsOf(title).slice(0, -1)])));
  const plain = new Map([...files].filter(([key]) => !key.endsWith(".gz")).map(([key, bytes]) => [key, textOf(bytes)]));
  const breaches = [...files].flatMap(([key, bytes]) =>
    wordsIn(key, bytes)
      .filter((found) => !titles.has(found) && !bodies.has(found))
      .map((found) => `${key} says "${found}"`),
  );
  for (const [key, bytes] of files) {
    if (!key.endsWith(".gz")) continue;
    const of = plain.get(key.slice(0, -3));
    if (of === undefined || of !== gunzipSync(bytes).toString("utf8")) breaches.push(`${key} is not its plain file`);
  }
  const met = FORMATS.map(([format, name]) => {
    const entries = [...walkedWell(plain, name, format, breaches).values()];
    const [has, wants] = [entries.map(({ title }) => title).sort(), [anchor, ...shown.map(({ title }) => title)].sort()];
    if (JSON.stringify(has) !== JSON.stringify(wants))
      breaches.push(`a walk from all/${name} meets ${JSON.stringify(has)} instead of ${JSON.stringify(wants)}`);
    return { format, entries };
  });
  for (const { story, title } of shown) {
    const entry = met.find(({ format }) => format === "atom")?.entries.find(({ categories }) => categories.includes(tagOf(story)));
    const published = new Date(story.published ?? 0).toISOString();
    if (entry !== undefined && entry.published !== published) breaches.push(`${title} is of ${entry.published} instead of ${published}`);
  }
  return [...new Set([...breaches, ...strangers(plain, met, asked)])];
}

function strangers(
  plain: ReadonlyMap<string, string>,
  met: readonly { readonly entries: readonly ListedEntry[] }[],
  { pages }: Asked,
): readonly string[] {
  const readable = met.flatMap(({ entries }) => entries.filter(({ title }) => !title.startsWith("Withdrawn: ")));
  const wanted = new Set(readable.flatMap(({ link }) => (link === null ? [] : [`${new URL(link).pathname.slice(1)}index.html`])));
  const others = [...plain.keys()].filter((key) => !ofSite.has(key) && !ofFeed.test(key));
  return [
    ...others.filter((key) => !pages || !wanted.has(key)).map((key) => `${key} belongs to nobody`),
    ...[...wanted].filter((key) => pages && !plain.has(key)).map((key) => `${key} is led to, and not there`),
  ];
}

function walkedWell(plain: ReadonlyMap<string, string>, name: string, format: (typeof FORMATS)[number][0], breaches: string[]) {
  try {
    return walked(Object.fromEntries(plain), name, format);
  } catch (error) {
    breaches.push(`all/${name} cannot be walked: ${String(error).split("\n")[0]}`);
    return new Map<string, ListedEntry>();
  }
}

/** Files that no reader can use, at any moment: incomplete feeds and pages, damaged variants. */
export function unreadable(files: Bytes): readonly string[] {
  return [...files].flatMap(([key, bytes]) => {
    try {
      const text = textOf(key.endsWith(".gz") ? gunzipSync(bytes) : bytes);
      const name = key.replace(/\.gz$/, "");
      if (name.endsWith(".json")) JSON.parse(text);
      if (/\.(?:xml|opml)$/.test(name)) new SaxesParser({ xmlns: true }).write(text).close();
      return name.endsWith(".html") && !text.endsWith("</html>\n") ? [`${key} has no end`] : [];
    } catch (error) {
      return [`${key} cannot be read: ${String(error).split("\n")[0]}`];
    }
  });
}

/** The stories' words in a file, including compressed files and state files, which are JSON in JSON. */
export function wordsIn(key: string, bytes: Uint8Array): readonly string[] {
  return [...new Set(textOf(key.endsWith(".gz") ? gunzipSync(bytes) : bytes).match(phrase) ?? [])];
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8");
}

type Known = { readonly id: string; readonly published: string; readonly updated: string };

/** What readers have already seen: an id belongs to one story forever, and its dates do not change. */
export function readersMemory() {
  const known = new Map<string, Known>();
  const owners = new Map<string, string>();
  const feeds = new Map<string, string>();
  return (files: Bytes): readonly string[] => {
    const plain = Object.fromEntries([...files].filter(([key]) => !key.endsWith(".gz")).map(([key, bytes]) => [key, textOf(bytes)]));
    const breaches: string[] = [];
    for (const [format, name] of FORMATS) {
      for (const { categories, id, published, updated } of walkedWell(new Map(Object.entries(plain)), name, format, []).values()) {
        const tag = categories.find((word) => /^story-\d{3}$/.test(word));
        if (tag === undefined) continue;
        const before = known.get(`${format} ${tag}`) ?? { id, published, updated };
        const owner = owners.get(`${format} ${id}`) ?? tag;
        if (before.id !== id) breaches.push(`${tag} was ${before.id} and is ${id} (${format})`);
        if (owner !== tag) breaches.push(`${id} was ${owner} and is ${tag} (${format})`);
        if (before.published !== published) breaches.push(`${tag} was of ${before.published} and is of ${published} (${format})`);
        if (updated < before.updated) breaches.push(`${tag} was updated at ${before.updated} and then at ${updated} (${format})`);
        known.set(`${format} ${tag}`, { id, published, updated });
        owners.set(`${format} ${id}`, tag);
      }
    }
    for (const [key, text] of Object.entries(plain).filter(([name]) => name.endsWith("atom.xml"))) {
      const updated = /<updated>([^<]*)</.exec(text)?.[1] ?? "";
      const before = feeds.get(key) ?? updated;
      if (updated < before) breaches.push(`${key} was of ${before} and then of ${updated}`);
      feeds.set(key, updated);
    }
    return breaches;
  };
}
