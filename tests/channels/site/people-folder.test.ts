import { describe, expect, test } from "vitest";
import { peopleAt, peopleOfFolder } from "../../../lambda/channels/site/people-folder.ts";
import { Fault } from "../../../lambda/fault.ts";

const base = "https://wire.example/";

/** The people of a folder of files, by id; paths as ids are left out. */
function people(files: Readonly<Record<string, string>>, place = "authors") {
  const all = Object.entries(files).map(([key, text]) => ({ key, name: key, text }));
  const byId = peopleOfFolder(all, peopleAt(place).glob ?? "", base);
  return Object.fromEntries(Object.entries(byId).filter(([id]) => !Object.hasOwn(files, id)));
}

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Fault && error.kind === "usage") return error.message;
    throw error;
  }
  return "nothing was refused";
}

const ann = { name: "Ann Lee", url: "https://ann.example/" };

test.each([
  ["_data/authors.yml", undefined],
  ["_authors", "_authors/**/*.{yml,yaml,json,toml,md,markdown,mdx}"],
  ["people/*/index.md", "people/*/index.md"],
  ["data/*.yml", "data/*.yml"],
])("%s is a file, a folder or a glob", (place, glob) => expect(peopleAt(place).glob).toBe(glob));

describe("a folder of people", () => {
  test.each([
    ["Hugo's data", { "authors/ann.yml": "name: Ann Lee\nurl: https://ann.example/\n" }],
    ["Astro's JSON", { "authors/ann.json": '{ "name": "Ann Lee", "website": "https://ann.example/", "links": { "x": "y" } }' }],
    ["TOML", { "authors/ann.toml": 'name = "Ann Lee"\nurl = "https://ann.example/"\n' }],
    ["Jekyll's collection", { "authors/ann.md": "---\nfullname: Ann Lee\nhomepage: https://ann.example/\n---\nShe writes.\n" }],
    [
      "Hugo's pages",
      { "authors/_index.md": "---\ntitle: All\n---\n", "authors/ann/_index.md": "---\ntitle: Ann Lee\nurl: https://ann.example/\n---\n" },
    ],
    ["folders with pictures", { "authors/ann/index.md": "---\nname: Ann Lee\nlink: https://ann.example/\n---\n" }],
    ["a list", { "authors/all.yml": "ann: { name: Ann Lee, url: https://ann.example/ }\n" }],
  ] as const)("is read as %s has it", (_, files) => expect(people(files)).toEqual({ ann }));

  test("knows a person by the file's name, by an id of its own, and by the file's path", () => {
    const byId = peopleOfFolder([{ key: "authors/ann.md", name: "x", text: "---\nname: Ann\nusername: alee\n---\n" }], "authors/**", base);
    expect(Object.keys(byId).sort()).toEqual(["alee", "ann", "authors/ann.md"]);
  });

  test("takes one of several languages of a page, that without a language first", () => {
    const page = (title: string) => `---\ntitle: ${title}\n---\n`;
    expect(people({ "authors/ann/_index.ru.md": page("Анна Ли"), "authors/ann/_index.md": page("Ann Lee") })).toEqual({
      ann: { name: "Ann Lee" },
    });
  });

  test("leaves out what says nothing about anybody", () => {
    expect(
      people({ "authors/README.md": "---\nname: No\n---\n", "authors/how.md": "How to add an author.\n", "authors/bo.yml": "name: Bo\n" }),
    ).toEqual({
      bo: { name: "Bo" },
    });
  });

  test.each([
    [{ "authors/ann.yml": "name: [\n" }, /^authors\/ann\.yml:\d+ {2}.* Nothing was changed\.$|^authors\/ann\.yml:\d+ {2}/],
    [
      { "authors/ann.md": "---\nname: Ann\n" },
      /^authors\/ann\.md:1 {2}The front matter begins with --- but is never closed\. Nothing was changed\.$/,
    ],
    [
      { "authors/ann.yml": "name: Ann\n", "authors/x/ann.json": "{}" },
      /^authors\/x\/ann\.json:1 {2}"ann" is in authors\/ann\.yml, too\. Keep one of the two\./,
    ],
    [{ "authors/ann.yml": "3\n" }, /^authors\/ann\.yml:1 {2}It holds no person\. Write name: Ann Lee\./],
  ] as const)("is refused with the file and the line: %j", (files, message) => expect(refusal(() => people(files))).toMatch(message));
});
