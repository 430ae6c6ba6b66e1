import type { ProfileName } from "../../channels/site/partner-rule.ts";
import type { Dialect } from "./dialect.ts";
import { plainRss } from "./plain-rss.ts";

/** The dialect of each profile. */
export const dialects: Readonly<Record<ProfileName, Dialect>> = {
  generic: plainRss,
  "google-news": plainRss,
  "google-licensed": plainRss,
  dzen: plainRss,
  msn: plainRss,
  yandex: plainRss,
  smartnews: plainRss,
  flipboard: plainRss,
  ninjs: plainRss,
  "newsml-g2": plainRss,
  yahoo: plainRss,
  rambler: plainRss,
  mailru: plainRss,
  line: plainRss,
  goo: plainRss,
};
