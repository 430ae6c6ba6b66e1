import { omitUndefined } from "../../articles/model/json-value.ts";
import { summarize } from "../../articles/title/summary.ts";
import type { PartnerRule } from "../../channels/site/partner-rule.ts";
import type { PartnerItem } from "../model/item.ts";
import type { Judgement } from "../model/judgement.ts";
import type { PartnerFeed } from "../model/partner-feed.ts";
import type { Profile } from "../profiles/profile.ts";
import { type Terms, termsOf } from "../profiles/terms.ts";
import { judgedBody } from "./body.ts";
import { type DecisionLog, openDecisions } from "./decision-log.ts";
import { judgeImage } from "./image.ts";
import { judgeLink } from "./link.ts";
import { graphemesIn, wordsCountedIn } from "./measure.ts";

/** What a rule may need to know about the file: its address, the newsroom's site, and the time of its last change. */
export type FileFacts = Pick<PartnerFeed, "url" | "site" | "updated">;

const dayLength = 86_400_000;

/** Whether readers may have the article's text. */
export const isLive = ({ life }: PartnerItem): boolean => life.kind === "usable" || life.kind === "corrected";

/**
 * What a partner's profile makes of an article. All that breaks a rule is decided on, not only what comes first, so that a desk sees
 * everything at once. A withdrawal is never refused for what the article lacks: only its title and link are judged.
 */
export function judge(item: PartnerItem, profile: Profile, rule: PartnerRule, file?: FileFacts): Judgement {
  const terms = termsOf(profile, rule);
  const log = openDecisions(terms);
  const made = isLive(item) ? judgeArticle(item, terms, rule, log, file) : judgeWithdrawal(item, terms, log, file);
  const { decisions } = log;
  return log.isSkipped() ? { kind: "skipped", decisions } : { kind: "included", item: made, decisions };
}

function judgeWithdrawal(item: PartnerItem, terms: Terms, log: DecisionLog, file: FileFacts | undefined): PartnerItem {
  if (terms.demands.deletion === "remove") log.breaks("withdrawn", "The article is withdrawn, and the partner's file no longer has it.");
  const { html: _, image: __, url, ...entry } = item.entry;
  // A withdrawn article may have lost its page.
  const link = judgeLink(url, { ...terms, demands: { ...terms.demands, linkRequired: false } }, openDecisions(terms), file?.url);
  return { ...item, entry: { ...entry, ...omitUndefined({ url: link }) } };
}

function judgeArticle(item: PartnerItem, terms: Terms, rule: PartnerRule, log: DecisionLog, file: FileFacts | undefined): PartnerItem {
  const { demands } = terms;
  const { entry } = item;
  if (item.sponsored === true && !demands.sponsored)
    log.breaks("sponsored-refused", "The article is sponsored, and the partner takes no advertisements.");
  judgeDates(item, terms, log, file);
  const url = judgeLink(entry.url, terms, log, file?.url);
  if (rule.ids === "url" && url === undefined) log.breaks("id-not-url", "The article has no page of its own, so its id stands in.");
  const title = judgeTitle(entry.title, terms, log);
  const { html, text } = judgeBody(item, terms, rule, log, hostsOf(file, entry.url));
  const summary = judgeDescription(entry.summary, text, terms, log);
  const image = judgeImage(entry.image, terms, log);
  const { html: _, image: __, url: ___, ...rest } = entry;
  return { ...item, entry: { ...rest, title, summary, ...omitUndefined({ html, image, url }) } };
}

/** There is no clock here: "now" is the time of the file's last change. */
function judgeDates({ entry }: PartnerItem, { demands }: Terms, log: DecisionLog, file: FileFacts | undefined): void {
  if (file === undefined) return;
  const age = Date.parse(file.updated) - Date.parse(entry.published);
  if (demands.rejectFuture && age < 0) log.breaks("date-future", "The article is dated after the last change of the file.");
  if (demands.oldestDays > 0 && age > demands.oldestDays * dayLength)
    log.breaks("date-too-old", `The article is older than ${demands.oldestDays} days.`);
}

