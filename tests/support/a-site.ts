import { type ChannelRule, type Site, siteOf } from "../../lambda/channels/site/site.ts";
import { siteSchema } from "../../lambda/channels/site/site-schema.ts";

/** The site The Wire at wire.example: the defaults, and the values that the test gives. */
export const aSite = (says: Partial<Site> = {}): Site => ({
  ...siteOf(siteSchema.parse({ title: "The Wire", url: "https://wire.example/", ids: { authority: "wire.example", since: "2026-01-01" } })),
  ...says,
});

const style = { limit: 50, bytes: 1_000_000, content: "full", formats: ["rss", "atom", "json"], archive: "none", split: "none" } as const;

/** A channel of site.yaml that takes every article. */
export const aNamedRule = (name: string, says: Partial<Extract<ChannelRule, { kind: "named" }>> = {}): ChannelRule => ({
  kind: "named",
  name,
  where: {},
  ...style,
  ...says,
});

/** A rule that makes one channel for each value in the articles. */
export const aByRule = (
  by: "section" | "tag" | "author" | "language",
  says: Partial<Extract<ChannelRule, { kind: "by" }>> = {},
): ChannelRule => ({ kind: "by", by, where: {}, ...style, ...says });
