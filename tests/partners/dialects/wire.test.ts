import { describe, expect, it } from "vitest";
import type { ProfileName } from "../../../lambda/channels/site/partner-rule.ts";
import { dialects } from "../../../lambda/partners/dialects/dialects.ts";
import type { Life, PartnerItem } from "../../../lambda/partners/model/item.ts";
import { strictly } from "../../feeds/strict-reader.ts";
import { ninjsValidator, saidByXmllint, schemasAbsent, xmllintAbsent } from "../../support/readers/iptc-schemas.ts";
import { aPartnerFeed, aPartnerItem, aPartnerRule } from "../a-partner.ts";

const since = "2026-11-23T05:58:00.000Z";
const until = "2026-12-01T00:00:00.000Z";
const lives: readonly Life[] = [
  { kind: "usable" },
  { kind: "corrected", note: "The yield was 4 tonnes, not 40." },
  { kind: "withheld", since },
  { kind: "withheld", since, until },
  { kind: "canceled", since, reason: "The source has withdrawn it." },
  { kind: "canceled", since },
  { kind: "expired", since },
];

/** As the road gives it: a withdrawn article has no text beside its title. */
function lived(life: Life, item: PartnerItem = aPartnerItem()): PartnerItem {
  if (life.kind === "usable" || life.kind === "corrected") return { ...item, life };
  const { html: _, image: __, ...entry } = item.entry;
  return { ...item, life, entry: { ...entry, summary: "" } };
}

const rich = aPartnerItem({
  source: "Kazinform",
  usageTerms: "Not in Freedonia <or> elsewhere & so on",
  imageRights: { credit: "Aru Bek / The Wire", license: "https://wire.example/licence", usageTerms: "One use" },
  entry: {
    section: "world",
    tags: ["world", "harvest", "Ауыл"],
    language: "kk",
    title: "Егін жиналды: 4 < 5 & ]]> \u{1F33E}",
    html: "<p>Мәтін ]]> &amp; <b>сөз</b></p>",
    url: "https://wire.example/әлем/егін",
    authors: [{ name: "Aigerim Nurlan", url: "https://wire.example/people/aigerim" }, { name: "B. & C." }],
    translations: [{ language: "ru", url: "https://wire.example/ru/урожай" }],
    license: "https://creativecommons.org/licenses/by/4.0/",
  },
});

const anIrregular = aPartnerItem({
  entry: { id: "плохой id", uri: "urn:uuid:0b1c2d3e-1111-5222-8333-444455556666", tags: [], authors: [] },
});

function filesOf(profile: ProfileName, items: readonly PartnerItem[], says = {}) {
  const feed = aPartnerFeed(aPartnerRule(profile), items, { copyright: "© 2026 The Wire", license: "https://wire.example/terms", ...says });
  return dialects[profile].filesOf({ ...feed, file: "" }).map((file) => {
    const shown = items.filter(({ entry }) => file.ids.includes(entry.id));
    const url = `https://feeds.wire.example/partners/valley/${file.name}`;
    return { ...file, ...dialects[profile].render({ ...feed, file: file.name, url, items: shown }) };
  });
}

const every = [...lives.map((life) => lived(life)), ...lives.map((life) => lived(life, rich)), anIrregular].map((item, index) => ({
  ...item,
  entry: { ...item.entry, id: `${item.entry.id}-${index}` },
}));

describe("documents of agencies", () => {
  it.each(["ninjs", "newsml-g2"] as const)("%s has a document for each article, and lists them in its manifest", (profile) => {
    const files = filesOf(profile, every);
    const manifest = JSON.parse(files.at(-1)?.text ?? "");
    expect(files.at(-1)).toMatchObject({ name: "manifest.json", bodiless: true });
    expect(manifest.items.map(({ href }: { href: string }) => href)).toEqual(files.slice(0, -1).map(({ name }) => name));
    expect(new Set(files.map(({ name }) => name)).size).toBe(every.length + 1);
    expect(files.flatMap(({ defects }) => defects)).toEqual([]);
  });

  it("lists ids, states and addresses, and never a title or a text", () => {
    const text = filesOf("ninjs", every).at(-1)?.text ?? "";
    expect(text).not.toMatch(/The harvest of|Егін|word1/);
    expect(JSON.parse(text).items[4]).toMatchObject({ pubStatus: "canceled", versionCreated: since, version: "1795253400" });
  });

  it.each([
    ["usable", lives[0], "usable", {}],
    ["corrected", lives[1], "usable", { edNote: "Correction: The yield was 4 tonnes, not 40." }],
    ["withheld", lives[2], "withheld", {}],
    ["embargoed again", lives[3], "withheld", { embargoedUntil: until }],
    ["canceled", lives[4], "canceled", { edNote: "Canceled: The source has withdrawn it." }],
    ["expired", lives[6], "canceled", { expires: since }],
  ] as const)("4 ninjs: %s is told by pubStatus", (_, life, pubStatus, says) => {
    const [file] = filesOf("ninjs", [lived(life as Life)]);
    const document = JSON.parse(file?.text ?? "");
    expect(document).toMatchObject({ pubStatus, ...says });
    expect("bodies" in document).toBe(pubStatus === "usable");
  });

  it.each([
    ["corrected", lives[1], ["stat:usable", "sig:correction"]],
    ["embargoed again", lives[3], ["stat:withheld", until]],
    ["canceled", lives[4], ["stat:canceled"]],
    ["expired", lives[6], ["stat:canceled", `<expires>${since}</expires>`]],
  ] as const)("4 newsml-g2: %s is told by pubStatus", (_, life, signs) => {
    const [file] = filesOf("newsml-g2", [lived(life as Life)]);
    for (const sign of signs) expect(file?.text).toContain(sign);
    expect(file?.text.includes("<contentSet>")).toBe(life?.kind === "corrected");
  });

  it("gives the body of a rich article to the letter", () => {
    const [document] = filesOf("ninjs", [rich]);
    expect(JSON.parse(document?.text ?? "").bodies[0]).toMatchObject({ value: rich.entry.html, wordCount: 2 });
    const [item] = filesOf("newsml-g2", [rich]);
    const content = strictly(item?.text ?? "").nodes.at(-1)?.nodes[0];
    expect(content?.text).toBe(rich.entry.html);
  });

  it("says whose picture it is, and on what terms", () => {
    const [document] = filesOf("ninjs", [rich]);
    expect(JSON.parse(document?.text ?? "").associations[0]).toMatchObject({
      by: "Aru Bek / The Wire",
      usageTerms: "One use",
      rightsInfo: { linkedRights: "https://wire.example/licence" },
    });
  });

  it.skipIf(schemasAbsent)("is valid by IPTC's schema of ninjs 3.1", () => {
    const validate = ninjsValidator();
    for (const { text } of filesOf("ninjs", every).slice(0, -1)) {
      validate(JSON.parse(text));
      expect(validate.errors, text).toBeNull();
    }
  });

  it.skipIf(schemasAbsent || xmllintAbsent)("is valid by IPTC's schema of NewsML-G2 2.35", () => {
    for (const { text } of filesOf("newsml-g2", every).slice(0, -1))
      expect(saidByXmllint("newsml-g2/NewsML-G2_2.35-spec-All-Power.xsd", text), text).toBe("");
  });
});
