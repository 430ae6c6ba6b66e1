import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { anImport } from "../../support/an-import.ts";

const reader = resolve(import.meta.dirname, "../../../lambda/operator/import/wordpress/wordpress.ts");

/** Reads an export from end to end and prints the numbers of posts, heads and millions of characters. */
const program = `
  import { readWordpress } from ${JSON.stringify(reader)};
  const source = await readWordpress([process.argv[1]]);
  let [posts, characters] = [0, 0];
  for await (const { html } of source.articles()) [posts, characters] = [posts + 1, characters + html.length];
  console.log(posts, source.heads.length, Math.floor(characters / 1e6));
`;

test("a WordPress export is read with less memory than it has bytes", () => {
  using work = anImport();
  const file = join(work.folder, "large.xml");
  const [count, body] = [2_000, `<p>${"Words of a story. ".repeat(2_500)}</p>`];
  const posts = Array.from(
    { length: count },
    (_, id) =>
      `<item><title>T ${id}</title><link>https://wire.example/${id}/</link><guid>https://wire.example/?p=${id}</guid><content:encoded><![CDATA[${body}]]></content:encoded><wp:post_id>${id}</wp:post_id><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>\n`,
  );
  const head = `<rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="c"><channel><title>W</title><link>https://wire.example</link>`;
  writeFileSync(file, [head, ...posts, "</channel></rss>"].join(""));
  const { stdout, stderr } = spawnSync(process.execPath, ["--max-old-space-size=48", "--input-type=module", "-e", program, file], {
    encoding: "utf8",
  });
  expect(stdout, stderr).toBe("2000 2000 90\n");
});
