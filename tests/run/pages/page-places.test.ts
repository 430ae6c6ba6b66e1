import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { folderStore } from "../../../lambda/stores/folder/folder.ts";
import { aFile, aNewsroom, aSiteFile, someArticles } from "../../support/a-newsroom.ts";

const noon = "2026-11-21T12:00:00Z";
const one = "2026-11-21T13:00:00Z";
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const slashed = `${aSiteFile}pages: true\n`;
const bare = slashed.replace("/{slug}/", "/{slug}");

async function onDisk(articles: Readonly<Record<string, string>>) {
  const root = mkdtempSync(join(tmpdir(), "places-"));
  folders.push(root);
  const newsroom = await aNewsroom(articles, { target: folderStore(root) });
  const pages = () =>
    readdirSync(root, { recursive: true })
      .map(String)
      .filter((name) => /^a-\d\d/.test(name) && !name.endsWith(".gz"));
  return { root, newsroom, pages };
}

const links = (files: Readonly<Record<string, string>>) =>
  (JSON.parse(files["all/feed.json"] ?? "") as { readonly items: readonly { readonly title: string; readonly url?: string }[] }).items.map(
    ({ title, url }) => [title, url],
  );

describe("on a disk", () => {
  test.each([
    ["file becomes a folder", bare, slashed, ["a-01", "a-01/index.html", "a-02", "a-02/index.html"]],
    ["folder becomes a file", slashed, bare, ["a-01", "a-02"]],
  ])("a page's %s when the permalink gains or loses its last slash", async (_, before, after, files) => {
    const { newsroom, pages } = await onDisk(someArticles(2));
    await newsroom.publish(noon, { site: before });
    const { prepared } = await newsroom.publish(one, { site: after });
    expect(prepared.changes.plan.holds).toEqual([]);
    expect(pages().sort()).toEqual(files);
    expect((await newsroom.publish("2026-11-21T14:00:00Z", { site: after })).prepared.changes.plan.writes).toEqual([]);
  });

  test("the old page stays and the new one waits while a held feed links to the old one", async () => {
    const { newsroom, pages } = await onDisk(someArticles(7));
    await newsroom.publish(noon, { site: bare });
    const { prepared } = await newsroom.publish(one, { site: slashed });
    const [hold] = prepared.changes.plan.holds;
    expect([hold?.name, pages().includes("a-01"), pages().includes("a-01/index.html")]).toEqual(["all", true, false]);
    await newsroom.publish("2026-11-21T14:00:00Z", { site: slashed, allow: [`${hold?.name}@${hold?.hash}`] });
    expect(pages().includes("a-01/index.html")).toBe(true);
  });

  test("another article's page there is replaced, although a held feed links to it", async () => {
    const html = slashed.replace("/{slug}/", "/{slug}.html");
    const by = "channels: [{ name: all }, { by: author }]\n";
    const { newsroom } = await onDisk({
      "plain.md": aFile({ title: "Plain", date: "2026-03-02" }),
      "other.md": aFile({ title: "Other", date: "2026-03-01", permalink: "/plain/", author: "Ann Lee" }),
    });
    await newsroom.publish(noon, { site: html + by });
    await newsroom.write("other.md", aFile({ title: "Other", date: "2026-03-01", id: "another" }));
    const { prepared } = await newsroom.publish(one, { site: bare + by });
    expect(prepared.changes.plan.holds.map(({ name }) => name)).toEqual(["author/ann-lee"]);
    expect((await newsroom.files())["plain"]).toContain("<title>Plain");
  });

  test("a new feed replaces a page at its address, and the page's entry has no link", async () => {
    const site = `${bare}channels: [{ name: all }]\n`;
    const { newsroom } = await onDisk({
      "bar.md": aFile({ title: "Bar", date: "2026-03-01" }),
      "plain.md": aFile({ title: "Plain", date: "2026-03-02" }),
    });
    await newsroom.publish(noon, { site });
    const { prepared } = await newsroom.publish(one, { site: site.replace("{ name: all }", "{ name: all }, { name: bar }") });
    const files = await newsroom.files();
    expect(prepared.changes.plan.holds).toEqual([]);
    expect(files["bar/rss.xml"]).toContain("Plain");
    expect(links(files)).toEqual([
      ["Plain", "https://wire.example/plain"],
      ["Bar", undefined],
    ]);
  });

  test("a page is not written over or below somebody else's file", async () => {
    const { root, newsroom } = await onDisk({
      "a.md": aFile({ title: "A", date: "2026-03-01" }),
      "b.md": aFile({ title: "B", date: "2026-03-02", permalink: "/theirs/b.html" }),
      "c.md": aFile({ title: "C", date: "2026-03-03" }),
    });
    mkdirSync(join(root, "a"));
    mkdirSync(join(root, "c"));
    writeFileSync(join(root, "a", "photo.jpg"), "x");
    writeFileSync(join(root, "theirs"), "x");
    const { prepared } = await newsroom.publish(noon, { site: bare });
    expect(prepared.notices.map(({ code, key }) => [key, code])).toEqual([
      ["a.md", "page-occupied"],
      ["b.md", "page-occupied"],
    ]);
    expect(links(await newsroom.files())).toEqual([
      ["C", "https://wire.example/c"],
      ["B", undefined],
      ["A", undefined],
    ]);
    expect(readFileSync(join(root, "theirs"), "utf8")).toBe("x");
  });
});

