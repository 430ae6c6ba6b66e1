import { expect, test } from "vitest";
import { seal } from "../../lambda/state/envelope.ts";
import { stateKeys } from "../../lambda/state/state-keys.ts";
import { aFile, aNewsroom, aSiteFile, type Newsroom, someArticles } from "../support/a-newsroom.ts";

const noon = "2026-11-20T12:00:00Z";
const withinGrace = "2026-11-20T13:00:00Z";
const pastGrace = "2026-11-20T15:00:00Z";

type Files = Readonly<Record<string, string>>;
/** status.json tells of holds, with the moment: all else stays byte for byte. */
const withoutStatus = ({ "status.json": _, ...files }: Files) => files;
const ids = (files: Files, path = "all") =>
  (JSON.parse(files[`${path}/feed.json`] ?? "{}") as { items: { id: string }[] }).items.map(({ id }) => id.split(":").at(-1));
const holdsOf = ({ prepared }: Awaited<ReturnType<Newsroom["publish"]>>) => prepared.changes.plan.holds;
const stateOf = async ({ state }: Newsroom) => (await state.list()).map(({ key, version }) => `${key} ${version}`);

test("Problem: whatever breaks in a published article, it and all its feeds stay byte for byte, and the rest of the news goes on", async () => {
  const broken = ["---\ntitle: [broken\n---\n\nWords.\n", aFile({ title: "A", date: "tomorrow" }), "", "\u0000\u0000"];
  for (const text of broken) {
    const newsroom = await aNewsroom(someArticles(3));
    await newsroom.publish(noon);
    const before = await newsroom.files();
    await newsroom.write("a-02.md", text);
    expect(holdsOf(await newsroom.publish(withinGrace))).toEqual([]);
    expect(await newsroom.files()).toEqual(before);
    await newsroom.write("a-04.md", aFile({ title: "News", date: "2026-11-20T13:30:00Z" }));
    await newsroom.publish(pastGrace);
    expect(ids(await newsroom.files())).toEqual(["a-04", "a-03", "a-02", "a-01"]);
  }
});

test("a deleted file: byte for byte the same within the grace; past it the article is gone from every format, and a tombstone says since when", async () => {
  const newsroom = await aNewsroom(someArticles(3));
  await newsroom.publish(noon);
  const before = await newsroom.files();
  await newsroom.remove("a-02.md");
  await newsroom.publish(withinGrace);
  expect(await newsroom.files()).toEqual(before);
  expect(holdsOf(await newsroom.publish(pastGrace))).toEqual([]);
  const after = await newsroom.files();
  expect(ids(after)).toEqual(["a-03", "a-01"]);
  expect(after["all/rss.xml"]).not.toContain("a-02");
  expect(after["all/atom.xml"]).toContain('<at:deleted-entry ref="tag:wire.example,2026-01-01:a-02" when="2026-11-20T14:00:00.000Z"/>');
});

test("a deleted file that comes back within the grace, or after it under its old name, keeps its id and its date", async () => {
  for (const back of [withinGrace, "2026-11-20T18:00:00Z"]) {
    const newsroom = await aNewsroom({ ...someArticles(2), "note.md": "# A note\n\nWithout a date.\n" });
    await newsroom.publish(noon);
    await newsroom.remove("note.md");
    await newsroom.publish("2026-11-20T12:30:00Z");
    if (back > pastGrace) await newsroom.publish(pastGrace);
    await newsroom.write("note.md", "# A note\n\nWithout a date.\n");
    await newsroom.publish(back);
    const feed = JSON.parse((await newsroom.files())["all/feed.json"] ?? "{}") as { items: { id: string; date_published: string }[] };
    expect(feed.items[0]).toMatchObject({ id: "tag:wire.example,2026-01-01:note", date_published: new Date(noon).toISOString() });
  }
});

test("Hold: a content folder emptied leaves every channel byte for byte as it was, run after run", async () => {
  const site = `${aSiteFile}channels: [{ name: all, limit: 3, archive: monthly }, { by: section }]\n`;
  const articles = Object.fromEntries(
    Object.entries(someArticles(8)).map(([key, text]) => [key, text.replace("---\n", '---\nsection: "west"\n')]),
  );
  const newsroom = await aNewsroom(articles);
  await newsroom.publish(noon, { site });
  const before = await newsroom.files();
  for (const { key } of await newsroom.content.list()) await newsroom.remove(key);
  for (const now of [withinGrace, pastGrace, "2026-11-21T12:00:00Z", "2026-12-31T12:00:00Z"]) {
    const held = holdsOf(await newsroom.publish(now, { site })).map(({ name }) => name);
    if (now !== withinGrace) expect(held).toEqual(["run"]);
    expect(withoutStatus(await newsroom.files())).toEqual(withoutStatus(before));
  }
});

