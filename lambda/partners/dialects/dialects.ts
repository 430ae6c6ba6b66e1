import type { ProfileName } from "../../channels/site/partner-rule.ts";
import type { Dialect } from "../model/dialect.ts";
import { plainRss } from "./plain-rss.ts";
import {
  dzenAdditions,
  googleLicensedAdditions,
  lineAdditions,
  mailruAdditions,
  smartnewsAdditions,
  yandexAdditions,
} from "./rss/additions.ts";
import { rssDialect } from "./rss/rss-files.ts";

/** The dialect of each profile. */
export const dialects: Readonly<Record<ProfileName, Dialect>> = {
  generic: rssDialect("generic"),
  "google-news": plainRss,
  "google-licensed": rssDialect("google-licensed", googleLicensedAdditions),
  dzen: rssDialect("dzen", dzenAdditions),
  msn: rssDialect("msn"),
  yandex: rssDialect("yandex", yandexAdditions),
  smartnews: rssDialect("smartnews", smartnewsAdditions),
  flipboard: rssDialect("flipboard"),
  ninjs: plainRss,
  "newsml-g2": plainRss,
  yahoo: rssDialect("yahoo"),
  rambler: rssDialect("rambler"),
  mailru: rssDialect("mailru", mailruAdditions),
  line: rssDialect("line", lineAdditions),
  goo: rssDialect("goo"),
};
