import { describe, expect, it } from "vitest";
import { type ProfileName, profileNames } from "../../lambda/channels/site/partner-rule.ts";
import { dialects } from "../../lambda/partners/dialects/dialects.ts";
import type { Life } from "../../lambda/partners/model/item.ts";
import { strictly } from "../feeds/strict-reader.ts";
import { aPartnerFeed, aPartnerItem, aPartnerRule } from "./a-partner.ts";
import { made } from "./profiles/a-profile-table.ts";

/** Withdrawn half an hour after the last change of the text. */
const since = "2026-11-21T10:00:00.000Z";
const lives = {
  usable: { kind: "usable" },
  corrected: { kind: "corrected", note: "40 tons, not 4" },
  withheld: { kind: "withheld", since, until: "2026-12-01T00:00:00.000Z" },
  canceled: { kind: "canceled", since, reason: "The source was wrong" },
  expired: { kind: "expired", since },
} as const satisfies Readonly<Record<Life["kind"], Life>>;

const notice = [/<title>Withdrawn: The harvest/, /This article has been withdrawn\./] as const;
const plain = /<guid isPermaLink="false">tag:wire\.example,2026:articles\/harvest<\/guid>/;
const modified = (element: string, at: string) => new RegExp(`<${element}>${at}</${element}>`);
const mediaStatus = /<media:status state="deleted"\/>/;

type Signals = {
  /** How a reader of the file sees that an article is new or has changed. */
  readonly update: readonly RegExp[];
  /** How it sees that the article is withdrawn. */
  readonly withdrawal: readonly RegExp[];
  /** What must not stand in the file of a live article. */
  readonly onlyWithdrawn?: RegExp;
  /** What a live article has in place of it. */
  readonly live?: RegExp;
};

const dcterms = modified("dcterms:modified", "2026-11-21T09:30:00Z");
const gone = modified("dcterms:modified", "2026-11-21T10:00:00Z");
const silent = { update: [plain], withdrawal: [...notice] };

/** The matrix: one identity, one clock, and each partner's own word for "withdrawn" (partners.md, section 4). */
const matrix = {
  generic: { update: [dcterms], withdrawal: [...notice, gone, mediaStatus], onlyWithdrawn: /media:status/ },
  flipboard: { update: [dcterms], withdrawal: [...notice, gone, mediaStatus], onlyWithdrawn: /media:status/ },
  msn: {
    update: [dcterms],
    withdrawal: [
      ...notice,
      gone,
      /<mi:expirationDate>2026-11-21T10:00:00Z<\/mi:expirationDate>/,
      /<dcterms:valid>end=2026-11-21T10:00:00Z; scheme=W3C-DTF<\/dcterms:valid>/,
    ],
    onlyWithdrawn: /expirationDate|dcterms:valid/,
  },
  smartnews: { update: [plain], withdrawal: [...notice, /<media:status>deleted<\/media:status>/], live: /<media:status>active</ },
  dzen: silent,
  yandex: { update: [dcterms], withdrawal: [...notice, gone] },
  "google-licensed": {
    update: [dcterms],
    withdrawal: [...notice, gone, /<licensed_news:deleted>yes<\/licensed_news:deleted>/],
    onlyWithdrawn: /licensed_news:deleted/,
  },
  yahoo: {
    update: [modified("updated", "2026-11-21T09:30:00Z")],
    withdrawal: [...notice, modified("updated", "2026-11-21T10:00:00Z")],
  },
  rambler: silent,
  mailru: silent,
  line: {
    update: [modified("oa:lastPubDate", "Sat, 21 Nov 2026 09:30:00 GMT")],
    withdrawal: [...notice, modified("oa:lastPubDate", "Sat, 21 Nov 2026 10:00:00 GMT"), /<oa:pubStatus>0<\/oa:pubStatus>/],
    live: /<oa:pubStatus>2</,
  },
  goo: {
    update: [modified("goonews:modified", "Sat, 21 Nov 2026 09:30:00 GMT")],
    withdrawal: [...notice, modified("goonews:modified", "Sat, 21 Nov 2026 10:00:00 GMT"), /<goonews:delete>1<\/goonews:delete>/],
    onlyWithdrawn: /goonews:delete/,
  },
} as const satisfies Partial<Record<ProfileName, Signals>>;

/** All files of a profile that is not one file of RSS. */
function filesText(name: ProfileName, life: Life): string {
  const item = aPartnerItem({ life });
  const { html: _, image: __, ...bare } = item.entry;
  const given = life.kind === "usable" || life.kind === "corrected" ? item : { ...item, entry: { ...bare, summary: "" } };
  const feed = aPartnerFeed(aPartnerRule(name), [given]);
  const files = dialects[name].filesOf(feed);
  return files
    .map(
      (file) =>
        dialects[name].render({ ...feed, file: file.name, items: feed.items.filter(({ entry }) => file.ids.includes(entry.id)) }).text,
    )
    .join("\n");
}

