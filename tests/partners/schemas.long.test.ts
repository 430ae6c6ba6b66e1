import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { folderStore } from "../../lambda/stores/folder/folder.ts";
import { aFile, aNewsroom, aSiteFile } from "../support/a-newsroom.ts";
import { ninjsValidator, saidOfAll, schemasAbsent, xmllintAbsent } from "../support/readers/iptc-schemas.ts";

// What the whole road makes for agencies and Google is valid by their own schemas (needs ../shared/schemas and xmllint).

const partners = (pick: string): string => `partners:
  - { name: ninjs, profile: ninjs, ${pick}, settings: { hours: 0, entries: 0 } }
  - { name: newsml, profile: newsml-g2, ${pick}, settings: { hours: 0, entries: 0 } }
  - { name: news, profile: google-news, ${pick}, access: public }
`;

/** Validates every file of the three partners; returns how many there are of each. */
function validated(files: Readonly<Record<string, string>>) {
  const of = (pattern: RegExp) => Object.entries(files).filter(([key]) => pattern.test(key));
  const validate = ninjsValidator();
  const documents = of(/^partners\/ninjs\/items\/.*\.json$/);
  for (const [key, text] of documents) {
    validate(JSON.parse(text));
    expect(validate.errors, `${key}: ${text.slice(0, 2_000)}`).toBeNull();
  }
  const items = of(/^partners\/newsml\/items\/.*\.xml$/).map(([, text]) => text);
  if (items.length > 0) expect(saidOfAll("newsml-g2/NewsML-G2_2.35-spec-All-Power.xsd", items)).toBe("");
  // Google's schema is of the element that stands in a sitemap.
  const news = of(/^partners\/news\/sitemap-news-\d+\.xml$/).flatMap(([, text]) => text.match(/<news:news>.*?<\/news:news>/gs) ?? []);
  const root = '<news:news xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">';
  const alone = news.map((one) => one.replace("<news:news>", root));
  if (alone.length > 0) expect(saidOfAll("google-news/sitemap-news.xsd", alone)).toBe("");
  return { ninjs: documents.length, newsml: items.length, news: news.length };
}

async function published(folder: string, more: string, pick: string, moments: readonly string[]) {
  const newsroom = await aNewsroom({}, { content: folderStore(folder) });
  // Without partners of its own, and without the feeds of tags, sections and authors, which partners do not read.
  const text = readFileSync(`${folder}/site.yaml`, "utf8").replace(/^partners:\n(?: .*\n)*/m, "");
  const own = text.replaceAll(/^ +- (?:\{ )?by:.*\n(?: {4}.*\n)*/gm, "");
  const site = `${own}\n${more}${partners(pick)}`;
  const counts: ReturnType<typeof validated>[] = [];
  for (const moment of moments) {
    await newsroom.publish(moment, { site });
    counts.push(validated(await newsroom.files()));
  }
  return counts;
}

const sample = resolve(import.meta.dirname, "../../content");
const blog = resolve(import.meta.dirname, "../../../shared/corpus/nodejs-blog");

describe.skipIf(schemasAbsent || xmllintAbsent)("by the schemas of IPTC and Google", () => {
  test("the sample newsroom is valid in every language", async () => {
    const [young, old] = await published(sample, "", "channel: all", ["2026-11-18T12:00:00Z", "2026-11-29T12:00:00Z"]);
    expect(young?.news).toBeGreaterThan(0);
    expect(old?.ninjs).toBeGreaterThan(25);
    expect(old?.newsml).toBe(old?.ninjs);
  });

  test.skipIf(!existsSync(blog))("the Node.js blog is valid (needs ../shared/corpus)", async () => {
    const link = "permalink: /{slug}/\n";
    const [young, old] = await published(blog, link, "where: { language: en }", ["2026-07-29T12:00:00Z", "2026-11-29T12:00:00Z"]);
    expect(young?.news).toBeGreaterThan(0);
    expect(old).toMatchObject({ ninjs: 1042, newsml: 1042 });
  });

  test("every state of an article is valid while it lives", async () => {
    const base = { title: "A story of the valley & its <river>", date: "2026-03-01T09:00:00Z", lang: "kk", section: "World" };
    const story = (says: Readonly<Record<string, string | boolean>> = {}) => aFile({ ...base, ...says }, "A text with *words* & ]]>.");
    const names = ["new", "corrected", "canceled", "expired", "draft", "embargoed again", "removed", "denied"];
    const late = { embargo: "2026-03-01T10:40:00Z" };
    const files = Object.fromEntries([...names.map((name) => [`${name}.md`, story()]), ["embargoed.md", story(late)]]);
    const newsroom = await aNewsroom(files);
    const rules = partners("where: { language: kk }").replaceAll(", settings:", ", delay: 30m, settings:");
    const site = `${aSiteFile}guard: { lose: 1, atLeast: 1000, grace: 0s }\n${rules}`;
    const at = async (moment: string) => {
      await newsroom.publish(`2026-03-01T${moment}:00Z`, { site });
      const now = await newsroom.files();
      const items = (JSON.parse(now["partners/ninjs/manifest.json"] ?? "{}") as { items: readonly { pubStatus: string }[] }).items;
      return { ...validated(now), states: items.map(({ pubStatus }) => pubStatus).sort() };
    };
    expect(await at("10:00")).toMatchObject({ ninjs: 0, states: [] });
    expect((await at("10:30")).states).toEqual(names.map(() => "usable"));
    await newsroom.write("corrected.md", story({ correction: "It was two & not <three>." }));
    await newsroom.write("canceled.md", story({ status: "canceled", reason: "Wrong field" }));
    await newsroom.write("expired.md", story({ expires: "2026-03-01T10:45:00Z" }));
    await newsroom.write("draft.md", story({ draft: true }));
    await newsroom.write("embargoed again.md", story({ embargo: "2026-04-01T09:00:00Z" }));
    await newsroom.write("denied.md", story({ syndication: "deny" }));
    await newsroom.remove("removed.md");
    expect((await at("10:50")).states).toEqual([
      ...Array.from({ length: 4 }, () => "canceled"),
      ...["usable", "usable", "withheld", "withheld"],
    ]);
    const last = await at("11:20");
    expect(last).toMatchObject({ ninjs: 9, newsml: 9 });
    expect(last.states.filter((state) => state === "usable")).toHaveLength(3);
    await newsroom.write("canceled.md", story({ title: "It is back" }));
    expect((await at("12:00")).states.filter((state) => state === "usable")).toHaveLength(4);
  });
});
