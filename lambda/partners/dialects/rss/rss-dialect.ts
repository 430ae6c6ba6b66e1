import { summarize } from "../../../articles/title/summary.ts";
import { cleanEntry } from "../../../feeds/model/clean.ts";
import { isLive, judge } from "../../judge/judge.ts";
import { judgeFile } from "../../judge/judge-file.ts";
import { graphemesIn } from "../../judge/measure.ts";
import type { Decision } from "../../model/judgement.ts";
import type { PartnerFeed, PartnerText } from "../../model/partner-feed.ts";
import type { Profile } from "../../profiles/profile.ts";
import { type Terms, termsOf } from "../../profiles/terms.ts";
import { partnerDate } from "./dates.ts";
import { asksForNoIndex, itemElements, type RssDialect } from "./item.ts";
import { partnerLanguage } from "./partner-language.ts";
import { declarations, type XmlWriter, xmlWriter } from "./xml-writer.ts";

type Judged = { readonly id: string; readonly live: boolean; readonly text?: string; readonly decisions: readonly Decision[] };

/** A partner's feed as RSS 2.0 in its dialect; ends with a newline. */
export function renderRssDialect(feed: PartnerFeed, profile: Profile, dialect: RssDialect = {}): PartnerText {
  const terms = termsOf(profile, feed.partner);
  const write = xmlWriter(terms.demands.namespaces);
  const head = [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<rss version="2.0"${declarations(terms.demands.namespaces)}>`,
    "  <channel>",
    ...channelElements(feed, terms, dialect, write).map((element) => `    ${element}`),
  ].join("\n");
  const judged = feed.items.map((item): Judged => {
    const entry = cleanEntry(item.entry);
    const judgement = judge({ ...item, entry }, profile, feed.partner, feed);
    const { decisions } = judgement;
    const live = isLive(item);
    if (judgement.kind === "skipped") return { id: entry.id, live, decisions };
    const elements = itemElements(judgement.item, feed, terms, dialect, write);
    const text = ["    <item>", ...elements.map((element) => `      ${element}`), "    </item>"].join("\n");
    return { id: entry.id, live, text, decisions };
  });
  const tail = "\n  </channel>\n</rss>\n";
  const kept = withinBytes(withinEntries(judged, feed, terms), Buffer.byteLength(head + tail), terms.demands.fileBytes);
  const text = head + kept.map((one) => (one.text === undefined ? "" : `\n${one.text}`)).join("") + tail;
  const bytes = Buffer.byteLength(text);
  const ofFile = judgeFile(feed, profile, { bytes, live: kept.filter((one) => one.live && one.text !== undefined).length });
  return {
    text,
    judged: kept.flatMap(({ id, text: shown, decisions }) =>
      decisions.length === 0 ? [] : [{ id, included: shown !== undefined, decisions }],
    ),
    ofFile,
    defects: ofFile.filter(({ outcome }) => outcome === "failed").map(({ reason }) => reason),
  };
}

const without = ({ text: _, ...judged }: Judged, rule: "window-entries" | "file-too-large", reason: string): Judged => ({
  ...judged,
  decisions: [...judged.decisions, { rule, outcome: "skipped", reason }],
});

function withinEntries(judged: readonly Judged[], { partner }: PartnerFeed, { demands }: Terms): readonly Judged[] {
  const most = Math.min(...([partner.limit, demands.entries].filter((count) => count !== undefined && count > 0) as number[]));
  let seen = 0;
  return judged.map((one) => {
    if (one.text === undefined || !one.live) return one;
    seen += 1;
    return seen <= most ? one : without(one, "window-entries", `The file already has the ${most} newest articles.`);
  });
}

/** Leaves out the oldest articles until the file is small enough. A withdrawal stays: it is short, and the partner must learn of it. */
function withinBytes(judged: readonly Judged[], around: number, most: number): readonly Judged[] {
  const sizes = judged.map(({ text }) => (text === undefined ? 0 : Buffer.byteLength(text) + 1));
  let total = sizes.reduce((sum, size) => sum + size, around);
  const out = new Set<number>();
  for (let index = judged.length - 1; index >= 0 && total > most; index -= 1) {
    if (judged[index]?.live !== true || judged[index]?.text === undefined) continue;
    total -= sizes[index] ?? 0;
    out.add(index);
  }
  return judged.map((one, index) => (out.has(index) ? without(one, "file-too-large", `The file may have ${most} bytes.`) : one));
}

function channelElements(feed: PartnerFeed, terms: Terms, dialect: RssDialect, write: XmlWriter): readonly string[] {
  const { demands } = terms;
  const { element, around } = write;
  const { title, site, url, language, copyright, image, hub, license, rsl } = feed;
  const link = (attributes: Readonly<Record<string, string>>): string => element("atom:link", undefined, attributes);
  return [
    element("title", title),
    element("link", site),
    element("description", shortened(feed.description === "" ? title : feed.description, demands.channelDescriptionMax)),
    ...(language === undefined ? [] : [element("language", partnerLanguage(language, demands.languageTags))]),
    ...(copyright === undefined ? [] : [element("copyright", copyright)]),
    ...(demands.channelPubDate ? [element("pubDate", partnerDate(feed.updated, demands.dates))] : []),
    element("lastBuildDate", partnerDate(feed.updated, "rfc822")),
    ...(demands.ttl === 0 ? [] : [element("ttl", String(demands.ttl))]),
    ...(image === undefined ? [] : [around("image", {}, [element("url", image), element("title", title), element("link", site)])]),
    ...(demands.selfLink ? [link({ rel: "self", type: "application/rss+xml", href: url })] : []),
    ...(demands.hub && hub !== undefined ? [link({ rel: "hub", href: hub })] : []),
    ...(license === undefined ? [] : [link({ rel: "license", href: license })]),
    ...(demands.machineLicense && rsl !== undefined ? [link({ rel: "license", type: "application/rsl+xml", href: rsl })] : []),
    ...(asksForNoIndex(feed.partner, demands) && demands.noindexCategory === "" ? [noindexRequest] : []),
    ...Object.entries(demands.channelElements).map(([name, text]) => element(name, text)),
    ...(dialect.channel?.(feed, terms, write) ?? []),
  ].filter((written) => written !== "");
}

/** RSS has no word for it. FeedBurner's feeds asked in this way, search engines read it, and W3C's validator takes it in a channel alone. */
const noindexRequest = '<meta xmlns="http://www.w3.org/1999/xhtml" name="robots" content="noindex"/>';

const shortened = (text: string, most: number): string => (most === 0 || graphemesIn(text) <= most ? text : summarize(text, most - 2));
