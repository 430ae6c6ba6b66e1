import { expect, test } from "vitest";
import { articleAddresses } from "../../../lambda/channels/select/article-addresses.ts";
import { anEntryOf } from "../../support/a-catalog.ts";

const entry = (number: number, key: string) => anEntryOf(number, { key }, { url: `https://wire.example/${number}/` });
const find = articleAddresses(
  [entry(1, "content/news/rain.md"), entry(2, "content/news/snow/index.md"), entry(3, "docs/a.md"), entry(4, "blog/a.md")],
  new Set(),
  { url: "https://wire.example/" },
);
const byAddress = articleAddresses(
  ["2014/10/30/Stability/", "a/b.html", "caf%C3%A9/", "Tea/", "tea/", "New/"].map((path, number) =>
    anEntryOf(number, { key: `posts/${number}.md` }, { url: `https://wire.example/${path}` }),
  ),
  new Set(),
  { url: "https://wire.example/" },
);

test("a file beside an article with an address of its own may be another address", () => {
  const reference = { by: "file", name: "posts/Stability.html", otherwise: "https://wire.example/2014/10/30/Stability.html" } as const;
  expect(byAddress(reference, "posts/0.md")).toBe("https://wire.example/2014/10/30/Stability/");
});

test.each([
  ["/2014/10/30/Stability.html", "2014/10/30/Stability/"],
  ["/2014/10/30/stability", "2014/10/30/Stability/"],
  ["/2014/10/30/Stability.md/", "2014/10/30/Stability/"],
  ["/a/b/", "a/b.html"],
  ["/café.html", "caf%C3%A9/"],
  ["/new/index.html", "New/"],
  ["/Tea.html", "Tea/"],
  ["/TEA/", undefined], // of two that differ in case alone, neither is meant
  ["/2014/10/30/Stability", undefined], // it is right as it is
  ["/b/", undefined],
])("a link to the address %s leads to %s", (name, path) => {
  expect(byAddress({ by: "address", name }, "posts/0.md")).toBe(path === undefined ? undefined : `https://wire.example/${path}`);
});

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
