import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import MarkdownIt from "markdown-it";
import type { Newsroom } from "../lambda/articles/model/article.ts";
import { parse } from "../lambda/articles/parse.ts";
import { table } from "../lambda/terminal/screen/table.ts";
import { interleave, spread } from "./rounds.ts";

const BLOG = new URL("../../shared/corpus/nodejs-blog/posts/", import.meta.url);

const NEWSROOM: Newsroom = {
  url: "https://nodejs.org/en/blog/",
  language: "en",
  languages: [],
  timezone: "UTC",
  articles: ["**/*.md"],
  ignore: ["**/README.*"],
  limits: { article: 5_000_000 },
};

/**
 * The Node.js blog from files to articles, compared with the minimum: reading the files and passing them to the Markdown engine.
 * Both run in one process, with the same files in the page cache.
 */
export async function intake(rounds: number): Promise<readonly string[]> {
  if (!existsSync(BLOG)) return [`  Not run: the Node.js blog is not at ${fileURLToPath(BLOG)}.`];
  const files = readdirSync(BLOG, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && file.name.endsWith(".md") && !file.name.startsWith("README"))
    .map(({ parentPath, name }) => ({
      path: `${parentPath}/${name}`,
      key: `posts/${`${parentPath}/${name}`.slice(fileURLToPath(BLOG).length)}`,
    }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const bytes = files.reduce((sum, { path }) => sum + readFileSync(path).length, 0);
  const engine = new MarkdownIt({ html: true });
  // Counts the results, so that no compiler leaves out the work.
  const made = { bare: 0, articles: 0, html: 0 };
  const bare = (): void => {
    for (const { path } of files) made.bare += engine.render(readFileSync(path, "utf8")).length;
  };
  const whole = (): void => {
    made.articles = 0;
    for (const { path, key } of files) {
      const parsed = parse({ key, bytes: readFileSync(path) }, NEWSROOM, { soleInFolder: false });
      if (parsed.kind !== "article") continue;
      made.articles += 1;
      made.html += parsed.article.html.length;
    }
  };
  const times = interleave(
    [
      { name: "bare loop", work: bare },
      { name: "parse", work: whole },
    ],
    rounds,
    2,
  );
  const row = (name: string, index: number): readonly (string | number)[] => {
    const { median: middle, low, high } = spread(times.map((round) => round[index] ?? Number.NaN));
    const perSecond = (count: number): number => Math.round((count * 1000) / middle);
    return [
      name,
      Math.round(middle),
      `${Math.round(low)}–${Math.round(high)}`,
      perSecond(files.length),
      (bytes / middle / 1000).toFixed(1),
    ];
  };
  const ratio = spread(times.map(([least = Number.NaN, all = Number.NaN]) => all / least));
  const head = ["", "ms", "middle half", "files/s", "MB/s"];
  return [
    ...table(head, [row("read and markdown-it", 0), row("read and parse()", 1)]).map((line) => `  ${line}`),
    `  Ratio ${ratio.median.toFixed(2)} (middle half ${ratio.low.toFixed(2)}–${ratio.high.toFixed(2)}, ${rounds} rounds); goal: at most 3.5.`,
    `  ${files.length} files, ${(bytes / 1e6).toFixed(1)} MB, ${made.articles} articles.`,
  ];
}
