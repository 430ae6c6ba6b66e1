import { expect, test } from "vitest";
import { articleAddresses } from "../../../lambda/channels/select/article-addresses.ts";
import { anEntryOf } from "../../support/a-catalog.ts";

const entry = (number: number, key: string) => anEntryOf(number, { key }, { url: `https://wire.example/${number}/` });
const find = articleAddresses(
  [entry(1, "content/news/rain.md"), entry(2, "content/news/snow/index.md"), entry(3, "docs/a.md"), entry(4, "blog/a.md")],
  new Set(),
);

test.each([
  ["news/rain.md", "https://wire.example/1/"], // `@/news/rain.md` in Zola
  ["content/news/rain.md", "https://wire.example/1/"],
  ["news/snow/index.md", "https://wire.example/2/"],
  ["a.md", undefined], // of two that end alike, neither is meant
  ["ws/rain.md", undefined],
  ["rain.html", undefined],
])("a link to the file %s leads to %s", (name, url) => {
  expect(find({ by: "file", name }, "content/news/rain.md")).toBe(url);
});
