import type { ProfileName } from "../../channels/site/partner-rule.ts";
import type { Dialect } from "../model/dialect.ts";
import { newsSitemap } from "./news-sitemap.ts";
import {
  dzenAdditions,
  googleLicensedAdditions,
  lineAdditions,
  mailruAdditions,
  smartnewsAdditions,
  yandexAdditions,
} from "./rss/additions.ts";
import { rssDialect } from "./rss/rss-files.ts";
import { newsmlG2Dialect } from "./wire/newsml-g2.ts";
import { ninjsDialect } from "./wire/ninjs.ts";

/** The dialect of each profile. */
export const dialects: Readonly<Record<ProfileName, Dialect>> = {
  generic: rssDialect("generic"),
  "google-news": newsSitemap,
  "google-licensed": rssDialect("google-licensed", googleLicensedAdditions),
  dzen: rssDialect("dzen", dzenAdditions),
  msn: rssDialect("msn"),
  yandex: rssDialect("yandex", yandexAdditions),
  smartnews: rssDialect("smartnews", smartnewsAdditions),
  flipboard: rssDialect("flipboard"),
  ninjs: ninjsDialect,
  "newsml-g2": newsmlG2Dialect,
  yahoo: rssDialect("yahoo"),
  rambler: rssDialect("rambler"),
  mailru: rssDialect("mailru", mailruAdditions),
  line: rssDialect("line", lineAdditions),
  goo: rssDialect("goo"),
};