test("Hold: a content folder emptied changes no small feed either, and once it is back nothing has happened", async () => {
  const site = `${aSiteFile}channels: [{ name: all }, { by: tag }]\npages: true\n`;
  const articles = Object.fromEntries(
    Object.entries(someArticles(8)).map(([key, text], index) => [key, text.replace("---\n", `---\ntags: [t${index % 3}, only${index}]\n`)]),
  );
  const newsroom = await aNewsroom(articles);
  await newsroom.publish(noon, { site });
  const before = withoutStatus(await newsroom.files());
  for (const { key } of await newsroom.content.list()) await newsroom.remove(key);
  await newsroom.publish(withinGrace, { site });
  expect(holdsOf(await newsroom.publish(pastGrace, { site })).map(({ name }) => name)).toEqual(["run"]);
  expect(withoutStatus(await newsroom.files())).toEqual(before);
  for (const [key, text] of Object.entries(articles)) await newsroom.write(key, text);
  expect(holdsOf(await newsroom.publish("2026-11-21T12:00:00Z", { site }))).toEqual([]);
  expect(withoutStatus(await newsroom.files())).toEqual(before);
});

test("Hold: of an article that held feeds still show it is not said that it has left every feed; once released, it is, once", async () => {
  const newsroom = await aNewsroom(someArticles(8));
  const codes = async (now: string, allow: readonly string[] = []) => {
    const { prepared } = await newsroom.publish(now, { allow });
    return [...new Set(prepared.catalog.findings.map(({ code, message }) => `${code}: ${/held|guard|left/.exec(message)?.[0]}`))];
  };
  await newsroom.publish(noon);
  for (const { key } of await newsroom.content.list()) await newsroom.remove(key);
  expect(await codes(withinGrace)).toEqual(["missing: guard"]);
  for (const now of [pastGrace, "2026-11-20T16:00:00Z"]) expect(await codes(now)).toEqual(["missing: held"]);
  const [hold] = holdsOf(await newsroom.publish("2026-11-20T17:00:00Z"));
  expect(await codes("2026-11-20T18:00:00Z", [`run@${hold?.hash}`])).toEqual(["dropped: left"]);
  expect(await codes("2026-11-20T19:00:00Z")).toEqual([]);
});

test("Hold: an article that has left one feed, and that another, held, still shows, has not left every feed", async () => {
  const site = `${aSiteFile}channels: [{ name: all }, { by: tag }]\n`;
  const story = (tags: string) => aFile({ title: `About ${tags}`, date: "2026-03-01T09:00:00Z", tags });
  const newsroom = await aNewsroom({ "a.md": story("tea"), "b.md": story("silk"), "c.md": story("silk") });
  await newsroom.publish(noon, { site });
  for (const key of ["a.md", "b.md"]) await newsroom.remove(key);
  await newsroom.publish(withinGrace, { site });
  const { prepared } = await newsroom.publish(pastGrace, { site });
  expect(prepared.catalog.findings.map(({ key, code }) => `${key} ${code}`)).toEqual(["a.md missing", "b.md dropped"]);
});

test("Hold: a feed whose last article is gone without a word is not emptied, however few it had", async () => {
  const site = `${aSiteFile}channels: [{ name: all }, { by: tag }]\n`;
  const story = (tags: string) => aFile({ title: `About ${tags}`, date: "2026-03-01T09:00:00Z", tags });
  const newsroom = await aNewsroom({ "a.md": story("tea"), "b.md": story("silk"), "c.md": story("silk") });
  await newsroom.publish(noon, { site });
  const before = await newsroom.files();
  for (const key of ["a.md", "b.md"]) await newsroom.remove(key);
  await newsroom.publish(withinGrace, { site });
  const holds = holdsOf(await newsroom.publish(pastGrace, { site }));
  expect(holds).toMatchObject([{ name: "tag/tea", reasons: ["1 of its 1 entries are gone and nothing says why."] }]);
  const files = await newsroom.files();
  expect(files["tag/tea/rss.xml"]).toBe(before["tag/tea/rss.xml"]);
  expect(files["tag/silk/rss.xml"]).not.toBe(before["tag/silk/rss.xml"]);
  expect(holdsOf(await newsroom.publish("2026-11-20T20:00:00Z", { site, allow: [`tag/tea@${holds[0]?.hash}`] }))).toEqual([]);
  expect((await newsroom.files())["tag/tea/rss.xml"]).not.toContain("About tea");
});

