import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { SaxesParser } from "saxes";
import { beforeAll, describe, expect, test } from "vitest";
import type { Published } from "../../lambda/run/prepared.ts";
import { folderStore } from "../../lambda/stores/folder/folder.ts";
import type { Store } from "../../lambda/stores/store.ts";
import { offencesIn } from "../articles/strict-html.ts";
import { aNewsroom, type Newsroom } from "../support/a-newsroom.ts";
import { jsonFeedValidator } from "../support/readers/json-feed-schema.ts";
import { memoryStore } from "../support/stores/memory-store.ts";

const shared = resolve(import.meta.dirname, "../../../shared");
const blog = `${shared}/corpus/nodejs-blog`;
const there = existsSync(blog);
const now = "2026-11-23T09:00:00.000Z";

const site = () => readFileSync(`${blog}/site.yaml`, "utf8");

/** The blog as it is, or with some files edited on their way in. */
const blogStore = (edit?: (key: string, text: string) => string): Store => {
  const folder = folderStore(blog);
  if (edit === undefined) return folder;
  return {
    ...folder,
    read: async (key, range) => {
      const found = await folder.read(key, range);
      return found === undefined ? undefined : { ...found, bytes: Buffer.from(edit(key, Buffer.from(found.bytes).toString("utf8"))) };
    },
  };
};

/** What entries of RSS and Atom hold in full, as a parser of XML gives it. */
function bodiesIn(xml: string): readonly { readonly format: "rss" | "atom"; readonly html: string }[] {
  const parser = new SaxesParser({ xmlns: true });
  const found: { format: "rss" | "atom"; html: string }[] = [];
  let within: "rss" | "atom" | undefined;
  let text = "";
  parser.on("opentag", ({ local, uri }) => {
    within = local === "encoded" ? "rss" : local === "content" && uri.endsWith("/Atom") ? "atom" : undefined;
    text = "";
  });
  const add = (part: string): void => {
    text += part;
  };
  parser.on("text", add);
  parser.on("cdata", add);
  parser.on("closetag", () => {
    if (within !== undefined) found.push({ format: within, html: text });
    within = undefined;
  });
  parser.write(xml).close();
  return found;
}

