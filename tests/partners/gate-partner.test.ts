import { describe, expect, it } from "vitest";
import type { ProfileName } from "../../lambda/channels/site/partner-rule.ts";
import { dialects } from "../../lambda/partners/dialects/dialects.ts";
import { gatePartnerText } from "../../lambda/partners/documents/gate-partner.ts";
import { aPartnerFeed, aPartnerItem, aPartnerRule } from "./a-partner.ts";

const json = "application/json; charset=utf-8";
const xml = "application/xml; charset=utf-8";
const [one, other] = ["one", "other"].map((id) => aPartnerItem({ entry: { id, uri: `tag:wire.example,2026:${id}` } }));
const items = [one!, other!];

const textOf = (profile: ProfileName, file: string, shown = items): string =>
  dialects[profile].render(aPartnerFeed(aPartnerRule(profile), shown, { file })).text;

describe("the gate of a partner's files", () => {
  it.each(["ninjs", "newsml-g2"] as const)(
    "takes a manifest of %s, and refuses it if two of its items have one id or one document",
    (profile) => {
      const manifest = textOf(profile, "manifest.json");
      expect(gatePartnerText(manifest, json)).toEqual([]);
      expect(gatePartnerText(manifest.replace("2026:other", "2026:one"), json)).toEqual(["Two of its items have the same uri."]);
      const hrefs = [...manifest.matchAll(/"href": "([^"]*)"/g)].map(([, href]) => href ?? "");
      expect(gatePartnerText(manifest.replace(hrefs[0]!, hrefs[1]!), json)).toEqual(["Two of its items have the same href."]);
      expect(gatePartnerText(manifest.replace("tag:wire", "wire"), json)).toEqual(["The uri of one of its items is no absolute URI."]);
    },
  );

  it("refuses a document without an id that is a URI", () => {
    const ninjs = textOf("ninjs", "items/1.json", [one!]);
    expect(gatePartnerText(ninjs, json)).toEqual([]);
    expect(gatePartnerText(ninjs.replace("tag:wire.example,2026:one", "one"), json)).toEqual(["Its uri is no absolute URI."]);
    const newsml = textOf("newsml-g2", "items/1.xml", [one!]);
    expect(gatePartnerText(newsml, xml)).toEqual([]);
    expect(gatePartnerText(newsml.replace("tag:wire.example,2026:one", "one"), xml)).toEqual(["Its guid is no absolute URI."]);
    expect(gatePartnerText(newsml.replace(/ guid="[^"]*"/, ""), xml)).toEqual(["Its guid is no absolute URI."]);
  });

  it("refuses an RSS file in which two items have one guid", () => {
    const rss = textOf("generic", "rss.xml");
    const guids = [...rss.matchAll(/<guid[^>]*>([^<]*)/g)].map(([, guid]) => guid ?? "");
    expect(gatePartnerText(rss, xml)).toEqual([]);
    expect(gatePartnerText(rss.replace(guids[1]!, guids[0]!), xml)).toEqual(["Two of its items have the same guid."]);
  });
});
