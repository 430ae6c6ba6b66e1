import { directionOf } from "../../../articles/language/direction.ts";
import { summarize } from "../../../articles/title/summary.ts";
import type { PartnerRule } from "../../../channels/site/partner-rule.ts";
import { htmlText } from "../../../feeds/model/text.ts";
import { wordsIn } from "../../../feeds/model/words.ts";
import { isLive } from "../../judge/judge.ts";
import { linkFor } from "../../judge/link.ts";
import { graphemesIn } from "../../judge/measure.ts";
import type { PartnerItem } from "../../model/item.ts";
import type { Terms } from "../../profiles/terms.ts";

/** What a judged item shows: its title, description and body, with the notice of a correction or in place of a withdrawn text. */
export type ItemText = { readonly title: string; readonly description: string; readonly body?: string };

export function itemText(item: PartnerItem, rule: PartnerRule, terms: Terms): ItemText {
  const { entry, life } = item;
  const { words } = wordsIn(entry.language);
  if (!isLive(item)) {
    const reason = life.kind === "canceled" && life.reason !== undefined ? [life.reason] : [];
    const said = [words.isWithdrawn, ...reason];
    return {
      title: shortened(words.withdrawn + entry.title, terms),
      description: said.join(" "),
      body: bodyOf(said, undefined, item, terms),
    };
  }
  const note = life.kind === "corrected" ? `${words.correction}${life.note}` : undefined;
  const isSummary = entry.html === undefined;
  const shown = note === undefined || (isSummary ? entry.summary : (entry.html ?? "")).includes(noteText(item)) ? undefined : note;
  if (isSummary) return { title: entry.title, description: [shown, entry.summary].filter(Boolean).join(" ") };
  const body = bodyOf(shown === undefined ? [] : [shown], entry.html, item, terms);
  return { title: entry.title, description: entry.summary, body: body + closing(item, rule, terms) };
}

/** The note as a body would hold it, so that a body which already shows it does not show it twice. */
function noteText({ life, entry }: PartnerItem): string {
  if (life.kind !== "corrected") return "";
  return entry.html === undefined ? life.note : htmlText(life.note);
}

const shortened = (title: string, { demands: { titleMax, shortTitle } }: Terms): string =>
  titleMax === 0 || shortTitle > 0 || graphemesIn(title) <= titleMax ? title : summarize(title, titleMax - 2);

function bodyOf(paragraphs: readonly string[], html: string | undefined, { entry }: PartnerItem, { demands }: Terms): string {
  const rest = html === undefined ? [] : [html];
  if (demands.bodyFormat === "text") return [...paragraphs, ...rest].join("\n");
  const direction = directionOf(entry.language) === "rtl" ? ' dir="rtl"' : "";
  return [...paragraphs.map((text) => `<p${direction}>${htmlText(text)}</p>`), ...rest].join("\n");
}

/** The closing line and the pixel, if the partner takes them. */
function closing(item: PartnerItem, rule: PartnerRule, terms: Terms): string {
  const { demands } = terms;
  const { line } = rule.attribution;
  const takes = (name: string): boolean => demands.bodyTags.length === 0 || demands.bodyTags.includes(name);
  const parts: string[] = [];
  if (line !== undefined && demands.attribution.includes("line")) {
    const { url } = item.entry;
    if (demands.bodyFormat === "text") parts.push(line);
    else if (url === undefined || !takes("a")) parts.push(`<p>${htmlText(line)}</p>`);
    else parts.push(`<p><a href="${htmlText(linkFor(url, rule, terms))}">${htmlText(line)}</a></p>`);
  }
  const pixel = pixelOf(item, rule, terms);
  if (pixel !== undefined && demands.pixelElement === "" && demands.bodyFormat === "html" && takes("img")) parts.push(pixel);
  return parts.map((part) => `\n${part}`).join("");
}

/** The picture that counts readers, as HTML. `{id}`, `{url}` and `{partner}` in its address are filled in. */
export function pixelOf({ entry }: PartnerItem, rule: PartnerRule, { demands }: Terms): string | undefined {
  const { pixel } = rule.attribution;
  if (pixel === undefined || !demands.attribution.includes("pixel")) return undefined;
  const values: Readonly<Record<string, string>> = { id: entry.id, url: entry.url ?? "", partner: rule.name };
  const address = pixel.replace(/\{(id|url|partner)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ""));
  return `<img src="${htmlText(address)}" alt="" width="1" height="1">`;
}
