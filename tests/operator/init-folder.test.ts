import { expect, test } from "vitest";
import { siteFolderIn } from "../../lambda/operator/init/site-folder.ts";
import { aFile } from "../support/a-newsroom.ts";
import { memoryStore } from "../support/stores/memory-store.ts";

const post = aFile({ title: "One", date: "2026-03-01" });
const docusaurus = (folder: string) => ({
  [`${folder}/docusaurus.config.js`]: "module.exports = { url: 'https://wire.example', baseUrl: '/' };",
  [`${folder}/blog/one.md`]: post,
});
const eleventy = { "docs/.eleventy.js": "", "docs/posts/one.md": post };

test.each([
  [
    "in website/, beside a program",
    { "package.json": "{}", "docs/how.md": "# How\n", ...docusaurus("website") },
    { folder: "website", generator: "Docusaurus", others: [] },
  ],
  ["in docs/", eleventy, { folder: "docs", generator: "Eleventy", others: [] }],
  ["in a folder of any name", docusaurus("handbook"), { folder: "handbook", generator: "Docusaurus", others: [] }],
  ["in two folders", { ...eleventy, ...docusaurus("website") }, { folder: "website", generator: "Docusaurus", others: ["docs"] }],
  ["at the top, whatever is below", { "_config.yml": "title: x\n", "_posts/2026-03-01-a.md": post, ...docusaurus("website") }, undefined],
  ["beside dated articles of another kind", { "news/a.md": post, ...docusaurus("website") }, undefined],
  ["without an article", { "website/docusaurus.config.js": "" }, undefined],
  ["with a site.yaml at the top", { "site.yaml": "", ...docusaurus("website") }, undefined],
  ["that is a newsroom already", { "website/site.yaml": "", ...docusaurus("website") }, undefined],
])("a site %s", async (_, files, found) => {
  const content = memoryStore("content");
  for (const [key, text] of Object.entries(files as Readonly<Record<string, string>>)) await content.write(key, Buffer.from(text), {});
  expect(await siteFolderIn(content)).toEqual(found);
});
