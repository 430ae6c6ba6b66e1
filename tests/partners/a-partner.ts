import type { PartnerRule, ProfileName } from "../../lambda/channels/site/partner-rule.ts";
import type { Entry } from "../../lambda/feeds/model/feed.ts";
import type { PartnerItem } from "../../lambda/partners/model/item.ts";
import type { PartnerFeed } from "../../lambda/partners/model/partner-feed.ts";
import { anEntry } from "../support/a-feed.ts";

/** An article that every profile takes without a word: long enough, with a large picture and an author. */
export const aPartnerItem = ({
  entry = {},
  ...says
}: Partial<Omit<PartnerItem, "entry">> & { readonly entry?: Partial<Entry> } = {}): PartnerItem => ({
  key: "world/harvest.md",
  life: { kind: "usable" },
  entry: anEntry({
    title: "The harvest of the valley is in at last",
    summary: longText(60),
    html: `<p>${longText(120)}</p>\n<p>${longText(80)}</p>`,
    authors: [{ name: "Aigerim Nurlan" }],
    image: {
      url: "https://feeds.wire.example/media/field.jpg",
      type: "image/jpeg",
      alt: "A field",
      width: 1280,
      height: 720,
      bytes: 90_000,
    },
    ...entry,
  }),
  version: 1_795_253_400,
  imageRights: {},
  ...says,
});

/** A text of so many words, all of them different from those of the titles. */
export const longText = (words: number): string => Array.from({ length: words }, (_, index) => `word${index}`).join(" ");

export const aPartnerRule = (profile: ProfileName = "generic", says: Partial<PartnerRule> = {}): PartnerRule => ({
  name: "valley",
  profile,
  access: { methods: ["basic"], header: "x-api-key" },
  where: {},
  except: {},
  delay: 0,
  content: "full",
  sponsored: true,
  sources: [],
  attribution: { canonical: false, noindex: false, parameters: {} },
  ids: "guid",
  changes: false,
  settings: {},
  ...says,
});

export const aPartnerFeed = (partner: PartnerRule, items: readonly PartnerItem[], says: Partial<PartnerFeed> = {}): PartnerFeed => ({
  partner,
  file: "rss.xml",
  url: "https://feeds.wire.example/partners/valley/rss.xml",
  title: "The Wire",
  description: "News of the valley",
  site: "https://wire.example/",
  publisher: "The Wire",
  author: { name: "The Wire" },
  language: "en",
  updated: "2026-11-22T10:00:00.000Z",
  items,
  ...says,
});
