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
    "The Wire: feed.xml is a feed -> news\n\nImported 1 article. Wrote 2 files. Nothing is published yet.\n\nOf the 1 entry that readers have, 0 will reappear.\n\nLook at news/site.yaml. Then see the feeds: npx wireroom start --content news\n",
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
