import { describe, expect, it, test } from "vitest";
import { parseSite } from "../../../lambda/channels/site/site-file.ts";
import { rightsFor } from "../../../lambda/channels/site/syndication.ts";

const url = "url: https://wire.example/\n";
const withPartners = (...lines: readonly string[]) =>
  parseSite(`${url}channels: [{ name: world }, { by: section }]\n${lines.join("\n")}\n`, "site.yaml");
const partner = (says: string) => withPartners("partners:", `  - { name: p, profile: generic, ${says} }`).partners[0];

test("a partner needs a name, a profile and a channel", () => {
  expect(partner("channel: world")).toEqual({
    changes: false,
    name: "p",
    profile: "generic",
    channel: "world",
    where: {},
    except: {},
    delay: 0,
    content: "full",
    sponsored: false,
    sources: [],
    attribution: { canonical: false, noindex: false, parameters: {} },
    ids: "guid",
    settings: {},
    access: { header: "x-api-key" },
  });
});

test("a partner takes every key", () => {
  const says = [
    "title: T, where: { section: a, path: 'x/**' }, except: { tag: [b, c] }, delay: 30m, hours: 48, limit: 30, content: { paragraphs: 3 }",
    "sponsored: true, sources: Reuters, ids: url, settings: { any: 1 }",
    "attribution: { line: From us, canonical: true, noindex: true, pixel: 'https://count.example/p.gif', parameters: { utm_source: p, n: 2 } }",
  ];
  expect(partner(says.join(", "))).toMatchObject({
    title: "T",
    where: { section: ["a"], path: ["x/**"] },
    except: { tag: ["b", "c"] },
    delay: 1_800_000,
    hours: 48,
    limit: 30,
    content: { paragraphs: 3 },
    sponsored: true,
    sources: ["Reuters"],
    ids: "url",
    settings: { any: 1 },
    attribution: {
      line: "From us",
      canonical: true,
      noindex: true,
      pixel: "https://count.example/p.gif",
      parameters: { utm_source: "p", n: "2" },
    },
  });
});

describe("says what is wrong with a partner, with its line", () => {
  test.each([
    ["chanel: world", 'site.yaml:4  "chanel" is not a key of partners.0. Did you mean "channel"?'],
    ["channel: wrold", 'site.yaml:4  "partners.0.channel" is not a channel of this site.yaml (did you mean "world"?).'],
    ["channel: section", '"partners.0.channel" is not a channel of this site.yaml'],
    ["channel: world, where: {}", 'needs "channel" or "where", but not both'],
    ["limit: 3", 'needs "channel" or "where", but not both'],
    ["channel: world, content: short", "must be full, summary, or a number of paragraphs"],
    ["channel: world, delay: soon", "is not a duration"],
    ["channel: world, hours: 0", "must be at least 1"],
    ["channel: world, ids: uri", "must be one of url, guid"],
  ])("%s", (says, message) => {
    expect(() => partner(says)).toThrow(message);
  });

  it("knows profiles and names", () => {
    expect(() => withPartners("partners:", "  - { name: p, profile: msm, channel: world }")).toThrow('did you mean "msn"?');
    expect(() => withPartners("partners:", "  - { name: My Partner, profile: msn, channel: world }")).toThrow(
      "is not a name for a partner",
    );
  });

  it("refuses two partners of one name", () => {
    const twice = ["partners:", "  - { name: p, profile: msn, channel: world }", "  - { name: p, profile: dzen, channel: world }"];
    expect(() => withPartners(...twice)).toThrow("site.yaml:5");
  });
});

test("a partner may have a value of a by rule, and a channel's language", () => {
  expect(partner("channel: section/world")?.channel).toBe("section/world");
  expect(partner("channel: world/ru")?.channel).toBe("world/ru");
});

test("rights by source: other wires' pictures need a credit unless site.yaml says otherwise", () => {
  const { syndication } = parseSite(
    `${url}rights: { usageTerms: Ask first, sources: { Reuters: { syndication: deny, images: deny } } }\n`,
    "site.yaml",
  );
  expect(rightsFor(undefined, syndication)).toEqual({ articles: "allow", images: "allow", usageTerms: "Ask first" });
  expect(rightsFor("REUTERS ", syndication)).toEqual({ articles: "deny", images: "deny" });
  expect(rightsFor("AFP", syndication)).toEqual({ articles: "allow", images: "credited" });
});
