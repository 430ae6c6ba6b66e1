import { expect, test } from "vitest";
import { directionOf } from "../../../lambda/articles/language/direction.ts";
import { inDirection } from "../../../lambda/feeds/documents/direction.ts";
import { aFile, aNewsroom, aSiteFile } from "../../support/a-newsroom.ts";

test.each([
  ["kk", "ltr"],
  ["kk-CN", "rtl"],
  ["kk-Cyrl-CN", "ltr"],
  ["az", "ltr"],
  ["az-IR", "rtl"],
  ["uz", "ltr"],
  ["uz-AF", "rtl"],
  ["ms-Arab", "rtl"],
  ["pa-PK", "rtl"],
  ["ur-Aran", "rtl"],
  ["ug", "rtl"],
  ["ckb", "rtl"],
  ["dv", "rtl"],
  ["yi", "rtl"],
  ["ff-Adlm", "rtl"],
  ["zh-Hant", "ltr"],
  ["ar-Latn", "ltr"],
  ["nonsense!", "ltr"],
  ["", "ltr"],
  ["x", "ltr"],
  ["a-b-c-d", "ltr"],
])("the language %s is written %s", (tag, expected) => {
  expect(directionOf(tag)).toBe(expected);
});

test("an empty body stays empty", () => {
  expect(inDirection("", "ar")).toBe("");
});

test("only a right-to-left body declares its direction, once, with its lead image, in every format", async () => {
  const newsroom = await aNewsroom({
    "a.md": aFile({ title: "خبر", date: "2026-03-01", lang: "ar", image: "https://cdn.example/a.jpg" }, "الطريق مفتوح.\n\n> Open."),
    "b.md": aFile({ title: "News", date: "2026-03-01", lang: "en" }, "The road."),
  });
  await newsroom.publish("2026-03-02", { site: aSiteFile });
  const files = await newsroom.files();
  const body =
    '<div dir="rtl" lang="ar">\n<p><img src="https://cdn.example/a.jpg" alt=""></p>\n<p>الطريق مفتوح.</p>\n<blockquote dir="ltr">\n<p>Open.</p>\n</blockquote>\n</div>';
  for (const file of ["all/rss.xml", "all/atom.xml", "all/feed.json"]) {
    const text = file.endsWith("json")
      ? (JSON.parse(files[file] ?? "") as { items: { content_html: string }[] }).items.map((item) => item.content_html).join("\n")
      : files[file];
    expect(text).toContain(body);
    expect(text?.split('dir="rtl"')).toHaveLength(2);
  }
});
