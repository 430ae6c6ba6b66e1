import { describe, expect, test } from "vitest";
import { aFile, aNewsroom, aSiteFile, someArticles } from "../../support/a-newsroom.ts";

const site = (...partners: readonly string[]) => `${aSiteFile}partners:\n${partners.map((one) => `  - { ${one} }\n`).join("")}`;
const wire = "name: wire, profile: generic, channel: all";

const written = aFile({ title: "The harvest is in", date: "2026-03-01T09:00:00Z" }, "A long text about the harvest.");

test("a partner's file is published with the feeds, for that partner alone", async () => {
  const { publish, files, target } = await aNewsroom({ "harvest.md": written });
  await publish("2026-03-01T10:00:00Z", { site: site(wire) });
  const published = await files();
  const name = Object.keys(published).find((key) => /^partners\/wire\/(?!report)/.test(key));
  expect(published[name ?? ""]).toContain("A long text about the harvest.");
  expect((await target.read(name ?? ""))?.headers).toEqual({
    contentType: "application/rss+xml; charset=utf-8",
    cacheControl: "private, max-age=60",
  });
  const open = Object.entries(published).filter(([key]) => !key.startsWith("partners/"));
  expect(open.filter(([, text]) => text.includes("partners/")).map(([key]) => key)).toEqual([]);
});

test("two runs without a change write nothing, and the same bytes", async () => {
  const { publish, files } = await aNewsroom({ "harvest.md": written });
  await publish("2026-03-01T10:00:00Z", { site: site(wire) });
  const before = await files();
  const { prepared } = await publish("2026-03-01T11:00:00Z", { site: site(wire) });
  expect(prepared.changes.plan.writes).toEqual([]);
  expect(await files()).toEqual(before);
});

test("the files of a partner that site.yaml no longer names are deleted", async () => {
  const { publish, files } = await aNewsroom({ "harvest.md": written });
  await publish("2026-03-01T10:00:00Z", { site: site(wire) });
  await publish("2026-03-01T11:00:00Z");
  expect(Object.keys(await files()).filter((key) => key.startsWith("partners/"))).toEqual([]);
});

const all = (published: Readonly<Record<string, string>>, folder = "partners/wire/") =>
  Object.entries(published)
    .filter(([key]) => key.startsWith(folder))
    .map(([, text]) => text)
    .join("\n");

describe("entitlement", () => {
  const rights = "rights: { sources: { Reuters: { images: deny }, AFP: { syndication: deny } } }\n";
  const cases: readonly (readonly [says: string, front: Record<string, string | boolean>, partner: string, has: boolean])[] = [
    ["an article of the newsroom", {}, "", true],
    ["syndication: deny", { syndication: "deny" }, "", false],
    ["syndication: allow", { syndication: "allow" }, "", true],
    ["syndication names the partner", { syndication: "wire" }, "", true],
    ["syndication names another", { syndication: "msn-ru" }, "", false],
    ["an article of another wire", { source: "Reuters" }, "", false],
    ["an article of a wire that the partner may have", { source: "Reuters" }, "sources: reuters", true],
    ["every wire", { source: "Xinhua" }, 'sources: "*"', true],
    ["a wire that site.yaml denies", { source: "AFP" }, 'sources: "*"', false],
    ["the article's own word against the default of its wire", { source: "AFP", syndication: "allow" }, 'sources: "*"', true],
    ["a source that is the newsroom itself", { source: "https://wire.example/x" }, "", true],
    ["a source that is another site", { source: "https://www.other.example/x" }, "", false],
    ["the host of a source", { source: "https://www.other.example/x" }, "sources: other.example", true],
    ["a paid article", { sponsored: true }, "", false],
    ["a paid article for a partner that wants such", { sponsored: true }, "sponsored: true", true],
    ["an excepted section", { section: "Sport" }, "except: { section: sport }", false],
    ["another section", { section: "World" }, "except: { section: sport }", true],
    ["all conditions of except must hold", { section: "Sport" }, "except: { section: sport, tag: football }", true],
  ];

  test.each(cases)("%s", async (_, front, says, has) => {
    const fields = { title: "The harvest is in", date: "2026-03-01T09:00:00Z", ...front };
    const { publish, files } = await aNewsroom({ "harvest.md": aFile(fields, "Text of the harvest.") });
    await publish("2026-03-01T10:00:00Z", { site: `${rights}${site(says === "" ? wire : `${wire}, ${says}`)}` });
    expect(all(await files()).includes("Text of the harvest.")).toBe(has);
  });

  test("where picks as a channel does", async () => {
    const { publish, files } = await aNewsroom({
      "a.md": aFile({ title: "A story of one", date: "2026-03-01T09:00:00Z", section: "World" }, "Text of one."),
      "b.md": aFile({ title: "A story of two", date: "2026-03-01T09:00:00Z", section: "Sport" }, "Text of two."),
    });
    await publish("2026-03-01T10:00:00Z", { site: site("name: wire, profile: generic, where: { section: world }") });
    expect(all(await files())).toContain("Text of one.");
    expect(all(await files())).not.toContain("of two");
  });
});

