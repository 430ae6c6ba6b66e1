import { describe, expect, test } from "vitest";
import type { Newsroom } from "../../../../lambda/articles/model/article.ts";
import { aNewsroom as aParsingNewsroom, articleOf, findingsOf, parsed as parsedFor } from "../../a-newsroom.ts";

const parsed = (front: string, own: Partial<Newsroom> = {}) =>
  parsedFor("a.md", `---\n${front}\n---\n\nText.\n`, aParsingNewsroom({ timezone: "UTC", ...own }));
const article = (front: string, own: Partial<Newsroom> = {}) =>
  articleOf("a.md", `---\n${front}\n---\n\nText.\n`, aParsingNewsroom({ timezone: "UTC", ...own }));
const notices = (front: string, own: Partial<Newsroom> = {}) =>
  findingsOf(parsed(front, own)).map(({ code, line, message, hint }) => [code, line, message, hint]);

describe("own names of fields", () => {
  const fields = { title: ["newstitle"], authors: ["authorname", "writer"], published: ["aired"], summary: ["subject"] };

  test("state their facts, in any spelling", () => {
    expect(article("NewsTitle: One\nauthor_name: Ann Lee\naired: 2026-11-20\nsubject: Two", { fields })).toMatchObject({
      title: "One",
      authors: [{ name: "Ann Lee" }],
      published: { kind: "day", day: "2026-11-20" },
      summary: "Two",
    });
  });

  test("come before ours, which still count", () => {
    expect(article("title: Ours\nnewstitle: Own", { fields }).title).toBe("Own");
    expect(article("title: Ours", { fields }).title).toBe("Ours");
  });

  test("mean nothing else", () => {
    expect(article("subject: Two", { fields })).toMatchObject({ title: "Text.", summary: "Two" });
  });

  test("give their line to remarks about the title", () => {
    expect(notices("date: 2026-11-20\nnewstitle: 路Старая дорога и новые поезда", { fields }).map((told) => told.slice(0, 2))).toEqual([
      ["title-mended", 3],
    ]);
  });

  test("of a field that ends an article end it", () => {
    expect(parsed("title: One\nhidden: true", { fields: { draft: ["hidden"] } }).kind).toBe("withheld");
  });
});

describe("a field that nothing reads", () => {
  test("is a notice if its name looks like one of ours, with its line and what to write", () => {
    expect(notices("date: 2026-11-20\nnewstitle: One")).toEqual([
      [
        "field-unknown",
        3,
        'The field "newstitle" is unknown and was ignored. It looks like "title", which the article does not have.',
        "Rename it, or write fields: { title: newstitle } in site.yaml.",
      ],
    ]);
  });

  test.each([
    ["titel: One", "title"],
    ["title: One\nauthor_name: Ann Lee", "authors"],
    ["title: One\nauhtor: Ann Lee", "author"],
    ["title: One\ndtae: 2026-11-20", "date"],
    ["title: One\npost_date: 2026-11-20", "date"],
    ["title: One\nembrago: 2026-11-20", "embargo"],
    ["title: One\nexpries: 2026-11-20", "expires"],
    ["title: One\ncomment: /talk/", "comments"],
    ["title: One\nmetaDescription: Two", "summary"],
    ["title: One\nimageUrl: /a.png", "image"],
    ["title: One\ntagList: [a]", "tags"],
  ])("looks like one of ours: %s", (front, name) => {
    expect(notices(front).map(([code, , message]) => [code, /looks like "(\w+)"/.exec(String(message))?.[1]])).toEqual([
      ["field-unknown", name],
    ]);
  });

  test.each([
    "title: One\nnewstitle: Two", // the fact is there
    "title: One\nlayout: post\ndata: x\ntype: y\nweight: 3\ntoc: true\nauthor_twitter: ann",
    "title: One\nshow_date: true\nhide_author: true\nsubtitle: Two\nsubcategory: x\ntemplate: post\ncandidate: Ann",
    "title: One\nheader_image: { src: a.png }\nog_image: none",
    "title: One\n_comment: /a note to ourselves/\n_titel: Two\n_embrago: 2026-11-20",
    "title: One\ncomment: false",
    "title: One\ncomment: Check this before we print it.",
  ])("is no notice if it means another thing: %s", (front) => {
    expect(notices(front)).toEqual([]);
  });

  test("is no notice if site.yaml knows the name", () => {
    expect(notices("newstitle: One", { fields: { title: ["newstitle"] } })).toEqual([]);
  });
});

