import { describe, expect, test } from "vitest";
import { aFile, aNewsroom, aSiteFile, someArticles } from "../support/a-newsroom.ts";

const site = (...partners: readonly string[]) => `${aSiteFile}partners:\n${partners.map((one) => `  - { ${one} }\n`).join("")}`;
const wire = "name: wire, profile: generic, channel: all";

const written = aFile({ title: "The harvest is in", date: "2026-03-01T09:00:00Z" }, "A long text about the harvest.");

test("a partner's file is published with the feeds, for that partner alone", async () => {
  const { publish, files, target } = await aNewsroom({ "harvest.md": written });
  await publish("2026-03-01T10:00:00Z", { site: site(wire) });
  const published = await files();
  const name = Object.keys(published).find((key) => key.startsWith("partners/wire/"));
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