describe("release and window", () => {
  test("a delay counts from the first run that could have published the article", async () => {
    const { publish, files } = await aNewsroom({ "harvest.md": written });
    const delayed = site(`${wire}, delay: 30m`);
    const first = await publish("2026-03-01T10:00:00Z", { site: delayed });
    expect(all(await files())).not.toContain("harvest");
    expect(first.prepared.changes.catalog.next).toBe("2026-03-01T10:30:00.000Z");
    await publish("2026-03-01T10:29:59Z", { site: delayed });
    expect(all(await files())).not.toContain("harvest");
    await publish("2026-03-01T10:30:00Z", { site: delayed });
    expect(all(await files())).toContain("A long text about the harvest.");
  });

  test("an article leaves when it is too old, and is not told as withdrawn", async () => {
    const { publish, files } = await aNewsroom({ "harvest.md": written });
    const short = site(`${wire}, hours: 48`);
    const first = await publish("2026-03-01T10:00:00Z", { site: short });
    expect(first.prepared.changes.catalog.next).toBe("2026-03-03T09:00:00.000Z");
    const last = await publish("2026-03-03T09:00:00Z", { site: short });
    expect(all(await files())).not.toContain("harvest");
    expect(last.prepared.changes.plan.holds).toEqual([]);
  });

  test("limit keeps the newest", async () => {
    const { publish, files } = await aNewsroom(someArticles(5));
    await publish("2026-03-09T10:00:00Z", { site: site(`${wire}, limit: 2`) });
    expect(all(await files())).toContain("article 05");
    expect(all(await files())).not.toContain("article 03");
  });
});

describe("the life of an article", () => {
  const base = { title: "The harvest is in", date: "2026-03-01T09:00:00Z" };
  const ends: readonly (readonly [says: string, front: Record<string, string | boolean> | undefined, sign: RegExp])[] = [
    ["withdrawn with a reason", { ...base, status: "canceled", reason: "Wrong field" }, /Wrong field/],
    ["a draft again", { ...base, draft: true }, /withdrawn/],
    ["embargoed again", { ...base, embargo: "2026-04-01T09:00:00Z" }, /withdrawn/],
    ["expired", { ...base, expires: "2026-03-01T11:00:00Z" }, /withdrawn/],
    ["no longer for this partner", { ...base, title: "A new title", syndication: "deny" }, /withdrawn/],
  ];

  test.each(ends)("%s: told at once, without the text, for thirty days", async (_, front, sign) => {
    const { publish, files, write } = await aNewsroom({ "harvest.md": aFile(base, "A long text about the harvest.") });
    const delayed = site(`${wire}, delay: 30m`);
    await publish("2026-03-01T10:00:00Z", { site: delayed });
    await publish("2026-03-01T10:45:00Z", { site: delayed });
    expect(all(await files())).toContain("A long text about the harvest.");
    await write("harvest.md", aFile(front ?? {}, "A long text about the harvest."));
    await publish("2026-03-01T11:00:00Z", { site: delayed });
    const told = all(await files());
    expect(told).toMatch(sign);
    expect(told).toContain("tag:wire.example,2026-01-01:harvest");
    expect(told).not.toContain("A long text about the harvest.");
    expect(told).not.toContain("A new title");
    await publish("2026-03-31T10:59:59Z", { site: delayed });
    expect(all(await files())).toContain("tag:wire.example,2026-01-01:harvest");
    await publish("2026-03-31T11:00:00Z", { site: delayed });
    expect(all(await files())).not.toContain("tag:wire.example,2026-01-01:harvest");
  });

  test.each(ends)("%s before its release: the partner never learns of it", async (_, front) => {
    const { publish, files, write } = await aNewsroom({ "harvest.md": aFile(base, "A long text about the harvest.") });
    const delayed = site(`${wire}, delay: 30m`);
    await publish("2026-03-01T10:00:00Z", { site: delayed });
    await write("harvest.md", aFile(front ?? {}, "A long text about the harvest."));
    for (const now of ["2026-03-01T10:10:00Z", "2026-03-01T11:00:00Z"]) {
      await publish(now, { site: delayed });
      expect(all(await files())).not.toContain("harvest");
    }
  });

  test("an article that comes back has a newer version than its withdrawal", async () => {
    const { publish, files, write } = await aNewsroom({ "harvest.md": aFile(base, "Text.") });
    await publish("2026-03-01T10:00:00Z", { site: site(wire) });
    await write("harvest.md", aFile({ ...base, draft: true }, "Text."));
    await publish("2026-03-01T11:00:00Z", { site: site(wire) });
    await write("harvest.md", aFile(base, "Text."));
    await publish("2026-03-01T12:00:00Z", { site: site(wire) });
    expect(all(await files())).toContain("The harvest is in");
    expect(all(await files())).toMatch(/2026-03-01T12:00:00|01 Mar 2026 12:00:00/);
  });

  test("an article whose file is gone is told as withdrawn after the grace", async () => {
    const { publish, files, remove } = await aNewsroom({ "harvest.md": aFile(base, "Text."), ...someArticles(3) });
    await publish("2026-03-05T10:00:00Z", { site: site(wire) });
    await remove("harvest.md");
    await publish("2026-03-05T10:10:00Z", { site: site(wire) });
    await publish("2026-03-05T11:30:00Z", { site: site(wire) });
    expect(all(await files())).toContain("tag:wire.example,2026-01-01:harvest");
    expect(all(await files())).not.toContain("The harvest is in</title>");
  });
});

