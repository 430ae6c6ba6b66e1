import { expect, test } from "vitest";
import { mediaReferenceOf } from "../../../lambda/articles/links/media-mark.ts";
import { missingMedia, picturesOf, placesOf } from "../../../lambda/channels/media/media.ts";
import { anEntryOf } from "../../support/a-catalog.ts";

const folders = ["static", "src/public"];
const placesIn = (article: string, written: string): readonly string[] => {
  const reference = mediaReferenceOf(written, article, "");
  return reference === undefined ? [] : placesOf(reference, folders);
};

test.each([
  [
    "beside the article, in the folder of its name, in a folder at the top",
    "posts/rain.md",
    "a.png",
    ["posts/a.png", "posts/rain/a.png", "static/a.png", "src/public/a.png"],
  ],
  ["below it", "posts/rain.md", "img/a.png", ["posts/img/a.png", "posts/rain/img/a.png", "static/img/a.png", "src/public/img/a.png"]],
  ["of an article at the top", "rain.md", "./a.png", ["a.png", "rain/a.png", "static/a.png", "src/public/a.png"]],
  ["in a bundle: beside its index page", "posts/rain/index.md", "a.png", ["posts/rain/a.png"]],
  ["at the top of the site", "posts/rain.md", "/img/a.png", ["img/a.png", "static/img/a.png", "src/public/img/a.png"]],
  ["by the way to a folder at the top", "posts/rain.md", "../static/img/a.png", ["static/img/a.png"]],
  ["by a way that is too short", "content/posts/rain.md", "../static/a.png", ["content/static/a.png", "static/a.png"]],
  ["by a way that is too long", "rain.md", "../../static/a.png", ["static/a.png", "static/static/a.png", "src/public/static/a.png"]],
  ["elsewhere", "posts/rain.md", "../img/a.png", ["img/a.png"]],
  ["outside: at the top", "rain.md", "../img/a.png", ["img/a.png", "static/img/a.png", "src/public/img/a.png"]],
])("a picture is looked for: %s", (_, article, written, places) => {
  expect(placesIn(article, written)).toEqual(places);
});

test("two articles of a folder may have pictures of one name in folders of their own", () => {
  const listing = ["posts/rain/a.png", "posts/snow/a.png"].map((key) => ({ key, version: "1", size: 1, settled: true }));
  const references = ["posts/rain.md", "posts/snow.md"].flatMap((article) => mediaReferenceOf("a.png", article, "") ?? []);
  expect(picturesOf(references, listing).map(({ listed }) => listed?.key)).toEqual(["posts/rain/a.png", "posts/snow/a.png"]);
});

test("a picture that is not there is named, and one outside of the content with the way out", () => {
  const media = ["a.png", "../../img/b.png"].flatMap((written) => mediaReferenceOf(written, "posts/rain.md", "") ?? []);
  const told = missingMedia([anEntryOf(1, { key: "posts/rain.md", media })], { media: new Map(), unfit: new Map() });
  expect(told.map(({ message, hint }) => [message, hint])).toEqual([
    [
      "The article shows posts/a.png, which is not in the content or is too large. The article is published without it.",
      "Put the file there, or correct its path.",
    ],
    [
      "The article shows ../img/b.png, which is outside of the content. The article is published without it.",
      "Take the folder above as --content, or put the file into the content.",
    ],
  ]);
});