test.each([
  ["a segment of 300 letters", "a".repeat(300)],
  ["a segment of 130 Cyrillic letters", "\u044f".repeat(130)],
  ["a segment that only its variant is too long for", "a".repeat(253)],
  ["a key of more than S3 takes", Array(10).fill("b".repeat(100)).join("/")],
])("an article whose page's name has %s is in the feeds without page and link, and its neighbour has both", async (_, path) => {
  const { newsroom } = await onDisk({
    "a.md": aFile({ title: "Long", date: "2026-03-01", permalink: `/${path}/` }),
    "plain.md": aFile({ title: "Plain", date: "2026-03-02" }),
  });
  const { prepared } = await newsroom.publish(noon, { site: slashed });
  expect(prepared.notices).toMatchObject([{ kind: "notice", code: "page-name-too-long", key: "a.md" }]);
  const files = await newsroom.files();
  expect(links(files)).toEqual([
    ["Plain", "https://wire.example/plain/"],
    ["Long", undefined],
  ]);
  expect(files["plain/index.html"]).toContain("Plain");
});

test("an address on the site that no page can have is dropped; one on another site stays", async () => {
  const newsroom = await aNewsroom({
    "a.md": aFile({ title: "A", date: "2026-03-01", lang: "ru", permalink: "/?p=5", translationKey: "x" }),
    "b.md": aFile({ title: "B", date: "2026-03-02", lang: "en", translationKey: "x" }),
    "c.md": aFile({ title: "C", date: "2026-03-03", permalink: "https://elsewhere.example/?p=5" }),
  });
  await newsroom.publish(noon, { site: slashed });
  const files = await newsroom.files();
  expect(links(files)).toEqual([
    ["C", "https://elsewhere.example/?p=5"],
    ["B", "https://wire.example/b/"],
    ["A", undefined],
  ]);
  expect(Object.entries(files).filter(([, text]) => text.includes("wire.example/?p=5"))).toEqual([]);
});

test.each(["section", "tag", "author"])("a feed of a %s of any length and script is published", async (by) => {
  const long = [..."\u{10330}\u{10331}\u{10332}\u{10333}"].join("").repeat(20);
  const { newsroom } = await onDisk({ "a.md": aFile({ title: "A", date: "2026-03-01", section: long, tags: long, author: long }) });
  const { prepared } = await newsroom.publish(noon, { site: `${slashed}channels: [{ name: all }, { by: ${by} }]\n` });
  expect(prepared.changes.plan.holds).toEqual([]);
  expect(Object.keys(await newsroom.files()).filter((key) => key.startsWith(`${by}/`))).toHaveLength(4);
});