describe("the report", () => {
  const reportIn = async (files: () => Promise<Readonly<Record<string, string>>>) =>
    JSON.parse((await files())["partners/wire/report.json"] ?? "{}") as Readonly<Record<string, unknown>>;
  const msn = "name: wire, profile: msn, channel: all";

  test("tells by id what is in the files, what was changed, and what stays out; never a title", async () => {
    const { publish, files } = await aNewsroom({
      "harvest.md": aFile({ title: "Hi", date: "2026-03-01T09:00:00Z" }, "A text."),
      "long.md": aFile({ title: "A title that is long enough for every partner", date: "2026-03-01T09:00:00Z" }, "A text of it."),
    });
    await publish("2026-03-01T10:00:00Z", { site: site(msn) });
    const report = await reportIn(files);
    expect(report).toMatchObject({ partner: "wire", profile: "msn", withdrawn: [] });
    expect(JSON.stringify(report["skipped"])).toContain("harvest");
    expect(JSON.stringify(report["skipped"])).toContain("title-too-short");
    expect(JSON.stringify(report)).not.toContain("long enough for every");
  });

  test("stays when only another file changes, and names withdrawals", async () => {
    const { publish, files, write } = await aNewsroom({
      "harvest.md": written,
      "b.md": aFile({ title: "B", date: "2026-03-01T09:00:00Z" }),
    });
    await publish("2026-03-01T10:00:00Z", { site: site(wire) });
    await write("harvest.md", aFile({ title: "The harvest is in", date: "2026-03-01T09:00:00Z", draft: true }));
    await publish("2026-03-01T11:00:00Z", { site: site(wire) });
    expect((await reportIn(files))["withdrawn"]).toEqual([
      { id: "tag:wire.example,2026-01-01:harvest", as: "withheld", since: "2026-03-01T11:00:00.000Z" },
    ]);
  });
});

test("a partner that would lose its articles without a reason is held, and nobody reads its name", async () => {
  const { publish, files } = await aNewsroom(someArticles(8));
  await publish("2026-03-09T10:00:00Z", { site: site(wire) });
  const before = all(await files());
  const narrowed = site("name: wire, profile: generic, where: { section: nothing }");
  const { prepared } = await publish("2026-03-09T11:00:00Z", { site: narrowed });
  expect(prepared.changes.plan.holds.map(({ name }) => name)).toEqual(["partners/wire"]);
  expect(all(await files())).toBe(before);
  expect((await files())["status.json"]).not.toContain("partners");
  const [hold] = prepared.changes.plan.holds;
  await publish("2026-03-09T12:00:00Z", { site: narrowed, allow: [`${hold?.name}@${hold?.hash}`] });
  expect(all(await files())).not.toContain("The body of article 01.");
});