describe("ids of people", () => {
  const ann = { name: "Ann Lee", url: "https://wire.example/ann/", email: "ann@wire.example" };
  const people = { file: "_data/authors.yml", byId: { ann, ivan: { name: "Ivan Petrov" }, "Smith, John": { name: "John Smith" } } };
  const authors = (written: string) => article(`title: One\n${written}`, { people }).authors;

  test.each([
    ["author: ann", ["Ann Lee"]],
    ["authors: [ann, ivan]", ["Ann Lee", "Ivan Petrov"]],
    ["authors: ann, ivan", ["Ann Lee", "Ivan Petrov"]],
    ["author: Smith, John", ["John Smith"]],
    ["authors: [ann, { name: Guest Writer }]", ["Ann Lee", "Guest Writer"]],
    ["author: Guest Writer", ["Guest Writer"]],
    ["author: 王亮", ["王亮"]],
    ["authors: [ann, Ann Lee]", ["Ann Lee"]],
    ["authors: [{ key: ivan, title: Editor }]", ["Ivan Petrov"]],
    ["authors: [{ key: ann, name: A. Lee }]", ["A. Lee"]],
  ])("%s", (written, names) => {
    expect(authors(written).map(({ name }) => name)).toEqual(names);
    expect(notices(`title: One\n${written}`, { people })).toEqual([]);
  });

  test("bring the address and the e-mail address of the person", () => {
    expect(authors("author: ann")).toEqual([ann]);
    expect(authors("author: { key: ann, url: https://ann.example/ }")).toEqual([{ ...ann, url: "https://ann.example/" }]);
  });

  test("that nobody has stay as they are written, with a notice", () => {
    expect(authors("authors: [jdoe, ann, { key: constructor }]").map(({ name }) => name)).toEqual(["jdoe", "Ann Lee", "constructor"]);
    expect(notices("title: One\nauthors: [jdoe, ann, { key: constructor }]", { people })).toEqual([
      [
        "author-unknown",
        3,
        '"authors" names "jdoe", "constructor", whom _data/authors.yml does not have; the name stays as it is written.',
        "Add the author to _data/authors.yml, or write the whole name.",
      ],
    ]);
    expect(notices("title: One\nauthor: jdoe")).toEqual([]);
  });
});

describe("an author's account in the Fediverse", () => {
  test("is taken from front matter, and else from the file of people", () => {
    const people = { file: "authors.yml", byId: { ann: { name: "Ann Lee", fediverse: "@ann@social.example" } } };
    const authors = (written: string) => article(`title: One\n${written}`, { people }).authors;
    expect(authors('author: { name: Bo Ek, fediverse: "bo@social.example" }')).toEqual([
      { name: "Bo Ek", fediverse: "@bo@social.example" },
    ]);
    expect(authors("author: ann")).toEqual([people.byId.ann]);
    expect(authors('author: { key: ann, fediverse: "@a@b.example" }')).toEqual([{ name: "Ann Lee", fediverse: "@a@b.example" }]);
  });

  test("is left out with a notice if it is none", () => {
    const front = 'title: One\nauthor: { name: Bo Ek, fediverse: "@bo" }';
    expect(article(front).authors).toEqual([{ name: "Bo Ek" }]);
    expect(notices(front)).toEqual([
      [
        "author-account",
        3,
        'An author of "author" has no usable account in the Fediverse: got "@bo".',
        'Write fediverse: "@ann@social.example".',
      ],
    ]);
  });
});
