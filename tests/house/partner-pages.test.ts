import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { profileNames } from "../../lambda/channels/site/partner-rule.ts";
import { isDescribed, profileOf } from "../../lambda/partners/profiles/profiles.ts";
import { remediesOf } from "../../lambda/partners/profiles/rule-names.ts";
import { profileSettings } from "../../lambda/partners/profiles/terms.ts";

const folder = join(import.meta.dirname, "../../docs/partners");
const page = (name: string): string => readFileSync(join(folder, `${name}.md`), "utf8");
const sureness = { O: "the partner says so", S: "a specification", T: "tried", C: "second-hand", K: "not verified", H: "our choice" };

/** The rows of "## Settings": setting, default, how sure. */
const settingsOn = (name: string) =>
  [...(page(name).split("\n## Settings\n")[1] ?? "").matchAll(/^\| `(\w+)` \| `(.*?)` \| .+ \| ([^|]+) \|$/gm)].map(
    ([, setting, value = "", sure]) => [setting, JSON.parse(value), sure],
  );

describe.each(profileNames.filter(isDescribed))("docs/partners/%s.md", (name) => {
  const profile = profileOf(name);

  it("exists, with a title, what to send, what they require, and what a withdrawal is", () => {
    expect(existsSync(join(folder, `${name}.md`))).toBe(true);
    if (name === "generic") return;
    for (const heading of ["# ", "## What to send\n", "## What they require, and what Wireroom does\n", "## A withdrawn article\n"])
      expect(`\n${page(name)}`).toContain(`\n${heading}`);
  });

  it("has each setting with its default and how sure that is", () => {
    const { facts, own, open } = profile;
    const settings = open && name !== "generic" ? { ...facts, ...own } : profileSettings(profile);
    const stated = Object.entries(settings).map(([setting, { is, source }]) => [
      setting,
      is,
      sureness[source.at(-2) as keyof typeof sureness],
    ]);
    expect(settingsOn(name).sort()).toEqual(stated.sort());
  });

  it("is in the table of partners", () => {
    expect(page("README")).toContain(`[\`${name}\`](${name}.md)`);
  });
});

it("docs/partners/generic.md has each rule with its remedies", () => {
  const rows = [...page("generic").matchAll(/^\| `([a-z-]+)` \| ((?:`(?:fix|drop|skip|note|fail)` ?)+)\|$/gm)];
  expect(rows.map(([, rule, remedies = ""]) => [rule, remedies.match(/\w+/g)])).toEqual(
    Object.entries(remediesOf).map(([rule, remedies]) => [rule, [...remedies]]),
  );
});

it("docs/partners/README.md explains every section that a fact cites", () => {
  const sections = new Set(
    [...page("README").matchAll(/^\| ((?:demand )?\d[\d., ]*) \|/gm)].flatMap(([, cell = ""]) => {
      const prefix = cell.startsWith("demand ") ? "demand " : "";
      return cell
        .replace("demand ", "")
        .split(", ")
        .map((number) => prefix + number);
    }),
  );
  const cited = profileNames.filter(isDescribed).flatMap((name) => {
    const { facts, own, remedies } = profileOf(name);
    return [...Object.values(facts), ...Object.values(own), ...Object.values(remedies)].map(({ source }) => source);
  });
  const numbers = cited.map((source) => /^(?:demand )?\d(?:\.[1-8])?/.exec(source)?.[0].replace(/^0\..*/, "0") ?? source);
  expect([...new Set(numbers)].filter((number) => !sections.has(number))).toEqual([]);
});