describe("pictures", () => {
  const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
  const story = (front: string) =>
    `---\ntitle: The harvest is in\ndate: 2026-03-01T09:00:00Z\n${front}---\n\nText.\n\n![A field](field.png)\n\nMore.\n`;
  const hidden = "channels: [{ name: all, where: { section: open } }]\n";
  const own = "name: wire, profile: generic, where: { language: en }";
  const pictures = (published: Readonly<Record<string, string>>) => Object.keys(published).filter((key) => key.endsWith(".png"));

  test("one that no feed shows lies in the partner's folder, and goes with it", async () => {
    const { publish, files, content } = await aNewsroom({ "harvest.md": story("image: field.png\n") });
    await content.write("field.png", png);
    await publish("2026-03-01T10:00:00Z", { site: `${hidden}${site(own)}` });
    const [key = ""] = pictures(await files());
    expect(key).toMatch(/^partners\/wire\/media\/[0-9a-f]{32}\.png$/);
    expect(all(await files())).toContain(`https://wire.example/${key}`);
    await publish("2026-03-01T11:00:00Z", { site: `${hidden}${site(own)}` });
    expect(pictures(await files())).toEqual([key]);
    await publish("2026-03-01T12:00:00Z", { site: hidden + aSiteFile });
    expect(pictures(await files())).toEqual([]);
  });

  test("one that feeds show later moves to where everybody finds it, though its file is gone by then", async () => {
    const { publish, files, content, remove, target } = await aNewsroom({ "harvest.md": story("") });
    await content.write("field.png", png);
    await publish("2026-03-01T10:00:00Z", { site: `${hidden}${site(own)}` });
    await remove("field.png");
    await publish("2026-03-01T11:00:00Z", { site: site(own) });
    const [key = "", ...others] = pictures(await files());
    expect([key, others]).toEqual([expect.stringMatching(/^media\//), []]);
    expect(png.equals((await target.read(key))?.bytes ?? Buffer.alloc(0))).toBe(true);
  });

  test("one that feeds show stays where everybody finds it", async () => {
    const { publish, files, content } = await aNewsroom({ "harvest.md": story("") });
    await content.write("field.png", png);
    await publish("2026-03-01T10:00:00Z", { site: site(wire) });
    expect(pictures(await files())).toEqual([expect.stringMatching(/^media\//)]);
    expect(all(await files())).toMatch(/src=&quot;https:\/\/wire\.example\/media\/|src="https:\/\/wire\.example\/media\//);
  });

  test.each([
    ["its own word", "media: { field.png: { syndication: deny } }\n", ""],
    ["the word of the lead image", "image: { url: field.png, syndication: [msn-ru] }\n", ""],
    ["a wire's picture without a credit", "source: Reuters\n", ", sources: reuters"],
    ["a picture of a wire in an article of the newsroom", "media: { field.png: { source: Reuters } }\n", ""],
  ])("one may not travel: %s", async (_, front, says) => {
    const { publish, files, content } = await aNewsroom({ "harvest.md": story(front) });
    await content.write("field.png", png);
    await publish("2026-03-01T10:00:00Z", { site: `${hidden}${site(own + says)}` });
    expect(all(await files())).toContain("More.");
    expect(all(await files())).not.toMatch(/\.png|<img/);
    expect(pictures(await files())).toEqual([]);
  });

  test("a wire's picture with a credit may travel", async () => {
    const { publish, files, content } = await aNewsroom({
      "harvest.md": story("source: Reuters\nmedia: { field.png: Ann Lee / Reuters }\n"),
    });
    await content.write("field.png", png);
    await publish("2026-03-01T10:00:00Z", { site: `${hidden}${site(`${own}, sources: reuters`)}` });
    expect(all(await files())).toContain(".png");
  });
});

test("one changed article renders only the partners' files that show it", async () => {
  const { publish, write } = await aNewsroom({
    ...someArticles(4),
    "sport.md": aFile({ title: "A match", date: "2026-03-01T09:00:00Z", section: "Sport" }),
  });
  const two = site(wire.replace("all", "all, except: { section: sport }"), "name: sport, profile: generic, where: { section: sport }");
  await publish("2026-03-09T10:00:00Z", { site: two });
  await write("sport.md", aFile({ title: "A match", date: "2026-03-01T09:00:00Z", section: "Sport" }, "Another text."));
  const { prepared } = await publish("2026-03-09T11:00:00Z", { site: two });
  const rendered = prepared.changes.plan.writes.map(({ key }) => key).filter((key) => key.startsWith("partners/"));
  expect(rendered.filter((key) => !key.endsWith("report.json"))).toEqual(["partners/sport/rss.xml"]);
});
