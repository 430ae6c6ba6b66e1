import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { partnerStatusOf } from "../../../lambda/operator/partner/partner-status.ts";
import { tryArticle } from "../../../lambda/operator/partner/try-article.ts";
import { run } from "../../../lambda/operator/run.ts";
import { settingsOf, settingsOfCheck } from "../../../lambda/settings.ts";
import { partnerStatusLines, triedLines } from "../../../lambda/terminal/partner-report.ts";
import { shown } from "../../../lambda/terminal/screen/screen.ts";
import { aFile } from "../../support/a-newsroom.ts";

const site = `url: https://wire.example/
permalink: /{slug}/
ids: { authority: wire.example, since: 2026-01-01 }
partners:
  - { name: wire, profile: generic, channel: all, delay: 30m, except: { section: sport } }
  - { name: msn-ru, profile: msn, channel: all }
`;

const title = "The harvest of the valley is in at last";

async function aPlace(articles: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "partner-"));
  await mkdir(join(folder, "content"));
  for (const [key, text] of Object.entries({ "content/site.yaml": site, ...articles })) await writeFile(join(folder, key), text);
  return folder;
}

const now = () => new Date("2026-03-01T10:00:00Z");
const attempt = async (name: string, file: string, articles: Readonly<Record<string, string>>) => {
  const folder = await aPlace(articles);
  return tryArticle(name, file.replace("…", folder), await settingsOfCheck({ content: join(folder, "content") }, now));
};

describe("partner try", () => {
  test("shows an article in the dialect, whatever its delay, and nothing of the others", async () => {
    const articles = {
      "content/a.md": aFile({ title, date: "2026-03-01T09:00:00Z" }, "A text."),
      "content/b.md": aFile({ title: "Another", date: "2026-03-01T09:00:00Z" }),
    };
    const tried = await attempt("wire", "a.md", articles);
    expect(tried).toMatchObject({ included: true, article: "a.md", reasons: ["It is released 30 minutes after its publication."] });
    expect(tried.files.map(({ key }) => key)).toEqual(["partners/wire/rss.xml"]);
    expect(tried.files[0]?.text).toContain(title);
    expect(tried.files[0]?.text).not.toContain("Another");
    expect(shown(triedLines(tried))[0]).toBe("wire (generic) gets it as it is: a.md");
  });

  test("takes a file that is not in the content", async () => {
    const tried = await attempt("wire", "…/draft.md", { "draft.md": aFile({ title, date: "2026-03-01T09:00:00Z" }) });
    expect(tried).toMatchObject({ included: true, article: "draft.md" });
  });

  test.each([
    [{ draft: true }, "It is draft."],
    [{ source: "Reuters" }, 'It comes from Reuters, which the partner\'s "sources" do not name.'],
    [{ section: "Sport" }, 'The partner\'s "except" leaves it out.'],
    [{ syndication: "deny" }, "Its own syndication does not name this partner."],
  ])("says why the partner does not get it: %o", async (front, reason) => {
    const tried = await attempt("wire", "a.md", { "content/a.md": aFile({ title, date: "2026-03-01T09:00:00Z", ...front }) });
    expect(tried).toMatchObject({ included: false, reasons: [reason], files: [] });
  });

  test("shows the decisions of the profile", async () => {
    const tried = await attempt("msn-ru", "a.md", { "content/a.md": aFile({ title: "Hi", date: "2026-03-01T09:00:00Z" }) });
    expect(tried.included).toBe(false);
    expect(tried.decisions).toContainEqual(expect.objectContaining({ rule: "title-too-short", outcome: "skipped" }));
    expect(shown(triedLines(tried)).join("\n")).toContain("msn-ru (msn) does not take it: a.md");
  });

  test("shows an article that is too old as of its own day", async () => {
    const tried = await attempt("msn-ru", "a.md", { "content/a.md": aFile({ title, date: "2026-01-01T09:00:00Z" }) });
    expect(tried).toMatchObject({ included: false, reasons: ["It is older than 72 hours."] });
    expect(tried.files[0]?.text).toContain(title);
  });

  test("names a partner that is meant, and a file that is not there", async () => {
    await expect(attempt("wier", "a.md", {})).rejects.toThrow('"wier" is no partner of site.yaml. Did you mean "wire"?');
    await expect(attempt("wire", "c.md", {})).rejects.toThrow("c.md is neither in");
  });
});

test("status of a partner says what it has, and why not more", async () => {
  const folder = await aPlace({
    "content/a.md": aFile({ title, date: "2026-03-01T09:00:00Z" }),
    "content/b.md": aFile({ title: "Hi", date: "2026-03-01T09:00:00Z" }),
  });
  const settings = await settingsOf({ content: join(folder, "content"), to: join(folder, "site"), now: "2026-03-01T10:00:00Z" }, now);
  await run({ command: "publish", allow: [], time: 60_000, tell: () => {} }, settings);
  const report = await partnerStatusOf("msn-ru", settings);
  expect(report).toMatchObject({ command: "status", partner: "msn-ru", files: ["partners/msn-ru/en/rss.xml"], withdrawn: [], holds: [] });
  expect(report.skipped.map(({ id }) => id)).toEqual(["tag:wire.example,2026-01-01:b"]);
  const lines = shown(partnerStatusLines(report)).join("\n");
  expect(lines).toContain("1 left out");
  expect(lines).toContain("title-too-short");
  expect(lines).not.toContain("released to it");
  const delayed = shown(partnerStatusLines(await partnerStatusOf("wire", settings))).join("\n");
  expect(delayed).toContain("An article is released to it 30 minutes after its publication.");
  expect(delayed).not.toContain("Last news");
  await expect(partnerStatusOf("msn", settings)).rejects.toThrow("is no partner of site.yaml");
});

test("what a partner demands of a file is said by its status and by each run, or holds its files", async () => {
  const folder = await aPlace({ "content/a.md": aFile({ title, date: "2026-03-01T09:00:00Z" }) });
  const partners = (settings: string) => `${site}  - { name: few, profile: flipboard, channel: all, settings: { ${settings} } }\n`;
  const done = async (command: "check" | "publish", settings: string) => {
    await writeFile(join(folder, "content/site.yaml"), partners(settings));
    const place = { content: join(folder, "content"), to: join(folder, "site") };
    const asked = await (command === "check" ? settingsOfCheck(place, now) : settingsOf(place, now));
    return { asked, report: await run({ command, allow: [], time: 60_000, tell: () => {} }, asked) };
  };
  const says = "It has 1 article; Flipboard wants at least 20.";
  const held = await done("publish", "remedies: { file-too-few: fail }");
  expect(held.report.holds).toMatchObject([{ name: "partners/few", reasons: [`partners/few/en/rss.xml: ${says}`], defective: true }]);
  const remark = `partners/few/en/rss.xml: ${says} (file-too-few)`;
  expect((await done("check", "")).report.remarks).toContain(remark);
  const { asked, report } = await done("publish", "");
  expect(report).toMatchObject({ holds: [], remarks: expect.arrayContaining([remark]) });
  const status = await partnerStatusOf("few", asked);
  expect(status.warnings).toEqual([
    { file: "partners/few/en/rss.xml", decisions: [{ rule: "file-too-few", outcome: "noted", reason: says }] },
  ]);
  expect(shown(partnerStatusLines(status)).join("\n")).toContain(`noted: ${says} (file-too-few)`);
});
