import { hashOfValue, omitUndefined } from "../../articles/model/json-value.ts";
import type { CatalogEntry } from "../../channels/catalog/catalog-entry.ts";
import { latest } from "../../channels/catalog/ledger/dating.ts";
import { shownSummary } from "../../channels/catalog/ledger/record.ts";
import type { Site } from "../../channels/site/site.ts";
import { rightsFor } from "../../channels/site/syndication.ts";
import { type EntryOutline, imageOf, outlineEntry, type Places, urlOf } from "../../feeds/documents/document.ts";
import type { Entry } from "../../feeds/model/feed.ts";
import { wordsIn } from "../../feeds/model/words.ts";
import type { Key } from "../../stores/store.ts";
import { dialects } from "../dialects/dialects.ts";
import type { PartnerItem } from "../model/item.ts";
import type { Decision } from "../model/judgement.ts";
import type { PartnerFeed } from "../model/partner-feed.ts";
import type { PartnerSelection, WindowItem, WithdrawnItem } from "../select/partnered.ts";
import { foreignSource } from "../select/rights.ts";
import type { Travelling } from "./pictures.ts";
import { sharedMedia } from "./shared-media.ts";

/** An article in a partner's file, without its body. `body`: how to make it; `travelling`: which of its pictures may go along. */
export type ItemOutline = {
  readonly item: PartnerItem;
  readonly body?: EntryOutline;
  readonly travelling?: Travelling;
  /** What was decided before the profile's rules. */
  readonly decisions?: readonly Decision[];
};

/** A partner's file without bodies: everything that decides its bytes. */
export type PartnerOutline = {
  readonly key: Key;
  readonly contentType: string;
  readonly feed: Omit<PartnerFeed, "items">;
  readonly items: readonly ItemOutline[];
  /** Equal fingerprints mean equal bytes. */
  readonly fingerprint: string;
};

/** What a partner's files are made from. `entries`: the articles in its window, by id. */
export function partnerOutlines(
  selection: PartnerSelection,
  entries: ReadonlyMap<string, CatalogEntry>,
  site: Site,
  places: Places,
  program: string,
  folder = `partners/${selection.rule.name}`,
): readonly PartnerOutline[] {
  const { rule, window, withdrawn, updated } = selection;
  const told = window.flatMap((item) => {
    const entry = entries.get(item.id);
    return entry === undefined ? [] : [windowOutline(item, entry, selection, site, places)];
  });
  const all = [...told, ...withdrawn.map((item): ItemOutline => ({ item: withdrawnOutline(item) }))];
  const byId = new Map(all.map((one) => [one.item.entry.id, one]));
  const about = {
    partner: rule,
    title: rule.title ?? site.title,
    description: site.description,
    site: site.url,
    publisher: site.title,
    author: site.author,
    ...omitUndefined({
      image: imageOf(site.image, site, places),
      icon: imageOf(site.icon, site, places),
      copyright: site.copyright,
      license: site.license,
      rsl: site.rights?.rsl,
      hub: site.hub,
    }),
  };
  const whole = { ...about, file: folder, url: urlOf(site, folder), updated, items: all.map(({ item }) => item) };
  return dialects[rule.profile].filesOf(whole).map(({ name, contentType, ids, language, bodiless }) => {
    const key = folder === "" ? name : `${folder}/${name}`;
    const own = ids.flatMap((id) => byId.get(id) ?? []);
    const items = bodiless === true ? own.map(({ item }) => ({ item })) : own;
    const dates = items.map(({ item }) => item.entry.updated);
    const languages = [...new Set(items.map(({ item }) => item.entry.language))];
    const feed = {
      ...about,
      file: key,
      url: urlOf(site, key),
      // A file with all articles has their date, which never goes back; one without any has no other.
      updated: items.length === all.length || dates.length === 0 ? updated : latest(dates[0] ?? updated, ...dates),
      ...omitUndefined({ language: language ?? (languages.length === 1 ? languages[0] : undefined) }),
    };
    return { key, contentType, feed, items, fingerprint: hashOfValue([program, contentType, feed, items]) };
  });
}

/** The article as it is, without what feeds add to it: a note of correction, or a lead image at the top of its body. */
function windowOutline(
  { full, back }: WindowItem,
  entry: CatalogEntry,
  { addresses, rule }: PartnerSelection,
  site: Site,
  places: Places,
): ItemOutline {
  const { correction, ...meta } = entry.meta;
  const outline = outlineEntry({ entry: { ...entry, meta }, full }, places, site);
  const { translations, ...plain } = outline.entry;
  const updated = latest(entry.updated, back);
  const { travelling, image, attachments, decisions } = sharedMedia(plain, meta, rule, places, site);
  const rights = meta.rights ?? {};
  const source = foreignSource(rights.source, site);
  const { image: _, ...rest } = plain;
  const item: PartnerItem = {
    key: meta.key,
    life: correction === undefined ? { kind: "usable" } : { kind: "corrected", note: correction },
    entry: {
      ...rest,
      attachments,
      updated,
      summary: shownSummary(meta),
      ...omitUndefined({ image: image?.image, translations: translations && known(translations, addresses) }),
    },
    version: versionOf(updated),
    imageRights: image?.rights ?? {},
    ...omitUndefined({
      usageTerms: rights.usageTerms ?? rightsFor(source, site.syndication).usageTerms,
      source: source ?? rights.credit,
      sponsored: rights.sponsored,
    }),
  };
  const about = { item, ...omitUndefined({ travelling }), ...(decisions.length === 0 ? {} : { decisions }) };
  return outline.body === undefined ? about : { ...about, body: outline };
}

/** A translation that the partner may not have yet is not named to it. */
function known(translations: NonNullable<Entry["translations"]>, addresses: ReadonlySet<string>): Entry["translations"] {
  const open = translations.filter(({ url }) => addresses.has(url));
  return open.length === 0 ? undefined : open;
}

function withdrawnOutline({ id, uri, url, key, language, published, updated, title, life }: WithdrawnItem): PartnerItem {
  const { isWithdrawn } = wordsIn(language).words;
  const reason = life.kind === "canceled" ? life.reason : undefined;
  const entry: Entry = {
    id,
    uri,
    title: title ?? isWithdrawn,
    summary: [isWithdrawn, ...(reason === undefined ? [] : [reason])].join(" "),
    published,
    updated,
    language,
    authors: [],
    tags: [],
    attachments: [],
    ...omitUndefined({ url }),
  };
  return { key, life, entry, version: versionOf(updated), imageRights: {} };
}

function versionOf(updated: string): number {
  return Math.floor(Date.parse(updated) / 1000);
}