describe.skipIf(!there)("the Node.js blog (needs ../shared/corpus)", () => {
  let newsroom: Newsroom;
  let published: Published;
  let files: Readonly<Record<string, string>>;

  beforeAll(async () => {
    newsroom = await aNewsroom({}, { content: blogStore() });
    published = await newsroom.publish(now, { site: site() });
    files = await newsroom.files();
  });

  test("has 1,042 articles, and accounts for the seven .mdx and the index page", () => {
    expect(published.prepared.catalog.entries).toHaveLength(1042);
    expect(published.prepared.intake.passedOver).toEqual({ ".mdx": 7, "index page": 1 });
    expect(published.prepared.catalog.findings.filter(({ kind }) => kind === "problem")).toEqual([]);
  });

  test("makes `all`, a feed for each section and one for each author, in three formats", () => {
    const paths = published.prepared.selections.map(({ channel }) => channel.path);
    const { entries } = published.prepared.catalog;
    const sections = new Set(entries.flatMap(({ meta }) => (meta.section === undefined ? [] : [meta.section])));
    const authors = new Set(entries.flatMap(({ meta }) => meta.authors.map(({ name }) => name.toLowerCase())));
    expect(paths[0]).toBe("all");
    expect(paths.filter((path) => path.startsWith("section/"))).toHaveLength(sections.size);
    expect(paths.filter((path) => path.startsWith("author/"))).toHaveLength(authors.size);
    for (const path of paths) for (const file of ["rss.xml", "atom.xml", "feed.json"]) expect(files[`${path}/${file}`]).toBeDefined();
  });

  test("shows every article in exactly one document of `all`", () => {
    const documents = Object.keys(files).filter((key) => /^all\/(archive\/[^/]+\/)?feed\.json$/.test(key));
    const ids = documents.flatMap((key) => (JSON.parse(files[key] ?? "") as { items: { id: string }[] }).items.map(({ id }) => id));
    expect(ids).toHaveLength(1042);
    expect(new Set(ids).size).toBe(1042);
  });

  test("is well-formed in every XML file, to a strict parser", () => {
    const xml = Object.entries(files).filter(([key]) => /\.(xml|opml)$/.test(key));
    expect(xml.length).toBeGreaterThan(300);
    for (const [key, text] of xml) {
      const parser = new SaxesParser({ xmlns: true });
      parser.on("error", (error) => {
        throw new Error(`${key}: ${error.message}`);
      });
      parser.write(text).close();
    }
  });

  test("has no relative address and nothing that runs in any published body, in all three formats", () => {
    const seen = { json: 0, atom: 0, rss: 0 };
    const offences: string[] = [];
    const look = (format: keyof typeof seen, key: string, html: string) => {
      seen[format] += 1;
      // The parser's own marks stand for addresses only until they are published.
      const found = [...offencesIn(html), ...(/="wireroom-/.test(html) ? ["an address that is a mark"] : [])];
      offences.push(...found.map((offence) => `${key}: ${offence}`));
    };
    for (const [key, text] of Object.entries(files)) {
      if (!key.startsWith("all/")) continue;
      if (key.endsWith(".xml")) for (const { format, html } of bodiesIn(text)) look(format, key, html);
      if (!key.endsWith("/feed.json")) continue;
      const { items } = JSON.parse(text) as { readonly items: readonly { readonly content_html?: string }[] };
      for (const { content_html: html } of items) if (html !== undefined) look("json", key, html);
    }
    expect(offences).toEqual([]);
    // One post is too long for a feed, which shows its summary; Atom does so in its content.
    expect(seen).toEqual({ json: 1041, atom: 1042, rss: 1041 });
  });

  test("is JSON Feed 1.1 by the official schema (needs ../shared/schemas)", () => {
    const valid = jsonFeedValidator();
    const feeds = Object.keys(files).filter((key) => key.endsWith("/feed.json"));
    for (const key of feeds) {
      const feed = JSON.parse(files[key] ?? "") as { readonly version: string };
      expect(valid(feed), `${key}: ${JSON.stringify(valid.errors)}`).toBe(true);
      expect(feed.version).toBe("https://jsonfeed.org/version/1.1");
    }
  });

  test("holds no entry with a link that leads nowhere: the site names no permalink", () => {
    const { items } = JSON.parse(files["all/feed.json"] ?? "") as { items: { url?: string }[] };
    expect(items.filter((item) => item.url !== undefined)).toEqual([]);
  });

  test("with twenty dates cut is dated there by first sight, the same in every later run", async () => {
    const cut = new Set((await folderStore(blog).list("posts/release/")).slice(0, 20).map(({ key }) => key));
    const content = blogStore((key, text) => (cut.has(key) ? text.replace(/^date:.*\n/m, "") : text));
    const target = memoryStore();
    const undated = await aNewsroom({}, { content, target });
    const first = await undated.publish(now, { site: site().replace(", archive: monthly", "") });
    const dates = () => first.prepared.catalog.entries.filter(({ meta }) => cut.has(meta.key)).map(({ published }) => published);
    expect(dates()).toEqual(Array.from({ length: 20 }, () => now));
    expect(
      JSON.parse((await undated.files())["all/feed.json"] ?? "")
        .items.slice(0, 20)
        .every((item: { date_published: string }) => item.date_published === now),
    ).toBe(true);
    const again = await undated.publish("2026-11-24T09:00:00.000Z", { site: site().replace(", archive: monthly", "") });
    expect(again.prepared.changes.plan.writes).toEqual([]);
    expect(again.prepared.catalog.entries.filter(({ meta }) => cut.has(meta.key)).map(({ published }) => published)).toEqual(dates());
  });
});