/** Of profiles that are not RSS, the signal of each life. A sitemap has no withdrawal: the article's page answers for it. */
const others: Partial<Record<ProfileName, Readonly<Record<Life["kind"], readonly RegExp[]>>>> = {
  "google-news": {
    usable: [/<loc>https:\/\/wire\.example\/world\/harvest\/<\/loc><lastmod>2026-11-21T09:30:00\.000Z</],
    corrected: [/<news:publication_date>2026-11-20T08:00:00\.000Z</],
    withheld: [/^(?![\s\S]*harvest)/],
    canceled: [/^(?![\s\S]*harvest)/],
    expired: [/^(?![\s\S]*harvest)/],
  },
  ninjs: {
    usable: [/"pubStatus":\s*"usable"/, /"versionCreated":\s*"2026-11-21T09:30:00/],
    corrected: [/"pubStatus":\s*"usable"/, /"edNote":\s*"Correction: 40 tons, not 4"/],
    withheld: [/"pubStatus":\s*"withheld"/, /"embargoedUntil":\s*"2026-12-01T00:00:00/, /"versionCreated":\s*"2026-11-21T10:00:00/],
    canceled: [/"pubStatus":\s*"canceled"/, /"edNote":\s*"Canceled: The source was wrong"/, /"versionCreated":\s*"2026-11-21T10:00:00/],
    expired: [/"pubStatus":\s*"canceled"/, /"expires":\s*"2026-11-21T10:00:00/],
  },
  "newsml-g2": {
    usable: [/<pubStatus qcode="stat:usable"/, /<versionCreated>2026-11-21T09:30:00/],
    corrected: [/<pubStatus qcode="stat:usable"/, /<edNote>Correction: 40 tons, not 4<\/edNote>/, /sig:correction/],
    withheld: [/<pubStatus qcode="stat:withheld"/, /<embargoed>2026-12-01T00:00:00/],
    canceled: [
      /<pubStatus qcode="stat:canceled"/,
      /<edNote>Canceled: The source was wrong<\/edNote>/,
      /<versionCreated>2026-11-21T10:00:00/,
    ],
    expired: [/<pubStatus qcode="stat:canceled"/, /<expires>2026-11-21T10:00:00/],
  },
};

describe("the life of an article", () => {
  it("has a row for every profile", () => {
    expect([...Object.keys(matrix), ...Object.keys(others)].sort()).toEqual([...profileNames].sort());
  });

  for (const [name, rows] of Object.entries(others) as readonly (readonly [ProfileName, (typeof others)[ProfileName] & {}])[])
    for (const [kind, life] of Object.entries(lives))
      it(`${kind}, as ${name} says it`, () => {
        const text = filesText(name, life);
        for (const signal of rows[kind as Life["kind"]]) expect(text).toMatch(signal);
        if (kind !== "usable" && kind !== "corrected") expect(text).not.toMatch(/word\d|field\.jpg/);
      });

  for (const [name, signals] of Object.entries(matrix) as readonly (readonly [ProfileName, Signals])[])
    for (const [kind, life] of Object.entries(lives))
      it(`${kind}, as ${name} says it`, () => {
        const live = kind === "usable" || kind === "corrected";
        const item = aPartnerItem({ life });
        const { text } = made(name, [item]);
        strictly(text);
        expect(text).toMatch(plain);
        expect(text).toContain("<pubDate>Fri, 20 Nov 2026 08:00:00 GMT</pubDate>");
        for (const signal of live ? signals.update : signals.withdrawal) expect(text).toMatch(signal);
        if (live) {
          expect(text).toContain("word100");
          expect(text).not.toContain("Withdrawn");
          if (signals.onlyWithdrawn !== undefined) expect(text).not.toMatch(signals.onlyWithdrawn);
          if (signals.live !== undefined) expect(text).toMatch(signals.live);
        } else {
          expect(text).not.toMatch(/word\d|field\.jpg|Aigerim/);
          if (signals.live !== undefined) expect(text).not.toMatch(signals.live);
        }
        expect(text.includes("Correction: 40 tons, not 4")).toBe(kind === "corrected");
        expect(text.includes("The source was wrong")).toBe(kind === "canceled");
      });

  it("is told under the same id in every profile, with the same publication date, whatever happens", () => {
    for (const name of Object.keys(matrix) as readonly ProfileName[]) {
      const told = Object.values(lives).map((life) => /<guid[\s\S]*?<pubDate>[^<]*/.exec(made(name, [aPartnerItem({ life })]).text)?.[0]);
      expect(new Set(told).size, name).toBe(1);
    }
  });
});
