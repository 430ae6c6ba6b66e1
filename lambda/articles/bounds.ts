import type { Root } from "hast";
import type { Fact } from "./front-matter/fields/field-names.ts";
import type { Facts } from "./front-matter/fields/fields.ts";
import type { ChosenTitle } from "./headline.ts";
import type { Person } from "./model/article.ts";
import { omitUndefined } from "./model/json-value.ts";
import { notice, problem, type Remark } from "./model/remark.ts";

/** The most characters of each fact and the most items of each list that a feed shows, so that no entry takes more than its share. */
const most = { title: 500, section: 200, summary: 5_000, note: 5_000, word: 200, page: 2_000, id: 1_000 } as const;
const mostOfList = { tags: 100, authors: 50, attachments: 50 } as const;

/** Cuts facts to their bounds, with a notice for each. A long id is a problem instead, since half an id is a different id. */
export function withinBounds(
  facts: Facts,
  lineOf: (fact: Fact) => number | undefined,
): { readonly facts: Facts; readonly remarks: readonly Remark[] } {
  const remarks: Remark[] = [];
  const text = <T extends string | undefined>(name: Fact, written: T, length: number): T => {
    if (written === undefined || written.length <= length) return written;
    remarks.push(tooLong(name, written.length, length, lineOf(name)));
    return shortened(written, length) as T;
  };
  const list = <T>(name: keyof typeof mostOfList, all: readonly T[], fits: (one: T) => boolean): readonly T[] => {
    const kept = all.slice(0, mostOfList[name]).filter(fits);
    if (kept.length < all.length) remarks.push(tooMany(name, all.length, kept.length, lineOf(name)));
    return kept;
  };
  const { canceled } = facts.lifecycle;
  const reason = text("reason", canceled?.reason, most.note);
  const taken: Facts = {
    ...facts,
    title: text("title", facts.title, most.title),
    section: text("section", facts.section, most.section),
    summary: text("summary", facts.summary, most.summary),
    correction: text("correction", facts.correction, most.note),
    translationOf: text("translationOf", facts.translationOf, most.id),
    image: facts.image && { ...facts.image, ...omitUndefined({ alt: text("imageAlt", facts.image.alt, most.title) }) },
    via: facts.via && { ...facts.via, ...omitUndefined({ title: text("via", facts.via.title, most.title) }) },
    tags: list("tags", facts.tags, (tag) => tag.length <= most.word),
    authors: list("authors", facts.authors, fitsPerson),
    attachments: list("attachments", facts.attachments, ({ title = "" }) => title.length <= most.title),
    lifecycle: canceled === undefined ? facts.lifecycle : { ...facts.lifecycle, canceled: omitUndefined({ reason }) },
  };
  if (facts.id !== undefined && facts.id.length > most.id) remarks.push(idTooLong(facts.id.length, lineOf("id")));
  return { facts: taken, remarks };
}

/** Cuts a title from the text to the same bound; the text then keeps its heading whole. */
export function boundedTitle(chosen: ChosenTitle, text: Root, line: number | undefined): ChosenTitle {
  const { title, remarks } = chosen;
  if (title.length <= most.title) return chosen;
  return {
    ...chosen,
    title: shortened(title, most.title),
    tree: text,
    remarks: [...remarks, tooLong("title", title.length, most.title, line)],
  };
}

const fitsPerson = ({ name, email = "", url = "" }: Person): boolean =>
  name.length <= most.word && email.length <= most.word && url.length <= most.page;

/** Never ends in half a surrogate pair. */
const shortened = (text: string, length: number): string =>
  `${text
    .slice(0, length - 1)
    .replace(/[\ud800-\udbff]$/, "")
    .trimEnd()}…`;

function tooLong(name: string, length: number, shown: number, line: number | undefined): Remark {
  const message = `"${name}" has ${length} characters; the first ${shown} are shown.`;
  return notice("field-too-long", message, { line, hint: "Shorten it." });
}

function tooMany(name: string, all: number, kept: number, line: number | undefined): Remark {
  const message = `"${name}" keeps ${kept} of ${all}: a feed takes at most ${mostOfList[name as keyof typeof mostOfList]}, and none that is too long.`;
  return notice("list-too-long", message, { line, hint: "Shorten the list or its items." });
}

function idTooLong(length: number, line: number | undefined): Remark {
  return problem("id-too-long", `"id" has ${length} characters; at most ${most.id} are allowed.`, {
    line,
    hint: "Give the article a shorter id, or none.",
  });
}
