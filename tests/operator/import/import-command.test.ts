import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { wireroom } from "../../support/a-command.ts";
import { anImport } from "../../support/an-import.ts";

const feed = (guid: string) =>
  `<rss version="2.0"><channel><title>The Wire</title><link>https://wire.example/</link><item><title>T</title>${guid}<pubDate>Mon, 04 May 2020 09:30:00 GMT</pubDate><description>Words.</description></item></channel></rss>`;

test("wireroom import says what it did and that no entry reappears, and exits with 0", async () => {
  using work = anImport({ "feed.xml": feed("<guid>one</guid>") });
  const { code, stdout, stderr } = await wireroom(["import", "feed.xml", "--content", "news"], { cwd: work.folder });
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toBe(
    "The Wire: feed.xml is a feed -> news\n\nImported 1 article. Wrote 2 files. Nothing is published yet.\n\nOf the 1 entry that readers have, 0 will reappear.\n\nLook at news/site.yaml. Then see the feeds: wireroom start --content news\n",
  );
});

test("wireroom import exits with 1 if an entry reappears, and with --json prints the report alone", async () => {
  using work = anImport({ "feed.xml": feed("") });
  const { code, stdout } = await wireroom(["import", "feed.xml", "--content", "news", "--json"], { cwd: work.folder });
  expect([code, JSON.parse(stdout)]).toEqual([
    1,
    expect.objectContaining({ command: "import", entries: 1, reappear: [expect.objectContaining({ title: "T" })] }),
  ]);
});

test("wireroom import exits with 2 for a file that is not there, and writes nothing", async () => {
  using work = anImport();
  const { code, stdout, stderr } = await wireroom(["import", "none.xml", "--content", "news"], { cwd: work.folder });
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(
    "none.xml cannot be read. Name a file, or the address of a feed that begins with https://. Nothing was written.",
  );
});

/** 230 posts, a draft, two pages and twelve comments. */
function aWordpressExport(): string {
  const post = (id: number, status: string, type: string, more = "") =>
    `<item><title>Story ${id}</title><link>https://wire.example/2024/05/story-${id}/</link><guid isPermaLink="false">https://wire.example/?p=${id}</guid><content:encoded><![CDATA[Words.${id === 7 ? " [contact-form to=desk]" : ""}]]></content:encoded><wp:post_id>${id}</wp:post_id><wp:post_date_gmt>2024-05-04 09:30:00</wp:post_date_gmt><wp:post_name>story-${id}</wp:post_name><wp:status>${status}</wp:status><wp:post_type>${type}</wp:post_type>${more}</item>`;
  const posts = Array.from({ length: 230 }, (_, index) =>
    post(index + 1, "publish", "post", index < 12 ? "<wp:comment></wp:comment>" : ""),
  );
  const others = [post(301, "draft", "post"), post(302, "publish", "page"), post(303, "publish", "page")];
  const head = `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>The Wire</title><link>https://wire.example</link>`;
  return `${head}${[...posts, ...others].join("\n")}</channel></rss>`;
}

test("docs/import.md shows what wireroom import says", async () => {
  const page = readFileSync(join(import.meta.dirname, "../../../docs/import.md"), "utf8");
  const [, command = "", shown = ""] = /```text\n\$ wireroom ([^\n]+)\n([\s\S]*?)```/.exec(page) ?? [];
  using work = anImport({ "wire.xml": aWordpressExport() });
  const { code, stdout } = await wireroom(command.split(" "), { cwd: work.folder });
  expect([code, stdout]).toEqual([0, shown]);
});
