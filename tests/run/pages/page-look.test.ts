import { describe, expect, test } from "vitest";
import { aFile, aNewsroom, aSiteFile, someArticles } from "../../support/a-newsroom.ts";

const noon = "2026-11-20T12:00:00Z";
const site = `${aSiteFile}pages: true\n`;

describe("an article's page", () => {
  const tagged = (more: Readonly<Record<string, string>>) =>
    aNewsroom({ "a.md": aFile({ title: "A", date: "2026-03-02T09:00:00Z", section: "World", tags: "Tea", ...more }, "Text.") });

  test("leads to the feeds of its section and tags, in its own language where they are split by language", async () => {
    const newsroom = await tagged({ lang: "ru" });
    const split = `${site}channels: [{ by: section, split: language }, { by: tag }]\n`;
    await newsroom.publish(noon, { site: split });
    const page = (await newsroom.files())["a/index.html"];
    expect(page).toContain('<a href="https://wire.example/section/world/ru/index.html">World</a>');
    expect(page).toContain('<a href="https://wire.example/tag/tea/index.html">Tea</a>');
  });

  test("shows section and tags as text where they have no feed", async () => {
    const newsroom = await tagged({});
    await newsroom.publish(noon, { site });
    expect((await newsroom.files())["a/index.html"]).toContain('<p class="faint">World</p>');
  });
});

describe("the page for addresses without a page", () => {
  test("is in the language of the site, and leads to the site and its feeds", async () => {
    const newsroom = await aNewsroom(someArticles(1));
    await newsroom.publish(noon, { site: `${aSiteFile}language: ru\n`.replace(/^language: en\n/m, "") });
    const page = (await newsroom.files())["404.html"];
    expect(page).toContain("<h1>Страница не найдена</h1>");
    expect(page).toContain('<a href="https://wire.example/index.html">');
  });

  test("is the article that has this address, if one has it", async () => {
    const newsroom = await aNewsroom({
      "lost.md": aFile({ title: "Lost", url: "https://wire.example/404.html", date: "2026-03-02T09:00:00Z" }, "Go home."),
    });
    await newsroom.publish(noon, { site });
    expect((await newsroom.files())["404.html"]).toContain("Go home.");
  });
});

describe("theme", () => {
  const themed = `${site}theme: { accent: "#b3261e", stylesheet: style/wire.css }\n`;

  test("publishes the stylesheet under a name from its bytes, and every page has it", async () => {
    const newsroom = await aNewsroom({ ...someArticles(1), "style/wire.css": "h1 { color: red }\n" });
    await newsroom.publish(noon, { site: themed });
    const files = await newsroom.files();
    const [sheet = ""] = Object.keys(files).filter((key) => key.endsWith(".css"));
    expect(files[sheet]).toBe("h1 { color: red }\n");
    expect((await newsroom.target.read(sheet))?.headers?.contentType).toBe("text/css");
    for (const page of ["index.html", "404.html", "all/index.html", "a-01/index.html"])
      expect(files[page]).toContain(`<link rel="stylesheet" href="https://wire.example/${sheet}">`);
  });

  test("changes the pages when the stylesheet changes, and no feed", async () => {
    const newsroom = await aNewsroom({ ...someArticles(1), "style/wire.css": "h1 { color: red }\n" });
    await newsroom.publish(noon, { site: themed });
    await newsroom.write("style/wire.css", "h1 { color: blue }\n");
    const { prepared } = await newsroom.publish("2026-11-20T14:00:00Z", { site: themed });
    expect(prepared.changes.plan.writes.map(({ key }) => key)).toEqual(["a-01/index.html", "404.html", "all/index.html", "index.html"]);
  });

  test("says so if the content has no such stylesheet, and publishes the pages without it", async () => {
    const newsroom = await aNewsroom(someArticles(1));
    const { prepared } = await newsroom.publish(noon, { site: themed });
    expect(prepared.remarks).toEqual([
      'site.yaml: "stylesheet" names style/wire.css, which is not in the content. The pages are published without it.',
    ]);
    expect((await newsroom.files())["index.html"]).not.toContain("stylesheet");
  });
});
