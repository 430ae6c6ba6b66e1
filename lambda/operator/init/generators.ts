import { omitUndefined } from "../../articles/model/json-value.ts";
import { inParallel } from "../../stores/parallel.ts";
import type { Key, Listed, Store } from "../../stores/store.ts";
import { isOfPeople } from "./evidence.ts";
import { hugo, zola } from "./hugo.ts";
import { astro, docusaurus, eleventy } from "./javascript.ts";
import { hexo, jekyll } from "./jekyll.ts";
import { addressElsewhere, type Proposal, type ReadText } from "./proposal.ts";

const detectors = [docusaurus, astro, eleventy, hexo, jekyll, hugo, zola];

/** For people, where no generator is found. */
export const noGenerator = "a folder of articles";

/** Files of a site that say something about it; the largest that is read. */
const telling =
  /^(?:[\w.-]*config[\w.-]*\.\w+|config\/_default\/[\w.-]+|package\.json|\.eleventy\.js|hugo\.\w+|src\/[\w.-]+\.ts|(?:[\w-]+\/)?_?data\/[\w.-]+|content\/_index\.md|(?:[\w-]+\/)*([\w-]+)\/\1\.(?:11tydata\.)?json|(?:[\w-]+\/){0,2}CNAME)$/;
const largest = 200_000;

/** Files that npm, Git and a copy of our own package leave in an otherwise empty folder. */
export const isOfPackage = (key: Key): boolean =>
  /^(?:package(?:-lock)?\.json|README\.md|LICENSE(?:\.\w+)?|wireroom-[\w.-]+\.tgz)$/i.test(key);

/** What the generator of a site says in its files, and a reader of them. `listing`: all files of the site, which are below `folder` in the content. */
export async function generatorIn(
  listing: readonly Listed[],
  content: Store,
  folder = "",
): Promise<{ readonly whole: Proposal; readonly read: ReadText }> {
  const readable = listing.filter(({ key, size }) => (telling.test(key) || isOfPeople(key)) && size <= largest);
  const texts = new Map(
    await inParallel(
      readable,
      async ({ key }) => [key, Buffer.from((await content.read(folder + key))?.bytes ?? []).toString("utf8")] as const,
    ),
  );
  const read: ReadText = (path) => texts.get(path);
  const own = listing.map(({ key }) => key).filter((key) => !isOfPackage(key));
  return { whole: proposalFor(new Set(own), read), read };
}

function proposalFor(names: ReadonlySet<Key>, read: ReadText): Proposal {
  for (const detect of detectors) {
    const found = detect(read, names);
    if (found !== undefined) return { ...found, ...omitUndefined({ url: found.url ?? addressElsewhere(read) }) };
  }
  return {
    generator: noGenerator,
    ...omitUndefined({ url: addressElsewhere(read) }),
    articles: ["**/*.{md,markdown,mdx,html,htm,txt}"],
    ignore: ["**/_index.*", "**/README.*", "**/LICENSE.*"],
    static: [],
  };
}
