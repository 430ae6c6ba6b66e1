import { referenceAt } from "../../articles/links/media-mark.ts";
import { fromHome } from "../../articles/links/relative-mark.ts";
import type { Image, MediaRights } from "../../articles/model/article.ts";
import { omitUndefined } from "../../articles/model/json-value.ts";
import type { Metadata } from "../../channels/catalog/ledger/record.ts";
import type { PartnerRule } from "../../channels/site/partner-rule.ts";
import type { Site } from "../../channels/site/site.ts";
import type { Places } from "../../feeds/documents/document.ts";
import type { Entry } from "../../feeds/model/feed.ts";
import type { ImageRights } from "../model/item.ts";
import type { Decision } from "../model/judgement.ts";
import { mayTravel } from "../select/rights.ts";
import type { Travelling } from "./pictures.ts";

/** The files of an article that go to a partner. */
export type SharedMedia = {
  readonly image?: { readonly image: Image; readonly rights: ImageRights };
  readonly attachments: Entry["attachments"];
  /** Absent: every file of the body may travel. */
  readonly travelling?: Travelling;
  readonly decisions: readonly Decision[];
};

/** Keeps back what may not travel to this partner. `entry`: with the addresses at which its files are published. */
export function sharedMedia(entry: Omit<Entry, "html">, meta: Metadata, rule: PartnerRule, places: Places, site: Site): SharedMedia {
  const home = { url: entry.url, base: entry.url ?? site.url };
  const stated = new Map(
    Object.entries(meta.rights?.media ?? {}).map(([written, rights]) => {
      const reference = referenceAt(written);
      return [fromHome(reference === undefined ? written : places.file(reference).url, home), rights] as const;
    }),
  );
  const may = (rights: MediaRights | undefined) => mayTravel(rights, meta.rights, rule, site);
  const others = may(undefined);
  const except = [...stated].flatMap(([address, rights]) => (may(rights) === others ? [] : [address])).sort();
  const { image, attachments } = entry;
  const own = image && stated.get(image.url);
  const attached = attachments.filter(({ url }) => may(stated.get(url)));
  const isOut = image !== undefined && !may(own);
  const decisions: readonly Decision[] = [
    ...(isOut
      ? [{ rule: "image-rights", outcome: "dropped" as const, reason: "The rights of its lead image keep it from this partner." }]
      : []),
    ...(attached.length < attachments.length
      ? [{ rule: "media-rights", outcome: "dropped" as const, reason: "The rights of its recordings keep some of them from this partner." }]
      : []),
  ];
  const { credit, license, usageTerms } = own ?? {};
  return {
    attachments: attached,
    decisions,
    ...(image === undefined || isOut ? {} : { image: { image, rights: omitUndefined({ credit, license, usageTerms }) } }),
    ...(others && except.length === 0 ? {} : { travelling: { others, except } }),
  };
}
