import { describe, expect, it } from "vitest";
import type { ProfileName } from "../../../lambda/channels/site/partner-rule.ts";
import type { DemandName } from "../../../lambda/partners/profiles/profile.ts";
import { profileOf } from "../../../lambda/partners/profiles/profiles.ts";

/** What these profiles know that no file shows; what files show is in the tests of their dialects. */
const stated: readonly (readonly [ProfileName, string, DemandName, unknown])[] = [
  ...(["ninjs", "newsml-g2"] as const).flatMap(
    (name) =>
      [
        [name, "5 delta", "entries", 500],
        [name, "demand 3", "hours", 72],
        [name, "4 rules", "retainDays", 30],
        [name, "5 auth", "access", ["basic", "header", "path"]],
        [name, "2 RightsML", "attribution", ["line", "parameters"]],
        [name, "4 ninjs", "deletion", "pub-status"],
      ] as const,
  ),
  ["ninjs", "2 ninjs", "contentType", "application/json; charset=utf-8"],
  ["newsml-g2", "2 NewsML-G2", "contentType", "application/xml; charset=utf-8"],
  ["google-news", "1.1 Sitemap window", "hours", 48],
  ["google-news", "1.1 Sitemap window", "linkRequired", true],
  ["google-news", "1.1 Delete", "deletion", "remove"],
  ["google-news", "1.1 Delete", "retainDays", 0],
  ["google-news", "1.1 Syndicated copies", "attribution", []],
];

describe("what the profiles of agencies and of Google News state", () => {
  it.each(stated)("%s, %s: %s is %j", (name, line, demand, is) => {
    const one = profileOf(name).facts[demand];
    expect(one?.is).toEqual(is);
    expect(one?.source.replace(/ \[.\]$/, "")).toBe(line);
  });
});
