import { describe, expect, it, test } from "vitest";
import { type PartnerRule, profileNames } from "../../../lambda/channels/site/partner-rule.ts";
import { profileOf } from "../../../lambda/partners/profiles/profiles.ts";
import { remediesOf } from "../../../lambda/partners/profiles/rule-names.ts";
import { demandNames, mistakesIn, profileSettings, termsOf } from "../../../lambda/partners/profiles/terms.ts";
import { aPartnerRule } from "../a-partner.ts";

const mistakes = (profile: PartnerRule["profile"], says: Partial<PartnerRule>) =>
  mistakesIn(aPartnerRule(profile, says), profileOf(profile));
const settings = (profile: PartnerRule["profile"], given: PartnerRule["settings"]) =>
  mistakes(profile, { settings: given }).map(({ message }) => message);

describe("settings", () => {
  it("are all demands of the generic profile and its presets", () => {
    for (const name of ["generic", "yahoo", "rambler", "mailru", "line", "goo"] as const)
      expect(Object.keys(profileSettings(profileOf(name)))).toEqual(expect.arrayContaining([...demandNames]));
  });

  it("of other profiles are what is second-hand, not verified or our own choice", () => {
    expect(Object.keys(profileSettings(profileOf("msn"))).sort()).toEqual(
      "attribution bodyRequired bodyTags bodyVideos imageMaxRatio imageMinHeight imageMinRatio imageMinWidth renameTags shortTitle syndicationFlag".split(
        " ",
      ),
    );
  });

  it("cannot change what a partner itself says", () => {
    expect(settings("msn", { titleMin: 5 })).toEqual(["MSN itself says 21 (1.5 title [O]), so it is no setting."]);
  });

  test.each<readonly [string, unknown, string]>([
    ["titleMin", "ten", "must be a number, 0 or more."],
    ["titleMin", -1, "must be a number, 0 or more."],
    ["hub", "yes", "must be true or false."],
    ["bodyTags", "p", "must be a list of texts."],
    ["bodyTags", [1], "must be a list of texts."],
    ["renameTags", { em: 1 }, "must be a table of texts."],
    ["contentType", 4, "must be a text."],
    [
      "deletion",
      "shout",
      "must be one of notice, media-status, media-status-text, expiration, licensed-deleted, pub-status, element, remove.",
    ],
    ["remedies", { "title-to-short": "skip" }, '"title-to-short" is not a rule. Did you mean "title-too-short"?'],
    ["remedies", { "title-too-short": "fix" }, "must be one of skip, note."],
    ["remedies", "skip", "must be a table from rules to remedies, such as image-missing: skip."],
    ["updatedElement", "a b", '"a b" is not the name of an XML element.'],
    ["updatedElement", "x:modified", 'says nothing of the prefix of "x:modified". Add x: and its address.'],
    ["namespaces", { "a b": "http://example.com/" }, "is not a prefix with an address."],
  ])("refuses %s: %j", (name, value, message) => {
    expect(settings("generic", { [name]: value })).toContain(message);
  });

  it("decide what becomes of a violation", () => {
    expect(termsOf(profileOf("msn"), { settings: { remedies: { "image-missing": "skip" } } }).remedies["image-missing"]).toBe("skip");
  });

  it("need no namespace for elements that everybody knows", () => {
    const { namespaces } = termsOf(profileOf("rambler"), { settings: { selfLink: true } }).demands;
    expect(namespaces).toMatchObject({ atom: "http://www.w3.org/2005/Atom", rambler: "http://news.rambler.ru" });
  });
});

it("refuses attribution that the partner does not take", () => {
  const attribution = { line: "From us", canonical: true, noindex: true, pixel: "https://a.example/", parameters: { utm_source: "us" } };
  expect(mistakes("yandex", { attribution }).map(({ key }) => key)).toEqual([
    "attribution.line",
    "attribution.noindex",
    "attribution.pixel",
    "attribution.parameters",
  ]);
  expect(mistakes("generic", { attribution })).toEqual([]);
});

it("takes every profile with its own defaults", () => {
  for (const name of profileNames) expect(mistakes(name, {}), name).toEqual([]);
});

it("has a default remedy for every rule that the judge knows", () => {
  for (const [rule, remedies] of Object.entries(remediesOf)) expect(remedies.length, rule).toBeGreaterThan(0);
});
