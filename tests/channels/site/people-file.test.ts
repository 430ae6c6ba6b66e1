import { describe, expect, test } from "vitest";
import { peopleIn } from "../../../lambda/channels/site/people-file.ts";
import { parseSite } from "../../../lambda/channels/site/site-file.ts";
import { Fault } from "../../../lambda/fault.ts";

const people = (text: string, name = "authors.yml") => peopleIn(text, name, "https://wire.example/");

function refusal(read: () => unknown): string {
  try {
    read();
  } catch (fault) {
    expect(fault).toBeInstanceOf(Fault);
    expect((fault as Fault).kind).toBe("usage");
    return (fault as Fault).message;
  }
  return "accepted";
}

describe("a file of people", () => {
  test("in YAML is a table by id, where a title is the person's work (Docusaurus)", () => {
    const text =
      "ann:\n  name: Ann Lee\n  title: Editor\n  url: https://ann.example\n  image_url: https://ann.example/a.png\n  email: ann@wire.example\n  socials: { github: ann }\nivan: { title: Reporter }\nbo: Bo Ek\nnobody:\n";
    expect(people(text)).toEqual({
      ann: { name: "Ann Lee", url: "https://ann.example/", email: "ann@wire.example" },
      ivan: { name: "ivan" },
      bo: { name: "Bo Ek" },
      nobody: { name: "nobody" },
    });
  });

  test("may have first and last names, empty fields, and an address on the site (Jekyll)", () => {
    const text = "ann:\n  first_name: Ann\n  last-name: Lee\n  permalink: /author/ann/\n  url:\n  phone:\n  email: no\n";
    expect(people(text)).toEqual({ ann: { name: "Ann Lee", url: "https://wire.example/author/ann/", email: "no" } });
  });

  test("in JSON is a table, or a list whose members name their id (Eleventy)", () => {
    expect(people('{\n\t"ann_lee": {\n\t\t"name": "Ann Lee",\n\t\t"contact": "https://ann.example/"\n\t}\n}', "authors.json")).toEqual({
      ann_lee: { name: "Ann Lee", url: "https://ann.example/" },
    });
    expect(people('[\n\t{ "id": "ann", "name": "Ann Lee", "contact": "ask" },\n\t{ "name": "Bo Ek" }\n]', "authors.json")).toEqual({
      ann: { name: "Ann Lee" },
      "Bo Ek": { name: "Bo Ek" },
    });
  });

  test("may name accounts in the Fediverse", () => {
    expect(people("ann: { name: Ann, fediverse: ann@social.example }")).toEqual({ ann: { name: "Ann", fediverse: "@ann@social.example" } });
    expect(refusal(() => people("bo: Bo Ek\nann: { fediverse: '@ann' }"))).toBe(
      'authors.yml:2  The fediverse of "ann" is no account: got "@ann". Write it as @ann@social.example. Nothing was changed.',
    );
  });

  test("in TOML is a table of tables (Hugo)", () => {
    expect(
      people('# people\n[AnnLee]\n  name = "Ann Lee"\n  homepage = "http://ann.example"\n\n["Bo Ek"]\nbio = "…"\n', "data/authors.toml"),
    ).toEqual({
      AnnLee: { name: "Ann Lee", url: "http://ann.example/" },
      "Bo Ek": { name: "Bo Ek" },
    });
  });

  test.each([
    ["authors.yml", "ann: { name: Ann\nivan: x\n", /^authors\.yml:2 {2}/],
    ["authors.json", '{\n  "ann": { "name": "Ann"\n', /^authors\.json:[123] {2}/],
    ["authors.toml", '[ann]\nname = "Ann"\n[ivan\n', /^authors\.toml:3 {2}.*Nothing was changed\.$/],
    [
      "authors.toml",
      '[ann]\nname = "Ann"\n\n[[ivan]]\nname = "x"\n',
      /^authors\.toml:4 {2}"ivan" is no person: got .* Nothing was changed\.$/,
    ],
    ["authors.yml", "just words\n", /^authors\.yml:1 {2}It holds no people\. Write each as ann: /],
    ["authors.yml", "", /^authors\.yml:1 {2}It holds no people\./],
    ["authors.yml", "ann: Ann\nivan: [a]\n", /^authors\.yml:2 {2}"ivan" is no person: got \["a"\]\./],
    ["authors.yml", "- id: ann\n- id: ann\n", /^authors\.yml:2 {2}"ann" is here twice\./],
    ["authors.yml", "- id: ann\n- bio: x\n", /^authors\.yml:2 {2}The person has neither an id nor a name: got {"bio":"x"}\./],
    ["authors.yml", "ann: Ann\nann: Ivan\n", /^authors\.yml:2 {2}"ann" is written twice/],
  ])("names the line of what is wrong: %s", (name, text, message) => {
    expect(refusal(() => people(text, name))).toMatch(message);
  });
});

describe("fields and people in site.yaml", () => {
  const url = "url: https://wire.example/\n";
  const site = (text: string) => parseSite(url + text, "site.yaml");

  test("take any name of a field, in any spelling", () => {
    expect(site("fields: { title: News_Title, author: [writer, by], pubDate: aired, published: shown }\n").fields).toEqual({
      title: ["newstitle"],
      authors: ["writer", "by"],
      published: ["aired", "shown"],
    });
    expect(site("people: _data/authors.yml\n").people).toEqual({ file: "_data/authors.yml", byId: {} });
    expect(site("people: _authors/\n").people).toMatchObject({ file: "_authors", glob: expect.stringMatching(/^_authors\/\*\*/) });
    expect(site("").fields).toBeUndefined();
  });

  test.each([
    ["fields:\n  title: newstitle\n  titel: x\n", 'site.yaml:4  "titel" is not a key of fields. Did you mean "title"?'],
    ["fields: { nothing: x }\n", 'site.yaml:2  "nothing" is not a key of fields.'],
    ["fields: { title: { a: b } }\n", 'site.yaml:2  "fields.title" must be text, or a list of texts.'],
    ["fields: title\n", 'site.yaml:2  "fields" must be a mapping of keys to values, not "title".'],
    ["feilds: { title: x }\n", 'site.yaml:2  "feilds" is not a key of site.yaml. Did you mean "fields"?'],
    ["people: /etc/authors.yml\n", 'site.yaml:2  "people" is not a place below the content, such as _data/authors.yml or _authors.'],
    ["people: ../authors.yml\n", 'site.yaml:2  "people" is not a place below the content, such as _data/authors.yml or _authors.'],
    ["people: authors.js\n", 'site.yaml:2  "people" must be a .yml, .yaml, .json or .toml file, a folder, or a glob.'],
  ])("are refused with the line and what would be right: %s", (text, message) => {
    expect(refusal(() => site(text))).toBe(message);
  });
});
