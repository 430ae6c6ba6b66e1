import { describe, expect, it } from "vitest";
import type { PartnerRule, ProfileName } from "../../../lambda/channels/site/partner-rule.ts";
import { dialects } from "../../../lambda/partners/dialects/dialects.ts";
import type { PartnerItem } from "../../../lambda/partners/model/item.ts";
import type { Decision } from "../../../lambda/partners/model/judgement.ts";
import type { PartnerFeed } from "../../../lambda/partners/model/partner-feed.ts";
import type { DemandName } from "../../../lambda/partners/profiles/profile.ts";
import { profileOf } from "../../../lambda/partners/profiles/profiles.ts";
import { strictly } from "../../feeds/strict-reader.ts";
import { aPartnerFeed, aPartnerItem, aPartnerRule } from "../a-partner.ts";

type Entry = Partial<PartnerItem["entry"]>;

/** An article that breaks one rule, and the decision that follows; the rule's line is that of the research, as the profile cites it. */
export type Break = readonly [line: string, entry: Entry | PartnerItem, decision: `${string} ${Decision["outcome"]}`, shows?: RegExp];

/** What the profile decides about a whole file, for a partner and a feed that break a rule of files. */
export type FileBreak = readonly [line: string, decision: string, rule: Partial<PartnerRule>, feed?: Partial<PartnerFeed>];

/** What the bytes hold for an article without fault, or the one that the row gives. */
export type Written = readonly [line: string, shows: RegExp, item?: PartnerItem, rule?: Partial<PartnerRule>, feed?: Partial<PartnerFeed>];

/** What a profile knows that no file shows: windows, limits, how often the partner looks. */
export type Stated = readonly [line: string, fact: DemandName, is: unknown];

export const made = (
  profile: ProfileName,
  items: readonly PartnerItem[],
  rule: Partial<PartnerRule> = {},
  feed: Partial<PartnerFeed> = {},
) => dialects[profile].render(aPartnerFeed(aPartnerRule(profile, rule), items, feed));

const kind = / \[.\]$/;

/** Every rule of a profile, from both sides; a fact of the profile whose line no row cites fails. */
export function describeProfile(
  name: ProfileName,
  fits: PartnerItem,
  rows: {
    readonly breaks: readonly Break[];
    readonly files?: readonly FileBreak[];
    readonly writes: readonly Written[];
    readonly states: readonly Stated[];
  },
): void {
  describe(`the rules of ${name}`, () => {
    it("takes an article that keeps them without a word", () => {
      expect(made(name, [fits])).toMatchObject({ judged: [], defects: [] });
      expect(made(name, [fits]).text).toContain("<item>");
    });

    for (const [line, broken, decision, shows] of rows.breaks)
      it(`${line}: ${JSON.stringify(broken).slice(0, 100)} → ${decision}`, () => {
        const item = "key" in broken ? broken : aPartnerItem({ ...fits, entry: { ...fits.entry, ...broken } });
        const { text, judged } = made(name, [item]);
        const said = (judged[0]?.decisions ?? []).map(({ rule, outcome }) => `${rule} ${outcome}`);
        expect(said).toContain(decision);
        expect(text.includes("<item>")).toBe(!said.some((one) => one.endsWith(" skipped")));
        strictly(text);
        if (shows !== undefined) expect(text).toMatch(shows);
      });

    for (const [line, decision, rule, feed] of rows.files ?? [])
      it(`${line}: a file is ${decision}`, () => {
        const { ofFile = [], defects } = made(name, [fits], rule, feed);
        expect(ofFile.map((one) => `${one.rule} ${one.outcome}`)).toContain(decision);
        expect(defects).toEqual(ofFile.filter(({ outcome }) => outcome === "failed").map(({ reason }) => reason));
      });

    for (const [line, shows, item = fits, rule = {}, feed = {}] of rows.writes)
      it(`${line}: writes ${shows}`, () => {
        const { text } = made(name, [item], rule, feed);
        strictly(text);
        expect(text).toMatch(shows);
      });

    it.each(rows.states)("%s: %s is %j", (line, demand, is) => {
      const stated = profileOf(name).facts[demand];
      expect(stated?.is).toEqual(is);
      expect(stated?.source.replace(kind, "")).toBe(line);
    });

    it("has a row for every fact of the profile", () => {
      const { facts, own, remedies } = profileOf(name);
      const cited = new Set([...rows.breaks, ...(rows.files ?? []), ...rows.writes, ...rows.states].map(([line]) => line));
      const stated = [...Object.values(facts), ...Object.values(own), ...Object.values(remedies)].map(({ source }) =>
        source.replace(kind, ""),
      );
      expect([...new Set(stated)].filter((line) => !cited.has(line))).toEqual([]);
    });
  });
}
