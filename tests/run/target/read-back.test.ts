import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { Readable } from "node:stream";
import { beforeAll, describe, expect, test } from "vitest";
import { parseSite } from "../../../lambda/channels/site/site-file.ts";
import type { Prepared } from "../../../lambda/run/prepared.ts";
import { folderStore } from "../../../lambda/stores/folder/folder.ts";
import type { Key, Store } from "../../../lambda/stores/store.ts";
import { type ListedFile, listingOf } from "../../support/a-listing.ts";
import { aNewsroom } from "../../support/a-newsroom.ts";
import { readByFeedsmith } from "../../support/readers/read-by-feedsmith.ts";

/*
 * Every file of a feed, read by a library that shares nothing with what wrote it, says what the catalog says. Debian's feedparser is
 * held to the same over the published files of the sample newsroom (.ci/read-feeds.py).
 */

const here = import.meta.dirname;
const blog = resolve(here, "../../../../shared/corpus/nodejs-blog");
const now = "2026-11-25T09:00:00.000Z";

const text = async (store: Store, key: Key): Promise<string> => Buffer.from((await store.read(key))?.bytes ?? []).toString("utf8");

/** Small windows, and a part of an archive for each month. */
const archived = (site: string): string =>
  site.replaceAll(/^ +limit:.*\n/gm, "").replaceAll(/^( {2}- (?:name|by): .*)$/gm, "$1\n    limit: 3\n    archive: monthly");

/** Another file beside those of a store. */
const withFile = (store: Store, key: Key, bytes: Uint8Array): Store => ({
  ...store,
  list: async (prefix) => [...(await store.list(prefix)), { key, version: "1", size: bytes.length, settled: true }],
  read: async (asked, range) => (asked === key ? { bytes, version: "1" } : store.read(asked, range)),
  stream: async (asked) => (asked === key ? { stream: Readable.from([bytes]), size: bytes.length } : store.stream(asked)),
});

/** Each article with front matter in YAML is withdrawn. */
const withdrawing = (store: Store): Store => {
  const edited = (bytes: Uint8Array): Uint8Array =>
    Buffer.from(
      Buffer.from(bytes)
        .toString("utf8")
        .replace(/^---\n/, "---\ncanceled: true\n"),
    );
  const isArticle = (key: Key): boolean => /\.md$/.test(key);
  return {
    ...store,
    list: async (prefix) =>
      (await store.list(prefix)).map((one) => (isArticle(one.key) ? { ...one, version: `${one.version} withdrawn` } : one)),
    read: async (key, range) => {
      const found = await store.read(key, range);
      return found === undefined || !isArticle(key) ? found : { bytes: edited(found.bytes), version: `${found.version} withdrawn` };
    },
  };
};

/** One in eight of a store's files. */
const sliceOf = (store: Store): Store => ({
  ...store,
  list: async (prefix) => (await store.list(prefix)).filter((_, index) => index % 8 === 0),
});

type Published = { readonly prepared: Prepared; readonly listing: readonly ListedFile[]; readonly files: Readonly<Record<Key, string>> };

async function publish(content: Store, site: string, before: { readonly target?: Store; readonly state?: Store } = {}): Promise<Published> {
  const newsroom = await aNewsroom({}, { content, ...before });
  const { prepared } = await newsroom.publish(now, { site });
  return { prepared, listing: listingOf(prepared, parseSite(site, "site.yaml")), files: await newsroom.files() };
}

const sample = folderStore(resolve(here, "../../../content"));
const newsrooms = [
  { name: "the sample newsroom", there: true, publish: async () => publish(sample, await text(sample, "site.yaml")) },
  {
    name: "the sample newsroom with most of it withdrawn",
    there: true,
    publish: async () => {
      const site = await text(sample, "site.yaml");
      const { target, state, publish: publishFirst } = await aNewsroom({}, { content: sample });
      await publishFirst("2026-11-24T09:00:00.000Z", { site });
      const withdrawn = await publish(withdrawing(sample), site, { target, state });
      const titles = withdrawn.listing.flatMap(({ entries }) => entries).map(({ title }) => title);
      for (const word of ["Withdrawn: ", "Отозвано: ", "Кері қайтарылды: ", "已撤回："])
        expect(titles.some((title) => title.startsWith(word))).toBe(true);
      return withdrawn;
    },
  },
  {
    name: "the sample newsroom with archives, and an article of three authors and two files",
    there: true,
    publish: async () => {
      const voice = (await folderStore(resolve(here, "../../support")).read("a-voice.md"))!;
      const voiced = withFile(sample, "en/people/a-voice.md", voice.bytes);
      const echo = Buffer.from("---\ntitle: Its echo\ndate: 2026-06-13T08:00:00Z\naudio: ../../media/echo of it.mp3\n---\nOne song.\n");
      const sound = Buffer.from(`ID3\u0003${"\0".repeat(2000)}`);
      const echoed = withFile(withFile(voiced, "en/people/an-echo.md", echo), "media/echo of it.mp3", sound);
      const archive = await publish(echoed, archived(await text(sample, "site.yaml")));
      const sounds = archive.listing.flatMap(({ entries }) => entries).flatMap(({ enclosures }) => enclosures);
      expect(sounds.filter(({ bytes }) => bytes === 2004).length).toBeGreaterThan(0);
      return archive;
    },
  },
  {
    name: "an eighth of the Node.js blog (needs ../shared/corpus)",
    there: existsSync(blog),
    publish: async () => publish(sliceOf(folderStore(blog)), await text(folderStore(blog), "site.yaml")),
  },
];

for (const newsroom of newsrooms) {
  describe.skipIf(!newsroom.there)(newsroom.name, () => {
    let published: Published;
    beforeAll(async () => {
      published = await newsroom.publish();
    });

    test("is listed whole: every feed that is published, and no other", () => {
      const feeds = Object.keys(published.files).filter((key) => /^(?!partners\/)(?:.*\/)?(?:rss\.xml|atom\.xml|feed\.json)$/.test(key));
      expect(published.listing.map(({ key }) => key).sort()).toEqual(feeds.sort());
      expect(published.listing.filter(({ entries }) => entries.length > 0).length).toBeGreaterThan(60);
    });

    test("says to feedsmith what the catalog has: ids, order, titles, links, dates, authors, categories, enclosures", () => {
      for (const { key, address, format, older, entries } of published.listing) {
        // RFC 822 has no fractions of a second.
        const said = format === "rss" ? entries.map((entry) => ({ ...entry, published: wholeSecond(entry.published) })) : entries;
        expect({ key, ...readByFeedsmith(published.files[key] ?? "", format) }).toEqual({ key, address, older, entries: said });
      }
    });
  });
}

function wholeSecond(instant: string): string {
  return instant.replace(/\.\d+Z$/, ".000Z");
}
