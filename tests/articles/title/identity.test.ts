import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isAbsoluteUri, madeId, uriOf, uuidUrn } from "../../../lambda/articles/title/identity.ts";
import { slugify, slugOf } from "../../../lambda/articles/title/slug.ts";

const MINTING = { authority: "wire.example", since: "2026-01-01" };

describe("a made id", () => {
  test.each([
    ["world/story.md", "tag:wire.example,2026-01-01:world/story"],
    ["world/story/index.md", "tag:wire.example,2026-01-01:world/story"],
    ["world/story/index.ru.md", "tag:wire.example,2026-01-01:world/story.ru"],
    ["index.md", "tag:wire.example,2026-01-01:index"],
    ["v1.2 notes.md", "tag:wire.example,2026-01-01:v1.2%20notes"],
    ["a:b@c?d#e%f~2.txt", "tag:wire.example,2026-01-01:a%3Ab%40c%3Fd%23e%25f%7E2"],
    ["новости.md", "tag:wire.example,2026-01-01:%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8"],
    ["é.md".normalize("NFD"), "tag:wire.example,2026-01-01:%C3%A9"],
  ])("of %s is its path", (key, id) => {
    expect(madeId(key, MINTING)).toBe(id);
  });

  test("without a day of ownership is a version 5 UUID of url and path", () => {
    expect(madeId("a.md", { url: "https://wire.example/" })).toMatch(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(madeId("a.md", { url: "https://wire.example/" })).not.toBe(madeId("b.md", { url: "https://wire.example/" }));
  });

  test("survives the URL standard, whatever the key", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", minLength: 1, maxLength: 30 }),
        fc.constantFrom(MINTING, { url: "https://wire.example/" }),
        (name, minting) => {
          const id = madeId(`${name}.md`, minting);
          expect(new URL(id).toString()).toBe(id);
          expect(isAbsoluteUri(id)).toBe(true);
        },
      ),
    );
  });

  test("never looks like the second use of another id", () => {
    expect(madeId("a~2.md", MINTING)).not.toBe(`${madeId("a.md", MINTING)}~2`);
  });
});

// RFC 9562, appendix A.4
test("a version 5 UUID equals the standard's example", () => {
  expect(uuidUrn("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "www.example.com")).toBe("urn:uuid:2ed6657d-e927-568b-95e1-2665a8aea6a2");
});

describe("the URI of a given id", () => {
  test.each([
    "https://wire.example/a",
    "tag:wire.example,2026:a",
    "urn:uuid:2ed6657d-e927-568b-95e1-2665a8aea6a2",
    "https://wire.example/?p=1",
  ])("of %s is itself", (id) => {
    expect(uriOf(id)).toBe(id);
  });

  test.each([
    "42",
    "HTTPS://wire.example/a",
    "https://wire.example",
    "https://wire.example/a b",
    "x:a b",
    "tag:новости",
    "a/b",
    "http://[",
    "x:%zz",
    "",
  ])("of %s, which is not an absolute URI, is a URN", (id) => {
    expect(isAbsoluteUri(id)).toBe(false);
    expect(uriOf(id)).toMatch(/^urn:uuid:/);
    expect(new URL(uriOf(id)).toString()).toBe(uriOf(id));
  });
});

describe("a slug", () => {
  test.each([
    ["the file's name", "news/big-story.md", "Title", "big-story"],
    ["without its date", "2026-11-23-big-story.md", "Title", "big-story"],
    ["without its date in digits", "20261123 Big Story.txt", "Title", "big-story"],
    ["the name of an index page's folder", "news/big-story/index.md", "Title", "big-story"],
    ["the title if the name is a number", "000123.md", "Big Story!", "big-story"],
    ["the title if the name is a hash", "000_c7aa93d076d51594.txt", "Новая страница", "novaya-stranitsa"],
    ["the title if the name is a UUID", "2ed6657d-e927-568b-95e1-2665a8aea6a2.md", "Big Story", "big-story"],
    ["the name if the title leaves nothing", "123.md", "!!!", "123"],
    ["a word of hexadecimal letters", "defaced.md", "Title", "defaced"],
    ["Kazakh in Latin letters", "1.md", "Қазақстан Республикасының Үкіметі", "qazaqstan-respublikasynyng-ukimeti"],
    ["Chinese in its own letters", "1.md", "哈萨克斯坦 新闻", "哈萨克斯坦-新闻"],
    ["Arabic in its own letters", "1.md", "أخبار العالم", "أخبار-العالم"],
    ["without marks", "1.md", "Ağrı’s Café, Straße № 5", "agris-cafe-strasse-5"],
    ["a default if nothing is left", "!.md", "…", "article"],
    ["without its date, and with a word that begins with T", "posts/2026-01-02-The harvest.md", "Title", "the-harvest"],
  ])("is %s", (_, key, title, expected) => {
    expect(slugOf(key, title)).toBe(expected);
  });

  test("has at most 80 characters and is cut at a hyphen if possible", () => {
    expect(slugify("word ".repeat(40))).toBe(Array(16).fill("word").join("-"));
    expect(slugify("新".repeat(100))).toBe("新".repeat(80));
  });
});
