import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { describe, expect, it, test } from "vitest";
import { parse as parseYaml } from "yaml";
import { profileNames } from "../../lambda/channels/site/partner-rule.ts";
import { siteSchema } from "../../lambda/channels/site/site-schema.ts";
import { editorSchema } from "../../lambda/operator/editor-schema.ts";
import { profileOf } from "../../lambda/partners/profiles/profiles.ts";
import { profileSettings } from "../../lambda/partners/profiles/terms.ts";

const root = join(import.meta.dirname, "../..");
const ajv = new Ajv.default({ strict: false, allErrors: true });
const validate = ajv.compile(editorSchema());
const mistakesIn = (site: unknown): readonly string[] => {
  validate(site);
  return (validate.errors ?? []).map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
};
const url = "https://wire.example/";
const partner = (says: object) => ({ url, partners: [{ name: "p", channel: "all", ...says }] });

test("takes the sample's site.yaml, and every one that a page shows", () => {
  const pages = ["README.md", "docs/site-yaml.md"].map((path) => readFileSync(join(root, path), "utf8"));
  const shown = pages.flatMap((text) => [...text.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, yaml = ""]) => yaml));
  const own = readFileSync(join(root, "content/site.yaml"), "utf8");
  expect(shown.length).toBeGreaterThan(5);
  for (const yaml of [own, ...shown]) expect(mistakesIn(parseYaml(yaml)), yaml).toEqual([]);
});

describe("takes what the program takes", () => {
  test.each<readonly [string, object]>([
    ["an address with letters of any script", { url: "https://новости.рф/", feedUrl: " https://wire.example/ " }],
    ["a colour in capitals", { url, theme: { accent: "#0A4A85" } }],
    ["a year as a number", { url, ids: { since: 2026 } }],
    ["numbers and words as sizes", { url, limits: { article: 5_000_000, media: "500 MB" } }],
    ["one text in place of a list", { url, articles: "**/*.md", channels: [{ name: "a", where: { tag: "tea" } }] }],
    [
      "rights and their sources",
      { url, rights: { ai: { train: false }, images: "credited", sources: { Reuters: { syndication: "deny" } } } },
    ],
    ["a news sitemap", { url, news: { name: "The Wire" } }],
    ["a number as a parameter of links", partner({ profile: "generic", attribution: { parameters: { utm_id: 7 } } })],
  ])("%s", (_, site) => {
    expect(siteSchema.safeParse(site).error?.issues).toBeUndefined();
    expect(mistakesIn(site)).toEqual([]);
  });

  test.each(profileNames)("every setting of %s at its default", (profile) => {
    const settings = Object.fromEntries(Object.entries(profileSettings(profileOf(profile))).map(([name, { is }]) => [name, is]));
    expect(mistakesIn(partner({ profile, settings }))).toEqual([]);
  });
});

describe("marks", () => {
  test.each<readonly [string, object, string]>([
    ["an unknown key", { url, chanels: [] }, '{"additionalProperty":"chanels"}'],
    ["a missing url", { title: "Wire" }, '{"missingProperty":"url"}'],
    ["a wrong word", { url, channels: [{ name: "a", formats: ["rdf"] }] }, "/channels/0/formats/0"],
    ["an unknown key of rights", { url, rights: { licence: url } }, '{"additionalProperty":"licence"}'],
    ["an unknown key of a source", { url, rights: { sources: { Reuters: { image: "deny" } } } }, '{"additionalProperty":"image"}'],
    ["an unknown key of news", { url, news: { title: "W" } }, '{"additionalProperty":"title"}'],
    ["an unknown profile", partner({ profile: "msm" }), "/partners/0/profile"],
    ["an unknown key of a partner", partner({ profile: "msn", chanel: "all" }), '{"additionalProperty":"chanel"}'],
    [
      "a setting of another profile",
      partner({ profile: "msn", settings: { contentType: "news" } }),
      '{"additionalProperty":"contentType"}',
    ],
    ["what a partner itself says", partner({ profile: "msn", settings: { titleMin: 5 } }), '{"additionalProperty":"titleMin"}'],
    ["a wrong word of a setting", partner({ profile: "dzen", settings: { contentType: "new" } }), "/partners/0/settings/contentType"],
    ["a wrong type of a setting", partner({ profile: "generic", settings: { titleMin: "5" } }), "/partners/0/settings/titleMin"],
    ["an unknown rule", partner({ profile: "yahoo", settings: { remedies: { "title-to-short": "skip" } } }), "title-to-short"],
    [
      "a remedy that a rule has not",
      partner({ profile: "yahoo", settings: { remedies: { "title-too-short": "fix" } } }),
      "title-too-short",
    ],
  ])("%s", (_, site, mark) => {
    expect(mistakesIn(site).join("\n")).toContain(mark);
  });
});

it("names every key and every setting that there is", () => {
  const text = JSON.stringify(editorSchema());
  const settings = profileNames.flatMap((name) => Object.keys(profileSettings(profileOf(name))));
  for (const name of [...Object.keys(siteSchema.shape), ...settings]) expect(text).toContain(`"${name}":`);
});
