import type { ProfileName } from "../../channels/site/partner-rule.ts";
import type { Dialect } from "../model/dialect.ts";
import { plainRss } from "./plain-rss.ts";
import { rssDialect } from "./rss/rss-files.ts";

/** The dialect of each profile. */
export const dialects: Readonly<Record<ProfileName, Dialect>> = {
  generic: rssDialect("generic"),
  "google-news": plainRss,
  "google-licensed": rssDialect("google-licensed"),
  dzen: rssDialect("dzen"),
  msn: rssDialect("msn"),
  yandex: rssDialect("yandex"),
  smartnews: rssDialect("smartnews"),
  flipboard: rssDialect("flipboard"),
  ninjs: plainRss,
  "newsml-g2": plainRss,
  yahoo: rssDialect("yahoo"),
  rambler: rssDialect("rambler"),
  mailru: rssDialect("mailru"),
  line: rssDialect("line"),
  goo: rssDialect("goo"),
};
