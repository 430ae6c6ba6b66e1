import type { Key } from "../stores/store.ts";
import { type Beginning, beginningsOf } from "./beginning.ts";
import { bodyOf, isOverflow, type SourceFormat, sourceFormatOf } from "./body.ts";
import { boundedTitle, withinBounds } from "./bounds.ts";
import { contentHash } from "./content-hash.ts";
import { dateOfPath } from "./dates/path-date.ts";
import { lookup } from "./front-matter/fields/field-names.ts";
import { factsOf, withFallback } from "./front-matter/fields/fields.ts";
import { type ChosenTitle, hasContent, titleOfBeginning } from "./headline.ts";
import { isPage } from "./html/html-document.ts";
import { plainText } from "./html/plain-text.ts";
import { languageOfText, languagePart } from "./language/language.ts";
import { lightText } from "./language/light-text.ts";
import { factAddresses } from "./links/fact-addresses.ts";
import { mediaMentioned } from "./links/mentioned.ts";
import { pageOfSite } from "./list-page.ts";
import { withoutSigns, withoutTemplateTags } from "./markdown/template-text.ts";
import { templateRemarks } from "./markdown/templates/template-remarks.ts";
import type { Article, Finding, Newsroom } from "./model/article.ts";
import { omitUndefined } from "./model/json-value.ts";
import { problem, type Remark } from "./model/remark.ts";
import { type Hints, isProblem, NOTHING_THERE, type Opened, opened, type Source, withKey } from "./opened.ts";
import { isIndex } from "./source.ts";
import { givenSlug, slugOf } from "./title/slug.ts";
import { mendTitle } from "./title/title.ts";

/** An article without its body: what its file states, and what follows from the beginning of its text. */
export type Head = Omit<Article, "html" | "summary"> & {
  /** As written. Absent: it is made from the text when a document shows the article. */
  readonly summary?: string;
  /** Bytes of the decoded source below its front matter, in UTF-8. */
  readonly size: number;
  /** Hash of what readers would call the content (content-hash.ts). */
  readonly content: string;
  /** Files of the content that its text may refer to, in NFC: too many rather than too few. */
  readonly mentioned: readonly Key[];
};

/** The outcome of one source. `idLine`: the line that states its id. */
export type ParsedHead =
  | { readonly kind: "article"; readonly head: Head; readonly findings: readonly Finding[]; readonly idLine?: number }
  | { readonly kind: "withheld"; readonly key: string; readonly reason: "draft"; readonly findings: readonly Finding[] }
  /** Not an article: a folder's index page. Counted in the report. */
  | { readonly kind: "passed-over"; readonly key: string; readonly reason: string }
  /** At least one finding is a problem. */
  | { readonly kind: "quarantined"; readonly key: string; readonly findings: readonly Finding[] };

/**
 * Reads the facts of one file. Parses no more of its text than they need: nothing where front matter names a title. Never throws because of
 * the file's content.
 */
export function parseHead(source: Source, newsroom: Newsroom, { soleInFolder }: Hints): ParsedHead {
  const { key } = source;
  if (isIndex(key) && !soleInFolder) return passedOver(key, "It is the index page of a folder with other articles.");
  try {
    const file = opened(source, newsroom);
    if (file.kind === "draft") return { kind: "withheld", key, reason: "draft", findings: withKey(key, file.remarks) };
    return file.kind === "broken" ? quarantined(key, file.remarks) : headOf(file, newsroom);
  } catch (error) {
    if (isOverflow(error)) return quarantined(key, [TOO_DEEP]);
    throw error;
  }
}

