import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ProfileName } from "../../lambda/channels/site/partner-rule.ts";
import { dialects } from "../../lambda/partners/dialects/dialects.ts";
import { articleOf } from "../articles/a-newsroom.ts";
import { strictly } from "../feeds/strict-reader.ts";
import { aPartnerFeed, aPartnerItem, aPartnerRule } from "./a-partner.ts";

const corpus = join(import.meta.dirname, "../../../shared/corpus/seed");
const isThere = existsSync(corpus);

/** The article as its file states it: no picture, no author, no date. The first run that saw it gave the date. */
function item(url: string | undefined) {
  const [name = ""] = readdirSync(corpus);
  const { title, html, summary, language } = articleOf("seed.txt", readFileSync(join(corpus, name)));
  const seen = "2026-11-22T09:00:00.000Z";
  const entry = {
    id: "tag:wire.example,2026:seed",
    title,
    html,
    summary,
    language,
    published: seen,
    updated: seen,
    authors: [],
    image: undefined,
    url,
  };
  return aPartnerItem({ key: "seed.txt", entry: entry as never });
}

const noPicture = "image-missing noted";
const short = "description-too-short fixed";

test.skipIf(!isThere).each<readonly [ProfileName, boolean, readonly string[], boolean, readonly string[]]>([
  // The decisions for the article with a page of its own; and without one.
  ["generic", true, [], true, []],
  ["google-licensed", true, [], false, ["link-missing skipped"]],
  ["dzen", true, [noPicture], false, ["link-missing skipped", noPicture]],
  ["msn", true, [noPicture], true, [noPicture]],
  ["yandex", true, [], false, ["link-missing skipped"]],
  ["smartnews", true, [noPicture], false, ["link-missing skipped", noPicture]],
  ["flipboard", true, [short, noPicture], false, ["link-missing skipped", short, noPicture]],
  ["yahoo", true, [noPicture], true, [noPicture]],
  ["rambler", true, [], false, ["link-missing skipped"]],
  ["mailru", true, [], false, ["link-missing skipped"]],
  ["line", true, [], true, []],
  ["goo", true, [], true, []],
])("%s takes the raw article (%s) (needs ../shared/corpus)", (name, withPage, decisions, withoutPage, others) => {
  for (const [url, included, expected] of [
    ["https://wire.example/seed/", withPage, decisions],
    [undefined, withoutPage, others],
  ] as const) {
    const { text, judged } = dialects[name].render(aPartnerFeed(aPartnerRule(name), [item(url)], { language: "ru" }));
    strictly(text);
    expect(text.includes("<item>")).toBe(included);
    const said = (judged[0]?.decisions ?? []).map(({ rule, outcome }) => `${rule} ${outcome}`);
    expect(said.sort()).toEqual([...expected].sort());
  }
});
