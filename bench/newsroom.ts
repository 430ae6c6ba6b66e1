import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const blog = new URL("../../shared/corpus/nodejs-blog/", import.meta.url);

/** The Node.js blog, which is data beside the project and not part of it. */
export const BLOG = fileURLToPath(new URL("posts/", blog));

/** The channels of the blog's own site.yaml, without archives. The Hugo site has the same ones. */
const SITE = `title: Node.js Blog
url: https://nodejs.org/en/blog/
language: en
description: News from the Node.js project.
author: { name: Node.js }
articles: "posts/**/*.md"
channels:
  - { name: all, title: Node.js Blog }
  - { by: section, title: "Node.js Blog: {value}" }
  - { by: author, title: "Posts by {value}", content: summary }
`;

const day = 86_400_000;
/** How much older each copy of the blog is than the one before. */
const shift = 11 * day;

/**
 * Makes a newsroom with this many articles from the blog, in a folder: from as many copies as necessary, each older than the one
 * before and with another text, so that none counts as a moved one. `archive`: of the channel `all`. Returns the articles' keys, ordered.
 */
export function makeNewsroom(folder: string, count: number, archive?: "monthly"): readonly string[] {
  const posts = readdirSync(BLOG, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && file.name.endsWith(".md") && !/^(?:README|index)\./.test(file.name))
    .map(({ parentPath, name }) => join(parentPath, name).slice(BLOG.length))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(BLOG, path), "utf8") }));
  const keys: string[] = [];
  for (let copy = 0; keys.length < count; copy += 1)
    for (const { path, text } of posts.slice(0, count - keys.length)) {
      const key = `posts/${String(copy).padStart(2, "0")}/${path}`;
      const file = join(folder, key);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, copy === 0 ? text : `${older(text, copy * shift)}\n\nCopy ${copy}.\n`);
      keys.push(key);
    }
  writeFileSync(join(folder, "site.yaml"), archive === undefined ? SITE : SITE.replace("name: all,", `name: all, archive: ${archive},`));
  return keys.sort();
}

function older(text: string, by: number): string {
  return text.replace(/^date: *['"]?(\d[^'"\n]*)['"]?$/m, (line, date: string) => {
    const time = Date.parse(date);
    return Number.isNaN(time) ? line : `date: '${new Date(time - by).toISOString()}'`;
  });
}
