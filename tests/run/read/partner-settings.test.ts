import { expect, it } from "vitest";
import { parseSite } from "../../../lambda/channels/site/site-file.ts";
import { checkPartners } from "../../../lambda/run/read/partner-settings.ts";

const check = async (...lines: readonly string[]): Promise<string> => {
  const text = ["url: https://wire.example/", "partners:", "  - name: valley", ...lines.map((line) => `    ${line}`)].join("\n");
  try {
    await checkPartners(parseSite(text, "site.yaml"), text, "site.yaml");
    return "";
  } catch (fault) {
    return (fault as Error).message;
  }
};

it("takes settings that the profile has", async () => {
  expect(await check("profile: generic", "channel: all", "settings: { titleMin: 10, remedies: { title-too-short: note } }")).toBe("");
});

it("names a setting that the profile does not have, with its line", async () => {
  expect(await check("profile: generic", "channel: all", "settings:", "  titelMin: 10")).toBe(
    'site.yaml:7  "partners.0.settings.titelMin": "titelMin" is not a setting of the profile generic. Did you mean "titleMin"?',
  );
});

it("says when a partner refuses what it is to get", async () => {
  expect(await check("profile: msn", "channel: all", "content: summary")).toBe(
    'site.yaml:6  "partners.0.content": MSN takes whole articles only. Leave "content" out.',
  );
});