function headOf(file: Extract<Opened, { kind: "opened" }>, newsroom: Newsroom): ParsedHead {
  const { key, header, text, facts: given, remarks: ofHeader } = file;
  const form = sourceFormatOf(key);
  const page = form === "html" && isPage(header.body) ? bodyOf(form, header.body) : undefined;
  const found = lookup(header.fields, newsroom.fields);
  const all = page === undefined ? given : withFallback(given, factsOf(page.fields, key, newsroom).facts);
  const { facts, remarks: ofBounds } = withinBounds(all, (fact) => found.one(fact)?.line);
  if (ofBounds.some(isProblem)) return quarantined(key, [...ofHeader, ...ofBounds]);
  const published = facts.published ?? dateOfPath(facts.url?.text ?? "", newsroom.timezone) ?? dateOfPath(key, newsroom.timezone);
  const beginnings = (): Iterable<Beginning> => (page === undefined ? beginningsOf(form, header.body) : [{ body: page, rest: "" }]);
  if (isIndex(key) && published === undefined && !isLong(beginnings())) {
    return passedOver(key, `It is an index page without a date and with at most ${LEAST_OF_INDEX} characters.`);
  }
  const ofSite = published === undefined ? pageOfSite(header, () => hasWords(beginnings())) : undefined;
  if (ofSite !== undefined) return passedOver(key, ofSite);
  if (published === undefined && facts.lifecycle.undated !== undefined) return quarantined(key, [...ofHeader, facts.lifecycle.undated]);

  const [givenTitle, summary] = [facts.title, facts.summary].map((written) =>
    written === undefined ? undefined : withoutTemplateTags(written),
  );
  const { chosen: title, isEmpty } =
    givenTitle === undefined || givenTitle.text === ""
      ? titleIn(beginnings(), form, key)
      : { chosen: named(givenTitle.text), isEmpty: false };
  if (facts.title === undefined && isEmpty) return quarantined(key, [...ofHeader, NOTHING_THERE]);
  const titleLine = title.fromBody ? header.bodyLine + blankLines(header.body) : found.one("title")?.line;
  const chosen = boundedTitle(title, title.tree, titleLine);
  const mended = mendTitle(withoutSigns(chosen.title) || chosen.title, text, titleLine);
  const addresses = factAddresses(facts, newsroom.url, key);
  const language =
    facts.language ??
    languagePart(key, newsroom.languages)?.tag ??
    languageOfText(`${mended.title}\n${page === undefined ? lightText(header.body) : plainText(page.tree, 4000, CODE)}`, newsroom);
  const { canceled } = facts.lifecycle;
  const { authors, attachments, url, image, comments, via, license, rights } = addresses;
  const content = contentHash({
    title: facts.title,
    summary: facts.summary,
    text: header.body,
    ...omitUndefined({ image, correction: facts.correction, canceled }),
  });
  const [ownSlug, madeSlug] = [givenSlug(facts.slug ?? ""), slugOf(key, mended.title)];
  const head: Head = {
    key,
    title: mended.title,
    language,
    authors,
    tags: facts.tags,
    slug: ownSlug || madeSlug,
    ...(ownSlug === madeSlug ? { ownSlug: true as const } : {}),
    attachments,
    ...omitUndefined({
      summary: summary?.text ? plainSummary(summary.text) : undefined,
      published,
      ...{ updated: facts.updated, embargo: facts.embargo, expires: facts.expires, section: facts.section },
      ...{
        url,
        id: facts.id,
        image,
        translationOf: facts.translationOf,
        comments,
        via,
        license,
        rights,
        correction: facts.correction,
        canceled,
      },
    }),
    size: Buffer.byteLength(header.body),
    content,
    mentioned: mediaMentioned(text, key),
  };
  const lineOfField = (part: string | undefined): number | undefined =>
    header.fields.find(({ value }) => String(value).includes(part ?? ""))?.line;
  const remarks = [
    ...ofHeader,
    ...ofBounds,
    ...[givenTitle, summary].flatMap((read) => (read === undefined ? [] : templateRemarks(read.losses, lineOfField))),
    ...chosen.remarks,
    ...mended.remarks,
    ...addresses.remarks,
  ];
  return { kind: "article", head, findings: withKey(key, remarks), ...omitUndefined({ idLine: found.one("id")?.line }) };
}

const LEAST_OF_INDEX = 200;

function isLong(beginnings: Iterable<Beginning>): boolean {
  for (const { body } of beginnings) if (plainText(body.tree, LEAST_OF_INDEX + 1).length > LEAST_OF_INDEX) return true;
  return false;
}

function hasWords(beginnings: Iterable<Beginning>): boolean {
  for (const { body } of beginnings) if (hasContent(body.tree)) return true;
  return false;
}

/** The title that the text gives, from as little of it as decides it. */
function titleIn(beginnings: Iterable<Beginning>, form: SourceFormat, key: string) {
  let last: Beginning | undefined;
  for (const beginning of beginnings) {
    // If the whole text is refused, its beginning serves.
    const read = beginning.body.refusal === undefined ? beginning : { ...(last ?? beginning), rest: "" };
    const chosen = titleOfBeginning(undefined, read, form, key);
    if (chosen !== undefined) return { chosen, isEmpty: read.body.refusal === undefined && !hasContent(read.body.tree) };
    last = beginning;
  }
  throw new Error("a text has at least one beginning: itself");
}

const named = (title: string): ChosenTitle => ({ title, tree: { type: "root", children: [] }, fromBody: false, remarks: [] });

const CODE: ReadonlySet<string> = new Set(["pre", "code", "table"]);
const TOO_DEEP = problem("article-crowded", "The file is nested too deep to be read.", { hint: "Split it into several articles." });

/** Some programs write summaries as HTML. */
function plainSummary(written: string): string {
  return /^<.*>$/s.test(written) ? plainText(bodyOf("html", written).tree) : written;
}

const quarantined = (key: string, remarks: readonly Remark[]): ParsedHead => ({
  kind: "quarantined",
  key,
  findings: withKey(key, remarks),
});
const passedOver = (key: string, reason: string): ParsedHead => ({ kind: "passed-over", key, reason });
const blankLines = (text: string): number => /^\s*\n/.exec(text)?.[0].match(/\n/g)?.length ?? 0;
