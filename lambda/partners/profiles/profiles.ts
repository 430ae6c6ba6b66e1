import type { ProfileName } from "../../channels/site/partner-rule.ts";
import { dzen } from "./dzen.ts";
import { flipboard } from "./flipboard.ts";
import { generic } from "./generic.ts";
import { googleLicensed } from "./google-licensed.ts";
import { googleNews } from "./google-news.ts";
import { msn } from "./msn.ts";
import { newsmlG2 } from "./newsml-g2.ts";
import { ninjs } from "./ninjs.ts";
import { goo, line, mailru, rambler, yahoo } from "./presets.ts";
import type { Profile } from "./profile.ts";
import { smartnews } from "./smartnews.ts";
import { yandex } from "./yandex.ts";

const described: readonly Profile[] = [
  generic,
  googleNews,
  googleLicensed,
  dzen,
  msn,
  yandex,
  smartnews,
  flipboard,
  yahoo,
  rambler,
  mailru,
  line,
  goo,
  ninjs,
  newsmlG2,
];
const byName = new Map(described.map((profile) => [profile.name, profile]));

/** The profile of a name. One that is not described here is as generic as can be. */
export const profileOf = (name: ProfileName): Profile => byName.get(name) ?? { ...generic, name };

/** Whether a profile of this name has facts of its own. */
export const isDescribed = (name: ProfileName): boolean => byName.has(name);
