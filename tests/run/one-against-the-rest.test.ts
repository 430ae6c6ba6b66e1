import { expect, test } from "vitest";
import type { Key } from "../../lambda/stores/store.ts";
import { aFile, aNewsroom, aSiteFile } from "../support/a-newsroom.ts";

const site = `${aSiteFile}pages: true
moved: { "/old/": "/all/" }
channels:
  - { name: all }
  - { name: rest, where: { path: "rest/**" }, archive: monthly }
  - { by: tag, title: "{value}" }
  - { by: author }
`;
const times = ["2026-11-20T12:00:00Z", "2026-11-20T14:00:00Z", "2026-11-20T16:00:00Z"] as const;

const rest = Object.fromEntries(
  ["a", "b", "c", "d", "e", "f"].map((name, index) => [
    `rest/${name}.md`,
    aFile(
      { title: `Title ${name}`, date: `2026-0${index + 4}-01T09:00:00Z`, tags: "Tea, silk", author: "Ann Lee" },
      `The text of ${name}.`,
    ),
  ]),
);

const long = (length: number) => "x".repeat(length);
const list = (count: number, word: string) => Array.from({ length: count }, (_, index) => `${word}${index.toString(36)}`).join(", ");

/** A box of the format that AVIF and HEIC share (ISO/IEC 14496-12, 4.2). */
function box(name: string, inner: string | Buffer): Buffer {
  const body = typeof inner === "string" ? Buffer.from(inner, "latin1") : inner;
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length);
  head.write(name, 4, "latin1");
  return Buffer.concat([head, body]);
}

/** What one provider of content may write, by the point that it is an attack on. */
const attacks: Readonly<Record<string, Readonly<Record<Key, string | Uint8Array>>>> = {
  "addresses of others and of the wire": Object.fromEntries(
    [
      "/a/",
      "/a",
      "/A/",
      "/rss.xml",
      "/feed/",
      "/robots.txt",
      "/all/rss.xml",
      "/all/",
      "/old/x/",
      "/.well-known/a",
      "/tag/tea/",
      "/",
      "/media/a/",
      "/b/index.html",
      "/bare",
    ].map((url, index) => [`evil/${index}.md`, aFile({ title: `Evil ${index}`, date: "2020-01-01", url })]),
  ),
  "ids of others": {
    "evil/1.md": aFile({ title: "Evil", id: "tag:wire.example,2026-01-01:rest/a" }),
    "evil/2.md": aFile({ title: "Evil", id: "tag:wire.example,2026-01-01:rest/z" }),
  },
  "46,000 tags": {
    "evil/1.md": aFile({ title: "Evil", tags: list(46_000, "") }),
    "evil/2.md": aFile({ title: "Evil 2", tags: list(46_000, "") }),
  },
  "25 titles of 200 KB": Object.fromEntries(
    Array.from({ length: 25 }, (_, index) => [`evil/${index}.md`, aFile({ title: `${index} ${long(200_000)}` })]),
  ),
  "long lists of authors": { "evil/1.md": aFile({ title: "Evil", authors: list(5_000, "Bo Li ") }) },
  "summaries, sections, notes and ids of 60 KB and more": {
    "evil/1.md": aFile({ title: "Evil", summary: long(60_000), section: long(60_000), correction: long(60_000), author: long(60_000) }),
    "evil/2.md": aFile({ title: "Evil 2", id: long(200_000) }),
  },
  "languages of 360 letters": {
    "evil/1.md": aFile({ title: "Evil", lang: `en-x${"-abcdefgh".repeat(40)}` }),
    "evil/2.md": aFile({ title: "Evil 2", lang: "archive" }),
  },
  "pictures that keep a reader busy": {
    "evil/1.md": aFile({ title: "Evil", image: "many.avif" }, "![](many.svg) ![](run.svg)"),
    "evil/many.avif": Buffer.concat([
      box("ftyp", "avif\0\0\0\0avifmif1"),
      box(
        "meta",
        `\0\0\0\0${box("iprp", box("ipco", box("ispe", "\0".repeat(12)).toString("latin1").repeat(80_000)).toString("latin1")).toString("latin1")}`,
      ),
    ]),
    "evil/many.svg": `<svg ${" width='".repeat(200_000)}`,
    "evil/run.svg": '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
  },
  "names that move a terminal": { "evil/\u001b[2J\n\u202e.md": aFile({ title: "Evil \u202e", tags: "\u202e" }) },
  "another spelling of a tag, and an older date": { "evil/1.md": aFile({ title: "Evil", tags: "TEA", date: "1999-01-01" }) },
};

type Item = { readonly id: string };
const itemsOf = (text: string | undefined): ReadonlyMap<string, Item> =>
  new Map((JSON.parse(text ?? "{}") as { readonly items: readonly Item[] }).items.map((item) => [item.id, item]));

async function published(more: Readonly<Record<Key, string | Uint8Array>>, { away = false } = {}) {
  const newsroom = await aNewsroom(rest);
  await newsroom.publish(times[0], { site });
  for (const [key, file] of Object.entries(more)) await newsroom.content.write(key, Buffer.from(file));
  if (away) await newsroom.remove("rest/a.md");
  await newsroom.publish(times[1], { site });
  if (away) await newsroom.write("rest/a.md", rest["rest/a.md"] ?? "");
  const { prepared } = await newsroom.publish(times[2], { site });
  return { files: await newsroom.files(), plan: prepared.changes.plan };
}

const without = await published({});
/** What holds articles of the rest alone: their feed and its archive, their pages, and the feed of their author. */
const theirs = Object.keys(without.files).filter((key) => /^(?:rest|[a-f]|author\/ann-lee)\//.test(key));

test("no article takes the id or page of one whose file is missing for one run", async () => {
  const [before, after] = await Promise.all([{}, attacks["ids of others"] ?? {}].map((more) => published(more, { away: true })));
  for (const key of theirs) expect(after?.files[key], key).toBe(before?.files[key]);
  expect(before?.files["a/index.html"]).toContain("The text of a.");
});

test.each(Object.entries(attacks))("one provider's %s change no byte of the others' entries", async (_, articles) => {
  expect(theirs.length).toBeGreaterThan(12);
  const { files, plan } = await published(articles);
  expect(plan.holds).toEqual([]);
  for (const key of theirs) expect(files[key], key).toBe(without.files[key]);
  const [before, after] = [without.files, files].map((all) => itemsOf(all["all/feed.json"]));
  for (const [id, item] of before ?? []) expect(after?.get(id)).toEqual(item);
  expect(files["tag/tea/feed.json"]).toContain('"title": "Tea"');
  expect(files["edge.json"]).toBe(without.files["edge.json"]);
  expect(Object.keys(files).length).toBeLessThan(Object.keys(without.files).length + 5 * 41 + 3 * Object.keys(articles).length);
});