function judgeTitle(title: string, { demands }: Terms, log: DecisionLog): string {
  const length = graphemesIn(title);
  if (length < demands.titleMin)
    log.breaks("title-too-short", `The title has ${length} characters; at least ${demands.titleMin} are wanted.`);
  if (demands.titleMax === 0 || length <= demands.titleMax) return title;
  const says = `The title has ${length} characters; at most ${demands.titleMax} are taken.`;
  if (demands.shortTitle > 0) {
    log.breaks("title-too-long", `${says} A short title stands beside it.`);
    return title;
  }
  log.breaks("title-too-long", `${says} It was cut.`);
  return summarize(title, demands.titleMax - 2);
}

function judgeBody(
  item: PartnerItem,
  terms: Terms,
  rule: PartnerRule,
  log: DecisionLog,
  hosts: readonly string[],
): { html?: string; text: string } {
  const { demands } = terms;
  if (item.entry.html === undefined || rule.content === "summary") {
    if (demands.bodyRequired) log.breaks("body-missing", "The partner wants the whole text, and there is none.");
    return { text: item.entry.summary };
  }
  const { html, text, changes } = judgedBody(item.entry.html, demands, rule.content, hosts);
  if (changes.tags.size > 0)
    log.breaks("body-tags", `Elements that the partner does not take were changed or taken off: ${[...changes.tags].sort().join(", ")}.`);
  if (changes.tables > 0) log.breaks("body-tables", `${counted(changes.tables, "table")} became a list.`);
  if (changes.images > 0)
    log.breaks("body-images", `${counted(changes.images, "picture")} of the text ${changes.images === 1 ? "was" : "were"} left out.`);
  if (changes.videos > 0)
    log.breaks("body-videos", `${counted(changes.videos, "recording")} ${changes.videos === 1 ? "was" : "were"} left out.`);
  if (changes.links > 0)
    log.breaks("body-links", `The text has more than ${demands.bodyLinks} links; ${counted(changes.links, "link")} became plain text.`);
  if (text === "" && demands.bodyRequired) log.breaks("body-missing", "The partner wants the whole text, and no word of it is left.");
  if (demands.bodyMinCharacters > 0 && graphemesIn(text) < demands.bodyMinCharacters)
    log.breaks("body-too-short", `The text has ${graphemesIn(text)} characters; at least ${demands.bodyMinCharacters} are wanted.`);
  if (demands.bodyMinWords > 0 && wordsCountedIn(text) < demands.bodyMinWords)
    log.breaks("body-too-few-words", `The text has ${wordsCountedIn(text)} words; at least ${demands.bodyMinWords} are wanted.`);
  const shown = demands.bodyFormat === "text" ? text : html;
  if (demands.bodyBytes > 0 && Buffer.byteLength(shown) > demands.bodyBytes)
    log.breaks("body-too-large", `The text has ${Buffer.byteLength(shown)} bytes; at most ${demands.bodyBytes} are taken.`);
  return { html: shown, text };
}

const counted = (count: number, noun: string): string => (count === 1 ? `One ${noun}` : `${count} ${noun}s`);

/** A short description grows from the text. */
function judgeDescription(summary: string, text: string, { demands }: Terms, log: DecisionLog): string {
  const length = graphemesIn(summary);
  if (length < demands.descriptionMin) {
    const says = `The description has ${length} characters; at least ${demands.descriptionMin} are wanted.`;
    const longer = summarize(text.replaceAll("\n", " "), Math.ceil(demands.descriptionMin * 1.6));
    const isEnough = log.remedy("description-too-short") === "fix" && graphemesIn(longer) >= demands.descriptionMin;
    if (isEnough) log.breaks("description-too-short", `${says} It was made from the text.`);
    else
      log.breaks(
        "description-too-short",
        `${says} The text is too short for more.`,
        log.remedy("description-too-short") === "skip" ? "skip" : "note",
      );
    return isEnough ? longer : summary;
  }
  if (demands.descriptionMax === 0 || length <= demands.descriptionMax) return summary;
  log.breaks("description-too-long", `The description has ${length} characters; at most ${demands.descriptionMax} are taken. It was cut.`);
  return summarize(summary, demands.descriptionMax - 2);
}

function hostsOf(file: FileFacts | undefined, url: string | undefined): readonly string[] {
  return [file?.url, file?.site, url].flatMap((address) =>
    address !== undefined && URL.canParse(address) ? [new URL(address).hostname] : [],
  );
}
