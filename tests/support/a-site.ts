import { type ChannelRule, type Site, siteOf } from "../../lambda/channels/site/site.ts";
import { siteSchema } from "../../lambda/channels/site/site-schema.ts";

/** The Wire of wire.example with every default, and what a test says of it. */
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

/** One channel for each value that the articles have. */
export const aByRule = (
  by: "section" | "tag" | "author" | "language",
  says: Partial<Extract<ChannelRule, { kind: "by" }>> = {},
): ChannelRule => ({ kind: "by", by, where: {}, ...style, ...says });