test("Hold: a site.yaml under which all ids would change leaves every feed byte for byte as it was", async () => {
  const newsroom = await aNewsroom(someArticles(8));
  await newsroom.publish(noon);
  const before = await newsroom.files();
  for (const { key } of await newsroom.content.list()) {
    const text = Buffer.from((await newsroom.content.read(key))?.bytes ?? []).toString("utf8");
    await newsroom.write(key, text.replace("---\n", `---\nid: "new:${key}"\n`));
  }
  expect(holdsOf(await newsroom.publish(pastGrace)).map(({ name }) => name)).toEqual(["run"]);
  expect(withoutStatus(await newsroom.files())).toEqual(withoutStatus(before));
});

test("no alarm: a tag's only article gets another tag; the old feed answers with nothing in it, the new one is there", async () => {
  const site = `${aSiteFile}channels: [{ name: all }, { by: tag }]\n`;
  const story = (tags: string) => aFile({ title: "Tea", date: "2026-03-01T09:00:00Z", tags });
  const newsroom = await aNewsroom({ ...someArticles(2), "tea.md": story("tea") });
  await newsroom.publish(noon, { site });
  await newsroom.write("tea.md", story("coffee"));
  expect(holdsOf(await newsroom.publish(withinGrace, { site }))).toEqual([]);
  const files = await newsroom.files();
  expect([ids(files, "tag/tea"), ids(files, "tag/coffee"), files["tag/tea/rss.xml"]?.includes("<item>")]).toEqual([[], ["tea"], false]);
});

test("no alarm: a site.yaml that loses a channel leaves its feeds byte for byte where they are", async () => {
  const newsroom = await aNewsroom(someArticles(8));
  const site = (channels: string) => `${aSiteFile}channels: [{ name: all }${channels}]\n`;
  await newsroom.publish(noon, { site: site(", { name: west }") });
  const before = await newsroom.files();
  expect(holdsOf(await newsroom.publish(pastGrace, { site: site("") }))).toEqual([]);
  const west = (files: Files) => Object.entries(files).filter(([key]) => /^west\/(rss|atom|feed)/.test(key));
  expect(west(before)).toHaveLength(3);
  expect(west(await newsroom.files())).toEqual(west(before));
});

test.each(["ledger", "catalog", "manifest"] as const)(
  "Fault: a %s of a newer program stops the run, and nothing is written",
  async (name) => {
    const newsroom = await aNewsroom(someArticles(2));
    await newsroom.publish(noon);
    await newsroom.write("a-03.md", aFile({ title: "News", date: "2026-03-03" }));
    await newsroom.state.write(stateKeys[name], seal(name, {}, 99));
    const [before, state] = [await newsroom.files(), await stateOf(newsroom)];
    await expect(newsroom.publish(pastGrace)).rejects.toThrow("newer program (format 99");
    expect([await newsroom.files(), await stateOf(newsroom)]).toEqual([before, state]);
  },
);

test.each(["catalog", "manifest"] as const)("a %s of an older program is made anew, and no published file is written", async (name) => {
  const newsroom = await aNewsroom(someArticles(2));
  await newsroom.publish(noon);
  await newsroom.state.write(stateKeys[name], seal(name, { records: "of another shape", files: 7 }, 0));
  const before = await newsroom.files();
  expect((await newsroom.publish(pastGrace)).prepared.changes.plan).toMatchObject({ writes: [], holds: [] });
  expect(await newsroom.files()).toEqual(before);
});

test.each(["ledger", "catalog", "manifest"] as const)(
  "a damaged %s is replaced by its newest good version, and no published file is written",
  async (name) => {
    const newsroom = await aNewsroom({ ...someArticles(2), "note.md": "# A note\n\nWithout a date.\n" });
    await newsroom.publish(noon);
    const before = await newsroom.files();
    await newsroom.state.write(stateKeys[name], Buffer.from("damaged"));
    expect((await newsroom.publish(pastGrace)).prepared.changes.plan).toMatchObject({ writes: [], holds: [] });
    expect(await newsroom.files()).toEqual(before);
  },
);
